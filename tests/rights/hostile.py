#!/usr/bin/env python3
"""hostile.py - records that hold markup and formulas, and browsers that lie: nothing of a record becomes code, and no trick with
addresses, cookies, forms or guessed words gets in.

    python3 hostile.py JALON ACCOUNTS_TOOL"""
import csv
import html
import html.parser
import io
import itertools
import re
import sqlite3
import sys
import urllib.parse
import zipfile

sys.dont_write_bytecode = True
import matrix
from matrix import Tap, house

# What spreadsheets take for a formula begins the text; then ways out of an attribute, of a text, of a template, of a script.
OPENERS = itertools.cycle(["=", "+", "-", "@", "", "=cmd|' /C calc'!A0 "])


def dressed(word):
    return f"{next(OPENERS)}{word}\"'><img src=x onerror={word}()><script>1</script>{{{{7*7}}}}javascript:x"


URLS = {"href", "src", "action", "formaction", "poster", "data", "cite", "background", "ping", "srcset"}
NEVER = {"img", "iframe", "object", "embed", "base", "applet", "frame", "video", "audio", "math", "style", "template"}


class Strict(html.parser.HTMLParser):
    """What of a page could be code, and is not the house's own."""

    def __init__(self, text):
        super().__init__()
        self.wrong = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag in NEVER or "zq" in tag:
            self.wrong.append(f"<{tag}>")
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.wrong.append(f"<{tag}> has an attribute twice")
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "srcdoc") or not re.fullmatch("[a-z][a-z-]*|[xy][12]", name):
                self.wrong.append(f"<{tag} {name}=>")
            if name in URLS and re.match(r"\s*[a-z][a-z0-9+.-]*:", value or "", re.I) and not re.match(r"(https?|mailto|tel):", value):
                self.wrong.append(f"<{tag} {name}={value[:40]}>")
        if tag == "script" and not (dict(attrs).get("src") or "").startswith("/static/"):
            self.wrong.append("<script> with its words inside")
        if tag == "meta" and "http-equiv" in names:
            self.wrong.append("<meta http-equiv>")

    def handle_comment(self, data):
        self.wrong.append("a comment")


def formula_cells(body):
    """Cells of a workbook that would be reckoned, links that leave it, and cells of text that are no text."""
    wrong = []
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        for name in archive.namelist():
            if not name.endswith((".xml", ".rels")):
                wrong.append(name)
                continue
            text = archive.read(name).decode("utf-8")
            if "worksheets/sheet" in name:
                wrong += [f"{name}: {f[:60]}" for f in re.findall(r"<f[ >].*?</f>", text) if "zq" in f]
                wrong += [f"{name}: a link" for _ in re.findall("<hyperlink ", text)]
            if 'TargetMode="External"' in text:
                wrong.append(f"{name}: leaves the workbook")
    return wrong


