# SPDX-License-Identifier: EUPL-1.2
# Makes the tables of reply-vocabulary.h from the rows of the .inc files: words become
# numbers, patterns become codes, and for every word it is worked out which patterns can
# begin with it. Stops at a pattern that cannot be read. Run with LC_ALL=C: bytes count.

BEGIN {
	# Groups of patterns that the program names, in the order of enum pattern_group.
	named = split("SAY GREETING COURTESY SIGNOFF OPENING READ AGREES DENIAL KEEPS COUNTED {I} {Ien} {one} {oneen} {list} " \
	              "{noun} {nounen} {both} {bothen} {kind} {kinden} {inventory} {register} {routine}", group)
	for (g = 1; g <= named; g++)
		number[group[g]] = g - 1
	groups = named
	# In the order of enum pattern_code.
	made = split(", {when} {past} {today} {n} {who} {some} {rest}", code)
	for (c = 1; c <= made; c++)
		special[code[c]] = c
	either = "([{][A-Za-z]+[}]|[^ |?{}]+)"
	element = either "(\\|" either ")*[?]?"
}

function fail(why)
{
	print at_row (at_row ? ": " : "") why > "/dev/stderr"
	failed = 1
	exit 1
}

function add_word(word)
{
	if (!(word in known)) {
		known[word] = 1
		words[++n_words] = word
	}
}

