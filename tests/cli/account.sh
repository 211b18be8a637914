#!/usr/bin/env bash
# Accounts and rights from the command line; the accounts of a demonstration.
. "$(dirname "$0")/tap.sh"
contract=$root/data/contract/clermont-ferrand-2022
code='[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}'

run rights --role state
ok "rights are sentences, role by role" 'exits 0 && says State "may read the figures of the questionnaire" "may not read people" && ! grep -q "Coordinator" out'
run rights --format csv
ok "and a table" 'exits 0 && says "role,right,reach,sentence" "worker,PEOPLE_READ,own," "state,PEOPLE_READ,no," && [ "$(wc -l <out)" = $(($(grep -c "^RIGHT(" "$root/src/access/rights.def") * 10 + 1)) ]'
run_fr rights --role beneficiary
ok "in French too" 'exits 0 && says "pour soi seulement"'
run rights --role king
ok "a role that is none is told" 'exits 2 && complains king'

for engine in sqlite postgresql; do
	new_database $engine || {
		skip "accounts on $engine" "JALON_TEST_POSTGRES is not set"
		continue
	}
	run account add dsi@example.org --role administrator
	ok "an account needs a database ($engine)" '[ "$status" -ge 1 ] && silent out'
	run import --quiet "$contract"
	run account add DSI@example.org --role administrator --name "Service informatique" --address https://jalon.example.org/
	ok "the first administrator gets a letter with a code ($engine)" 'exits 0 && says dsi@example.org https://jalon.example.org/ && grep -qE "^ +$code\$" out'
	run account add dsi@example.org --role state
	ok "an e-mail has one account ($engine)" 'exits 1 && complains email && silent out'
	run account
	ok "what is to be done must be said ($engine)" 'exits 2 && complains "an argument is missing"'
	run account remove a@example.org
	ok "in words that it knows ($engine)" 'exits 2 && complains "add, list, invite, reset or end"'
	run account list a@example.org
	ok "a list takes no e-mail ($engine)" 'exits 2 && complains "takes no e-mail"'
	run account invite
	ok "an invitation needs one ($engine)" 'exits 2 && complains "needs an e-mail"'
	run account add a@example.org
	ok "a role is needed ($engine)" 'exits 2 && complains --role'
	run account add a@example.org --role worker
	ok "a worker belongs to an organisation ($engine)" 'exits 1 && complains organisation'
	run account add a@example.org --role worker --organisation nowhere
	ok "which must be there ($engine)" 'exits 1 && complains nowhere'
	run account add a@example.org --role worker --organisation plie --expires 2025-12-31 --quiet
	ok "the code alone, for scripts ($engine)" 'exits 0 && lines out 1 && grep -qE "^$code\$" out'
	cp out first
	run account invite a@example.org --quiet
	ok "another code ($engine)" 'exits 0 && grep -qE "^$code\$" out && ! cmp -s out first'
	run account list
	ok "the list ($engine)" 'exits 0 && says "Service informatique" a@example.org PLIE invited && lines out 3'
	run account list --format csv
	ok "as a table ($engine)" 'exits 0 && says "email,name,role,organisation,state" "dsi@example.org,Service informatique,administrator,,invited"'
	run account reset a@example.org --second-factor
	ok "a reset says that the old password still works ($engine)" 'exits 0 && says "your present password still works"'
	run account end a@example.org
	ok "an account ends ($engine)" 'exits 0 && says ended'
	run account invite a@example.org
	ok "and nobody is invited to it ($engine)" 'exits 1 && complains ended'
	run account end dsi@example.org
	ok "the last administrator stays ($engine)" 'exits 1 && complains "last one"'
	run account end nobody@example.org
	ok "an e-mail without an account is told ($engine)" 'exits 1 && complains "No account"'
	run check
	ok "all holds ($engine)" 'exits 0 && says "accounts: 2"'
	run demo --accounts
	ok "a real database gets no known passwords ($engine)" 'exits 1 && complains "known passwords" && silent out'
	run demo --people 50
	ok "not even when it is filled with invented people ($engine)" 'exits 0 && ! grep -q demo.example out'

	new_database $engine
	run import --quiet "$contract"
	run demo --people 50
	ok "a demonstration has an account for each role ($engine)" 'exits 0 && [ "$(grep -cE "@demo.example +$code\$" out)" = 10 ]'
	grep demo.example out >made
	run demo --accounts
	ok "which are listed again as they are ($engine)" 'exits 0 && grep demo.example out | cmp - made'
	run account list
	ok "and are accounts like any other ($engine)" 'exits 0 && lines out 11 && ! grep -q "Accompagnee-Fictif" out'
	run check
	ok "and nothing is wrong with that ($engine)" 'exits 0'
	run export --quiet bundle$engine
	ok "none of it is in a bundle ($engine)" 'exits 0 && ! grep -rq demo.example bundle$engine'
	mkdir real$engine
	printf 'ref,family_name\nreal-1,Martin\n' >real$engine/people.csv
	printf 'person_ref,status,since\nreal-1,refugee,2024-01-01\n' >real$engine/statuses.csv
	run import --quiet real$engine
	ok "somebody real comes in ($engine)" 'exits 0'
	run demo --accounts
	ok "the passwords are shown no more ($engine)" 'exits 0 && ! grep -q demo.example out'
	run check
	ok "and the check asks for the end of these accounts ($engine)" 'exits 1 && says "passwords are known"'
done
done_testing
