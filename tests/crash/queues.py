"""The server killed (kill -9, all of its processes) at any moment while three telephones send from their queues, and started again.
A telephone sends an item until it is answered, as static/offline.js does; then the next one. In the end every acknowledged item
is there once: one row by its key, one version of the register, and the register says what was answered last.

    queues.py PROGRAM KILLS    writes TAP"""
import json
import os
import random
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(HERE, "..", "rights"))
from house import Browser  # noqa: E402

JALON, KILLS = sys.argv[1], int(sys.argv[2])
TELEPHONES = 3
SEED = int(os.environ.get("SEED", "4"))


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    """The program on a port of its own, killed and started again."""

    def __init__(self, folder):
        self.folder, self.port = folder, free_port()
        self.database = os.path.join(folder, "demo.db")
        self.env = {**os.environ, "JALON_KEY": os.path.join(folder, "key"), "LC_ALL": "C.UTF-8"}
        self.env.pop("JALON_NOW", None)
        self.process = None

    def run(self, *arguments):
        return subprocess.run([JALON, *arguments, "--database", self.database], env=self.env, capture_output=True, text=True, timeout=300)

    def start(self):
        with open(os.path.join(self.folder, "log"), "a", encoding="utf-8") as log:
            self.process = subprocess.Popen([JALON, "serve", "--listen", f"127.0.0.1:{self.port}", "--workers", "2", "--database", self.database],
                                            env=self.env, stdout=log, stderr=log, start_new_session=True)

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.terminate()
        self.process.wait(20)


def answering(server):
    for _ in range(400):
        try:
            with socket.create_connection(("127.0.0.1", server.port), timeout=1):
                return
        except OSError:
            time.sleep(0.02)
        if server.process.poll() is not None:  # the one that was killed still held the address
            server.start()
    raise RuntimeError("the server does not answer: " + open(os.path.join(server.folder, "log"), encoding="utf-8").read()[-3000:])


def signed_in(server):
    browser = Browser(f"127.0.0.1:{server.port}")
    page = browser.ask("/connexion").text  # the first of the accounts that a demonstration offers is the coordinator's
    email, password = (re.search(rf'name="{name}" value="([^"]+)"', page)[1] for name in ("email", "mot_de_passe"))
    answer = browser.post("/connexion", [("email", email), ("mot_de_passe", password)])
    if answer.status != 303 or "jalon" not in browser.cookies:
        raise RuntimeError(f"signing in answers {answer.status}")
    return browser


def widest_sheet(browser):
    """The sheet of today with the most people: its key, the account's, theirs."""
    best = ("", "", [])
    for key in dict.fromkeys(re.findall(r'href="/seances/(\w+)/emargement"', browser.ask("/emargements").text)):
        page = browser.ask(f"/seances/{key}/emargement").text
        people = re.findall(r'name="b\.(\w+)" value=""', page)  # nobody is answered yet
        if len(people) > len(best[2]) and len(people) == len(re.findall(r'name="b\.', page)):
            best = (key, re.search(r'data-account="(\w+)"', page)[1], people)
    return best


