#!/usr/bin/env bash
# Import and export, on both engines: what goes in comes out, byte for byte, or nothing goes in and everything wrong is told.
. "$(dirname "$0")/tap.sh"
contract=$root/data/contract/clermont-ferrand-2022

# A small bundle of records for the contract, with two people whose names are not in the alphabet of the machine.
mkdir records
cat >records/people.csv <<'END'
ref,family_name,given_name,sex,birth_date,nationality,languages
p1,Ахмедова,Zarina,F,1996,TJ,tg;ru
p2,"O'Neil, dit ""le Grand""",Émile,M,2001-02,SN,fr
END
cat >records/statuses.csv <<'END'
person_ref,status,since,until
p1,refugee,2022-03-01,
p2,worker,2022-01-01,2024-12-31
END

for engine in sqlite postgresql; do
	if ! new_database $engine; then
		skip "import and export ($engine)" "no JALON_TEST_POSTGRES"
		continue
	fi
	run import --dry-run "$contract"
	ok "a dry run counts and writes nothing ($engine)" 'exits 0 && says "--dry-run" "294 records would be new"'
	run import "$contract"
	ok "the contract is imported ($engine)" 'exits 0 && says "Imported: 294 records new, 0 changed" sheets.csv'
	run import "$contract"
	ok "a second time nothing changes ($engine)" 'exits 0 && says "Nothing changed"'
	run import --quiet records
	ok "people are imported, quietly ($engine)" 'exits 0 && silent out && silent err'
	run export one
	ok "everything is exported ($engine)" 'exits 0 && says "298 records"'
	run export one.zip
	ok "everything is exported into a zip ($engine)" 'exits 0 && [ "$(head -c 2 one.zip)" = PK ]'
	ok "nothing is lost of the contract ($engine)" 'same_rows "$contract" one'
	ok "what was given comes out as it was given ($engine)" 'grep -qF "\"O'"'"'Neil, dit \"\"le Grand\"\"\"" one/people.csv && grep -qF ,1996, one/people.csv'

	new_database $engine
	run import --quiet one
	ok "an export can be imported into an empty database ($engine)" 'exits 0 && silent err'
	run export --quiet two
	ok "and gives the same bytes again ($engine)" 'diff -r one two >out'
	new_database $engine
	run import --quiet one.zip
	ok "a zip can be imported too ($engine)" 'exits 0 && silent err'
	run export --quiet three
	ok "with the same result ($engine)" 'diff -r one three >out'
	mv one "one-$engine"
	rm -rf two three one.zip

	mkdir bad
	cat >bad/people.csv <<'END'
ref,family_name,sex,birth_date,colour
p3,Nobody,Q,1990-02-30,blue
p3,Twice,F,1990-01-01,red
END
	cat >bad/enrolments.csv <<'END'
ref,action_ref,person_ref,state,entered_on,left_on
e1,no-such-action,p9,active,2023-01-10,2023-01-01
END
	echo 'whatever' >bad/surprise.csv
	run import bad
	ok "a wrong bundle: every fault at once, nothing on the output ($engine)" 'exits 1 && silent out && complains "people.csv:1" colour "people.csv:2" "1990-02-30" "people.csv:3" "enrolments.csv:2" no-such-action p9 surprise.csv "nothing was imported"'
	run import --faults faults.csv bad
	ok "and as a file ($engine)" 'exits 1 && [ "$(head -n 1 faults.csv)" = level,file,line,column,value,expected ] && [ "$(wc -l <faults.csv)" -ge 8 ]'
	run_fr import bad
	ok "and in French ($engine)" 'exits 1 && complains "attendu" "rien n" "a été importé"'
	run export after
	ok "and nothing of it was written ($engine)" 'diff -r "one-$engine" after >out'
	rm -rf bad after
	run import no-such-folder
	ok "a bundle that does not exist is refused ($engine)" 'exits 1 && complains no-such-folder'
done
[ -d one-postgresql ] && ok "both engines export the same bytes" 'diff -r one-sqlite one-postgresql >out'

new_database sqlite
run import --quiet "$contract"
run export --quiet one
run export --quiet one
ok "an earlier export is written over" 'exits 0 && silent err'
mkdir mine
echo important >mine/notes.txt
run export mine
ok "a folder that holds something else is left alone" 'exits 1 && complains notes.txt && [ "$(cat mine/notes.txt)" = important ] && [ "$(ls mine)" = notes.txt ]'
run export no-such-folder/here
ok "an export beside nothing is refused" 'exits 1 || exits 3'
echo "ref,name" | iconv -t UTF-16 >people16.csv
mkdir utf16
mv people16.csv utf16/people.csv
run import utf16
ok "a file in UTF-16: how to save it" 'exits 1 && complains people.csv UTF-8'
mkdir semicolon
printf '\357\273\277ref;family_name\r\np7;Dupont\r\n' >semicolon/people.csv
run import semicolon
ok "semicolons, byte-order mark and CR LF are understood" 'exits 0 && says "1 records new"'
mkdir empty
run import empty
ok "a folder without any file of the format" 'exits 1 && complains "people.csv"'
printf 'PK\003\004 not really' >broken.zip
run import broken.zip
ok "a broken zip" 'exits 1 && complains broken.zip'
done_testing
