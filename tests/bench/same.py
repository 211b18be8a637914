#!/usr/bin/env python3
"""same.py - whether two questionnaires hold the same figures, all of them.

    same.py A B

A and B are CSV files, or folders of one CSV file for each contract.  The columns scope, ref, indicator, cell,
achieved and note are compared, found by name.
"""

import csv
import os
import sys

COLUMNS = ("scope", "ref", "indicator", "cell", "achieved", "note")


def figures(path):
    files = [path]
    if os.path.isdir(path):
        files = [os.path.join(path, name) for name in sorted(os.listdir(path))]
    found = {}
    for name in files:
        with open(name, encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                values = [row[column] for column in COLUMNS]
                key = tuple(values[:4])
                if key in found:
                    sys.exit("same.py: %s: twice: %s" % (name, ",".join(key)))
                found[key] = values[4:]
    return found


def main():
    a, b = (figures(path) for path in sys.argv[1:])
    different = [key for key in sorted(a.keys() | b.keys()) if a.get(key) != b.get(key)]
    for key in different[:20]:
        print("%s: %s, %s" % (",".join(key), a.get(key), b.get(key)), file=sys.stderr)
    if different or not a:
        sys.exit("same.py: %s and %s: %d of %d figures differ" % (*sys.argv[1:], len(different), max(len(a), len(b))))
    print("%d figures are the same" % len(a))


if __name__ == "__main__":
    main()
