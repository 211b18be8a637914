#!/usr/bin/env python3
"""web.py - what pages cost through the whole server, against nginx and a Node server, in turn in one run.

    web.py --jalon PROGRAM --accounts PROGRAM --registers PROGRAM --binding FILE --work FOLDER [--rounds N] [--seconds S] [--only WORD] [--beside]

The folder holds what script/bench made: s.jalon and s (a city of 1,000 people), people.jalon, people.sqlite and people (100,000
people), people-100000 (a bundle of as many changes), demo.jalon (the demonstration).  Ours is asked as it is served in life:
signed in, with the rights of the role, each page made anew.  CPU is that of all processes of a server.
It fails when a page is not what it should be, never because of a time.
"""
import argparse
import http.client
import os
import random
import re
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "rights"))
from house import PASSWORD, Browser, Page, key_short  # noqa: E402

TICK = os.sysconf("SC_CLK_TCK")
CONNECTIONS = (8, 64)
PACE = 500  # requests a second of 64 people who read what they are shown: how long one waits when the server is not overrun
PLACES = 2000


def say(text):
    print("== " + text, file=sys.stderr, flush=True)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    """A program that answers at self.host, with all its processes."""

    def __init__(self, command, host, **more):
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True, **more)
        self.host = host
        SERVERS.append(self)

    def pids(self):
        found, left = [], [self.process.pid]
        while left:
            pid = left.pop()
            found.append(pid)
            try:
                with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
                    left += [int(word) for word in file.read().split()]
            except OSError:
                pass
        return found

    def cpu(self):
        """Seconds, of the processes that live."""
        ticks = 0
        for pid in self.pids():
            with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
                fields = file.read().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / TICK

    def memory(self):
        """[(name, RSS MiB, PSS MiB)] of each process."""
        found = []
        for pid in self.pids():
            with open(f"/proc/{pid}/comm", encoding="utf-8") as file:
                name = file.read().strip().removeprefix("jalon: ")
            with open(f"/proc/{pid}/smaps_rollup", encoding="utf-8") as file:
                sizes = dict(re.findall(r"^(Rss|Pss): +(\d+)", file.read(), re.M))
            found.append((name, int(sizes["Rss"]) / 1024, int(sizes["Pss"]) / 1024))
        return found

    def wait(self, path):
        for _ in range(200):
            try:
                connection = http.client.HTTPConnection(self.host, timeout=5)
                connection.request("GET", path)
                if connection.getresponse().status < 500:
                    return
            except OSError:
                pass
            time.sleep(0.05)
        sys.exit(f"web.py: {self.host} does not answer")

    def stop(self):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)


SERVERS = []


def nginx(work, page):
    """One worker, a static file."""
    folder = os.path.join(work, "nginx")
    os.makedirs(folder, exist_ok=True)
    os.chmod(folder, 0o755)
    port = free_port()
    with open(os.path.join(folder, "page.html"), "wb") as file:
        file.write(page)
    with open(os.path.join(folder, "conf"), "w", encoding="utf-8") as file:
        file.write(f"""worker_processes 1; daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; open_file_cache max=10;
    client_body_temp_path {folder}/t; proxy_temp_path {folder}/t; fastcgi_temp_path {folder}/t; uwsgi_temp_path {folder}/t;
    scgi_temp_path {folder}/t; types {{ text/html html; }}
    server {{ listen 127.0.0.1:{port}; root {folder}; }} }}
""")
    server = Server(["nginx", "-p", folder, "-c", os.path.join(folder, "conf"), "-g", "user root;" if os.getuid() == 0 else ""],
                    f"127.0.0.1:{port}", stderr=subprocess.DEVNULL)
    server.wait("/page.html")
    return server


def node(work, binding, processes):
    port = free_port()
    server = Server(["node", os.path.join(HERE, "people.mjs"), os.path.join(work, "people.sqlite"), str(port), str(processes)],
                    f"127.0.0.1:{port}", env={**os.environ, "NODE_ENV": "production", "BETTER_SQLITE3": binding})
    server.wait("/people")
    return server


