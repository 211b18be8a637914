# tap.sh - what the tests of the command line share. Source it, then: run ARGUMENTS; ok "sentence" 'condition'; done_testing.
# Each program of tests gets a home of its own, so that nothing of the user's is read or changed.
# shellcheck shell=bash
set -u
jalon=$(realpath "$1")
root=$(cd "$(dirname "$0")/../.." && pwd)
export root
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME=$work/home TZ=UTC LC_ALL=C JALON_NOW=2025-06-30T10:00:00.000Z JALON_KEY=$work/key
export JALON_DATABASE=$work/none.db
unset XDG_DATA_HOME XDG_CONFIG_HOME LC_MESSAGES LANG LANGUAGE
mkdir "$HOME"
cd "$work" || exit 1

cases=0
status=0

# Runs the program: $status, and the files out and err.
run() {
	"$jalon" "$@" >"$work/out" 2>"$work/err" </dev/null
	status=$?
}

# The same in French; the shell itself need not know that language.
run_fr() {
	env LC_ALL=fr "$jalon" "$@" >"$work/out" 2>"$work/err" </dev/null
	status=$?
}

# One case: a sentence, and the condition that makes it true.
ok() {
	local sentence=$1 condition=$2
	cases=$((cases + 1))
	if eval "$condition"; then
		echo "ok $cases - $sentence"
	else
		echo "not ok $cases - $sentence"
		echo "# wanted: $condition"
		echo "# status $status; output and messages:"
		head -n 20 "$work/out" | sed 's/^/# | /'
		head -n 20 "$work/err" | sed 's/^/# ! /'
	fi
}
skip() {
	cases=$((cases + 1))
	echo "ok $cases # SKIP $1: $2"
}
done_testing() {
	echo "1..$cases"
}

# Conditions.
exits() { # the last run ended so
	[ "$status" = "$1" ]
}
says() { # all of these stand in the output
	local text
	for text in "$@"; do grep -qF -- "$text" "$work/out" || return 1; done
}
complains() { # all of these stand in the messages
	local text
	for text in "$@"; do grep -qF -- "$text" "$work/err" || return 1; done
}
silent() { # nothing at all on one of the two: out, err
	[ ! -s "$work/$1" ]
}
lines() { # how many: lines err 2
	[ "$(wc -l <"$work/$1")" = "$2" ]
}

# An empty database for the commands that follow: new_database sqlite; for postgresql a schema of its own on the
# server of the tests, false when there is none.
databases=0
new_database() {
	databases=$((databases + 1))
	if [ "$1" = sqlite ]; then
		export JALON_DATABASE=$work/data$databases.db
		return
	fi
	[ -n "${JALON_TEST_POSTGRES:-}" ] || return 1
	psql -q "$JALON_TEST_POSTGRES" -c "create schema cli_$$_$databases" || return 1
	export JALON_DATABASE="$JALON_TEST_POSTGRES&options=-csearch_path%3Dcli_$$_$databases"
}

# Every row of one bundle stands in the other, whatever the order of rows, columns and files.
same_rows() {
	python3 - "$@" <<'END'
import csv, os, sys
def rows(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
        return sorted(tuple(sorted((k, v) for k, v in row.items() if v)) for row in csv.DictReader(file))
for name in os.listdir(sys.argv[1]):
    if name.endswith(".csv") and rows(sys.argv[1], name) != rows(sys.argv[2], name):
        sys.exit(f"{name} differs")
END
}
