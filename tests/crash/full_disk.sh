#!/usr/bin/env bash
# No space left, wherever it ends: the database and what was exported before stay as they were, and it is said.
if [ "$(id -u)" != 0 ] && [ -z "${JALON_OWN_MOUNTS:-}" ] && unshare -rm true 2>/dev/null; then
	JALON_OWN_MOUNTS=1 exec unshare -rm bash "$0" "$@" # mounts of our own, without being the superuser
fi
. "$(dirname "$0")/../cli/tap.sh"
[ -n "${JALON_PLAIN:-}" ] && jalon=$JALON_PLAIN
contract=$root/data/contract/clermont-ferrand-2022
trap 'umount "$work/disk" 2>/dev/null; rm -rf "$work"' EXIT

mkdir disk
if ! mount -t tmpfs -o size=60m none disk 2>err; then
	# No disk can be made here: files that may not grow stand in for it.
	run import --quiet --database good.db "$contract"
	run export --quiet --database good.db before
	for size in 4 50 200 400 700; do
		(
			trap '' XFSZ
			ulimit -f $size
			"$jalon" import --quiet --database try.db "$contract" >out 2>err
			echo $? >code
		)
		status=$(cat code)
		ok "files of $size KiB at most: done, or refused because of the room" 'exits 0 || exits 3'
		run import --quiet --database try.db "$contract"
		run export --quiet --database try.db try
		ok "with room it is done, whatever was left ($size KiB)" 'exits 0 && diff -r before try'
		rm -rf try try.db*
	done
	done_testing
	exit
fi
refused() { # because of the room, whichever words SQLite has for it
	exits 3 && { complains "o space left" || complains "disk I/O error"; }
}
room() { # so many KiB are left, and no more
	rm -f disk/ballast
	[ "$1" = all ] || fallocate -l "$(($(df -k --output=avail disk | tail -n 1) - $1))k" disk/ballast
}

mkdir people
awk 'BEGIN {
	print "ref,family_name,given_name,sex,birth_date,nationality,languages"
	for (i = 0; i < 10000; i++) printf "p%06d,Noori %d,Amina,F,1996-07-03,AF,ps;fa\n", i, i
}' >people/people.csv
run import --quiet --database good.db "$contract"
run export --quiet --database good.db before
run import --quiet --database good.db people
run export --quiet --database good.db after

# As room grows, the disk is full at every stage of the first import: tables, records, the end.
for ((size = 4; size <= 3072; size = size * 4 / 3)); do
	rm -f disk/*
	room $size
	run import --quiet --database disk/try.db "$contract"
	first=$status
	ok "a first import with $size KiB: done, or refused because of the room" 'exits 0 || refused'
	room all
	run import --quiet --database disk/try.db "$contract"
	ok "with room it is done, whatever was left ($size KiB, first $first)" 'exits 0'
	run export --quiet --database disk/try.db try
	ok "and complete ($size KiB)" 'diff -r before try'
	rm -rf try
done
ok "the last one had room enough at once" '[ "$first" = 0 ]'

# The same for the second import, into a database that holds something.
done_once=no
for ((size = 16; size <= 20000; size = size * 4 / 3)); do
	rm -f disk/*
	run import --quiet --database disk/try.db "$contract"
	room $size
	run import --quiet --database disk/try.db people
	second=$status
	[ "$second" = 0 ] && done_once=yes
	ok "an import with $size KiB: done, or refused because of the room" 'exits 0 || refused'
	room all
	run check --quiet --database disk/try.db
	ok "the database holds ($size KiB)" 'exits 0'
	run export --quiet --database disk/try.db try
	if [ "$second" = 0 ]; then
		ok "and has everything of the bundle ($size KiB)" 'diff -r after try'
	else
		ok "and has nothing of the bundle ($size KiB)" 'diff -r before try'
	fi
	rm -rf try
done
ok "the last one had room enough" '[ $done_once = yes ]'

# A disk that is full: SQLite itself wants 32 KiB beside the database, to read as well.
rm -f disk/*
cp good.db disk/try.db
room 40
run export --quiet --database disk/try.db try
ok "what is on a full disk can be read" 'exits 0 && diff -r after try'
run import --quiet --database disk/try.db people
ok "an import that changes nothing is no harm, or is refused" 'exits 0 || refused'
room 0
run export --quiet --database good.db disk/folder
ok "an export onto a full disk is refused" 'exits 3 && complains "o space left"'
run export --quiet --database good.db disk/file.zip
ok "so is a zip" 'exits 3 && complains "o space left"'
ok "and nothing is left of either" '[ "$(ls disk | grep -cvE "^(ballast|try\.db.*)$")" = 0 ]'

# Room for a part of an export.
for size in 100 300 700 1000; do
	rm -rf disk/*
	cp -r before disk/folder
	cp -r before disk/hidden
	touch disk/hidden/.keep
	run export --quiet --database good.db room.zip
	cp room.zip disk/file.zip
	room $size
	run export --quiet --database good.db disk/folder
	ok "an export over an older one with $size KiB left: the old one or the new one" '{ exits 3 && diff -r before disk/folder; } || { exits 0 && diff -r after disk/folder; }'
	run export --quiet --database good.db disk/hidden
	ok "the same in a folder with hidden files ($size KiB)" '{ exits 3 && diff -r -x .keep before disk/hidden; } || { exits 0 && diff -r -x .keep after disk/hidden; }'
	run export --quiet --database good.db disk/file.zip
	ok "the same for a zip ($size KiB)" '{ exits 3 || exits 0; } && cmp room.zip disk/file.zip'
	ok "and nothing stands beside them ($size KiB)" '[ "$(ls -A disk | sort | tr "\n" " ")" = "ballast file.zip folder hidden " ] && [ -z "$(ls -A disk/hidden | grep export)" ]'
done

# The list of faults has no room: it is said, and the import itself stands.
rm -rf disk/*
room 0
mkdir bad
{
	echo ref,sex
	for ((i = 0; i < 2000; i++)); do echo "q$i,femme"; done
} >bad/people.csv
run import --faults disk/faults.csv --database good.db bad
ok "a list of faults without room: said" 'exits 3 && complains faults.csv'
mkdir more
echo ref >more/people.csv
for ((i = 0; i < 300; i++)); do echo "without-a-status-$i"; done >>more/people.csv
run import --faults disk/faults.csv --database good.db more
ok "a list of warnings without room: said, and that the import stands" 'exits 3 && complains faults.csv "was imported"'
run import --database good.db more
ok "which it does" 'exits 0 && says "Nothing changed"'
done_testing