class House:
    """Our server on a database, and the people who are signed in there."""

    def __init__(self, options, database):
        self.database = database
        self.server = Server([options.jalon, "serve", "--listen", "127.0.0.1:0", "--database", database], None, stderr=subprocess.DEVNULL)
        line = self.server.process.stdout.readline()
        if "http://" not in line:
            sys.exit("web.py: the server does not start")
        self.server.host = line.split("http://")[1].strip().rstrip("/")
        self.browsers = {}

    def rows(self, statement):
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as db:
            return db.execute(statement).fetchall()

    def sign_in(self, role, email, password=PASSWORD):
        browser = Browser(self.server.host)
        if not browser.sign_in(email, password):
            sys.exit(f"web.py: {email} is not let in")
        self.browsers[role] = browser

    def cookie(self, role):
        return "; ".join(f"{n}={v}" for n, v in self.browsers[role].cookies.items())


def with_accounts(options, database):
    """A city that has people in it, with a coordinator and an operator's worker of its own."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as db:
        city = db.execute("select ref from territories order by id").fetchone()[0]
        operator = db.execute("select o.ref from organisations o join actions a on a.territory_id = o.territory_id and "
                              "a.operator_id = o.id group by o.ref order by o.ref").fetchone()[0]
        known = db.execute("select count(*) from accounts").fetchone()[0]
    lines = [f"accounts\t{city}\temail=c@bench.example\tname=C\trole=coordinator\tlanguage=fr\tstate=active\tpassword={PASSWORD}\n",
             f"accounts\t{city}\temail=w@bench.example\tname=W\trole=worker\tlanguage=fr\tstate=active\torganisation={operator}"
             f"\tpassword={PASSWORD}\n"]
    if known == 0:
        subprocess.run([options.accounts, database], input="".join(lines), text=True, check=True)
    house = House(options, database)
    house.sign_in("coordinator", "c@bench.example")
    house.sign_in("worker", "w@bench.example")
    return house


def demonstration(options, database):
    said = subprocess.run([options.jalon, "demo", "--accounts", "--database", database], capture_output=True, text=True, check=True,
                          env={**os.environ, "LC_ALL": "C"}).stdout
    house = House(options, database)
    for role, email in (("coordinator", "coordination@demo.example"), ("worker", "intervenante@demo.example")):
        house.sign_in(role, email, re.search(re.escape(email) + r"\s+(\S+)", said).group(1))
    return house


class Case:
    """Addresses to ask a server for, and what it cost each time."""

    def __init__(self, name, server, addresses, headers=(), group=""):
        self.name, self.server, self.addresses, self.headers, self.group = name, server, addresses, list(headers), group
        self.found = {}

    def look(self):
        """The first page, which must be one."""
        connection = http.client.HTTPConnection(self.server.host, timeout=30)
        connection.request("GET", self.addresses[0], headers=dict(h.split(": ", 1) for h in self.headers))
        answer = connection.getresponse()
        self.page = answer.read()
        if answer.status != 200:
            sys.exit(f"web.py: {self.name}: {self.addresses[0]} answers {answer.status}")
        return self.page

    def ask(self, work, connections, seconds, pace):
        place = os.path.join(work, "addresses")
        with open(place, "w", encoding="utf-8") as file:
            file.write("".join(a + "\n" for a in self.addresses))
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "--latency", "-s", os.path.join(HERE, "ask.lua")]
        for header in self.headers:
            command += ["-H", header]
        cpu = self.server.cpu()
        said = subprocess.run(command + ["http://" + self.server.host], capture_output=True, text=True, check=True,
                              env={**os.environ, "ADDRESSES": place, "PACE": str(connections * 1000 // pace if pace else 0)}).stdout
        cpu = self.server.cpu() - cpu
        if "Non-2xx" in said or "Socket errors" in said:
            sys.exit(f"web.py: {self.name}: {said}")
        requests = int(re.search(r"(\d+) requests in", said).group(1))
        one = {"rate": float(re.search(r"Requests/sec: +([\d.]+)", said).group(1)), "cpu": cpu / requests * 1e6}
        for part in ("50", "99"):
            one["p" + part] = milliseconds(re.search(rf"^ +{part}% +(\S+)", said, re.M).group(1))
        one["most"] = milliseconds(re.search(r"Latency +\S+ +\S+ +(\S+)", said).group(1))
        return one

    def round(self, work, connections, seconds, beside="", pace=0):
        """pace: so many requests a second in all, as people ask; 0: each connection as fast as it is answered."""
        words = ", ".join(filter(None, (beside, f"{pace}/s" if pace else "")))
        self.found.setdefault((connections, words), []).append(self.ask(work, connections, seconds, pace))


def milliseconds(text):
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s|m)", text).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60000}[unit]


class Edits:
    """Somebody who changes the telephone of a contact, through its form, so many times a second."""

    def __init__(self, house, each_second):
        self.house, self.each_second = house, each_second
        self.times, self.refused, self.over = [], 0, threading.Event()
        self.place = self.make()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def make(self):
        browser = self.house.browsers["coordinator"]
        organisation = self.house.rows("select ref from organisations order by ref")[0][0]
        place = f"/partenaires/{organisation}/contacts"
        form = self.form(browser, place + "/nouveau")
        browser.post(form.action, [(n, "Bench" if n == "name" else v) for n, v in form.values()])
        return f"{place}/{key_short(self.house.rows('select max(id) from contacts')[0][0])}"

    @staticmethod
    def form(browser, place):
        return next(f for f in Page(place, browser.ask(place).text).forms if f.post and "/contacts" in f.action)

    def run(self):
        browser, i, began = self.house.browsers["coordinator"], 0, time.monotonic()
        while not self.over.is_set():
            form = self.form(browser, self.place)
            at = time.monotonic()
            answer = browser.post(form.action, [(n, f"04 73 00 {i // 100 % 100:02} {i % 100:02}" if n == "phone" else v) for n, v in form.values()])
            self.times.append(time.monotonic() - at)
            self.refused += answer.status != 303
            i += 1
            self.over.wait(max(0, began + i / self.each_second - time.monotonic()))

    def stop(self):
        self.over.set()
        self.thread.join()
        return f"{len(self.times)} edits, {self.refused} refused, the slowest {max(self.times) * 1000:.0f} ms"


class Running:
    """A program at work beside, again and again until it is stopped."""

    def __init__(self, *command):
        self.command, self.done, self.over = command, 0, threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        while not self.over.is_set():
            self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            self.said = self.process.communicate()[0].strip()
            self.done += 1

    def stop(self):
        self.over.set()
        self.thread.join()
        return self.said or f"{self.done} done"


def median(found, kind):
    return statistics.median(one[kind] for one in found)


def show(cases):
    print("%-44s %4s %22s %8s %8s %8s %9s" % ("", "c", "requests/s", "p50 ms", "p99 ms", "worst", "CPU us"))
    for case in cases:
        for (connections, beside), found in case.found.items():
            rates = [one["rate"] for one in found]
            print("%-44s %4d %22s %8.2f %8.2f %8.1f %9.1f" % (
                case.name + (", " + beside if beside else ""), connections, "%.0f (%.0f-%.0f)" % (median(found, "rate"), min(rates), max(rates)),
                median(found, "p50"), median(found, "p99"), max(one["most"] for one in found), median(found, "cpu")))
    print(flush=True)


def people_addresses(house, plain, seed):
    random.seed(seed)
    ours = [f"/personnes?apres={key_short(row[0])}" for row in house.rows("select id from people")]
    with sqlite3.connect(plain) as db:
        others = [f"/people?after={row[0]}" for row in db.execute("select id from people")]
    return random.sample(ours, PLACES), random.sample(others, PLACES)


def serves(house, role, address):
    return house.browsers[role].ask(address).status == 200


def all_cases(options):
    work = options.work
    city = with_accounts(options, fresh(work, "s.jalon"))
    crowd = with_accounts(options, fresh(work, "people.jalon"))
    real = demonstration(options, fresh(work, "demo.jalon"))
    ours, others = people_addresses(crowd, os.path.join(work, "people.sqlite"), 1)
    sheet = real.rows("select s.ref from sheets s join actions a on a.territory_id = s.territory_id and a.sheet_id = s.id "
                      "join enrolments e on e.territory_id = a.territory_id and e.action_id = a.id group by s.ref order by count(*) desc")[0][0]
    signed = lambda house, role, *more: [f"Cookie: {house.cookie(role)}", *more]
    cases = []

    def add(name, house, role, addresses, *more):
        if serves(house, role, addresses[0]):
            cases.append(Case(name, house.server, addresses, signed(house, role, *more)))
        else:
            say(f"{name}: there is no such page yet")

    add("people, coordinator", crowd, "coordinator", ours)
    add("people, operator's worker", crowd, "worker", ours)
    add("people, gzip", crowd, "coordinator", ours, "Accept-Encoding: gzip")
    page = cases[0].look() if cases else b"x" * 8192
    cases.append(Case("nginx, static file", nginx(work, page), ["/page.html"]))
    cases.append(Case("Node, people", node(work, options.binding, 1), others))
    cases.append(Case("Node, people, 2 processes", node(work, options.binding, 2), others))
    add("sheet with figures, real contract", real, "coordinator", [f"/fiches/{sheet}?periode=contract-1"])
    add("sheet with figures, 50,000 attendances", city, "coordinator", ["/fiches/c00001-f02?periode=contract-1"])
    add("the same, gzip", city, "coordinator", ["/fiches/c00001-f02?periode=contract-1"], "Accept-Encoding: gzip")
    add("questionnaire", city, "coordinator", ["/questionnaire?periode=contract-1"])
    add("home", real, "coordinator", ["/"])
    add("search", crowd, "coordinator", ["/personnes?q=" + word for word in ("fofana", "haji", "ben+ali", "diallo")])
    return cases, city, crowd


def fresh(work, name):
    """A copy: what is written during the run stays in it."""
    place = os.path.join(work, "http-" + name)
    for end in ("", "-wal", "-shm", ".lock"):
        if os.path.exists(place + end):
            os.remove(place + end)
    shutil.copy(os.path.join(work, name), place)
    return place


def beside(options, cases, city, crowd):
    """Pages while others write."""
    keeper, contract = city.rows("select territory_id, id from contracts")[0]
    registers = [options.registers, city.database, str(keeper), str(contract), "2022-10-17", "2023-10-16", "100", str(options.seconds)]
    arrange = [("100 registers/s", [c for c in cases if c.server is city.server], lambda: Running(*registers)),
               ("20 edits/s", [c for c in cases if c.server is crowd.server], lambda: Edits(crowd, 20)),
               ("20 edits/s", [c for c in cases if c.server is city.server], lambda: Edits(city, 20))]
    for house in (city, crowd):
        bundle = os.path.join(options.work, "people-100000")
        arrange.append(("an import", [c for c in cases if c.server is house.server],
                        lambda h=house: Running(options.jalon, "import", "--quiet", "--database", h.database, bundle)))
    for name, several, start in arrange:
        for case in several:
            work = start()
            case.round(options.work, 64, options.seconds, "beside " + name)
            case.round(options.work, 64, options.seconds, "beside " + name, PACE)
            say(f"{case.name}: {name}: {work.stop()}")


def ratio(cases, text, one, other, kind, turned=False):
    by_name = {case.name: case for case in cases}
    if one not in by_name or other not in by_name:
        return
    ours, theirs = by_name[one].found.get((8, "")), by_name[other].found.get((8, ""))
    if ours and theirs:
        number = median(ours, kind) / median(theirs, kind)
        print("%-74s %8.2f x" % (text, 1 / number if turned else number))


def ratios(cases):
    for who in ("people, coordinator", "people, operator's worker"):
        ratio(cases, f"{who}, c=8: requests/s against Node", who, "Node, people", "rate")
        ratio(cases, f"{who}, c=8: requests/s against Node, 2 processes", who, "Node, people, 2 processes", "rate")
        ratio(cases, f"{who}, c=8: CPU a request, Node's against ours", who, "Node, people", "cpu", True)
        ratio(cases, f"{who}, c=8: requests/s against nginx's static file", who, "nginx, static file", "rate")
        ratio(cases, f"{who}, c=8: CPU a request against nginx's", who, "nginx, static file", "cpu")
    ratio(cases, "sheet, c=8: requests/s against nginx's static file", "sheet with figures, real contract", "nginx, static file", "rate")


def memory(cases):
    print("%-44s %s" % ("memory, MiB", "RSS / PSS of each process"))
    seen = set()
    for case in cases:
        if case.server not in seen:
            seen.add(case.server)
            print("%-44s %s" % (case.name, ", ".join("%s %.0f / %.0f" % one for one in case.server.memory())))


def measure(options):
    cases, city, crowd = all_cases(options)
    cases = [case for case in cases if options.only in case.name]
    for case in cases:
        say(f"{case.name}: {len(case.look())} bytes")
    for number in range(options.rounds):
        say(f"round {number + 1}")
        for case in cases:
            for connections in CONNECTIONS:
                case.round(options.work, connections, options.seconds)
            case.round(options.work, 64, options.seconds, pace=PACE)
    if options.beside:
        beside(options, cases, city, crowd)
    show(cases)
    ratios(cases)
    memory(cases)


def main():
    parser = argparse.ArgumentParser()
    for name in ("jalon", "accounts", "registers", "binding", "work"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--only", default="")
    parser.add_argument("--beside", action="store_true", help="also while others write")
    options = parser.parse_args()
    options.work = os.path.abspath(options.work)
    try:
        measure(options)
    finally:
        for server in SERVERS:
            server.stop()


if __name__ == "__main__":
    main()
