#!/usr/bin/env bash
# Databases that are missing, foreign, newer, damaged, closed, held, or on a full disk: said in words, never a crash,
# never a change, exit 3.
. "$(dirname "$0")/tap.sh"
contract=$root/data/contract/clermont-ferrand-2022

# SQLite behind the program's back: sql FILE STATEMENTS
sql() {
	python3 -c 'import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.executescript(sys.argv[2]); c.commit(); c.close()' "$@"
}
digest() {
	cksum <"$1"
}

run import --database good.db --quiet "$contract"
ok "a database is made where it is asked for" 'exits 0 && [ -s good.db ]'
ok "and nobody else can read it" '[ "$(stat -c %a good.db)" = 600 ]'

unset JALON_DATABASE
cp "$jalon" installed
for command in check export conformity; do
	arguments=
	[ $command = export ] && arguments=out
	# shellcheck disable=SC2086
	run $command $arguments --database missing.db
	ok "$command without a database: how to make one" 'exits 3 && silent out && complains "missing.db" "jalon import" && [ ! -e missing.db ]'
done
run import --database no/such/folder/x.db "$contract"
ok "a database in a folder that does not exist" 'exits 3 && complains "no/such/folder/x.db"'
JALON_DATABASE=$PWD/other.db run check
ok "JALON_DATABASE names the database" 'exits 3 && complains other.db'
JALON_DATABASE=$PWD/other.db run check --database good.db
ok "--database goes before it" 'exits 0'
./installed check >out 2>err
status=$?
ok "an installed program keeps its data in the user's folder" 'exits 3 && complains "$HOME/.local/share/jalon/jalon.db"'
XDG_DATA_HOME=$PWD/xdg ./installed import --quiet "$contract" >out 2>err
status=$?
ok "or in XDG_DATA_HOME, which it makes for its user alone" 'exits 0 && [ "$(stat -c %a xdg/jalon)" = 700 ] && [ -s xdg/jalon/jalon.db ]'

mkdir folder
run check --database folder
ok "a folder is no database" 'exits 3 && complains "folder is not a file"'
echo 'This is a letter to the prefect, long enough to be taken for a header of one hundred bytes, and then some more of it.' >letter.db
cp letter.db letter.copy
run import --database letter.db --quiet "$contract"
ok "a text is no database, and is left as it is" 'exits 3 && complains "letter.db is not a database" && cmp -s letter.db letter.copy'
sql foreign.db 'create table recipes (name text); insert into recipes values ("soup")'
before=$(digest foreign.db)
run import --database foreign.db --quiet "$contract"
ok "the database of another program is left as it is" 'exits 3 && complains "foreign.db is a database of another program" && [ "$(digest foreign.db)" = "$before" ]'
: >empty.db
run check --database empty.db
ok "an empty file holds no data yet" 'exits 3 && complains "holds no data" "jalon import"'
cp good.db newer.db
sql newer.db "insert into schema_migrations select 9999, name, applied_at from schema_migrations limit 1"
before=$(digest newer.db)
for command in check "import $contract"; do
	# shellcheck disable=SC2086
	run $command --database newer.db
	ok "a database of a newer program is refused: ${command%% *}" 'exits 3 && complains "newer version of Jalon" && [ "$(digest newer.db)" = "$before" ]'
done

# Damage at every part of the file: refused or found, and never a crash. Bytes that no page uses may change unseen.
run export --database good.db --quiet sound
size=$(stat -c %s good.db)
crashed=
unseen=
for part in 0 1 2 3 4 5 6 7 8 9; do
	cp good.db damaged.db
	rm -rf damaged
	python3 -c '
import random, sys
part, size = int(sys.argv[1]), int(sys.argv[2])
random.seed(part)
with open("damaged.db", "r+b") as f:
    f.seek(size * part // 10)
    f.write(random.randbytes(2000))' "$part" "$size"
	run export --database damaged.db damaged
	case $status in 0 | 1 | 3) ;; *) crashed="$crashed export $part:$status" ;; esac
	run check --database damaged.db
	case $status in
	0) diff -rq sound damaged >out || unseen="$unseen $part" ;;
	1 | 3) ;;
	*) crashed="$crashed $part:$status" ;;
	esac
