#!/usr/bin/env bash
# The progress line: on a terminal only, at most ten times a second, gone at the end.
. "$(dirname "$0")/tap.sh"

mkdir many
{
	echo ref,family_name,sex
	seq -f 'p%.0f,Somebody,F' 60000
} >many/people.csv
{
	echo person_ref,status,since
	seq -f 'p%.0f,refugee,2022-01-01' 60000
} >many/statuses.csv
cp "$root/data/contract/clermont-ferrand-2022/"{territories,contracts,deliberations}.csv many

# What a terminal of 80 columns receives.
terminal() {
	TERM=${TERM_WANTED-xterm} script -qec "stty cols ${COLUMNS_WANTED-80} 2>/dev/null; '$jalon' $*" /dev/null >out 2>&1 </dev/null
	status=$?
	tr '\r' '\n' <out >frames
}
started=$(date +%s%N)
terminal import --database one.db many
spent=$((($(date +%s%N) - started) / 1000000))
drawn=$(grep -c '%' frames)
ok "a long import shows how far it is" 'exits 0 && [ "$drawn" -ge 1 ]'
ok "not more than ten times a second" '[ "$drawn" -le $((spent / 100 + 2)) ]'
ok "each time over the one before, without wiping it first" '! grep -q "$(printf "\033\[2[JK]")" out'
ok "it is gone at the end" 'grep -q "^$(printf "\033\[K")" frames && tail -n 1 frames | grep -vq "\["'
COLUMNS_WANTED=30 terminal import --database two.db many
ok "in a narrow window it stays on one line" '! sed "s/$(printf "\033")\[K//g" frames | grep "%" | grep -q ".\{30\}"'
terminal import --database three.db --quiet many
ok "nothing with --quiet" 'exits 0 && ! grep -q "%" out'
TERM_WANTED=dumb terminal import --database four.db many
ok "nothing on a terminal that cannot go back" 'exits 0 && ! grep -q "$(printf "\033")" out'
run import --database five.db many
ok "nothing in a file" 'exits 0 && silent err'
echo 'p1,"never closed,F' >>many/people.csv
terminal import --database one.db many
ok "a fault begins on a line of its own" 'exits 1 && tr -d "\r" <out | sed "s/.*$(printf "\033\[K")//" | grep -q "^people.csv:60002"'
done_testing