class Telephone(threading.Thread):
    def __init__(self, number, browser, server, account, session, people):
        super().__init__(daemon=True)
        self.browser, self.server, self.account, self.session = browser, server, account, session
        self.chance = random.Random(SEED * 1000 + number)
        self.said = {person: "" for person in people}
        self.acknowledged = []  # (key, person, mark)
        self.resent = 0
        self.ending = False
        self.wrong = None

    def item(self):
        person = self.chance.choice(sorted(self.said))
        mark = self.chance.choice([m for m in ("0", "0e", "30", "45", "60", "75", "90") if m != self.said[person]])
        key = "".join(self.chance.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") for _ in range(22))
        return {"key": key, "account": self.account, "session": self.session, "at": int(time.time() * 1000), "all": False, "close": False,
                "lines": [[person, self.said[person], mark]]}

    def send(self, item):
        body = json.dumps(item).encode()
        first = True
        while True:
            try:
                answer = self.browser.ask("/emargements/envoi", "POST", body, {"Content-Type": "application/json"})
                if answer.status == 200:
                    return json.loads(answer.text)
                if answer.status not in (500, 502, 503):
                    raise ValueError(f"{answer.status}: {answer.text[:300]}")
            except OSError:
                pass
            except Exception as e:  # an answer cut in its middle is no answer
                if isinstance(e, ValueError) and not isinstance(e, json.JSONDecodeError):
                    raise
            self.browser.connection = None
            self.resent += first
            first = False
            time.sleep(0.005)

    def run(self):
        try:
            while not self.ending:
                item = self.item()
                answer = self.send(item)
                if answer["key"] != item["key"] or answer["result"] != "saved":
                    raise ValueError(f"answered {answer}")
                person, _, mark = item["lines"][0]
                self.said[person] = mark
                self.acknowledged.append((item["key"], person, mark))
        except Exception as e:  # noqa: BLE001  (told by the test)
            self.wrong = repr(e)


def marks_on(browser, session):
    page = browser.ask(f"/seances/{session}/emargement").text
    return dict(re.findall(r'name="b\.(\w+)" value="(\w*)"', page))


class Tap:
    def __init__(self):
        self.n = self.failed = 0

    def ok(self, good, sentence, more=""):
        self.n += 1
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.n} - {sentence}")
        if not good:
            print("# " + str(more)[:2000].replace("\n", "\n# "))


def main():
    folder, tap, chance = tempfile.mkdtemp(prefix="jalon-queues."), Tap(), random.Random(SEED)
    server = Server(folder)
    try:
        for arguments in (["import", "--quiet", os.path.join(HERE, "../../data/contract/clermont-ferrand-2022")], ["demo", "--quiet"]):
            done = server.run(*arguments)
            if done.returncode != 0:
                raise RuntimeError(done.stderr)
        server.start()
        answering(server)
        browsers = [signed_in(server) for _ in range(TELEPHONES)]
        session, account, people = widest_sheet(browsers[0])
        telephones = [Telephone(i, b, server, account, session, people[i::TELEPHONES]) for i, b in enumerate(browsers)]
        for t in telephones:
            t.start()
        for _ in range(KILLS):
            time.sleep(chance.uniform(0.001, 0.25))
            server.kill()
            server.start()
            answering(server)
        for t in telephones:
            t.ending = True
        for t in telephones:
            t.join(60)
        acknowledged = [a for t in telephones for a in t.acknowledged]
        print(f"# {KILLS} kills, {len(acknowledged)} acknowledged, {sum(t.resent for t in telephones)} sent more than once")
        tap.ok(not any(t.is_alive() or t.wrong for t in telephones), "every telephone was answered in the end", [t.wrong for t in telephones])
        tap.ok(len(acknowledged) > KILLS / 2, "there was work between the kills", len(acknowledged))
        found, said = marks_on(browsers[0], session), {p: m for t in telephones for p, m in t.said.items()}
        tap.ok(all(found.get(p, "") == m for p, m in said.items()), "the sheet says what was answered last", (found, said))
        server.stop()
        with sqlite3.connect(f"file:{server.database}?mode=ro", uri=True) as db:
            keys = [k for (k,) in db.execute("select sending_key from attendance_sendings")]
            versions = db.execute("select max(version) from attendances where session_id in (select session_id from attendance_sendings)").fetchone()[0]
            results = db.execute("select distinct result from attendance_sendings").fetchall()
        tap.ok(sorted(keys) == sorted(k for k, _, _ in acknowledged), "what was acknowledged is there once, and nothing else",
               (len(keys), len(set(keys)), len(acknowledged)))
        tap.ok(versions == len(keys) and results == [("saved",)], "each of them wrote the register once", (versions, len(keys), results))
        done = server.run("check", "--quiet")
        tap.ok(done.returncode == 0, "the database proves itself", done.stdout + done.stderr)
    finally:
        if server.process is not None and server.process.poll() is None:
            server.kill()
        shutil.rmtree(folder, ignore_errors=True)
    print(f"1..{tap.n}")
    sys.exit(tap.failed > 0)


main()
