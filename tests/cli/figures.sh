#!/usr/bin/env bash
# The questionnaire, its explanations, the indicators, the conformity and the demonstration, as typed at a desk.
. "$(dirname "$0")/tap.sh"
contract=$root/data/contract/clermont-ferrand-2022

for engine in sqlite postgresql; do
	if ! new_database $engine; then
		skip "contract, people and figures ($engine)" "no JALON_TEST_POSTGRES"
		continue
	fi
	run import --quiet "$contract"
	run demo --seed 3 --people 120
	ok "the demonstration fills a contract ($engine)" 'exits 0 && says people.csv "Imported:"'
	run demo --seed 4
	ok "but not twice ($engine)" 'exits 1 && complains "already" "--force"'
	run check
	ok "and the database holds ($engine)" 'exits 0'
	run questionnaire --contract-year 1 --format csv
	cp out "questionnaire-$engine"
	ok "the questionnaire as CSV ($engine)" 'exits 0 && [ "$(head -n 1 out)" = scope,ref,indicator,cell,objective,achieved,unit,note ] && silent err && says cohort.enlarged'
	ok "its lines are in code-point order ($engine)" 'tail -n +2 out | LC_ALL=C sort -c'
	ok "somebody was helped ($engine)" 'grep -qE "^sheet,.*,1.1.beneficiaries,total,[0-9]*,[1-9]" out'
	run questionnaire --from 2022-10-17 --to 2023-10-16 --format csv
	ok "the first contract year begins at the signature ($engine)" 'cmp -s out questionnaire-$engine'
	run questionnaire --contract-year 1 --format csv --all-indicators
	ok "every indicator: more lines ($engine)" 'exits 0 && [ "$(wc -l <out)" -gt "$(wc -l <questionnaire-$engine)" ]'
	run conformity --format csv
	cp out "conformity-$engine"
	ok "the conformity as CSV: findings, exit 1 ($engine)" 'exits 1 && silent err && [ "$(wc -l <out)" -gt 10 ]'
	run questionnaire --contract-year 1 --explain 1.1.beneficiaries --sheet f11
	ok "a figure opens onto its records ($engine)" 'exits 0 && ! grep -q Fictif out'
done
[ -e questionnaire-postgresql ] && ok "both engines give the same figures" 'cmp -s questionnaire-sqlite questionnaire-postgresql'
[ -e conformity-postgresql ] && ok "both engines give the same findings" 'cmp -s conformity-sqlite conformity-postgresql'

new_database sqlite
run import --quiet "$contract"
run demo --seed 3 --people 120 --quiet
ok "the demonstration can be quiet, but for what the import finds odd" 'exits 0 && silent out && ! grep -v ^warning err'
run questionnaire --contract-year 1 --format csv
ok "the same seed gives the same figures" 'cmp -s out questionnaire-sqlite'
run questionnaire --contract-year 1
ok "the table says which year it shows" 'exits 0 && says 2022-10-17 2023-10-16 Objective Achieved'
run_fr questionnaire --contract-year 1
ok "and in French" 'exits 0 && says Objectif Réalisé'
run questionnaire --contract-year 1 --format json
ok "JSON can be read" 'exits 0 && python3 -m json.tool out >json'
run questionnaire --contract-year 1 --format csv --output figures.csv
ok "--output writes the same into a file" 'exits 0 && silent out && cmp -s figures.csv questionnaire-sqlite'
run questionnaire --contract-year 1 --every-contract --format csv --output all
ok "--every-contract: a file each" 'exits 0 && cmp -s all/cf-ctai-2022.csv questionnaire-sqlite'
run questionnaire --civil-year 2023
ok "a civil year" 'exits 0 && says 2023-01-01 2023-12-31'
run questionnaire --school-year 2023
ok "a school year" 'exits 0 && says 2023-09-01 2024-08-31'
run questionnaire --civil-year 2023 --contract-year 1
ok "one period at a time" 'exits 2'
run questionnaire --period contract-1 --format csv
ok "a period by its word" 'exits 0 && cmp -s out questionnaire-sqlite'
run questionnaire --period contract-9
ok "a word that is no period: what is expected" 'exits 2 && complains "--period" "1 to 3"'
run questionnaire --period civil-2023 --civil-year 2023
ok "the word and an option: one period at a time" 'exits 2 && complains "--period"'
run questionnaire --from 2025-02-30 --to 2025-03-01
ok "a date that does not exist" 'exits 2 && complains "2025-02-30 is not a date" "2025-08-31"'
run questionnaire --from 2023-01-01
ok "a beginning without an end" 'exits 2 && complains "--to"'
run questionnaire --from 2023-02-01 --to 2023-01-01
ok "an end before its beginning" 'exits 2'
run questionnaire --contract-year 1 --overlap actions
ok "people in several actions" 'exits 0 && says mobilite Actions People cohort.two_actions'
run questionnaire --contract-year 1 --overlap sheets --format csv
ok "in several sheets, as CSV: people counted in f11 are those of its figure" \
	'exits 0 && [ "$(sed -n "s/^sheet,f11,f11,,//p" out)" = "$(sed -n "s/^sheet,f11,1.1.beneficiaries,total,[0-9]*,\([0-9]*\),.*/\1/p" questionnaire-sqlite)" ]'
ok "and those of any number of sheets are the enlarged cohort" \
	'[ "$(awk -F, "/^contract/ { n += \$5 } END { print n }" out)" = "$(sed -n "s/^contract,.*,cohort.enlarged,total,,\([0-9]*\),.*/\1/p" questionnaire-sqlite)" ]'
run questionnaire --contract-year 1 --overlap actions --sheet f11 --format json
ok "in several actions of a sheet, as JSON" 'exits 0 && python3 -m json.tool out >json'
run questionnaire --overlap sheets --sheet f11
ok "a sheet has no sheets" 'exits 2'
run questionnaire --overlap actions --every-contract --output all
ok "the overlap is one contract's" 'exits 2'
run questionnaire --contract nowhere
ok "an unknown contract: those that exist" 'exits 1 && complains cf-ctai-2022'
run questionnaire --explain 9.9.nothing --sheet f11
ok "an unknown indicator" 'exits 1 || exits 2'
run questionnaire --contract-year 1 --format csv --output /dev/full
ok "figures on a full disk: exit 3, said" 'exits 3 && complains "/dev/full" && [ -c /dev/full ]'

run conformity
ok "the conformity as text: what, where, what to do, which rule" 'exits 1 && says cf-ctai-2022 48 276 "To settle:"'
run_fr conformity
ok "and in French" 'exits 1 && says ERREURS'

run indicators
ok "the list of indicators" 'exits 0 && says 1.1.beneficiaries 3.8.culture local. cohort.restricted'
run indicators 3.1.assiduous
ok "one rule in full" 'exits 0 && says 80'
run indicators 3.1.asiduous
ok "a slip in its name" 'exits 2 && complains 3.1.assiduous'
run indicators --format json
ok "the rules as JSON" 'exits 0 && python3 -m json.tool out >json'

run demo --output bundle --seed 5 --people 50 --force
ok "the demonstration as a bundle" 'exits 0 && [ -s bundle/people.csv ] && grep -q Fictif bundle/people.csv'
run import --quiet --dry-run bundle
ok "which can be imported" 'exits 0'
run demo --people 0
ok "nobody is too few" 'exits 2'
done_testing
