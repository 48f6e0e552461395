/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "src/mail/internal.h"

/*
 * The words of sentences that nobody writes: lawyers', gateways', scanners', programs'. Such a
 * sentence is known by all its words and not by its beginning, for so may somebody begin who
 * has something to say. A word that is missing here costs a needless question at most.
 * "*": or with any ending.
 */
#define WORDS(...) \
	{ (const char *const[]){ __VA_ARGS__ }, sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *) }

struct words {
	const char *const *at;
	size_t n;
};

/* What holds a sentence of either together. */
static const struct words little = WORDS(
	"och", "eller", "samt", "i", "på", "av", "till", "från", "för", "med", "om", "som", "att", "är",
	"det", "den", "de", "dem", "detta", "denna", "dessa", "här", "du", "dig", "din", "ditt", "dina",
	"vi", "oss", "vår", "vårt", "våra", "er", "ert", "dess", "en", "ett", "kan", "kunna", "ska", "skall",
	"har", "hos", "hur", "vad", "var", "vid", "via", "när", "enligt", "genom", "inom", "endast", "bara",
	"blir", "bli", "finns", "får", "få", "vara", "så", "alla", "allt", "annan", "annat", "någon",
	"något", "mer", "ut", "in", "innan", "utan", "då", "sig", "sin", "sina", "vill", "veta", "själv",
	"m", "t", "ex", "dvs", "s", "p", "se", "eventuell*", "the", "this", "that", "these", "of", "and",
	"or", "any", "is", "are", "it", "its", "to", "for", "from", "by", "on", "with", "you", "your", "we",
	"our", "us", "if", "be", "been", "have", "has", "may", "an", "a", "as", "at", "all", "who", "whom",
	"which", "such", "than", "other", "do", "does", "can", "will", "please", "about", "unless", "before",
	"and/or", "how", "more", "read", "further", "also", "not", "inte", "aldrig", "never", "don't");

static const struct words mail = WORDS(
	"än", "sätt", "enlighet", "anledning", "eventuell*", "vidare", "samband", "över", "varje", "sådan",
	"sådana", "sådant", "de", "deras", "er", "era", "vilken", "vilket", "vilka", "där", "bland",
	"kontaktuppgifter", "they", "them", "their", "its", "there", "where", "what", "into", "out", "part",
	"whole", "either", "each", "via", "i.e", "e.g", "e-post*", "epost*", "e-brev*", "brev*", "mejl*",
	"mail*", "email*", "e-mail*", "meddeland*", "message*", "bilag*", "bifoga*", "fil", "filer",
	"attach*", "file", "files", "avsänd*", "mottag*", "sender*", "recipient*", "länk*", "link*",
	"adress*", "skicka*", "sänd*", "sent", "send*", "kommer", "komma", "kommit", "received", "receiv*",
	"innehåll*", "content*", "contain*", "information*", "öppna*", "open", "svara*", "reply*",
	"observera", "viktig*", "important", "obs", "notera", "note", "notice", "kommun*", "region*",
	"organisation*", "organization*", "förvaltning*", "myndighet*", "stad", "stads", "stadens",
	"företag*", "company*", "municipality*", "nämnd*");

