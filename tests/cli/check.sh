#!/usr/bin/env bash
# What jalon check must find: every change made behind the program's back.
. "$(dirname "$0")/tap.sh"
contract=$root/data/contract/clermont-ferrand-2022

sql() {
	python3 -c 'import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.executescript(sys.argv[2]); c.commit(); c.close()' "$@"
}
run import --database good.db --quiet "$contract"
mkdir change
printf 'ref,name,category\nville,Another name,city\n' >change/organisations.csv
printf 'ref,family_name,given_name\np1,Noori,Zahra\n' >change/people.csv
printf 'person_ref,status,since\np1,refugee,2021-05-01\n' >change/statuses.csv
run import --database good.db --quiet change
run check --database good.db
ok "a sound database holds" 'exits 0 && says "Everything holds" "earlier versions: 1" && [ "$(grep -c "^holds" out)" = 5 ] && silent err'
run check --database good.db --quiet
ok "quietly too" 'exits 0 && silent out && silent err'

# finds "what was done" STATEMENT "what is said"
finds() {
	cp good.db bad.db
	rm -f bad.db-*
	sql bad.db "pragma foreign_keys = off; $2"
	run check --database bad.db
	ok "$1" 'exits 1 && says BROKEN "'"$3"'" "not hold"'
}
finds "a value that was changed" "update organisations set name = 'x' where ref = 'ville'" "not what was written"
finds "a record that was taken out" "delete from bodies where ref = (select min(ref) from bodies)" "the record is gone"
finds "a record that was put in" "insert into priorities (territory_id, id, version, ref, contract_id, number, title) select territory_id, id + 1000000, version, 'x', contract_id, 99, title from priorities limit 1" "does not know"
finds "a link to nothing" "delete from axes where id = (select max(axis_id) from sheets)" "does not exist"
finds "an earlier version that was changed" "update versions set content = content || 'x'" "not what was written"
finds "an earlier version that was taken out" "delete from versions" "an earlier version is missing"
finds "a row of the journal that was changed" "update journal set action = 'read' where seq = 100" "not what was written"
finds "a row of the journal that was taken out" "delete from journal where seq = 100" "rows are missing"
finds "two rows of the journal that were exchanged" "update journal set seq = -1 where seq = 100; update journal set seq = 100 where seq = 101; update journal set seq = 101 where seq = -1" "not what was written"
finds "another author" "update changes set actor = 'somebody else'" "not what was written"
finds "a change that was taken out" "delete from changes where id = (select min(id) from changes)" "missing"
finds "what people are found by, taken out" "delete from key_pages" "jalon check --repair"
run check --database bad.db --repair
ok "and made again" 'exits 0 && says "Everything holds"'

rm "$JALON_KEY"
run check --database good.db
ok "another key: said, as the key and not as a thousand faults" '{ exits 1 || exits 3; } && cat out err | grep -q "key" && [ "$(cat out err | wc -l)" -lt 60 ]'
done_testing
