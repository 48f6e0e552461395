#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# A municipality's own templates: every one can be overridden, and check names
# the file and the line of whatever is wrong in any of them.
. "${top_srcdir:?}/tests/app/tap.sh"
now=--now=2027-01-11T08:00:00+01:00
own=$work/own

oversyn() {
	"$OVERSYN" --config "$work/a.conf" "$now" "$@"
}

fresh() { # copies of all that the program has
	rm -rf "$own"
	mkdir "$own"
	cp -r "$top_srcdir/templates/sv" "$top_srcdir/templates/en" "$own"
	chmod -R u+w "$own"
}

broken() { # what check says of templates, a line each
	oversyn --json check 2> "$work/err" | sed -n 's/.*"finding":"template-broken".*"other":"\(.*\)","day".*/\1/p' |
		sed 's/\\"/"/g' > "$work/broken"
}

damage() { # damage KIND FILE: appends a line that is wrong
	case $1 in
	unknown) echo '{{oops}}' ;;
	open) echo '{{#single}}' ;;
	part) echo '{{> nowhere}}' ;;
	delimiters) echo '{{=<% %>=}}' ;;
	latin1) printf 'gr\344nd\n' ;;
	esac >> "$2"
}

expected() { # expected KIND FILE: what check is to say
	line=$(wc -l < "$2" | tr -d ' ')
	case $1 in
	unknown) echo "$2:$line: unknown name \"oops\"" ;;
	open) echo "$2:$line: no {{/…}} closes the section \"single\"" ;;
	part) echo "$2:$line: there is no template $(basename "$(dirname "$2")")/nowhere.md" ;;
	delimiters) echo "$2:$line: other delimiters than {{ and }} are not known here: \"=<% %>=\"" ;;
	latin1) echo "$2:$line: not UTF-8 (ISO 8859-1 or Windows-1252?): save the file as UTF-8" ;;
	esac
}

printf 'database = "%s"\ntemplates = "%s"\n' "$work/a.db" "$own" > "$work/a.conf"
fresh
exits 0 "the model imports" -- oversyn import "$top_srcdir/config/model"
broken
test ! -s "$work/broken"
ok $? "an override of every template is rendered"

for kind in unknown open part delimiters latin1; do
	fresh
	for file in "$own"/*/[!p]*.md "$own"/*/paragraph.md; do
		damage $kind "$file"
		expected $kind "$file"
	done | sort > "$work/expected"
	broken
	sort "$work/broken" | diff "$work/expected" - > "$work/out"
	status=$?
	sed 's/^/# /' "$work/out"
	ok $status "every letter, $kind: file and line"
done
for part in "$top_srcdir"/templates/*/part-*.md; do
	name=${part#"$top_srcdir/templates/"}
	for kind in unknown latin1; do
		fresh
		damage $kind "$own/$name"
		expected $kind "$own/$name" > "$work/expected"
		broken
		diff "$work/expected" "$work/broken" > "$work/out"
		status=$?
		sed 's/^/# /' "$work/out"
		ok $status "$name, $kind: file and line, once"
	done
done

fresh
printf 'Subject: a\n\n{{^single}}{{#first}}\n{{oops}}{{/first}}{{/single}}\n' > "$own/sv/reminder.md"
broken
says "$work/broken" "^$own/sv/reminder.md:4: unknown name" "a mistake that is seldom shown"
printf 'Subject: a\n\n[x](http://x.test)\n' > "$own/sv/reminder.md"
broken
says "$work/broken" "reminder.md: a link must begin with mailto: or https://, not \"http://x.test\"" \
	"a link that others can read"
printf 'Subject: a\n\n![x](https://x.test/x.png)\n' > "$own/sv/reminder.md"
broken
says "$work/broken" "reminder.md: a letter has no pictures" "a picture"
: > "$own/sv/reminder.md"
broken
says "$work/broken" "^$own/sv/reminder.md:1: the file is empty" "an empty file"
printf 'Subject: a\n\nb\000c\n' > "$own/sv/reminder.md"
broken
says "$work/broken" "^$own/sv/reminder.md:3: a NUL byte" "no text"
exits 2 "nothing is sent while one is broken" -- oversyn tick
says "$work/err" "$own/sv/reminder.md:3: a NUL byte" "and why is said"
fresh
mv "$own/sv/reminder.md" "$own/sv/remindr.md"
echo "not ours" > "$own/sv/README"
printf 'a part of our own\n' > "$own/sv/part-local.md"
broken
says "$work/broken" "^$own/sv/remindr.md: no letter is made of a template of this name" "a name typed wrong"
says "$work/broken" "^$own/sv/part-local.md: no letter" "a part that nothing holds"
test "$(wc -l < "$work/broken")" -eq 2
ok $? "and nothing else"
fresh
printf 'en egen del\n' > "$own/sv/part-local.md"
printf '\357\273\277Subject: Granska {{object}} [{{ref}}]\r\n\r\nHej från kommunen!\r\n{{> part-local}}\r\n' > "$own/sv/invitation.md"
printf '| Nr | Vad |\r\n|----|-----|\r\n{{#items}}\r\n| {{n}} | {{title}} |\r\n{{/items}}\r\n' > "$own/sv/part-items.md"
broken
test ! -s "$work/broken"
ok $? "as Notepad writes it, with a part of its own"

# A name that is protected stands in no mail, and least in a subject.
printf 'tillgång_id;namn;nämnd;informationsägare;intervall;senast_genomgången;namn_skyddat\nT999;Radarsystemet;KS;kd;Årligen;2026-01-20;ja\n' > "$work/t.csv"
rm -rf "$own"
mkdir "$own"
exits 0 "an asset with a protected name" -- oversyn import assets "$work/t.csv"
exits 0 "letters go out" -- oversyn tick
find "$work/a.db-mail/out" -type f -exec cat {} + > "$work/mails"
grep -q "T999" "$work/mails"
ok $? "it is asked about"
command -v python3 > /dev/null || {
	plan
	exit
}
python3 - "$work/a.db-mail/out" <<'EOF'
import email, email.policy, pathlib, sys
for path in pathlib.Path(sys.argv[1]).rglob('*'):
    if path.is_file():
        mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        said = mail['Subject'] + ''.join(
            part.get_content() if part.get_content_maintype() == 'text' else '' for part in mail.walk())
        if 'Radar' in said:
            sys.exit(mail['Subject'])
EOF
ok $? "but not by its name"
plan
