#!/usr/bin/env bash
# An operator's own spreadsheet as it is, in each format, on both engines: what was understood, what was refused, and twice is once.
. "$(dirname "$0")/tap.sh"
python3 "$root/tests/cli/spreadsheets.py" "$work"
mine=(--organisation plateforme-mobilite-63 --action mobilite)

for engine in sqlite postgresql; do
	if ! new_database $engine; then
		skip "operators' spreadsheets ($engine)" "no JALON_TEST_POSTGRES"
		continue
	fi
	run import --quiet "$root/data/contract/clermont-ferrand-2022"
	run import people.xlsx "${mine[@]}" --dry-run
	ok "the sheet that is shown, its headings, and what each column is read as ($engine)" \
		'says "Sheet Liste 2024, headings on row 3, each row: People" "Date de naissance" "Birth date" "Not imported"'
	ok "every fault has its row, its column, its heading, its value and what is expected ($engine)" \
		'complains "row 6, column D (Date de naissance): \"32/13/1990\": expected a date of birth" "row 7, column E (Nationalité): \"Martien\""'
	ok "a dry run counts and writes nothing ($engine)" \
		'exits 1 && says "Nothing was written" "6 records would be new" "Rows: 4, of which 2 refused; 1 more are no record." && complains "2 rows are refused"'
	run import people.xlsx "${mine[@]}" --refused refused.csv --faults faults.csv
	ok "the rows without fault are imported ($engine)" 'exits 1 && says "Imported: 6 records new, 0 changed."'
	ok "the others come back with the reason, fit for a spreadsheet program ($engine)" \
		'[ "$(head -c 3 refused.csv)" = "$(printf "\xef\xbb\xbf")" ] && grep -q "^KONÉ;Awa;.*;Date de naissance: a date of birth" refused.csv && grep -q "^'"'"'=SOMME(A1)" refused.csv'
	ok "the faults are written as a table ($engine)" 'grep -q "^fault,6,D,Date de naissance,32/13/1990," faults.csv'
	sed -i 's/32\/13\/1990/31\/12\/1990/; s/Martien/Mali/' refused.csv
	run import refused.csv "${mine[@]}"
	ok "once mended they are imported ($engine)" 'exits 0 && says "Imported: 6 records new, 0 changed."'
	run export exported$engine
	ok "what was marked against formulas comes in without the mark ($engine)" 'grep -q ",=SOMME(A1),Paul," exported$engine/people.csv'
	run import people.ods "${mine[@]}"
	ok "the same list as ODS changes nothing ($engine)" 'exits 1 && says "Imported: 0 records new, 0 changed."'
	run import people.csv "${mine[@]}"
	ok "the same list as CSV of Windows changes nothing, columns as the last time ($engine)" \
		'exits 1 && says "Imported: 0 records new, 0 changed." "as they were chosen the last time"'
	run import people.xlsx --as attendance --sheet Émargement "${mine[@]}" --kind workshop
	ok "the length of sessions is asked for ($engine)" 'exits 1 && complains "does not say how long" "--minutes"'
	run import people.xlsx --as attendance --sheet Émargement "${mine[@]}" --kind workshop --minutes 120
	ok "a sheet of attendance, people in rows and dates in columns ($engine)" 'exits 0 && says "session of 2024-09-10" "Imported: 8 records new"'
	run import people.ods --as attendance --sheet Émargement "${mine[@]}" --kind workshop --minutes 120
	ok "the same as ODS changes nothing ($engine)" 'exits 0 && says "Imported: 0 records new, 0 changed."'
	run import big.xlsx "${mine[@]}"
	ok "three thousand people ($engine)" 'exits 0 && says "Imported: 9000 records new"'
	run check
	ok "the journal knows of all of it ($engine)" 'exits 0'
done

run import people.xlsx "${mine[@]}" --sheet Inconnue
ok "a sheet that is not there is told with those that are" 'exits 1 && complains "No sheet has the name Inconnue" "Liste 2024"'
run import people.xlsx "${mine[@]}" --columns sexe=Sexe
ok "a field that does not exist is told with the nearest" 'exits 2 && complains "such rows have no field sexe" "Did you mean sex?"'
run import people.xlsx "${mine[@]}" --columns sex=Genre
ok "a heading that is not there is told" 'exits 2 && complains "no column has the heading or the letters Genre"'
run import people.xlsx "${mine[@]}" --columns nothing=Statut,commune=I --dry-run
ok "the user has the last word on columns" 'says "chosen" && ! grep -q "Status  *chosen" out'
run import people.xlsx --as people
ok "whose spreadsheet it is must be said" 'exits 1 && complains "--organisation REF"'
run import people.xlsx --organisation plie --action mobilite
ok "an action of somebody else is refused" 'exits 1 && complains "plie is not an operator of the action mobilite"'
head -c 1000 people.xlsx >cut.xlsx
run import cut.xlsx "${mine[@]}"
ok "a file that is cut is told, with what to do" 'exits 1 && complains "cut.xlsx is damaged" "save it again as .xlsx"'
printf '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' >old.xls
run import old.xls "${mine[@]}"
ok "an old .xls is told, with what to do" 'exits 1 && complains "before 2007" "save it as .xlsx"'
run_fr import people.xlsx "${mine[@]}" --dry-run
ok "in French" 'says "Date de naissance" "Rien n’a été écrit" && complains "ligne 6, colonne D (Date de naissance)"'
done_testing
