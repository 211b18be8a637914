#!/usr/bin/env python3
"""compare.py - the program's questionnaires compared with figures.py on random bundles.

    python3 compare.py --jalon PATH [--database-url postgresql://...] [--seeds A..B]
                       [--contracts-per-bundle K] [--tap]

For each seed a random bundle of several contracts is imported in a fresh
database, and for each of its contracts the questionnaire, plain and with
--all-indicators, and the overlaps of actions and sheets are compared with
figures.py byte by byte.  Some figures of people are opened: each lists as many
people as it says.  Then

- the export of the database must be, byte by byte, what interchange.md says of
  an export of that bundle;
- importing that export in another fresh database and exporting again must give
  the same folder.

Without --database-url each database is a file; with it, each is a database
created through psql on that server and dropped afterwards: the database named
in the URL is only used to connect.  Differences are printed with the seed, and
the folder of the bundle (with the exports) is kept.  Exit status 1 when
anything differs.
"""

import argparse
import csv
import difflib
import io
import os
import random
import shutil
import subprocess
import sys
import tempfile
import urllib.parse

sys.dont_write_bytecode = True           # no __pycache__ beside the sources
import figures
import random_bundle

MOST_LINES = 80                          # of one difference


class Differs(Exception):
    """What differs, as text for the developer."""


# --------------------------------------------------------------------------
# Databases

class FileDatabases:
    """Each database is a file of the working folder."""

    def create(self, folder, name):
        return os.path.join(folder, name + ".db")

    def drop(self, database):
        pass                             # goes with the folder


class PostgresDatabases:
    """Each database is created on the server of a URL."""

    def __init__(self, url):
        self.url = url
        self.number = 0

    def psql(self, statement):
        command = ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", self.url, "-c", statement]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
        if done.returncode != 0:
            raise SystemExit("psql: " + done.stderr.decode("utf-8", "replace").strip())

    def create(self, folder, name):
        self.number += 1
        database = "jalon_oracle_%d_%d" % (os.getpid(), self.number)
        self.psql("CREATE DATABASE %s" % database)
        return with_database(self.url, database)

    def drop(self, database):
        name = urllib.parse.urlsplit(database).path.lstrip("/")
        self.psql("DROP DATABASE IF EXISTS %s WITH (FORCE)" % name)


def with_database(url, database):
    """The URL with its path replaced; the host may be empty, options may follow."""
    parts = urllib.parse.urlsplit(url)
    query = "?" + parts.query if parts.query else ""
    return "%s://%s/%s%s" % (parts.scheme, parts.netloc, database, query)


# --------------------------------------------------------------------------
# The program

def run(jalon, *arguments):
    """Standard output of the program, which must exit with 0."""
    command = [jalon] + list(arguments)
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=300)
    except subprocess.TimeoutExpired:
        raise Differs("$ %s\nstill running after 300 s" % " ".join(command))
    if done.returncode != 0:
        said = (done.stdout + done.stderr).decode("utf-8", "replace").splitlines()
        raise Differs("$ %s\nexit status %d\n%s" % (" ".join(command), done.returncode,
                                                    "\n".join(said[:MOST_LINES])))
    return done.stdout


def difference(expected, got, expected_name, got_name):
    """The unified difference of two texts given as bytes; None when there is none."""
    if expected == got:
        return None
    # repr-like escapes: an end of line, a mark or a stray byte must be seen
    def lines(content):
        text = content.decode("utf-8", "backslashreplace").replace("\r", "\\r")
        return text.replace("\ufeff", "\\ufeff").split("\n")
    found = list(difflib.unified_diff(lines(expected), lines(got), expected_name, got_name,
                                      lineterm="", n=1))
    if len(found) > MOST_LINES:
        found = found[:MOST_LINES] + ["... %d more lines" % (len(found) - MOST_LINES)]
    return "\n".join(found)


# --------------------------------------------------------------------------
# The three comparisons; each returns a list of differences

