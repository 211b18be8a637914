#!/usr/bin/env bash
# What may not be written or read: the database, its folder, the key, where an export goes. And what a bundle may not do to
# the terminal.
if [ "$(id -u)" = 0 ] && [ -z "${JALON_AS_NOBODY:-}" ]; then
	# The superuser may do everything: the tests are done as somebody who may not.
	place=$(mktemp -d)
	trap 'rm -rf "$place"' EXIT
	chmod 777 "$place"
	cp -r "$(dirname "$0")/.." "$place/tests"
	mkdir "$place/data" "$place/build"
	cp -r "$(dirname "$0")/../../data/contract" "$place/data/"
	cp "$1" "$place/build/jalon"
	chmod -R a+rX "$place"
	JALON_AS_NOBODY=1 TMPDIR=$place setpriv --reuid 65534 --regid 65534 --clear-groups bash "$place/tests/crash/rights.sh" "$place/build/jalon"
	exit
fi
. "$(dirname "$0")/../cli/tap.sh"
contract=$root/data/contract/clermont-ferrand-2022
trap 'chmod -R u+rwX "$work"; rm -rf "$work"' EXIT

mkdir place
run import --quiet --database place/j.db "$contract"
ok "the contract is imported" 'exits 0'
run export --quiet --database place/j.db before
cp place/j.db before.db

chmod 444 place/j.db
run import --database place/j.db "$contract"
ok "a database that may not be written: said" 'exits 3 && complains j.db'
run export --quiet --database place/j.db one
ok "it can be read all the same" 'exits 0 && diff -r before one'
chmod 555 place
run import --database place/j.db "$contract"
ok "neither it nor its folder may be written: said" 'exits 3 && complains j.db'
run export --quiet --database place/j.db two
ok "it can be read all the same, folder and file" 'exits 0 && diff -r before two'
chmod 644 place/j.db
run import --database place/j.db "$contract"
ok "its folder may not be written: said" 'exits 3 && complains j.db'
chmod 755 place
ok "and not a byte of it has changed" 'cmp before.db place/j.db'
run import --database place/j.db "$contract"
ok "with the rights back it works" 'exits 0 && says "Nothing changed"'
chmod 555 place
run import --database place/new.db "$contract"
ok "a new database where none may be made: said" 'exits 3 && complains new.db'
chmod 755 place
chmod 000 place/j.db
run export --database place/j.db three
ok "a database that may not be read: said, and no folder is made" 'exits 3 && complains j.db && [ ! -e three ]'
chmod 644 place/j.db

mkdir people
printf 'ref\np1\n' >people/people.csv
chmod 000 "$JALON_KEY"
run import --database place/j.db people
ok "a key that may not be read: said" 'exits 3 || exits 1'
chmod 600 "$JALON_KEY"
run export --quiet --database place/j.db four
ok "and nothing was imported without it" 'diff -r before four'

mkdir closed
chmod 555 closed
run export --database place/j.db closed
ok "a folder that may not be written: said" 'exits 3 && complains closed'
run export --database place/j.db closed/here
ok "a folder in which none may be made: said" 'exits 3 && complains closed'
run export --database place/j.db closed/here.zip
ok "the same for a zip" 'exits 3 && complains closed'
ok "nothing is left in it" '[ -z "$(ls -A closed)" ]'
chmod 000 people/people.csv
run import --database place/j.db people
ok "a file of the bundle that may not be read: said" 'exits 3 && complains people.csv'
chmod 600 people/people.csv
chmod 000 people
run import --database place/j.db people
ok "a bundle that may not be read: said" 'exits 3 && complains people'
chmod 755 people

# Values, headings and names from outside: nothing of them commands the terminal, in the messages nor in the table of counts.
escape=$(printf '\033')
csi=$(printf '\302\233')
rm -rf people
mkdir people
printf 'ref,\033[31mcolour,sex\np1,x,\033]0;title\007F\np2,x,"\302\2332J\nF"\np3,x\n' >people/people.csv
printf 'x' >"people/$(printf '\033[2J.csv')"
printf 'x' >"people/$(printf 'a\nb.csv')"
run import --database place/j.db --faults faults.csv people
ok "control characters of a bundle never reach the terminal" 'exits 1 && ! grep -q "$escape" err && ! grep -q "$csi" err && ! grep -q "$(printf "\007")" err'
ok "each fault takes one line" '[ "$(grep -c expected err)" = "$(grep -c "" err)" ] || [ "$(($(grep -c expected err) + 1))" = "$(grep -c "" err)" ]'
ok "the list of faults is a CSV with all of them" '[ "$(python3 -c "import csv; print(len(list(csv.reader(open(\"faults.csv\", newline=\"\")))))")" = "$(($(grep -c expected err) + 1))" ]'
run import --database "$(printf 'place/\033[2Jno/j.db')" people
ok "nor do those of the command line" '! exits 0 && ! grep -q "$escape" err'
{
	echo ref,sex
	awk 'BEGIN { printf "p1,"; for (i = 0; i < 3000; i++) printf "é"; print "" }'
} >people/people.csv
rm -f people/*J.csv people/a*
printf 'ref,sex\np1, F\n' >more.csv
mkdir blanks
mv more.csv blanks/people.csv
run import --database place/j.db blanks
ok "blanks around a value are shown" 'exits 1 && complains "\" F\""'
run import --database place/j.db people
ok "a long value is cut between two characters" 'exits 1 && [ "$(wc -c <err)" -lt 1000 ] && iconv -f UTF-8 -t UTF-8 err >out'
done_testing
