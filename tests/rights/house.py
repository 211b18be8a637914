"""A city's house for the tests of rights: a database on either engine, accounts of every role, the server, and browsers that
keep their cookie, follow links and read forms."""
import collections
import functools
import html.parser
import http.client
import json
import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
import urllib.parse

PASSWORD = "grenouille-47-parapluie-violet"


class Database:
    """A fresh one on an engine, dropped at the end."""

    def __init__(self, engine, folder):
        self.engine, self.folder = engine, folder
        self.server = os.environ.get("JALON_TEST_POSTGRES")
        if engine == "sqlite":
            self.url = os.path.join(folder, "jalon.db")
        else:
            self.name = f"jalon_rights_{os.getpid()}"
            self.psql(self.server, f"create database {self.name}")
            self.url = re.sub(r"^(\w+://[^/?]*)(/[^?]*)?", rf"\1/{self.name}", self.server)

    @staticmethod
    def psql(url, statement):
        done = subprocess.run(["psql", "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", statement], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=120)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        return done.stdout

    def rows(self, table):
        if self.engine == "sqlite":
            with sqlite3.connect(f"file:{self.url}?mode=ro", uri=True) as db:
                db.row_factory = sqlite3.Row
                found = [dict(row) for row in db.execute(f"select * from {table}")]
            db.close()
            return found
        return [json.loads(line) for line in self.psql(self.url, f"select row_to_json(t) from {table} t").splitlines()]

    def count(self, statement):
        if self.engine != "sqlite":
            return int(self.psql(self.url, statement))
        with sqlite3.connect(f"file:{self.url}?mode=ro", uri=True) as db:
            n = db.execute(statement).fetchone()[0]
        db.close()
        return n

    def all_rows(self, tables):
        """{table: {canonical row}}, in one question."""
        if self.engine == "sqlite":
            with sqlite3.connect(f"file:{self.url}?mode=ro", uri=True) as db:
                found = {t: {repr(row) for row in db.execute(f"select * from {t}")} for t in tables}
            db.close()
            return found
        found = {t: set() for t in tables}
        for line in self.psql(self.url, " union all ".join(f"select '{t}:' || row_to_json({t})::text from {t}" for t in tables)).splitlines():
            table, row = line.split(":", 1)
            found[table].add(row)
        return found

    def close(self):
        if self.engine != "sqlite":
            self.psql(self.server, f"drop database {self.name} with (force)")


class House:
    """bundles: folders, each a city's; accounts: lines for the program `accounts`."""

    def __init__(self, jalon, accounts_tool, engine="sqlite"):
        self.jalon, self.tool = jalon, accounts_tool
        self.folder = tempfile.mkdtemp(prefix="jalon-rights.")
        self.env = {**os.environ, "JALON_KEY": os.path.join(self.folder, "key"), "LC_ALL": "C"}
        self.database = Database(engine, self.folder)
        self.process = None

    def run(self, *arguments, **more):
        done = subprocess.run([self.jalon, *arguments, "--database", self.database.url], env=self.env, capture_output=True, text=True, **more)
        if done.returncode != 0:
            raise RuntimeError(f"jalon {' '.join(arguments)}: {done.stderr[:2000]}")
        return done.stdout

    def fill(self, bundles, lines):
        for bundle in bundles:
            self.run("import", "--quiet", bundle)
        done = subprocess.run([self.tool, self.database.url], env=self.env, input="".join(line + "\n" for line in lines), text=True,
                              capture_output=True)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)

    def serve(self):
        self.log = open(os.path.join(self.folder, "log"), "w", encoding="utf-8")
        self.process = subprocess.Popen([self.jalon, "serve", "--listen", "127.0.0.1:0", "--workers", "2", "--database", self.database.url,
                                         "--data", self.folder], env=self.env, stdout=subprocess.PIPE, stderr=self.log, text=True)
        line = self.process.stdout.readline()
        if "http://" not in line:
            self.process.wait()
            raise RuntimeError("the server does not start: " + self.told())
        self.host = line.split("http://")[1].strip().rstrip("/")

    def told(self):
        with open(os.path.join(self.folder, "log"), encoding="utf-8") as file:
            return file.read()

    def close(self):
        """The server's exit status; a second time nothing happens."""
        code = 0
        if not os.path.isdir(self.folder):
            return code
        if self.process is not None:
            self.process.terminate()
            try:
                code = self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                code = "had to be killed"
            self.process.stdout.close()
            self.log.close()
        self.database.close()
        shutil.rmtree(self.folder, ignore_errors=True)
        return code


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def header(self, name):
        return next((v for n, v in self.headers if n.lower() == name), "")

    @property
    def text(self):
        return self.body.decode("utf-8", "replace")

    @property
    def is_html(self):
        return self.header("content-type").startswith("text/html")