def compare_questionnaires(jalon, database, bundle, periods):
    data = figures.load(bundle)
    found = []
    for contract, first, last in periods:
        for all_indicators in (False, True):
            arguments = ["questionnaire", "--database", database, "--contract", contract,
                         "--from", first, "--to", last, "--format", "csv"]
            if all_indicators:
                arguments.append("--all-indicators")
            lines = figures.questionnaire(data, contract, first, last, all_indicators)
            expected = ("\n".join(lines) + "\n").encode("utf-8")
            title = "%s %s..%s%s" % (contract, first, last,
                                     " --all-indicators" if all_indicators else "")
            try:
                got = run(jalon, *arguments)
            except Differs as reason:
                found.append(str(reason))
                continue
            text = difference(expected, got, "figures.py " + title, "jalon " + title)
            if text is not None:
                found.append(text)
    return found


def compare_overlaps(jalon, database, bundle, periods):
    """People in several actions, several sheets, several actions of the first sheet."""
    data = figures.load(bundle)
    found = []
    for contract, first, last in periods:
        sheets = sorted(s["ref"] for s in data["sheets"] if s["contract_ref"] == contract)
        for parts, sheet in [("actions", None), ("sheets", None)] + [("actions", s) for s in sheets[:1]]:
            arguments = ["questionnaire", "--database", database, "--contract", contract,
                         "--period", "%s..%s" % (first, last), "--format", "csv", "--overlap", parts]
            if sheet is not None:
                arguments += ["--sheet", sheet]
            lines = figures.overlap(data, contract, str(first), str(last), parts, sheet)
            expected = ("\n".join(lines) + "\n").encode("utf-8")
            title = "overlap of %s %s %s..%s" % (parts, sheet or contract, first, last)
            try:
                text = difference(expected, run(jalon, *arguments), "figures.py " + title, "jalon " + title)
            except Differs as reason:
                text = str(reason)
            if text is not None:
                found.append(text)
    return found


MOST_OPENED = 12                         # figures of a bundle whose records are listed


def compare_explanations(jalon, database, bundle, periods, seed):
    """Figures drawn at random: as many records count as the figure says, and nobody twice."""
    chance = random.Random(seed)
    data = figures.load(bundle)
    drawn = []
    for contract, first, last in periods:
        sent = {s["ref"] for s in data["sheets"] if s["recording"] == "aggregate"}
        for line in figures.questionnaire(data, contract, first, last, True)[1:]:
            scope, ref, indicator, cell, _, value, unit = next(csv.reader([line]))[:7]
            if unit == "people" and not (scope == "sheet" and ref in sent):
                drawn.append((contract, first, last, scope, ref, indicator, cell, value))
    found = []
    for contract, first, last, scope, ref, indicator, cell, value in chance.sample(drawn, min(len(drawn), MOST_OPENED)):
        arguments = ["questionnaire", "--database", database, "--contract", contract, "--from", str(first),
                     "--to", str(last), "--format", "csv", "--explain", indicator]
        arguments += [] if scope == "contract" else ["--" + scope, ref]
        arguments += [] if cell == "total" else ["--cell", cell]
        try:
            listed = csv.DictReader(io.StringIO(run(jalon, *arguments).decode("utf-8")))
            people = [row["who"] for row in listed if row["counts"] == "yes"]
        except Differs as reason:
            found.append(str(reason))
            continue
        if str(len(people)) != value or len(set(people)) != len(people):
            found.append("%s %s %s %s %s..%s: %s by figures.py, %d listed, %d of them different" % (
                contract, ref, indicator, cell, first, last, value, len(people), len(set(people))))
    return found


def exported(rows, name, columns):
    """A file as interchange.md has it exported."""
    rows = sorted(rows, key=lambda row: [row[column] for column in random_bundle.KEYS[name]])
    lines = [figures.csv_line(columns)]
    lines += [figures.csv_line([row[column] for column in columns]) for row in rows]
    return ("\n".join(lines) + "\n").encode("utf-8")


def read_folder(folder):
    """The content of each file of a folder, by name."""
    content = {}
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as file:
            content[name] = file.read()
    return content