static const struct words legal = WORDS(
	/* whose it is, and what one may do with it */
	"konfidentiell*", "sekretess*", "tystnadsplikt*", "avsed*", "avsett", "avser", "adressat*",
	"obehörig*", "allmänheten", "behörig*", "tredje", "part", "parter", "rätt", "rätte", "rätta",
	"angiven", "angivna", "läs", "läsa", "läser", "läsning", "ta", "tar", "tag", "tagit", "del", "emot",
	"använd*", "kopier*", "kopia", "kopior", "sprid*", "vidarebefordr*", "rader*", "förstör*",
	"kontakta*", "meddela", "underrätta*", "informera*", "vänlig*", "omedelbart", "omgående", "genast",
	"snarast", "tack", "misstag", "felaktigt", "enbart", "hamnat", "gått", "erhåll*", "föregående",
	"felsänt", "fått", "ber", "ombeds", "strängt", "förbjud*", "tillåt*", "medgivande", "samtyck*",
	"skydda*", "privileg*", "personlig*", "privat*", "juridisk*", "fysisk*", "enskild*", "person",
	"personen", "personer", "lag", "lagen", "lagar", "lagstift*", "lagligt", "ansvar", "ansvarar",
	"friskriv*", "skada", "skador", "ansvarsfriskriv*", "virus*", "garant*", "ingen", "inget", "inga",
	"åsikt*",
	/* what becomes of it */
	"personuppgift*", "uppgift*", "känslig*", "skyddsvärd*", "dataskydd*", "förordning*", "gdpr", "eu",
	"eus", "behandl*", "hanter*", "integritet*", "policy*", "webb*", "hemsida*", "rättighet*",
	"offentlig*", "allmän", "allmänna", "handling", "handlingar", "diarieför*", "registrera*",
	"arkiver*", "spara*", "lagra*", "bevara*", "lämna*", "utlämn*", "begär*", "omfattas", "grund",
	"ändamål*", "krav", "skyldighet*", "uppfylla", "kontakt*", "kommunicer*", "mejla*", "innebär",
	"omkring", "rör", "säker*", "krypter*", "internet", "hittar", "besök", "följande", "nedan", "gå",
	"vår", "värnar", "går", "digital*", "kring", "undvik*", "samtidigt", "tillhand*", "e-tjänst*",
	"telefon*", "post", "personligen", "brevledes", "ärende*", "handlägg*", "intresse*", "rättslig*",
	"allmänt", "utövning", "myndighetsutövning*", "dataskyddsombud*", "imy", "integritetsskydds*",
	"insyn", "tryckfrihets*", "medborgar*", "adress*", "telefonnummer", "e-postadress*", "personnummer",
	"regler", "regel*", "bestämmelse*", "gällande", "svensk*", "europeisk*", "unionen*", "bindande",
	"avtals*", "uttryck*", "avsändarens", "egna", "egen", "nödvändigtvis", "sparas", "tid", "länge",
	"gallra*", "så", "uppmanas", "uppmanar", "vänd", "vänder", "anslut*", "tillhör*", "tillsänd*",
	"mottagits", "mottaget", "kommit", "handa", "råkat", "beakta*", "iaktta*", "upphovsrätt*", "delge*",
	"delges", "yttrande*",
	/* paper */
	"miljö*", "skriv", "skriva", "skriver", "utskrift*", "onödan", "onödig*", "nödvändig*", "verkligen",
	"tänk", "tänka", "träd", "papper*", "klimat*", "natur*", "hänsyn", "värna", "rädd", "måste",
	"behöver", "först", "gång", "extra",
	/* English */
	"confidential*", "legally", "intended", "addressee*", "addressed", "individual*", "entity",
	"entities", "named", "solely", "only", "use", "used", "error", "mistake", "notify", "inform",
	"contact", "immediately", "delete*", "destroy*", "copy", "copies", "copying", "disclos*",
	"distribut*", "disseminat*", "forward*", "personal", "data", "privacy", "process*", "protect*",
	"website", "regulation", "general", "environment*", "print*", "consider*", "think", "strictly",
	"prohibited", "unauthori*", "authori*", "review*", "rely", "reliance", "action", "taken", "taking",
	"thereof", "herein", "return", "viruses", "virus", "liab*", "damage*", "loss", "responsib*", "views",
	"opinions", "expressed", "those", "necessarily", "represent*", "disclaimer", "hereby", "should",
	"must", "without", "permission", "consent", "prior", "written", "party", "transmi*",
	"communication*", "thank", "unlawful", "reading", "material", "no", "employee", "otherwise",
	"stated", "author*", "really", "need", "when", "via", "respective", "reserved",
	/* the neighbours */
	"denne", "melding*", "fortrolig*", "inneholde*", "indeholde*", "kan", "og", "er", "dersom", "hvis",
	"ikke", "diese", "nachricht", "ist", "vertraulich*", "und", "tämä", "viesti", "sähköposti", "on",
	"luottamuksellinen");

