#!/usr/bin/env python3
"""sheets.py - sixty-four trainers who close sheets of twelve, each commit durable: what a close takes, through the whole server.

    sheets.py --jalon PROGRAM --accounts PROGRAM [--trainers 64] [--sheets 20] [--each SECONDS]

Each trainer has a sign-in and a connection of their own, and sends a sheet with two exceptions that is saved and closed, as
static/offline.js does. First all at once, as fast as they are answered; then each a sheet every --each seconds, at moments of
their own. It fails when a sheet is not closed, never because of a time."""
import argparse
import csv
import datetime
import json
import os
import random
import statistics
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(HERE, "..", "rights"))
from house import PASSWORD, Browser, House  # noqa: E402

PEOPLE = 12
DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"


def key_short(key):
    text = ""
    while key > 0:
        text, key = DIGITS[key & 31] + text, key >> 5
    return text


def bundle(folder, trainers, sheets):
    today = datetime.date.today().isoformat()

    def write(name, heading, rows):
        with open(os.path.join(folder, name + ".csv"), "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([heading, *rows])
    write("territories", ["ref", "name", "kind"], [["v", "V", "commune"]])
    write("organisations", ["ref", "name", "category"], [["o", "O", "charity"]])
    write("contracts", ["ref", "territory_ref", "kind", "title"], [["c", "v", "ctai", "C"]])
    write("sheets", ["ref", "contract_ref", "kind", "number", "title", "audience", "recording"], [["f", "c", "action", "1", "F", "newcomers", "nominal"]])
    write("actions", ["ref", "sheet_ref", "title", "operator_ref", "audience"], [[f"a{t}", "f", f"A{t}", "o", "newcomers"] for t in range(trainers)])
    write("people", ["ref", "family_name", "given_name"], [[f"p{t}-{i}", f"Nom{i}", f"Prenom{t}"] for t in range(trainers) for i in range(PEOPLE)])
    write("enrolments", ["ref", "action_ref", "person_ref", "state", "entered_on"],
          [[f"e{t}-{i}", f"a{t}", f"p{t}-{i}", "active", "2020-01-01"] for t in range(trainers) for i in range(PEOPLE)])
    write("sessions", ["ref", "action_ref", "held_on", "minutes", "kind", "audience", "state"],
          [[f"s{t}-{i}", f"a{t}", today, 120, "training", "newcomers", "planned"] for t in range(trainers) for i in range(sheets)])


class Trainer(threading.Thread):
    def __init__(self, number, browser, account, sheets, people, begin, each):
        super().__init__()
        self.browser, self.account, self.sheets, self.people, self.begin, self.each = browser, account, sheets, people, begin, each
        self.chance, self.times, self.wrong = random.Random(f"{number} {each}"), [], None

    def close(self, session):
        lines = [[p, "", "0" if i == 3 else "0e" if i == 7 else "120"] for i, p in enumerate(self.people)]
        key = "".join(self.chance.choice(DIGITS) for _ in range(22))
        body = json.dumps({"key": key, "account": self.account, "session": session, "at": int(time.time() * 1000), "all": True, "close": True,
                           "lines": lines}).encode()
        from_ = time.perf_counter()
        answer = self.browser.ask("/emargements/envoi", "POST", body, {"Content-Type": "application/json"})
        self.times.append((time.perf_counter() - from_) * 1000)
        if answer.status != 200 or '"saved"' not in answer.text or "fait=clos" not in answer.text:
            raise RuntimeError(f"{answer.status} {answer.text[:300]}")

    def run(self):
        try:
            self.begin.wait()
            at = time.perf_counter() + self.chance.uniform(0, self.each)
            for session in self.sheets:
                if self.each > 0:
                    time.sleep(max(0, at - time.perf_counter()))
                    at += self.each
                self.close(session)
        except Exception as e:  # noqa: BLE001
            self.wrong = repr(e)


def cpu(pid):
    """Seconds that a process and those below it have taken."""
    with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
        fields = file.read().rpartition(")")[2].split()
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") + sum(cpu(int(child)) for child in file.read().split())


def round_of(title, server, browsers, account, keys, people, each):
    begin = threading.Event()
    trainers = [Trainer(t, b, account[t], keys[t], people[t], begin, each) for t, b in enumerate(browsers)]
    for t in trainers:
        t.start()
    from_, spent = time.perf_counter(), cpu(server)
    begin.set()
    for t in trainers:
        t.join()
    took, spent = time.perf_counter() - from_, cpu(server) - spent
    wrong = [t.wrong for t in trainers if t.wrong]
    if wrong:
        sys.exit(f"sheets.py: {wrong[0]}")
    times = sorted(x for t in trainers for x in t.times)
    quantile = statistics.quantiles(times, n=100)
    print(f"{title}: {len(times)} sheets closed in {took:.1f} s ({len(times) / took:.0f}/s); ms: median {quantile[49]:.1f}, "
          f"p90 {quantile[89]:.1f}, p99 {quantile[98]:.1f}, longest {times[-1]:.1f}; {spent / len(times) * 1000:.2f} of the server's CPU a close")


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("--jalon", required=True)
    ask.add_argument("--accounts", required=True)
    ask.add_argument("--trainers", type=int, default=64)
    ask.add_argument("--sheets", type=int, default=20)
    ask.add_argument("--each", type=float, default=2.0)
    o = ask.parse_args()
    house = House(os.path.abspath(o.jalon), os.path.abspath(o.accounts))
    try:
        with tempfile.TemporaryDirectory() as folder:
            bundle(folder, o.trainers, 2 * o.sheets)
            house.fill([folder], [f"accounts\tv\temail=t{t}@exemple.fr\tname=T{t}\trole=worker\torganisation=o\tstate=active\tpassword={PASSWORD}"
                                  for t in range(o.trainers)])
        house.serve()
        browsers = [Browser(house.host) for _ in range(o.trainers)]
        for t, b in enumerate(browsers):
            if not b.sign_in(f"t{t}@exemple.fr"):
                sys.exit("sheets.py: signing in fails")
        ids = {table: {r["email" if table == "accounts" else "ref"]: key_short(r["id"]) for r in house.database.rows(table)}
               for table in ("people", "sessions", "accounts")}
        account = [ids["accounts"][f"t{t}@exemple.fr"] for t in range(o.trainers)]
        people = [[ids["people"][f"p{t}-{i}"] for i in range(PEOPLE)] for t in range(o.trainers)]
        keys = [[ids["sessions"][f"s{t}-{i}"] for i in range(2 * o.sheets)] for t in range(o.trainers)]
        round_of(f"{o.trainers} at once", house.process.pid, browsers, account, [k[:o.sheets] for k in keys], people, 0)
        round_of(f"{o.trainers}, each every {o.each:g} s", house.process.pid, browsers, account, [k[o.sheets:] for k in keys], people, o.each)
    finally:
        house.close()


main()