class Hostile(matrix.Matrix):
    def __init__(self, tap, jalon, tool):
        self.wrong, self.pages, self.files = [], 0, []
        super().__init__(tap, jalon, tool, "sqlite", dressed)

    def ask(self, who, target, *more, **named):
        answer = super().ask(who, target, *more, **named)
        self.look(who, target, answer)
        return answer

    def look(self, who, target, answer):
        place = f"{who.name} {target} ({answer.status})"
        if answer.is_html:
            self.pages += 1
            self.wrong += [f"{place}: {w}" for w in Strict(answer.text).wrong]
            if "49javascript" in answer.text:
                self.wrong.append(f"{place}: a template was evaluated")
        elif answer.status == 200 and not target.startswith("/static/"):
            self.files.append((place, answer))
            if answer.header("x-content-type-options") != "nosniff" or "attachment" not in answer.header("content-disposition"):
                self.wrong.append(f"{place}: a file that a browser may show as it likes")
        if answer.is_html and "script-src" not in answer.header("content-security-policy") + "script-src" * (
                "default-src 'none'" in answer.header("content-security-policy")):
            self.wrong.append(f"{place}: no policy for scripts")

    # -- what records hold --

    def records(self):
        for who in self.people:
            self.sign_in(who)
            self.crawl(who)
        samples = self.samples()
        for who in self.people:
            for targets in samples.values():
                for target in targets[:6]:
                    self.ask(who, target)
            for form in who.forms[:60]:
                if form.post and not form.action.startswith("/deconnexion"):  # a refused form shows what was typed
                    self.ask(who, form.action, "POST", [(n, v + "\"'><img src=x onerror=zq()>" if n != "jeton" else v) for n, v in form.values()])
            if who.browser.ask("/droits").status != 200:
                self.sign_in(who)
        self.tap.ok(self.pages > 500, f"{self.pages} pages were shown with markup in every text", str(self.pages))
        self.tap.same(self.wrong[:10], [], "nothing of a record becomes an element, an attribute, a script or an address")
        self.workbooks()

    def workbooks(self):
        wrong, books, sheets = [], 0, 0
        for place, answer in self.files:
            if answer.body[:2] == b"PK":
                books += 1
                wrong += [f"{place}: {w}" for w in formula_cells(answer.body)]
            elif answer.header("content-type").startswith("text/csv"):
                sheets += 1
                rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
                wrong += [f"{place}: a line of {len(row)} cells" for row in rows if len(row) != len(rows[0])][:1]
                wrong += [f"{place}: {cell[:30]}" for row in rows for cell in row
                          if re.match(r"[=+\-@\t\r]", cell) and not re.fullmatch(r"[+-]?[\d .,]+", cell)][:2]
        self.tap.ok(books > 0 and sheets > 0, f"{books} workbooks and {sheets} files of values were taken")
        self.tap.same(wrong[:10], [], "no cell of a file is a formula")

    # -- addresses --

    ELSEWHERE = ["https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "/%5cevil.example/..//x", "/\t/evil.example",
                 "javascript:alert(1)", "data:text/html,x", " //evil.example", "/\r\nX-Injected: zq", "/\n//evil.example", "///evil.example",
                 "http:evil.example", "evil.example", "/.//evil.example@x", "/\u2028x", "%2f%2fevil.example", "\0/evil"]

    @staticmethod
    def stays(location):
        return re.match(r"/(?![/\\])", location) is not None and not re.search(r"[\x00-\x20\x7f]", location)

    def redirections(self):
        who = self.people[0]
        wrong = []
        for place in self.ELSEWHERE:
            browser = house.Browser(self.house.host)
            token = self.token(who)
            answers = [who.browser.post("/langue", [("jeton", token), ("langue", "fr"), ("suite", place)]),
                       browser.post("/langue", [("langue", "fr"), ("suite", place)]),
                       browser.ask("/connexion?" + urllib.parse.urlencode({"suite": place}))]
            answers.append(browser.post("/connexion", [("email", who.email), ("mot_de_passe", house.PASSWORD), ("suite", place)]))
            for answer in answers:
                hidden = re.findall(r'name="suite" value="([^"]*)"', answer.text) if answer.is_html else []
                for to in [answer.header("location")] * (answer.status == 303) + [html.unescape(h) for h in hidden]:
                    if not self.stays(to):
                        wrong.append(f"{place!r} leads to {to!r}")
                if answer.header("x-injected"):
                    wrong.append(f"{place!r} writes a header")
            browser.close()
        self.tap.same(wrong, [], "nobody is sent elsewhere by the place to go back to")
        wrong = []
        for _, route, right in self.routes:
            for target in [route.replace("{ref}", "a%0d%0aX-Injected:%20zq").replace("{key}", "a%0d%0aX-Injected:%20zq"),
                           re.sub(r"\{\w+\}", "x", route) + "?contrat=%0d%0aX-Injected:%20zq&periode=%0aX-Injected:%20zq&q=%0d%0a%0d%0a&fait=%0d%0aX-Injected:%20zq"]:
                answer = who.browser.ask(target)
                if answer.header("x-injected") or answer.status >= 500:
                    wrong.append(f"{target}: {answer.status} {answer.header('x-injected')}")
        self.tap.same(wrong, [], "a line break in an address writes no header")
        wrong = []
        for n in (1000, 1900, 2100, 2800, 4000, 7500):
            for browser in (who.browser, house.Browser(self.house.host)):
                for target in ("/droits?q=", "/contrat?x=", "/rien?", "/connexion?suite=/"):
                    for letter in ("a", "%20", "%C3%A9", "%22"):
                        answer = browser.ask(target + letter * (n // len(letter)))
                        if answer.status >= 500:
                            wrong.append(f"{target}{letter} for {n} bytes: {answer.status}")
                answer = browser.post("/langue", [("langue", "fr"), ("suite", "/" + "a" * n), ("jeton", self.token(who))])
                if answer.status >= 500:
                    wrong.append(f"a place of {n} bytes: {answer.status}")
        self.tap.same(wrong, [], "addresses of any length are answered")

    # -- forms sent from elsewhere --

    def forgeries(self):
        who = next(w for w in self.people if w.name == "worker-a")
        self.sign_in(who)
        here = "http://" + self.house.host
        other_port = "http://127.0.0.1:1"
        wrong = []
        for headers in [{"Origin": "null"}, {"Origin": "https://evil.example"}, {"Origin": here + ".evil.example"}, {"Origin": other_port},
                        {"Origin": "http://evil.example@" + self.house.host}, {"Origin": here + "/"}, {"Sec-Fetch-Site": "cross-site"},
                        {"Sec-Fetch-Site": "same-site"}, {"Origin": None, "Sec-Fetch-Site": "cross-site"}, {"Origin": ""},
                        {"Content-Type": "text/plain"}, {"Content-Type": "application/json"}]:
            for language in ("fr", "en"):
                before = who.browser.cookies.get("langue")
                answer = who.browser.post("/langue", [("jeton", self.token(who)), ("langue", language), ("suite", "/")], headers)
                if headers == {"Origin": ""}:
                    continue  # an empty one says nothing: the token decides
                if answer.status != 400 or who.browser.cookies.get("langue") != before:
                    wrong.append(f"{headers}: {answer.status}")
            stranger = house.Browser(self.house.host)
            answer = stranger.post("/connexion", [("email", who.email), ("mot_de_passe", house.PASSWORD)], headers)
            if headers != {"Origin": ""} and (answer.status != 400 or stranger.cookies):
                wrong.append(f"a sign-in with {headers}: {answer.status}")
            stranger.close()
        self.tap.same(wrong, [], "a form that comes from elsewhere is refused, that of the sign-in too")
        for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
            answer = house.Browser(self.house.host).ask("/langue", method)
            if answer.status not in (400, 405, 501):
                wrong.append(f"{method}: {answer.status}")
        overridden = who.browser.ask("/deconnexion?_method=POST", headers={"X-HTTP-Method-Override": "POST"})
        self.tap.ok(overridden.status == 405 and who.browser.ask("/").status == 200 and not wrong, "another method does nothing", *wrong)
        fixed = self.token(who)
        self.tap.ok(fixed != self.token(who), "the token of a form is written anew on each page")

    @staticmethod
    def form_token(browser):
        return re.search(r'name="jeton" value="([^"]*)"', browser.ask("/droits").text)[1]

    # -- cookies --

    def signed_in(self, cookie):
        browser = house.Browser(self.house.host)
        answer = browser.ask("/", headers={"Cookie": cookie})
        browser.close()
        return answer.status == 200

    def cookies(self):
        who = next(w for w in self.people if w.name == "worker-b")
        browser = house.Browser(self.house.host)
        browser.cookies["jalon"] = "A" * 43
        browser.sign_in(who.email)
        token = browser.cookies["jalon"]
        self.tap.ok(token != "A" * 43 and self.signed_in("jalon=" + token) and not self.signed_in("jalon=" + "A" * 43),
                    "a sign-in has a token of its own, whatever the browser brought")
        again = house.Browser(self.house.host)
        again.cookies["jalon"] = token
        self.tap.ok(not again.sign_in(who.email), "who is inside signs in again by leaving first: another's form cannot change who they are")
        again.post("/connexion", [("email", who.email), ("mot_de_passe", house.PASSWORD), ("jeton", self.form_token(again))])
        self.tap.ok(again.cookies["jalon"] != token, "signing in again makes another token")
        got = [browser.ask("/", headers={"Cookie": c}).status for c in (
            f"jalon={token}; jalon=x", f"jalon=x; jalon={token}", f"jalon={token}x", f"jalon={token[:-1]}", f"JALON={token}", f"jalon=\"{token}\"",
            "jalon=", "jalon", ";;;=;", f"jalon={'x' * 4000}", f"x=jalon={token}", f"jalon%3D{token}", f"__Host-jalon={token}")]
        self.tap.ok(set(got) <= {200, 303, 400, 431} and got[2:5] == [303] * 3, "a cookie that comes twice, cut or longer is no sign-in and no fault", str(got))
        stranger = house.Browser(self.house.host)
        flags = [v for fields in ([("email", who.email), ("mot_de_passe", house.PASSWORD)],) for n, v in
                 stranger.post("/connexion", fields).headers + house.Browser(self.house.host).post("/langue", [("langue", "en"), ("suite", "/")]).headers
                 if n.lower() == "set-cookie"]
        self.tap.ok(len(flags) >= 2 and all("HttpOnly" in f and "SameSite=" in f for f in flags), "no script reads the cookie, no other site sends it", *flags)
        kept = browser.cookies["jalon"]
        page = house.Page("/", browser.ask("/").text)
        leave = next(f for f in page.forms if f.action == "/deconnexion")
        answer = browser.post("/deconnexion", leave.values())
        self.tap.ok(answer.status == 303 and "jalon" not in browser.cookies and not self.signed_in("jalon=" + kept), "whoever has signed out is out, with the old token too")
        self.tap.ok("storage" in answer.header("clear-site-data"), "and the browser forgets")
        kept = again.cookies["jalon"]
        db = sqlite3.connect(self.house.database.url)
        with db:
            db.execute("update logins set seen_ms = seen_ms - 2 * 3600 * 1000, made_ms = made_ms - 2 * 3600 * 1000")
        db.close()
        self.tap.ok(not self.signed_in("jalon=" + kept), "an hour without use ends a sign-in")
        self.tap.ok(again.ask("/").header("location").startswith("/connexion"), "and leads to the door")

    # -- guessing --

    def guesses(self):
        who = next(w for w in self.people if w.name == "worker-a")
        self.sign_in(who)
        seen = set()
        keyed = [r for m, r, right in self.routes if m == "GET" and re.fullmatch(r"/[^{]+\{key\}", r) and not self.refused(who, right)]
        for route in keyed:
            for n in range(150):
                key = house.key_short((1 << 57) + n * 7919 * (1 << 22))
                seen.add((route, self.plain(self.ask(who, route.replace("{key}", key)), [key])[0::2]))
        self.tap.ok(len(seen) == len(keyed), f"{150 * len(keyed)} guessed keys have one answer", *[str(s)[:200] for s in seen])
        browser = house.Browser(self.house.host)
        known, unknown = (browser.post("/connexion", [("email", e), ("mot_de_passe", "ce n'est pas le bon")]) for e in (who.email, "zq0personne@exemple.fr"))
        self.tap.same(self.plain(known, [who.email]), self.plain(unknown, ["zq0personne@exemple.fr"]), "an e-mail that is known and one that is not have one answer")
        sprayed, stopped = 0, 0
        for n in range(45):
            answer = browser.post("/connexion", [("email", f"compte{n}@exemple.fr"), ("mot_de_passe", "Printemps2026!")],
                                  {"X-Forwarded-For": f"10.0.0.{n}", "X-Real-IP": f"10.0.0.{n}", "Forwarded": f"for=10.0.0.{n}"})
            sprayed += 1
            stopped += "Trop" in answer.text
        self.tap.ok(stopped >= 10, "one password tried on many accounts is stopped", f"{stopped} of {sprayed} attempts waited")
        answer = browser.post("/connexion", [("email", who.email), ("mot_de_passe", house.PASSWORD)])
        self.tap.ok(answer.status != 303 and "Trop" in answer.text, "and the right password does not show itself meanwhile", str(answer.status))
        self.tap.ok(who.browser.ask("/").status == 200, "who is inside stays inside")

    # -- the examiner itself --

    def self_test(self):
        for bad in ["<p><img src=x>", '<a href="javascript:x">', '<p onclick="x">', "<p style='x'>", "<script>1</script>", "<zq1>", "<!-- x -->",
                    '<a href=" JaVaScript:x">', '<base href="/">', '<meta http-equiv="refresh">']:
            self.tap.ok(Strict(bad).wrong, f"planted: {bad}")
        self.tap.ok(not Strict('<a href="/x?a=b:c"><script src="/static/a.js"></script>').wrong, "planted: what is allowed")
        self.tap.ok(not self.stays("//x") and not self.stays("/\\x") and self.stays("/x"), "planted: places")

    def run(self):
        self.records()
        self.redirections()
        self.forgeries()
        self.cookies()
        self.guesses()
        self.self_test()
        told = self.house.told()
        self.tap.same(sorted(self.p.found_in(told)), [], "the server's log holds nothing of it")
        self.tap.same(self.house.close(), 0, "the server ends well")


def main():
    tap = Tap()
    hostile = Hostile(tap, sys.argv[1], sys.argv[2])
    try:
        hostile.run()
    finally:
        hostile.house.close()
    tap.done()


if __name__ == "__main__":
    main()
