#!/usr/bin/env bash
# Invented records: through the one door, once, and without leaving anything behind.
. "$(dirname "$0")/tap.sh"
contract=$root/data/contract/clermont-ferrand-2022
mkdir tmp
export TMPDIR=$work/tmp

for engine in sqlite postgresql; do
	new_database $engine || {
		skip "demo on $engine" "JALON_TEST_POSTGRES is not set"
		continue
	}
	run import --quiet "$contract"
	run demo
	ok "a contract is filled, with few warnings ($engine)" 'exits 0 && says "people.csv" " 600 " && [ "$(grep -c "^warning" err)" -le 10 ]'
	ok "the temporary folder is gone ($engine)" '[ -z "$(ls tmp)" ]'
	run demo
	ok "it is not filled twice ($engine)" 'exits 1 && complains cf-ctai-2022 --force && [ -z "$(ls tmp)" ]'
	run demo --force --quiet
	ok "unless it is asked for; the same records change nothing ($engine)" 'exits 0'
	run check
	ok "the database holds ($engine)" 'exits 0'
done

new_database sqlite
run import --quiet "$contract"
run demo --output one --seed 3 --people 50
ok "a bundle is written instead" 'exits 0 && says "one" && [ -s one/people.csv ] && [ "$(wc -l <one/people.csv)" = 51 ]'
run demo --output two --seed 3 --people 50
ok "the same seed gives the same bytes" 'exits 0 && diff -r one two'
run demo --output three --seed 4 --people 50
ok "another seed gives others" 'exits 0 && ! cmp -s one/people.csv three/people.csv'
run export --quiet all
ok "and the database stays as it is" 'exits 0 && [ ! -e all/people.csv ]'
run demo --output one
ok "files that are there are not written over" 'exits 1 && complains people.csv --force && diff -r one two'
run demo --output one --force --people 3 --quiet
ok "unless it is asked for" 'exits 0 && [ "$(wc -l <one/people.csv)" = 4 ] && silent out'
run import --quiet two
ok "a bundle written aside is imported like any other" 'exits 0'
run demo --output nowhere/at/all
ok "a folder that cannot be made is told" '[ "$status" -ge 1 ] && complains nowhere'
run demo --people none
ok "numbers are checked" 'exits 2 && complains --people none'

new_database sqlite
run import --quiet "$contract"
TMPDIR=$work/missing run demo
ok "without room for the temporary folder nothing is done" '[ "$status" -ge 1 ] && complains missing && [ -z "$(ls tmp)" ]'
"$jalon" demo --quiet --people 2000000 2>/dev/null &
pid=$!
for _ in 1 2 3 4 5 6 7 8 9 10; do
	[ -n "$(ls tmp)" ] && break
	sleep 0.2
done
kill -TERM $pid
wait $pid 2>/dev/null
status=$?
ok "interrupted, it takes its files away" '[ "$status" -gt 128 ] && [ -z "$(ls tmp)" ]'
done_testing