static const struct words gateway = WORDS(
	"extern*", "external*", "utifrån", "utanför", "outside", "klicka*", "click*", "försiktig*",
	"uppmärksam*", "vaksam*", "misstänk*", "suspicious", "känner", "igen", "litar", "lita", "vet",
	"okänd*", "unknown", "trygg*", "säker*", "osäker", "safe", "tveka*", "tveksam*", "trovärdig*",
	"förvänta*", "väntade", "oväntade", "källa*", "betrodd*", "trusted", "lösenord*", "password*",
	"inloggning*", "bankuppgift*", "betalning*", "personuppgift*", "uppgifter", "lämna", "kontroller*",
	"kontakta*", "verifiera*", "extra", "alltid", "always", "ofta", "often", "följ", "därför", "varför",
	"reda", "ta", "läs", "skadlig*", "nätfiske*", "phishing", "bedräger*", "it-avdelning*",
	"it-support*", "it", "servicedesk*", "support*", "helpdesk*", "skräppost*", "misstag", "tänk",
	"efter", "klickar", "öppnar", "be", "careful", "cautious", "caution", "exercise", "varning",
	"warning", "report", "originated", "came", "comes", "sent", "know", "recognise", "recognize",
	"verify", "learn", "why", "get", "people", "some", "think", "when", "opening", "clicking",
	"responding", "unexpected", "requests", "sensitive", "information", "vissa", "personer", "fick",
	"sällan", "inte", "bekant", "ägnar", "tidigare", "denne", "kommer", "fra", "er", "sendt", "ekstern*",
	"på", "lenker", "vedlegg", "ikke", "klikk", "klik", "links", "vedhæftede", "filer", "åpne",
	"avsender*", "afsender*", "utenfor", "uden", "og", "tämä", "viesti", "on", "tullut", "tulee",
	"organisaation", "ulkopuolelta", "ulkoinen", "ulkoisesta", "osoitteesta", "lähettäjä", "älä", "avaa",
	"klikkaa", "linkkejä", "liitteitä", "tai", "diese", "stammt", "von", "kommt", "außerhalb", "einem",
	"einer", "der", "externen", "absender*", "klicken", "sie", "nicht", "auf", "oder", "anhänge",
	"e-mail");

static const struct words scanner = WORDS(
	"sökts", "igenom", "avseende", "genomsökts", "kontroller*", "skannats", "skannad*", "granskat",
	"godkänt", "fritt", "fri", "virus*", "skräppost*", "spam*", "antivirus*", "anti-virus*", "hot",
	"skadlig*", "kod", "hittades", "inga", "inget", "avast*", "avg*", "avira*", "eset*", "nod32",
	"trend", "micro", "norton*", "symantec*", "mcafee*", "kaspersky*", "f-secure*", "withsecure*",
	"sophos*", "microsoft*", "defender*", "barracuda*", "proofpoint*", "mimecast*", "forcepoint*",
	"clamav*", "mailscanner*", "halon*", "logo*", "free", "protection", "security", "software", "cloud",
	"service*", "version*", "checked", "scanned", "found", "no", "viruses", "clean", "believed",
	"dangerous", "was", "system*", "program*", "skydd*", "säkerhet*", "denne", "er", "blevet",
	"kontrolleret", "kontrollert", "skannet", "diese", "wurde", "auf", "viren", "von", "geprüft", "tämä",
	"sähköposti", "on", "tarkistettu", "virusten", "varalta", "tackat", "och", "threats", "malware");