class Browser:
    """One connection that is kept, one cookie jar."""

    def __init__(self, host, language="fr"):
        self.host, self.language = host, language
        self.cookies = {}
        self.connection = None

    def ask(self, target, method="GET", body=None, headers=None):
        sent = {"Accept-Language": self.language}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{n}={v}" for n, v in self.cookies.items())
        if method == "POST":
            sent["Content-Type"] = "application/x-www-form-urlencoded"
            sent["Origin"] = "http://" + self.host
        sent.update(headers or {})
        sent = {n: v for n, v in sent.items() if v is not None}
        for attempt in (1, 2):
            try:
                if self.connection is None:
                    self.connection = http.client.HTTPConnection(self.host, timeout=30)
                self.connection.putrequest(method, target, skip_accept_encoding=True)
                for name, value in sent.items():
                    self.connection.putheader(name, value)
                if body is not None:
                    self.connection.putheader("Content-Length", str(len(body)))
                self.connection.endheaders(body)
                got = self.connection.getresponse()
                answer = Answer(got.status, got.getheaders(), got.read())
                break
            except (http.client.HTTPException, ConnectionError):
                self.connection = None
                if attempt == 2:
                    raise
        for name, value in answer.headers:
            if name.lower() == "set-cookie":
                self.take_cookie(value)
        return answer

    def take_cookie(self, text):
        name, value = text.split(";")[0].split("=", 1)
        if value == "" or "max-age=0" in text.lower():
            self.cookies.pop(name, None)
        else:
            self.cookies[name] = value

    def post(self, target, fields, headers=None):
        return self.ask(target, "POST", urllib.parse.urlencode(fields).encode(), headers)

    def post_file(self, target, fields, name, filename, data):
        """A form with a file in it."""
        mark = "zq-mark-of-a-part"
        parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'.encode() for n, v in fields]
        parts.append(f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
                     f'Content-Type: text/csv\r\n\r\n'.encode() + data + b"\r\n")
        return self.ask(target, "POST", b"".join(parts) + f"--{mark}--\r\n".encode(), {"Content-Type": f"multipart/form-data; boundary={mark}"})

    def sign_in(self, email, password=PASSWORD):
        answer = self.post("/connexion", [("email", email), ("mot_de_passe", password)])
        return answer.status == 303 and "jalon" in self.cookies

    def close(self):
        if self.connection is not None:
            self.connection.close()


class Form:
    def __init__(self, page, attributes):
        self.page = page
        self.action = urllib.parse.urljoin(page, attributes.get("action") or page)
        self.post = attributes.get("method", "get").lower() == "post"
        if not self.post:
            self.action = self.action.partition("?")[0]  # its own fields take the place of the query
        self.multipart = attributes.get("enctype", "") == "multipart/form-data"
        self.fields = []   # (name, value, type)
        self.buttons = []  # (name, value)
        self.choices = collections.defaultdict(list)

    def values(self):
        """As a browser sends it when nothing is touched but the passwords, with its first named button."""
        sent = [(n, PASSWORD if t == "password" else v) for n, v, t in self.fields if t != "file"]
        return sent + self.buttons[:1]

    def chosen(self, all_of_them):
        """The same, with the first of the choices where none is made; all_of_them: in lists that may stay empty, too."""
        sent = self.values()
        if all_of_them:
            sent = [(n, v or next((o for o, _ in self.choices.get(n, []) if o), "")) for n, v in sent]
        return sent + [(n, options[0][0]) for n, options in self.choices.items() if n not in {name for name, _ in sent}]

    def names(self):
        return {n for n, _, _ in self.fields} | {n for n, _ in self.buttons}


class Page(html.parser.HTMLParser):
    """The links and forms of a page."""

    def __init__(self, place, text):
        super().__init__()
        self.place, self.links, self.forms = place, [], []
        self.form = self.select = self.area = None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        at = {n: v if v is not None else "" for n, v in attrs}
        if tag in ("a", "link") and at.get("href"):
            self.links.append(urllib.parse.urljoin(self.place, at["href"]))
        elif tag == "form":
            self.form = Form(self.place, at)
            self.forms.append(self.form)
        elif self.form is not None and tag in ("input", "button"):
            self.control(tag, at)
        elif self.form is not None and tag == "select":
            self.select = at.get("name")
        elif self.select and tag == "option":
            self.form.choices[self.select].append((at.get("value", ""), "selected" in at))
        elif self.form is not None and tag == "textarea":
            self.area = [at.get("name"), ""]

    def control(self, tag, at):
        name, kind = at.get("name"), at.get("type", "text" if tag == "input" else "submit")
        if not name:
            return
        if kind in ("submit", "image"):
            self.form.buttons.append((name, at.get("value", "")))
        elif kind in ("radio", "checkbox"):
            self.form.choices[name].append((at.get("value", "on"), "checked" in at))
            if "checked" in at:
                self.form.fields.append((name, at.get("value", "on"), kind))
        else:
            self.form.fields.append((name, at.get("value", ""), kind))

    def handle_data(self, data):
        if self.area is not None:
            self.area[1] += data

    def handle_endtag(self, tag):
        if tag == "select" and self.select:
            options = self.form.choices[self.select]
            chosen = [v for v, on in options if on] or [v for v, _ in options[:1]]
            self.form.fields += [(self.select, v, "select") for v in chosen]
            self.select = None
        elif tag == "textarea" and self.area:
            self.form.fields.append((self.area[0], self.area[1].removeprefix("\n"), "textarea"))
            self.area = None
        elif tag == "form":
            self.form = None


@functools.cache
def compiled(patterns):
    """Fixed words before parameters."""
    return [(p, re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(p)))) for p in sorted(patterns, key=lambda p: (p.count("{"), -len(p)))]


@functools.cache
def pattern_of(path, patterns):
    """Which route's path this is; patterns: a tuple."""
    return next((pattern for pattern, expression in compiled(patterns) if expression.fullmatch(path)), None)


DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"


def key_short(key):
    """As addresses show keys."""
    text = ""
    while key > 0:
        text, key = DIGITS[key & 31] + text, key >> 5
    return text or "0"
