#!/usr/bin/env bash
# The manual page and the completion, both made from the table of commands.
. "$(dirname "$0")/tap.sh"

for language in C fr; do
	env LC_ALL=$language "$jalon" help --man >out 2>err
	status=$?
	cp out jalon.1
	ok "the manual page is written ($language)" 'exits 0 && says ".TH JALON 1" && silent err'
	if command -v groff >/dev/null; then
		groff -man -ww -b -z -k -Tutf8 jalon.1 >out 2>err
		status=$?
		ok "groff finds nothing wrong with it ($language)" 'exits 0 && silent err'
		groff -man -k -Tutf8 -P-cbou jalon.1 >out 2>err
		"$jalon" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z][a-z]*\) .*/\1/p' >names
		ok "it names every command ($language)" '[ "$(grep -c "^   jalon " out)" = "$(wc -l <names)" ]'
		ok "commands can be copied from it: its dashes are plain ($language)" 'says --database && ! says "‐‐"'
	else
		skip "groff finds nothing wrong with it ($language)" "no groff"
	fi
	if command -v man >/dev/null; then
		MANWIDTH=80 man --warnings -E UTF-8 -l jalon.1 >out 2>err
		status=$?
		ok "man shows it without a warning ($language)" 'exits 0 && silent err && says JALON'
	else
		skip "man shows it without a warning ($language)" "no man"
	fi
done

run completion bash
cp out completion
ok "the completion is written" 'exits 0 && silent err'
bash -n completion 2>err
status=$?
ok "bash can read it" 'exits 0 && silent err'
run completion fish
ok "another shell is refused" 'exits 2 && complains "bash"'

mkdir bundle other
# What bash would propose for these words, the last one being typed.
proposes() {
	bash --norc -c '
		source ./completion
		COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
		compopt() { :; }
		_jalon
		printf "%s\n" "${COMPREPLY[@]}"' bash "$@" >out 2>err
}
proposes jalon i
ok "commands are completed" '[ "$(sort out | tr "\n" " ")" = "import indicators " ]'
proposes jalon help conf
ok "help completes the names of commands" '[ "$(cat out)" = conformity ]'
proposes jalon import --dry
ok "options are completed" '[ "$(cat out)" = --dry-run ]'
proposes jalon --qu
ok "options before the command are completed" '[ "$(cat out)" = --quiet ]'
proposes jalon --database x.db expo
ok "the value of --database is not taken for the command" '[ "$(cat out)" = export ]'
proposes jalon questionnaire --format c
ok "choices are completed" '[ "$(cat out)" = csv ]'
proposes jalon questionnaire --format = c
ok "choices are completed after an equals sign" '[ "$(cat out)" = csv ]'
proposes jalon import b
ok "files are completed" '[ "$(cat out)" = bundle ]'
proposes jalon import --database oth
ok "the place of the database is completed" '[ "$(cat out)" = other ]'
proposes jalon questionnaire --from 2
ok "nothing is proposed for a date" '[ -z "$(cat out)" ]'
done_testing