def compare_export(tables, folder):
    found = []
    content = read_folder(folder)
    for name, rows in tables.items():
        file = name + ".csv"
        if not rows:
            if file in content:
                found.append("export: %s has no rows and is not left out" % file)
            continue
        if file not in content:
            found.append("export: %s is missing" % file)
            continue
        columns = random_bundle.COLUMNS[name]
        expected = exported(rows, name, columns)
        if name == "contracts" and not any(row["eligible_statuses"] for row in rows):
            header = next(csv.reader(io.StringIO(content[file].decode("utf-8", "replace"))), [])
            if "eligible_statuses" not in header:        # "one more column may follow"
                expected = exported(rows, name, columns[:-1])
        text = difference(expected, content[file], "expected " + file, "exported " + file)
        if text is not None:
            found.append(text)
    return found


def compare_folders(one, two):
    found = []
    first, second = read_folder(one), read_folder(two)
    for name in sorted(set(first) | set(second)):
        if name not in first or name not in second:
            found.append("%s is in one of %s and %s only" % (name, one, two))
            continue
        text = difference(first[name], second[name], "first export " + name,
                          "second export " + name)
        if text is not None:
            found.append(text)
    return found


def compare_bundle(jalon, databases, seed, contracts, folder):
    """All the differences for one seed, and the number of contracts."""
    tables, periods = random_bundle.generate(seed, contracts)
    bundle = os.path.join(folder, "bundle")
    random_bundle.write(tables, seed, bundle)
    exports = [os.path.join(folder, "export-1"), os.path.join(folder, "export-2")]
    found = []
    created = []
    try:
        database = databases.create(folder, "first")
        created.append(database)
        run(jalon, "import", "--database", database, bundle)
        found += compare_questionnaires(jalon, database, bundle, periods)
        found += compare_overlaps(jalon, database, bundle, periods)
        found += compare_explanations(jalon, database, bundle, periods, seed)
        run(jalon, "export", "--database", database, exports[0])
        found += compare_export(tables, exports[0])

        database = databases.create(folder, "second")
        created.append(database)
        run(jalon, "import", "--database", database, exports[0])
        run(jalon, "export", "--database", database, exports[1])
        found += compare_folders(exports[0], exports[1])
    except Differs as reason:
        found.append(str(reason))
    except OSError as reason:            # the program itself, or a folder that it did not write
        found.append(str(reason))
    finally:
        for database in created:
            databases.drop(database)
    return found, len(periods)


# --------------------------------------------------------------------------

def seeds_of(text):
    first, dots, last = text.partition("..")
    return range(int(first), int(last if dots else first) + 1)


def main():
    parser = argparse.ArgumentParser(description="Random bundles: the program against figures.py.")
    parser.add_argument("--jalon", required=True, metavar="PATH")
    parser.add_argument("--database-url", metavar="URL")
    parser.add_argument("--seeds", type=seeds_of, default=seeds_of("1..10"), metavar="A..B")
    parser.add_argument("--contracts-per-bundle", type=int, default=20, metavar="K")
    parser.add_argument("--tap", action="store_true")
    arguments = parser.parse_args()

    jalon = os.path.abspath(arguments.jalon)
    if not os.access(jalon, os.X_OK):
        raise SystemExit("%s cannot be run" % jalon)
    databases = FileDatabases()
    if arguments.database_url:
        databases = PostgresDatabases(arguments.database_url)
    compared, failed, number = 0, 0, 0
    for seed in arguments.seeds:
        number += 1
        folder = tempfile.mkdtemp(prefix="jalon-oracle-%d-" % seed)
        try:
            found, contracts = compare_bundle(jalon, databases, seed,
                                              arguments.contracts_per_bundle, folder)
        except BaseException:            # interrupted, or a mistake in here: nothing to look at
            shutil.rmtree(folder, ignore_errors=True)
            raise
        compared += contracts
        title = "seed %d: %d contracts" % (seed, contracts)
        if found:
            failed += 1
            text = "\n".join(found) + "\nbundle kept in " + folder
            if arguments.tap:
                print("not ok %d - %s" % (number, title))
                print("\n".join("# " + line for line in text.split("\n")))
            else:
                print("%s differ\n%s\n" % (title, text))
        else:
            shutil.rmtree(folder)
            if arguments.tap:
                print("ok %d - %s agree" % (number, title))
        sys.stdout.flush()
    if arguments.tap:
        print("1..%d" % number)
    else:
        print("%d contracts of %d bundles compared, %d bundles differ" % (compared, number, failed))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