static const struct words device = WORDS(
	"skickat", "skickades", "skickad", "sänt", "sent", "sendt", "send", "hämta", "hämtat", "skaffa",
	"get", "hent", "få", "last", "ned", "lähetetty", "hanki", "hae", "gesendet", "enviado", "envoyé",
	"från", "via", "med", "from", "with", "by", "fra", "von", "mit", "meinem", "meiner", "desde", "de",
	"mi", "mon", "mein*", "för", "for", "für", "på", "on", "of", "ett", "en", "a", "an", "my", "min",
	"mitt", "säkert", "securely", "laitteesta", "og", "och", "the", "iphone*", "ipad*", "ios*", "ipod",
	"apple*", "android*", "samsung*", "galaxy*", "huawei*", "xperia*", "sony*", "pixel*", "google*",
	"oneplus*", "nokia*", "motorola*", "moto", "htc", "lg", "zte", "xiaomi*", "redmi*", "honor*",
	"fairphone*", "doro*", "mobil", "mobilen", "mobiltelefon*", "mobile*", "mobila", "telefon",
	"telefonen", "jobbmobil*", "jobbtelefon*", "tjänstetelefon*", "tjänstemobil*", "smartphone*",
	"smarttelefon*", "surfplatta*", "läsplatta*", "lärplatta*", "platta*", "padda*", "tablet*", "phone*",
	"windows*", "blackberry*", "mac", "macbook*", "dator*", "enhet*", "device*", "puhelimest*", "handy",
	"smartphone", "cell", "outlook*", "mail", "mailapp*", "e-post", "epost", "email", "e-mail",
	"e-postapp*", "gmail*", "yahoo*", "proton*", "protonmail*", "tutanota*", "spark*", "hey", "k-9",
	"airmail*", "bluemail*", "fairemail*", "thunderbird*", "edison", "aqua", "hotmail*", "app", "appen",
	"meddelanden", "5g", "4g", "smartphone.", "telia*", "nätverk*", "nät", "network*", "telenor*",
	"comviq*", "halebop*", "pro", "max", "mini", "plus", "ultra", "note", "xr", "xs", "lite", "neo",
	"edge", "fold", "flip", "s", "ursäkta*", "eventuell*", "ev", "stavfel", "slarvfel", "skrivfel",
	"tryckfel", "korthet*", "kortfattad*", "kortfattat", "fåordig*", "svar", "svaret", "please",
	"excuse", "pardon", "brevity", "typos", "errors", "any", "bitte", "entschuldigen", "sie", "kürze",
	"meine", "die", "beklager", "undskyld", "unnskyld", "korte");

static const struct words work = WORDS(
	"arbetar", "jobbar", "arbetsdagar", "tjänstgör", "nås", "anträffbar*", "tillgänglig*", "telefontid*",
	"öppettid*", "ledig", "kl", "klockan", "vardag*", "work", "working", "available");
static const struct words days = WORDS(
	"måndag*", "tisdag*", "onsdag*", "torsdag*", "fredag*", "lördag*", "söndag*", "helg*", "vardag*", "mån", "tis",
	"ons", "tors", "tor", "fre", "deltid", "kl", "klockan", "förmiddag*", "eftermiddag*", "veckor", "arbetsdagar",
	"telefontid*", "öppettid*", "monday*", "tuesday*", "wednesday*", "thursday*", "friday*");
static const struct words hours = WORDS(
	"jag", "inte", "ej", "på", "i", "och", "samt", "till", "från", "mellan", "är", "ledig", "arbetar",
	"jobbar", "arbetsdagar", "tjänstgör", "nås", "anträffbar*", "tillgänglig*", "telefontid*",
	"öppettid*", "öppet", "deltid", "kontoret", "kl", "klockan", "alla", "varje", "jämna", "udda",
	"veckor", "måndag*", "tisdag*", "onsdag*", "torsdag*", "fredag*", "lördag*", "söndag*", "helg*",
	"vardag*", "mån", "tis", "ons", "tors", "tor", "fre", "lör", "sön", "förmiddag*", "eftermiddag*",
	"–", "-", "work", "working", "hours", "days", "not", "available", "on", "from", "to", "monday*",
	"tuesday*", "wednesday*", "thursday*", "friday*", "mondays", "and");

