#!/usr/bin/env bash
# What can be said of the source without running it.
cd "$(dirname "$0")/.." || exit 1
report=$(mktemp)
trap 'rm -f "$report"' EXIT
cases=0

# check "sentence" TOOL COMMAND...: the command must succeed; a tool that is not installed skips the case.
check() {
	local name=$1 tool=$2
	shift 2
	cases=$((cases + 1))
	if ! command -v "$tool" >/dev/null; then
		echo "ok $cases # SKIP $name: no $tool"
	elif "$@" >"$report" 2>&1; then
		echo "ok $cases - $name"
	else
		echo "not ok $cases - $name"
		sed 's/^/# /' "$report" | head -n 60
	fi
}

# These overflow, share a buffer between callers, or read the clock and the place behind the caller's back.
banned() {
	! grep -rnE --include='*.[ch]' '\b(strcpy|strcat|strncat|sprintf|vsprintf|gets|strtok|gmtime|localtime|ctime|asctime|atoi|atol|system|popen|rand|tmpnam|mktemp)\(' src
}
static_analysis() {
	cppcheck --quiet -j 2 --std=c11 --enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
		--suppressions-list=tests/cppcheck.txt -D__linux__ -D_GNU_SOURCE '-DJALON_VERSION="0"' -Isrc src tools
}
shell() {
	local scripts=(.ci/run script/setup script/server script/test script/fmt script/messages)
	local optional
	for optional in script/bench script/fuzz; do [ -e $optional ] && scripts+=("$optional"); done
	# SC2016: conditions of the tests stand between single quotes on purpose; SC2034, SC2154: so their variables look unused
	# or come from tap.sh; SC1091: which is checked by itself; SC1112: the apostrophe of French texts.
	shellcheck -e SC2016,SC2034,SC2154,SC1091,SC1112 "${scripts[@]}" tests/cli/*.sh tests/crash/*.sh tests/source.sh
}

check "the C source is formatted (script/fmt)" clang-format script/fmt --check
check "every text has its translation (script/messages)" msgmerge script/messages --check
check "no function that is better not called" grep banned
check "cppcheck finds nothing" cppcheck static_analysis
check "shellcheck finds nothing" shellcheck shell
echo "1..$cases"
