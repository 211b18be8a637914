#!/usr/bin/env bash
# Help, wrong usage, languages, closed outputs: everything that needs no data.
. "$(dirname "$0")/tap.sh"

run --version
ok "the version is one line" 'exits 0 && lines out 1 && says "jalon " && silent err'
run --help
ok "the help lists the commands" 'exits 0 && says Usage: import export questionnaire indicators conformity demo check help completion'
ok "the help fits in 80 columns" '! LC_ALL=C.UTF-8 grep -qE ".{80}" out'
cp out help
run help
ok "help and --help are the same" 'cmp -s out help'
run
ok "without a command: wrong usage, and where the help is" 'exits 2 && silent out && complains "jalon help"'

names=$(sed -n '/^Commands:/,/^$/s/^  \([a-z][a-z ]*[a-z]\)  .*/\1/p' help)
for name in $names; do
	run "$name" --help
	ok "$name --help says how to use it, with an example" 'exits 0 && says "Usage: jalon $name" Example: && silent err'
	cp out help
	run help "$name"
	ok "help $name is the same" 'cmp -s out help'
	ok "$name --help fits in 80 columns" '! grep -vE "^  (jalon|source) " out | LC_ALL=C.UTF-8 grep -qE ".{80}"'
	run "$name" --no-such-option
	ok "$name refuses an unknown option" 'exits 2 && silent out && complains "unknown option --no-such-option" "jalon $name --help"'
	run "$name" a b c d e f
	ok "$name refuses too many arguments" 'exits 2 && silent out && complains "unexpected argument"'
done

run imprt
ok "an unknown command: the nearest one" 'exits 2 && complains "unknown command imprt" "jalon import?" && lines err 2'
run xyzzyx
ok "an unknown command that is near to none: where the list is" 'exits 2 && complains "unknown command xyzzyx" "jalon help"'
run help --mann
ok "an unknown option: the nearest one" 'exits 2 && complains "unknown option --mann" "--man?"'
run import -h
ok "a short option: the long one" 'exits 2 && complains "unknown option -h" "--help?"'
run help --man=yes
ok "a switch takes no value" 'exits 2 && complains "--man takes no value"'
run export --territory
ok "an option without its value" 'exits 2 && complains "--territory needs a value"'
run export --territory --quiet here
ok "an option is not the value of the one before" 'exits 2 && complains "--territory needs a value"'
run export --territory= here
ok "an empty value is none" 'exits 2 && complains "--territory needs a value"'
run import
ok "a missing argument is named" 'exits 2 && complains "an argument is missing: jalon import BUNDLE"'
run questionnaire --format xls
ok "a word that is not among the choices: the choice" 'exits 2 && complains "--format cannot be xls" csv table'
run help -- --man
ok "after two dashes everything is an argument" 'exits 2 && complains "unknown command --man"'
JALON_NOW=yesterday run export --quiet here
ok "a wrong moment for the tests is refused" 'exits 2 && complains JALON_NOW'
run help "$(printf 'a\033[31m\nb\302\2331m')"
ok "what was typed cannot command the terminal" 'exits 2 && lines err 2 && ! grep -q "$(printf "\033")" err && ! grep -q "$(printf "\302\233")" err'

for language in LC_ALL=fr_FR.UTF-8 LC_MESSAGES=fr LANG=fr_FR "LANGUAGE=en LC_ALL=fr"; do
	# shellcheck disable=SC2086 # one or two settings
	env -u LC_ALL $language "$jalon" imprt >out 2>err
	status=$?
	ok "French with $language" 'exits 2 && complains "commande inconnue" "Vouliez-vous dire"'
done
for language in LC_ALL=C LC_ALL=de_DE.UTF-8 "LC_ALL=C LANG=fr_FR.UTF-8" "LC_MESSAGES=en_US LANG=fr_FR" LANGUAGE=fr; do
	# shellcheck disable=SC2086
	env -u LC_ALL $language "$jalon" imprt >out 2>err
	status=$?
	ok "English with $language" 'exits 2 && complains "unknown command"'
done
run_fr --help
ok "the help in French" 'exits 0 && says "Utilisation" "Commandes"'

"$jalon" help >/dev/full 2>err
status=$?
ok "a full disk under the output: exit 3, said" 'exits 3 && complains "cannot write to the standard output" "No space left on device"'
"$jalon" help >&- 2>err
status=$?
ok "a closed output: exit 3, said" 'exits 3 && complains "cannot write to the standard output"'
mkfifo pipe
{ sleep 0.1; "$jalon" help --man >&7 2>err; echo $? >code; } 7>pipe &
exec 8<pipe
exec 8<&-
wait
status=$(cat code)
ok "a reader that leaves: exit 3, nothing said" 'exits 3 && silent err'
"$jalon" help >/dev/null 2>&- <&-
status=$?
ok "closed input and messages do not disturb" 'exits 0'
needed=$(readelf -d "$jalon" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | grep -vE '^lib(sqlite3|sodium|c|m|asan|ubsan)\.so')
ok "a start loads SQLite and libsodium, and nothing for what it may never do (src/base/library.h)" '[ -z "$needed" ]'
done_testing
