#!/usr/bin/env bash
# A backup and what comes back of it.
. "$(dirname "$0")/tap.sh"

run import --database a.db --quiet "$root/data/contract/clermont-ferrand-2022"
run demo --database a.db --quiet --people 40
run backup --database a.db a.backup
ok "a backup is one file, for its owner alone" 'exits 0 && says "Backed up to a.backup" && [ "$(stat -c %a a.backup)" = 600 ] && [ "$(ls -d a.backup*)" = a.backup ]'
ok "nothing of it can be read" '! grep -qa -e "SQLite" -e "Fictif" a.backup'
run backup --database a.db a.backup
ok "nothing is written over" 'exits 1 && silent out && grep -q "exists already" err'
run restore a.backup --database b.db
ok "it comes back, and is proved" 'exits 0 && says "everything holds" && [ "$(grep -c "^holds" out)" = 5 ]'
run check --database b.db --quiet
ok "also by itself" 'exits 0 && silent out'
run export --database a.db --quiet a
run export --database b.db --quiet b
ok "with every record" 'exits 0 && [ -s b/people.csv ] && diff -r a b'
run restore a.backup --database b.db
ok "a database is not written over" 'exits 1 && grep -q "exists already" err'
head -c 90000 a.backup >cut.backup
run restore cut.backup --database c.db
ok "a backup that was cut off is refused, and leaves nothing" '! exits 0 && grep -q "cut off" err && [ -z "$(ls -d c.db* 2>/dev/null)" ]'
run restore a --database c.db
ok "a folder is no backup" '! exits 0 && [ ! -e c.db ]'
run restore "$root/README.md" --database c.db
ok "nor is any other file" 'exits 1 && grep -q "no backup" err && [ ! -e c.db ]'
mv key other
run restore a.backup --database c.db
ok "without the key file it stays closed" '! exits 0 && [ ! -e c.db ] && [ ! -e key ]'
mv other key
python3 - <<'PY'
import sqlite3
c = sqlite3.connect("a.db")
c.execute("update organisations set name = 'x' where ref = (select min(ref) from organisations)")
c.commit()
PY
run backup --database a.db --quiet wrong.backup
run restore wrong.backup --database c.db
ok "what did not hold is told when it comes back" 'exits 1 && says BROKEN "Try an earlier backup"'
run restore a.backup --database postgresql:///nowhere
ok "a server is not restored to" 'exits 2 && grep -q "embedded" err'
run backup --database none.db x.backup
ok "there is nothing to copy where there is no database" '! exits 0 && [ ! -e x.backup ]'
done_testing
