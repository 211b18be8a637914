#!/usr/bin/env bash
# The program killed at any moment (kill -9): the database holds all of a bundle or nothing of it, and an export is whole or
# is not there.
. "$(dirname "$0")/../cli/tap.sh"
[ -n "${JALON_PLAIN:-}" ] && jalon=$JALON_PLAIN # what takes long runs without the watch over memory
contract=$root/data/contract/clermont-ferrand-2022
rounds=${JALON_KILLS:-30}

now_ms() {
	local t=$EPOCHREALTIME
	echo $((${t/[.,]/} / 1000))
}
# Starts the program and kills it after a random time up to $1 ms; true when it was still running.
killed() {
	local most=$1 pid
	shift
	"$jalon" "$@" >out 2>err </dev/null &
	pid=$!
	sleep "0.$(printf '%03d' $(((RANDOM * 32768 + RANDOM) % most)))"
	if kill -9 $pid 2>/dev/null; then
		wait $pid 2>/dev/null
		[ $? = 137 ]
		return
	fi
	wait $pid
	return 1
}
copy_base() {
	rm -f try.db try.db-wal try.db-shm
	cp base.db try.db
}
whole() { # the database proves itself
	run check --quiet --database try.db
	[ "$status" = 0 ]
}

mkdir people
awk 'BEGIN {
	print "ref,family_name,given_name,sex,birth_date,nationality,languages"
	for (i = 0; i < 30000; i++) printf "p%06d,Noori %d,Amina,F,1996-07-03,AF,ps;fa\n", i, i
}' >people/people.csv
awk 'BEGIN {
	print "person_ref,status,since"
	for (i = 0; i < 30000; i++) printf "p%06d,refugee,2021-03-04\n", i
}' >people/statuses.csv
run import --quiet --database base.db "$contract"
ok "the contract is imported" 'exits 0'
cp base.db try.db
run export --quiet --database try.db before
start=$(now_ms)
run import --quiet --database try.db people
most=$(($(now_ms) - start + 10))
[ $most -gt 999 ] && most=999
ok "so are thirty thousand people" 'exits 0 && silent err'
run export --quiet --database try.db after

interrupted=0
for ((i = 1; i <= rounds; i++)); do
	copy_base
	killed "$most" import --quiet --database try.db people && interrupted=$((interrupted + 1))
	whole
	ok "import killed, round $i: the database holds" 'exits 0 && silent out'
	run export --quiet --database try.db "try$i"
	if diff -r before "try$i" >diff1; then found=nothing; elif diff -r after "try$i" >diff2; then found=all; else found=some; fi
	ok "import killed, round $i: it holds all or nothing of the bundle" '[ $found != some ]'
	rm -rf "try$i"
done
ok "it was killed at work, not before or after, in most rounds" '[ $interrupted -gt $((rounds / 2)) ]'
run import --quiet --database try.db people
ok "after the last kill the import can be done again" 'exits 0'
run export --quiet --database try.db again
ok "and gives what it should" 'diff -r after again'

# The first command of all: the tables are being made.
for ((i = 1; i <= rounds / 3; i++)); do
	rm -f try.db* key
	killed 30 import --quiet --database try.db "$contract"
	run import --quiet --database try.db "$contract"
	ok "first import killed, round $i: the next one does everything" 'exits 0 && silent err'
	whole
	ok "first import killed, round $i: the database holds" 'exits 0'
	run export --quiet --database try.db "try$i"
	ok "first import killed, round $i: nothing is missing" 'diff -r before "try$i"'
	rm -rf "try$i"
done

# The same on a server: what a client that died had begun is undone there.
rm -f key
if new_database postgresql; then
	run import --quiet "$contract"
	for ((i = 1; i <= rounds / 3; i++)); do
		killed $((most * 2 > 999 ? 999 : most * 2)) import --quiet people && finished=no || finished=yes
		run check --quiet
		ok "import into the server killed, round $i: the database holds" 'exits 0 && silent out'
		run export --quiet "try$i"
		ok "import into the server killed, round $i: it holds all or nothing of the bundle" 'diff -r before "try$i" >out || diff -r after "try$i" >out'
		rm -rf "try$i"
		[ "$finished" = no ] || break
	done
	run import --quiet people
	ok "after the last kill the import into the server can be done again" 'exits 0'
else
	skip "imports into a server killed" "no JALON_TEST_POSTGRES"
fi
unset JALON_DATABASE

# Export: beside, then in place in one step.
rm -f key
run import --quiet --database full.db "$contract"
run import --quiet --database full.db people
run export --quiet --database full.db good.zip
unzip_to() {
	python3 -m zipfile -e "$1" "$2"
}
start=$(now_ms)
run export --quiet --database full.db timing
most=$(($(now_ms) - start + 10))
[ $most -gt 999 ] && most=999
for ((i = 1; i <= rounds / 3; i++)); do
	rm -rf new
	killed "$most" export --quiet --database full.db new
	ok "export into a new folder killed, round $i: all of it or no folder" '[ ! -e new ] || diff -r after new'
	rm -rf old
	cp -r before old
	killed "$most" export --quiet --database full.db old
	ok "export over an older one killed, round $i: the old one or the new one" 'diff -r before old >out || diff -r after old >out'
	rm -f new.zip
	killed $((most * 2 > 999 ? 999 : most * 2)) export --quiet --database full.db new.zip
	ok "export into a zip killed, round $i: all of it or no zip" '[ ! -e new.zip ] || cmp good.zip new.zip'
done
run export --quiet --database full.db old
ok "after the last kill the export can be done again" 'exits 0 && diff -r after old'
rm -rf unzipped
unzip_to good.zip unzipped
ok "what is in the zip is what is in the folder" 'diff -r after unzipped'
done_testing