/* These turn what comes after, which then must be of the mail, or of who may read it. */
static const struct words turns = WORDS(
	"inte", "aldrig", "not", "never", "don't", "ikke", "nicht", "ingen", "inget", "inga", "no", "utan",
	"ska", "skall", "måste", "endast", "bara", "enbart", "felaktigt");
static const struct words turned = WORDS(
	"är", "avse*", "avsett", "rätt", "den", "det", "du", "vi", "att", "inte", "för", "till",
	"omedelbart", "har", "fått", "mottag*", "erhåll*", "adressat*", "radera*", "förstör*", "raderas",
	"kontakta*", "meddela", "skriv*", "skicka*", "svara*", "läs*", "kopier*", "sprid*", "vidarebefordr*",
	"använd*", "lämna*", "ut", "på", "känner", "bifoga*", "bilag*", "öppna*", "länk*", "ofta", "mejla*",
	"litar", "ansvar*", "garant*", "virus*", "hot", "känslig*", "måste", "behöver", "detta", "vara",
	"några", "någon", "mot", "sekretess*", "konfidentiell*", "skydda*", "ta", "tar", "personuppgift*",
	"tillåt*", "medgivande*", "samtyck*", "föregående", "from", "the", "an", "a", "intended",
	"necessarily", "print*", "disclose*", "copy", "distribut*", "disseminat*", "forward*", "use", "for",
	"read", "open*", "click*", "reply*", "recogni*", "know", "often", "be", "liab*", "responsib*",
	"viruses", "employee", "responding", "klikk", "klik", "auf", "åpne");
/* "kommit fel": elsewhere somebody may mean a list. */
static const struct words strayed = WORDS("kommit", "hamnat", "gått", "skickats", "adresserats", "fått");

/* A town's name stands before one of the former, and after one of the latter. */
static const struct words towns = WORDS(
	"kommun", "kommuns", "kommunen", "kommunens", "stad", "stads", "regionen", "regionens",
	"municipality", "kommunalförbund", "ab", "församling");
static const struct words regions = WORDS("region");

static bool fits(const char *word, size_t len, const char *pattern)
{
	size_t n = strlen(pattern);

	return pattern[n - 1] == '*' ? len >= n - 1 && !memcmp(word, pattern, n - 1)
	                             : len == n && !memcmp(word, pattern, n);
}

static bool is_among(const char *word, size_t len, const struct words *list)
{
	for (size_t i = 0; i < list->n; i++)
		if (fits(word, len, list->at[i]))
			return true;
	return false;
}

static bool is_of(const char *word, size_t len, enum fresh_phrases whose)
{
	static const struct words *const lists[][3] = {
		[PHRASES_LEGAL] = { &little, &mail, &legal },
		[PHRASES_GATEWAY] = { &little, &mail, &gateway },
		[PHRASES_SCANNER] = { &little, &mail, &scanner },
		[PHRASES_DEVICE] = { &device, &device, &device },
		[PHRASES_HOURS] = { &hours, &hours, &hours },
	};

	for (size_t i = 0; i < ARRAY_LEN(lists[whose]); i++)
		if (is_among(word, len, lists[whose][i]))
			return true;
	return false;
}

/* "www.k.example/gdpr", "it@k.example", "k.se/gdpr" */
static bool leads_somewhere(const char *word, size_t len)
{
	static const char *const tops[] = { ".se", ".nu", ".com", ".org", ".net", ".eu", ".example", ".test" };

	if (memchr(word, '@', len) || text_starts(word, "www.") || text_starts(word, "http") || text_starts(word, "mailto:"))
		return true;
	for (size_t i = 0; i < ARRAY_LEN(tops); i++) {
		const char *at = strstr(word, tops[i]);
		const char *end = at ? at + strlen(tops[i]) : NULL;
		if (at && at > word && end <= word + len && (end == word + len || *end == '/'))
			return true;
	}
	return false;
}

