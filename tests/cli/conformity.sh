#!/usr/bin/env bash
# What does not hold in a contract, as people and programs read it.
. "$(dirname "$0")/tap.sh"
contract=$root/data/contract/clermont-ferrand-2022

# finding REF CODE: the CSV has it.
finding() {
	grep -q "^$2,[a-z]*,$1," out
}
for engine in sqlite postgresql; do
	new_database $engine || {
		skip "conformity on $engine" "JALON_TEST_POSTGRES is not set"
		continue
	}
	run conformity
	ok "without a database there is nothing to check ($engine)" '[ "$status" -ge 1 ] && silent out'
	run import --quiet "$contract"
	run conformity --format csv
	ok "findings are told by the exit status ($engine)" 'exits 1 && silent err'
	ok "the heading says the columns ($engine)" '[ "$(head -n 1 out)" = finding,severity,ref,detail ]'
	ok "lines are in code-point order ($engine)" 'tail -n +2 out | LC_ALL=C sort -c'
	ok "every severity is one of three ($engine)" '[ "$(tail -n +2 out | cut -d, -f2 | grep -cvx -e error -e warning -e notice)" = 0 ]'
	ok "sheets without the indicators of cost ($engine)" 'finding f11 missing_cost_indicators && finding fev missing_cost_indicators && finding fgo missing_cost_indicators && [ "$(grep -c ^missing_cost out)" = 3 ]'
	ok "the part of the subsidy that nothing explains ($engine)" 'says 48276.00 && finding cf-2022 unexplained_subsidy'
	ok "three agreements, and none for exactly 23,000 ($engine)" 'finding forum-refugies agreement_needed && finding chsm agreement_needed && finding unis-cite agreement_needed && [ "$(grep -c ^agreement_needed out)" = 3 ]'
	cp out csv.$engine
	run conformity --format text
	ok "as text every finding has its remedy and its source ($engine)" 'exits 1 && says "ERRORS (10)" "f23" "  -> Name the organisation" "Contract, article 9"'
	run conformity --contract other
	ok "another contract is refused ($engine)" 'exits 1 && complains other cf-ctai-2022'
done
[ -e csv.postgresql ] && ok "both engines say the same" 'cmp -s csv.sqlite csv.postgresql'

new_database sqlite
run import --quiet "$contract"
run_fr conformity
narrow=$'\xe2\x80\xaf' # the blank between thousands
ok "in French, amounts and days are written the French way" 'exits 1 && says "48${narrow}276,00" 17/10/2022'
JALON_NOW=2023-01-01T00:00:00.000Z run conformity --format csv
ok "a meeting is missed only when its year is over" 'exits 1 && ! says yearly_meeting_missing'
done_testing