function add_pattern(name, pattern,    elements, n, i, one, alternatives, e)
{
	if (!(name in number)) {
		number[name] = groups
		group[++groups] = name
	}
	if (pattern !~ "^" element "( " element ")*$")
		fail("\"" pattern "\" is no pattern")
	text[name, ++rows[name]] = pattern
	where[name, rows[name]] = at_row
	n = split(pattern, elements, " ")
	for (i = 1; i <= n; i++) {
		sub(/\?$/, "", elements[i])
		alternatives = split(elements[i], one, "|")
		for (e = 1; e <= alternatives; e++)
			if (one[e] !~ /^[{]/ && one[e] != ",") {
				add_word(one[e])
				in_pattern[one[e]] = 1
			}
	}
}

/^[ \t]+[A-Z]+\(/ {
	at_row = FILENAME ":" FNR
	fail("a row begins where its line begins")
}

/^[A-Z]+\(/ {
	at_row = FILENAME ":" FNR
	sub(/\/\*.*/, "")
	n = split($0, part, "\"")
	if (n % 2 == 0 || part[n] !~ /^\)[ \t]*$/)
		fail("a row ends on its line")
	for (i = 1; i < n; i += 2) {
		macro = part[i]
		gsub(/^[) ]*|\(.*/, "", macro)
		kind = part[i]
		gsub(/^.*\(|,.*/, "", kind)
		what = part[i + 1]
		if (macro == "SLOT") {
			i += 2
			add_pattern("{" what "}", part[i + 1])
		} else if (macro ~ /^(SAY|BECAME|PROPOSES|CASE)$/) {
			add_pattern("SAY", what)
		} else if (macro in number) {
			add_pattern(macro, what)
		} else if (macro == "GUARD") {
			add_word(what)
			if (!(what in guard))
				guard[what] = "GUARD_" kind
		} else if (macro == "NAME" || macro == "SMALL" || macro == "ALSO") {
			add_word(what)
			if (index(is[what], macro) == 0)
				is[what] = is[what] (is[what] ? " | " : "") "WORD_" macro
		} else if (macro != "TITLE") {
			fail("no row is a " macro)
		}
	}
}

# Shell's sort: the words in the order of their bytes.
function sort_words(    gap, i, j, word)
{
	for (gap = int(n_words / 2); gap > 0; gap = int(gap / 2))
		for (i = gap + 1; i <= n_words; i++) {
			word = words[i]
			for (j = i; j > gap && (words[j - gap] "") > (word ""); j -= gap)
				words[j] = words[j - gap]
			words[j] = word
		}
}

# The set of letters that the loose reading leaves alone, as letters() of reply-word.c.
function letters_of(word,    i, set, bit, c)
{
	set = 0
	bit = 1
	for (i = 1; i <= 26; i++) {
		c = substr("abcdefghijklmnopqrstuvwxyz", i, 1)
		if (c != "a" && c != "e" && c != "o" && index(word, c))
			set += bit
		bit *= 2
	}
	return set
}

# Codes of a pattern; how many.
function encode(p,    n, elements, i, e, alternatives, one, optional, out, count)
{
	n = split(pattern_text[p], elements, " ")
	for (i = 1; i <= n; i++) {
		optional = sub(/\?$/, "", elements[i])
		alternatives = split(elements[i], one, "|")
		out = out sprintf(" %d,", 2 * alternatives + optional)
		for (e = 1; e <= alternatives; e++)
			out = out sprintf(" %d,", code_of(one[e]))
		count += 1 + alternatives
	}
	printf "\t/* %s */\n\t%s 0,\n", pattern_text[p], substr(out, 2)
	return count + 1
}

function code_of(what)
{
	if (what in special)
		return special[what]
	if (what ~ /^[{]/) {
		if (!(what in number))
			fail("no slot is called " what)
		return 16 + number[what]
	}
	return 256 + id[what]
}

# Notes for pattern `p` what `from` can begin with; whether it can be without words. An
# element that is made by the program can be any word.
function begin(p, from, depth,    n, elements, i, e, alternatives, one, empty, r, name)
{
	if (depth > 20)
		fail("the slots of \"" pattern_text[p] "\" lead back to themselves")
	n = split(from, elements, " ")
	for (i = 1; i <= n; i++) {
		empty = sub(/\?$/, "", elements[i])
		alternatives = split(elements[i], one, "|")
		for (e = 1; e <= alternatives; e++) {
			name = one[e]
			if (name == "," || name == "{rest}")
				empty = 1
			if (name in special) {
				if (name != ",")
					any[p] = 1
			} else if (name ~ /^[{]/) {
				for (r = 1; r <= rows[name]; r++)
					if (begin(p, text[name, r], depth + 1))
						empty = 1
			} else {
				begins[id[name], p] = 1
			}
		}
		if (!empty)
			return 0
	}
	return 1
}

# Which patterns a word can begin, as the numbers of a row; words that begin the same
# share one. What can be empty can stand before any word.
function begin_row(w,    p, row, bits, i)
{
	row = ""
	for (p = 0; p < patterns; p += 16) {
		bits = 0
		for (i = 15; i >= 0; i--)
			bits = 2 * bits + (any[p + i] || (w, p + i) in begins)
		row = row sprintf(" 0x%04x,", bits)
	}
	if (!(row in row_number)) {
		row_number[row] = n_rows
		row_text[n_rows++] = row
	}
	return row_number[row]
}

function number_patterns(    g, r)
{
	at_row = ""
	patterns = 0
	if (groups > 256 - 16)
		fail("more slots than there are codes for")
	for (g = 1; g <= groups; g++) {
		if (!rows[group[g]])
			fail("no row makes " group[g])
		for (r = 1; r <= rows[group[g]]; r++) {
			pattern_text[patterns] = text[group[g], r]
			pattern_row[patterns++] = where[group[g], r]
		}
	}
}

END {
	if (failed)
		exit 1
	sort_words()
	for (w = 1; w <= n_words; w++)
		id[words[w]] = w
	number_patterns()
	print "/* Made by src/core/reply-vocabulary.awk from the .inc files: do not edit. */"
	print "#include <assert.h>\n\n#include \"src/core/reply-internal.h\""
	print "\nconst uint16_t vocabulary_codes[] = {"
	for (p = 0; p < patterns; p++) {
		at_row = pattern_row[p]
		starts = starts sprintf(" %d,", place)
		place += encode(p)
	}
	print "};"
	for (p = 0; p < patterns; p++) {
		at_row = pattern_row[p]
		if (begin(p, pattern_text[p], 0))
			any[p] = 1
	}
	printf "\nconst uint16_t vocabulary_patterns[] = {%s };\n", starts
	for (g = 1; g <= groups; g++) {
		firsts = firsts sprintf(" %d,", first)
		first += rows[group[g]]
	}
	printf "\nconst uint16_t vocabulary_groups[] = {%s %d };\n", firsts, first
	print "\nconst struct word vocabulary_words[] = {"
	for (w = 0; w <= n_words; w++) {
		word = w ? words[w] : ""
		printf "\t{ \"%s\", %d, %s, %s },\n", word, begin_row(w), \
			word in guard ? guard[word] : "GUARD_NONE", word in is ? is[word] : "0"
	}
	printf "};\nconst size_t vocabulary_size = %d;\n", n_words + 1
	print "\nconst struct spelling vocabulary_spellings[] = {"
	for (w = 1; w <= n_words; w++)
		if (words[w] in in_pattern) {
			printf "\t{ %d, %d },\n", letters_of(words[w]), w
			spelled++
		}
	printf "};\nconst size_t vocabulary_spelled = %d;\n", spelled
	print "\nconst uint16_t vocabulary_begins[][PATTERN_SETS] = {"
	for (r = 0; r < n_rows; r++)
		printf "\t{%s },\n", row_text[r]
	print "};\n"
	printf "static_assert(%d <= PATTERN_SETS * 16, \"more patterns than there is room for\");\n", patterns
	printf "static_assert(%d <= WORD_SETS * 32, \"more words than there is room for\");\n", n_words + 1
}