bool fresh_could_change(const char *folded)
{
	struct buf words AUTO(buf_release) = BUF_INIT;

	for (const char *at = folded; *at; at += *at != '\0') {
		at += strspn(at, "(\"'");
		size_t len = strcspn(at, " <>");
		if (!leads_somewhere(at, len))
			buf_fmt(&words, "%s%.*s", words.len ? " " : "", (int)len, at);
		at += len;
	}
	return words.len && reply_could_change(words.data);
}

/* A statute's "2016/679"; of a telephone "s21", "14". */
static bool is_numbered(const char *word, size_t len, enum fresh_phrases whose)
{
	size_t first = strspn(word, "0123456789"), digits = 0;

	for (size_t i = 0; i < len; i++)
		digits += word[i] >= '0' && word[i] <= '9';
	if (whose == PHRASES_DEVICE)
		return digits && len <= 4;
	if (whose == PHRASES_HOURS)
		return first > 0 && first <= 2;
	return first >= 3 && first < len && strchr("/:", word[first]) && digits == len - 1;
}

struct state {
	enum fresh_phrases whose;
	size_t known, strange; /* of the latter, so many words at once were none of theirs */
	bool turned, region, works, days, strayed;
};

/* Whether the text may still be theirs with this word. */
static bool take_word(struct arena *a, struct state *s, const char *word, size_t len)
{
	bool times = s->whose == PHRASES_HOURS;

	if (s->turned && !times && !is_among(word, len, &turned))
		return false;
	if (s->strange && is_among(word, len, &towns)) {
		s->strange = 0;
	} else if (is_of(word, len, s->whose) || (s->strayed && fits(word, len, "fel"))) {
		if (s->strange && !times)
			return false;
		s->known++;
		s->strange = 0;
	} else if (!s->region) {
		bool names = times ? !s->known : s->whose == PHRASES_LEGAL || s->whose == PHRASES_GATEWAY;
		if (!names || ++s->strange > 2 || reply_could_change(arena_dupn(a, word, len)))
			return false;
	}
	s->turned = is_among(word, len, &turns);
	s->strayed = is_among(word, len, &strayed);
	s->region = is_among(word, len, &regions);
	s->days = s->days || is_among(word, len, &days);
	s->works = s->works || is_among(word, len, &work);
	return true;
}

/* Whether there is a letter or a digit in it. */
static bool has_word(struct arena *a, const char *text)
{
	struct fresh_words words = { .at = NULL };

	fresh_words(a, text, 0, &words);
	return words.n > 0;
}

/* The words between spaces, of which a mark may make several. */
static bool take_words(struct arena *a, struct state *s, const char *at, size_t len)
{
	static const char marks[] = "\"'()[]{}*_|!?,;:.+=&/";
	const char *end = at + len;

	while (at < end && strchr(marks, *at))
		at++;
	while (end > at && strchr(marks, end[-1]))
		end--;
	if (at == end || leads_somewhere(at, (size_t)(end - at)) || is_numbered(at, (size_t)(end - at), s->whose))
		return true;
	while (at < end) {
		size_t n = strcspn(at, marks);
		n = n < (size_t)(end - at) ? n : (size_t)(end - at);
		if (n && has_word(a, arena_dupn(a, at, n)) && !take_word(a, s, at, n))
			return false;
		at += n;
		at += at < end;
	}
	return true;
}

bool fresh_is_phrase(const char *folded, enum fresh_phrases whose)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct state s = { .whose = whose };

	for (const char *at = folded; *at;) {
		size_t len = strcspn(at, " <>");
		if (!take_words(&a, &s, at, len))
			return false;
		at += len;
		if (text_starts(at, "<http") || text_starts(at, "<mailto:"))
			at += strcspn(at, ">");
		at += *at != '\0';
	}
	return !s.strange && (!s.turned || whose == PHRASES_HOURS) && ((s.works && s.days) || whose != PHRASES_HOURS);
}