done
ok "two thousand wrong bytes anywhere never crash it:$crashed" '[ -z "$crashed" ]'
ok "and check sees them where there is data:$unseen" '[ -z "$unseen" ]'
head -c $((size / 2)) good.db >short.db
run check --database short.db
ok "half a database is seen too" 'exits 1 || exits 3'

# As a user without rights: root may do everything.
mkdir closed
cp good.db closed/r.db
cp good.db closed/none.db
chmod 444 closed/r.db
chmod 000 closed/none.db
unprivileged() {
	if [ "$(id -u)" = 0 ]; then
		chmod 755 "$work" "$work/installed" "$HOME"
		chown -R nobody closed
		setpriv --reuid=nobody --clear-groups ./installed "$@" >"$work/out" 2>"$work/err" </dev/null
	else
		./installed "$@" >"$work/out" 2>"$work/err" </dev/null
	fi
	status=$?
}
JALON_KEY=$work/closed/key unprivileged import --database closed/r.db --quiet "$contract"
ok "a database that cannot be written" 'exits 3 && complains closed/r.db'
unprivileged export --database closed/none.db closed/copy
ok "a database that cannot be read" 'exits 3 && complains closed/none.db rights'
chmod 555 closed
JALON_KEY=$work/other-key unprivileged import --database closed/new.db --quiet "$contract"
ok "a folder that cannot be written" 'exits 3 && complains closed/new.db'
chmod 755 closed

# A writer that does not end.
python3 -c '
import fcntl, sys, time
with open("good.db.lock", "w") as lock:
    fcntl.flock(lock, fcntl.LOCK_EX)
    print("held", flush=True)
    time.sleep(60)' >held &
holder=$!
while [ ! -s held ]; do sleep 0.05; done
before=$SECONDS
run check --database good.db
ok "a reader does not wait for a writer" 'exits 0 && [ $((SECONDS - before)) -lt 5 ]'
run import --database good.db --quiet "$contract"
ok "a second writer waits ten seconds, then says who is in the way" 'exits 3 && complains "has been writing" && [ $((SECONDS - before)) -ge 9 ] && [ $((SECONDS - before)) -le 20 ]'
kill $holder
wait $holder 2>/dev/null

# No space left: files that may not grow, and a disk that is full.
(
	trap '' XFSZ
	ulimit -f 200
	"$jalon" import --database small.db --quiet "$contract" >out 2>err
	echo $? >code
)
status=$(cat code)
ok "files that may not grow: exit 3, said" 'exits 3 && complains small.db'
mkdir disk
if [ "$(id -u)" = 0 ] && mount -t tmpfs -o size=300k tmpfs disk 2>/dev/null; then
	run import --database disk/x.db --quiet "$contract"
	ok "a full disk: exit 3, said" 'exits 3 && complains "no space left"'
	umount disk
	mount -t tmpfs -o size=2000k tmpfs disk
	run import --database disk/x.db --quiet "$contract"
	head -c 3000k /dev/zero >disk/ballast 2>/dev/null
	run export --database disk/x.db --quiet disk/copy
	ok "an export on a full disk: exit 3, said, nothing half done" 'exits 3 && [ ! -e disk/copy ]'
	rm disk/ballast
	run check --database disk/x.db
	ok "and the database holds after it" 'exits 0'
	umount disk
fi

# Killed in the middle: all or nothing.
broken=
for pause in 0.002 0.004 0.006 0.008 0.01 0.012 0.015 0.02 0.03; do
	rm -f killed.db*
	"$jalon" import --database killed.db --quiet "$contract" >/dev/null 2>&1 &
	sleep $pause
	kill -9 $! 2>/dev/null
	wait $! 2>/dev/null
	run import --database killed.db --quiet "$contract"
	[ "$status" = 0 ] || broken="$broken import $pause: $status"
	run check --database killed.db
	[ "$status" = 0 ] || broken="$broken check $pause: $status"
done
ok "an import that is killed leaves a sound database:$broken" '[ -z "$broken" ]'

run check --database "postgresql://someone:s3cret@localhost:1/none"
ok "a server that does not answer: said, without the password" 'exits 3 && complains "cannot be reached" && ! grep -q s3cret err && lines err 3'
run check --database "postgresql://["
ok "an address that is none" 'exits 3 && complains "not well formed"'
done_testing
