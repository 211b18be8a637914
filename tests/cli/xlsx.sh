#!/usr/bin/env bash
# The questionnaire as a workbook: the same values as the CSV, read from its XML; texts that look like formulas are texts.
. "$(dirname "$0")/tap.sh"
export TMPDIR=$work/tmp # where nothing may stay
mkdir "$TMPDIR"
contract=$root/data/contract/clermont-ferrand-2022
workbook() {
	python3 -B "$root/tests/cli/workbook.py" "$@" >told 2>&1
	local code=$?
	sed 's/^/# /' told | head -n 5
	return $code
}

for engine in sqlite postgresql; do
	if ! new_database $engine; then
		skip "the questionnaire as a workbook ($engine)" "no JALON_TEST_POSTGRES"
		continue
	fi
	run import --quiet "$contract"
	run demo --seed 3 --people 120 --quiet
	run questionnaire --contract-year 1 --format csv --output figures.csv
	run questionnaire --contract-year 1 --format xlsx --output "$engine.xlsx"
	ok "the questionnaire as a workbook ($engine)" 'exits 0 && silent out && silent err && [ -s $engine.xlsx ]'
	ok "every figure of the CSV, and no other ($engine)" 'workbook figures $engine.xlsx figures.csv'
	ok "the State's table says the same ($engine)" 'workbook table $engine.xlsx figures.csv'
	ok "no formula, no merged cell, set up for printing, charts described ($engine)" 'workbook sound $engine.xlsx'
done
[ -e postgresql.xlsx ] && ok "both engines give the same bytes" 'cmp -s sqlite.xlsx postgresql.xlsx'

new_database sqlite
cp -r "$contract" odd
sed -i 's/,Mobilité,/,=1+cmd|x!A1 \& <b>,/; s/,Garde d.enfants,/,@SUM(1),/; s/,Gouvernance,/,-2+3,/' odd/sheets.csv
run import --quiet odd
run demo --seed 3 --people 60 --quiet
run questionnaire --contract-year 1 --all-indicators --format csv --output figures.csv
run questionnaire --contract-year 1 --all-indicators --format xlsx --output odd.xlsx
ok "titles that look like formulas" 'exits 0 && workbook texts odd.xlsx >/dev/null && grep -qxF "=1+cmd|x!A1 & <b>" told && grep -qxF "@SUM(1)" told && grep -qxF -- "-2+3" told'
ok "are texts and nothing else" 'workbook sound odd.xlsx && workbook figures odd.xlsx figures.csv'
run_fr questionnaire --contract-year 1 --format xlsx --output fr.xlsx
ok "in French" 'exits 0 && workbook names fr.xlsx >/dev/null && grep -qx "Tous les chiffres" told && grep -qx Recoupements told && workbook sound fr.xlsx'
run questionnaire --period 2023-01-01..2023-03-31 --format xlsx --output quarter.xlsx
ok "a period that is not a year says that objectives cannot be compared" 'exits 0 && workbook texts quarter.xlsx >/dev/null && grep -q "cannot be compared" told'
run questionnaire --contract-year 1 --every-contract --format xlsx --output all
ok "every contract, a workbook each" 'exits 0 && workbook sound all/cf-ctai-2022.xlsx'
run questionnaire --contract-year 1 --format xlsx
ok "not on the terminal" 'exits 2 && complains "--output"'
run questionnaire --contract-year 1 --format xlsx --overlap sheets --output x.xlsx
ok "a workbook holds the overlap already" 'exits 2 && [ ! -e x.xlsx ]'
TMPDIR=$work/nowhere run questionnaire --contract-year 1 --format xlsx --output x.xlsx
ok "no folder for temporary files: said, and nothing left behind" '! exits 0 && complains nowhere && [ ! -e x.xlsx ] && [ ! -e x.xlsx.part ]'
run questionnaire --contract-year 1 --format xlsx --output /dev/full
ok "a full disk: exit 3" 'exits 3 && complains "/dev/full"'
ok "no temporary file stays" '[ -z "$(ls -A "$TMPDIR")" ]'
done_testing
