#!/usr/bin/env bash
# The server killed while telephones send what waited in their queues: whatever was acknowledged is there, once. JALON_KILLS: how often.
if [ "${1:-}" = "" ]; then
	echo "usage: queues.sh PROGRAM" >&2
	exit 2
fi
exec python3 "$(dirname "$0")/queues.py" "$(realpath "${JALON_PLAIN:-$1}")" "${JALON_KILLS:-40}"
