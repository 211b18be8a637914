#!/usr/bin/env python3
"""measure.py - runs whole programs in turn (A B A B ...) and says what they cost.

    measure.py run --save FILE [--runs N] [--server PID] [--before COMMAND] NAME=COMMAND...
    measure.py goals FILE

A command is split as a shell would, but only `< FILE` and `> FILE` at its end are understood.  --before is done
before each run and not counted.  --server adds what the children of that process (a PostgreSQL server's backends,
each known once it has ended) spent meanwhile to the CPU time.  A command that fails ends everything.
FILE collects the costs by name, for the table of goals.
"""

import argparse
import json
import math
import os
import shlex
import statistics
import subprocess
import sys
import tempfile
import time

TICK = os.sysconf("SC_CLK_TCK")


def say(text):
    print(text, file=sys.stderr, flush=True)


def redirected(words):
    """The words of the command, and the files named after < and >."""
    files = {"<": os.devnull, ">": os.devnull}
    while len(words) > 2 and words[-2] in files:
        files[words[-2]] = words[-1]
        words = words[:-2]
    return words, files["<"], files[">"]


def ended_children(pid):
    """CPU seconds of the children of a process that have ended: fields 16 and 17 of its stat."""
    with open("/proc/%d/stat" % pid, encoding="utf-8") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[13]) + int(fields[14])) / TICK


def once(runner, command, server):
    """One run: CPU seconds, wall seconds, peak MiB."""
    words, source, target = redirected(shlex.split(command))
    before = ended_children(server) if server else 0
    with tempfile.NamedTemporaryFile() as cost, tempfile.TemporaryFile() as errors, \
            open(source, "rb") as read, open(target, "wb") as written:
        status = subprocess.run([runner, cost.name] + words, stdin=read, stdout=written, stderr=errors).returncode
        if status != 0:
            errors.seek(0)
            sys.stderr.buffer.write(errors.read()[-4000:])
            sys.exit("measure.py: it ended with %d: %s" % (status, command))
        user, system, wall, kibibytes = (float(word) for word in cost.read().split())
    cpu = user + system
    if server:
        time.sleep(0.3)                  # until the server has taken leave of its backend
        cpu += ended_children(server) - before
    return {"cpu": cpu, "wall": wall, "peak": kibibytes / 1024}


def run(arguments):
    runner = os.path.join(os.path.dirname(os.path.abspath(arguments.save)), "run")
    commands = [text.split("=", 1) for text in arguments.commands]
    runs = {name: [] for name, _ in commands}
    for _ in range(arguments.runs):
        for name, command in commands:
            if arguments.before:
                subprocess.run(arguments.before, shell=True, check=True)
            runs[name].append(once(runner, command, arguments.server))
    costs = {}
    if os.path.exists(arguments.save):
        with open(arguments.save, encoding="utf-8") as file:
            costs = json.load(file)
    print("%-34s %30s %30s %9s" % ("median (least to most) of %d" % arguments.runs, "CPU s", "wall s", "peak MiB"))
    for name, found in runs.items():
        costs[name] = {}
        texts = []
        for kind in ("cpu", "wall", "peak"):
            values = [one[kind] for one in found]
            costs[name][kind] = statistics.median(values)
            texts.append("%.3f (%.3f to %.3f)" % (costs[name][kind], min(values), max(values)))
        print("%-34s %30s %30s %9.1f" % (name, texts[0], texts[1], costs[name]["peak"]))
    print(flush=True)
    with open(arguments.save, "w", encoding="utf-8") as file:
        json.dump(costs, file, indent=1)


# What is wanted: text, unit, goal, names of the costs that it takes, function of them.  Times are CPU seconds.

def faster(slow, fast):
    return slow["cpu"] / fast["cpu"]


def faster_than_duckdb(slow, node, fast):
    return (slow["cpu"] - node["cpu"]) / fast["cpu"]


def peak(cost):
    return cost["peak"]


GOALS = [
    ("S: jalon faster than the plain SQL, SQLite", "x", ">= 10", ["S sqlite", "S jalon"], faster),
    ("S: jalon faster than the plain SQL, PostgreSQL", "x", ">= 10", ["S postgresql", "S jalon, postgresql"], faster),
    ("S: jalon faster than DuckDB, 1 thread, less Node", "x", "", ["S duckdb", "node alone", "S jalon"], faster_than_duckdb),
    ("S: peak memory", "MiB", "< 32", ["S jalon"], peak),
    ("M: jalon faster than the plain SQL, SQLite", "x", ">= 10", ["M sqlite", "M jalon"], faster),
    ("M: jalon faster than DuckDB, 1 thread, less Node", "x", ">= 2", ["M duckdb", "node alone", "M jalon"], faster_than_duckdb),
    ("M: peak memory", "MiB", "", ["M jalon"], peak),
    ("M: peak memory against that of one contract of it", "x", "about 1", ["M jalon", "one of M jalon"],
     lambda m, one: m["peak"] / one["peak"]),
    ("one contract of M against S, CPU", "x", "about 1", ["one of M jalon", "S jalon"], faster),
    ("growth from S to M: CPU as records to the power of", "", "<= 1.05", ["S jalon", "M jalon"],
     lambda s, m: math.log(m["cpu"] / s["cpu"]) / math.log(100)),
    ("import of 100,000 people against sqlite3 .import", "x", "<= 8", ["100,000 jalon", "100,000 .import"], faster),
    ("import of 1,000,000 people against sqlite3 .import", "x", "<= 8", ["1,000,000 jalon", "1,000,000 .import"], faster),
    ("import of 100,000 people: peak memory", "MiB", "", ["100,000 jalon"], peak),
    ("import of 1,000,000 people: peak memory", "MiB", "", ["1,000,000 jalon"], peak),
    ("peak memory, 1,000,000 against 100,000 people", "x", "about 1", ["1,000,000 jalon", "100,000 jalon"],
     lambda million, less: million["peak"] / less["peak"]),
    ("start to first answer, demonstration, wall", "ms", "< 50", ["first answer"], lambda cost: cost["wall"] * 1000),
]


def goals(arguments):
    with open(arguments.file, encoding="utf-8") as file:
        costs = json.load(file)
    print("%-54s %10s       %s" % ("ratios of CPU seconds", "here", "goal"))
    for text, unit, goal, names, function in GOALS:
        if all(name in costs for name in names):     # the others were not measured
            print("%-54s %10.2f %-3s   %s" % (text, function(*[costs[name] for name in names]), unit, goal or "-"))


def main():
    parser = argparse.ArgumentParser(description="What whole programs cost.")
    commands = parser.add_subparsers(required=True)
    measured = commands.add_parser("run")
    measured.add_argument("--save", required=True)
    measured.add_argument("--runs", type=int, default=5)
    measured.add_argument("--server", type=int)
    measured.add_argument("--before")
    measured.add_argument("commands", nargs="+", metavar="NAME=COMMAND")
    measured.set_defaults(function=run)
    table = commands.add_parser("goals")
    table.add_argument("file")
    table.set_defaults(function=goals)
    arguments = parser.parse_args()
    arguments.function(arguments)


if __name__ == "__main__":
    main()
