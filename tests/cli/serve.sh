#!/usr/bin/env bash
# jalon serve: what it refuses, and that it answers, stays what it was told to be, and ends as asked.
. "$(dirname "$0")/tap.sh"

run serve --workers none
ok "a number of workers that is none" 'exits 2 && complains "--workers: none is not a number"'
run serve --workers 65
ok "too many workers" 'exits 2 && complains "from 1 to 64"'
run serve --listen nowhere
ok "an address that is none" 'exits 1 && silent out && complains "nowhere is not an address" "127.0.0.1:8080"'
run serve --listen 0.0.0.0:0
ok "an address that others can reach is refused, with what to do" 'exits 1 && complains "nothing would be encrypted" nginx --proxy --expose'
run serve --listen 127.0.0.1:0
ok "a database that is not there" 'exits 1 && silent out && complains "There is no database" "jalon import"'
run serve --listen "unix:$work/no/such/folder/socket"
ok "a socket in a folder that is not there" 'exits 1 && complains "cannot listen"'
echo kept >file
run serve --listen "unix:$work/file"
ok "a file that is no socket is left alone" 'exits 1 && complains "cannot listen" && [ "$(cat file)" = kept ]'

run import "$root/data/contract/clermont-ferrand-2022" --database "$work/data.db" --quiet
export JALON_DATABASE=$work/data.db

# In the background, until it says where; then $address.
start() {
	"$jalon" serve "$@" >"$work/out" 2>"$work/err" </dev/null &
	server=$!
	address=
	for ((i = 0; i < 200; i++)); do
		address=$(sed -n 's/^Jalon answers at //p' "$work/out")
		if [ -n "$address" ] || ! kill -0 $server 2>/dev/null; then break; fi
		sleep 0.05
	done
}
stop() {
	kill -"$1" $server
	wait $server
	status=$?
}
# The status of a page, its headers and itself in $work/page.
get() {
	python3 - "$address" "$1" "$work/page" <<'END'
import http.client, sys
c = http.client.HTTPConnection(sys.argv[1].removeprefix("http://"), timeout=20)
c.request("GET", sys.argv[2])
r = c.getresponse()
with open(sys.argv[3], "w", encoding="utf-8") as to:
    to.write(f"{r.headers}\n{r.read().decode()}")
print(r.status)
END
}

start --listen 127.0.0.1:0 --workers 2
ok "it says where it answers" '[ -n "$address" ] && lines out 1'
ok "it lives" '[ "$(get /health)" = 200 ]'
ok "its first page or its door is there" '[[ $(get /) =~ ^(200|303)$ ]]'
ok "a page that does not exist is not there" '[[ $(get /no/such/page) =~ ^(303|404)$ ]] && grep -qi "^content-security-policy: default-src .none." page'
ok "the command line reads the same database meanwhile" '"$jalon" indicators >/dev/null && "$jalon" conformity >/dev/null; [ $? -le 1 ]'
stop TERM
ok "asked to end, it ends well" 'exits 0'
ok "its log names no path" '! grep -q no/such err'

start --listen 127.0.0.1:0 --quiet
sleep 1
ok "--quiet says nothing at all" 'silent out && silent err'
stop INT
ok "Ctrl-C ends it well" 'exits 0'
start --listen 0.0.0.0:0 --expose
ok "--expose warns" 'complains "nothing is encrypted"'
stop TERM
done_testing
