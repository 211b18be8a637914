#!/usr/bin/env python3
"""matrix.py - every role on every address, with records of its own and of others: nobody finds, or changes, what is not theirs.

    python3 matrix.py JALON ACCOUNTS_TOOL [ENGINE...]

A database of two cities holds a value of its own in every field (planted.py). Everybody signs in, follows every link and opens
every form they are shown, then asks for what all the others were shown, and for what does not exist. Each answer is searched,
whole, for values that the role must not see: expected.csv says which, from what the project promises its users, and not from the
program's own table of rights. Then each form is sent as it should not be, and the database must stay as it was.

New pages are found by their links; a route that nobody's links lead to fails, unless it stands in UNLINKED. One line of TAP for
each role and route. The last lines plant leaks and see that they are found."""
import collections
import csv
import os
import random
import re
import sys
import time
import urllib.parse

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "web")]
import house  # noqa: E402
import planted  # noqa: E402
from web_case import Tap  # noqa: E402

ROLES = "coordinator finance manager worker partner state researcher beneficiary observer administrator".split()
# Reached by typing the address, by a redirection, or by a form alone; a task's page while it is under way.
# Of documents none is planted: who opens which is asked by tests/unit/test_documents.c.
UNLINKED = {"/travaux/{key}", "/documents/{key}", "/calendrier/{token}", "/connexion", "/connexion/code", "/reprise", "/style", "/deconnexion", "/langue", "/invitation"}
SECRET = "/personnes/{key}/agdref"  # opens a number that is closed, for a reason
NOTED = {  # written by the page itself: a day, a name, what follows from the button that was pressed
    ("contacts", "checked_on"),
    *(("enrolments", column) for column in ("state", "waiting_since", "requested_on", "planned_minutes", "referent")),
    *(("sessions", column) for column in ("state", "cancel_reason", "trainer", "series")),
}
MOST = 40     # addresses of one route that one person's links are followed to
ACROSS = 8   # addresses of one route that everybody else asks for
NOBODY = "nobody"


# ---- who ----

class Who:
    def __init__(self, name, role, city="one", operator=None, person=None, language="fr"):
        self.name, self.role, self.city, self.operator, self.person, self.language = name, role, city, operator, person, language
        self.email = f"{name}@exemple.fr"
        self.browser = None
        self.place = {}     # address -> Answer, as followed from the first page
        self.forms = []
        self.brought = ""   # what stood in their own files: they may see it again


def everybody():
    return [
        Who("coordinator", "coordinator"), Who("finance", "finance", language="en"), Who("manager-a", "manager", operator="a"),
        Who("worker-a", "worker", operator="a", language="en"), Who("manager-b", "manager", operator="b", language="en"),
        Who("worker-b", "worker", operator="b"), Who("worker-h", "worker", operator="h"), Who("partner", "partner", operator="p"), Who("state", "state"),
        Who("researcher", "researcher"), Who("person-a", "beneficiary", person="aya"),
        Who("person-b", "beneficiary", person="bob", language="en"), Who("observer", "observer"),
        Who("administrator", "administrator", language="en"), Who("coordinator-two", "coordinator", city="two"),
        Who("manager-two", "manager", city="two", operator="a"), Who("state-two", "state", city="two"),
    ]


def account_lines(p, people, orgs, refs):
    """Their accounts, with planted names, and contacts: lines for the tool."""
    for who in people:
        record = planted.Record("accounts", f"account of {who.name}", who.city, [who.operator] if who.operator else [], who.person)
        record.holder = who.name
        p.records.append(record)
        sensitivity = "IDENTIFYING" if who.person else "INTERNAL"  # the account of a person names them
        who.email = p.word(record, "email", sensitivity) + "@exemple.fr"
        line = ["accounts", refs[who.city], f"email={who.email}", f"name={p.dress(p.word(record, 'name', sensitivity))}", f"role={who.role}",
                f"language={who.language}", "state=active", f"password={house.PASSWORD}"]
        if who.operator:
            line.append(f"organisation={orgs[who.city][who.operator]}")
        if who.person:
            line.append(f"person={p.ref_of['people', who.city, who.person]}")
        yield "\t".join(line)
    for city, letters in orgs.items():
        for letter, ref in letters.items():
            record = planted.Record("contacts", f"contact of {letter}", city, [letter])
            p.records.append(record)
            cells = [f"{c}={p.value(record, c)}" for c in ("name", "function", "phone", "email")]
            yield "\t".join(["contacts", refs[city], f"organisation={ref}", *cells])


# ---- what a value is to somebody ----

HANDLES = {"people", "enrolments", "acts", "pairs", "trainees", "assessments", "followups", "statuses", "cohort_members", "attendances"}
ABOUT_PEOPLE = HANDLES | {"trainee_attendances"}
MONEY = {"expenses", "payments"}
EITHER_WAY = {("ref", "a"), ("can", "a")}  # refused, or cancelled: no promise says whether the file stays open


def own_person(p, who, city, person):
    """Whether the person is "with" the viewer; None: nobody says."""
    if who.role == "coordinator":
        return True
    if who.role == "beneficiary":
        return person == who.person
    if who.role == "researcher":
        return (city, person) in p.cohort
    if who.role in ("manager", "worker"):
        return None if (person, who.operator) in EITHER_WAY else who.operator in p.enrolled[city, person]
    return False


def distance(p, who, record):
    """own, shared (of one's own person, recorded by others), other; None: not decided."""
    if record.person is not None:
        own = own_person(p, who, record.city, record.person)
        if own is None:
            return None
        if not own:
            return "other"
        if who.role in ("manager", "worker") and record.table not in ("people", "statuses", "accounts") and who.operator not in record.operators:
            return "shared"
        return "own"
    if who.role in ("coordinator", "state", "finance", "observer", "researcher"):
        return "own"
    if who.role == "beneficiary":
        return "own" if record.table == "sessions" and any(
            o in p.enrolled.get((who.city, who.person), ()) for o in record.operators) else "other"
    return "own" if who.operator in record.operators else "other"


def class_of(p, who, fact):
    """The line of expected.csv that a value belongs to, for this viewer; None: not decided."""
    record = fact.record
    far = distance(p, who, record)
    if record.city != who.city:
        if fact.sensitivity == "PUBLIC":
            return "elsewhere public"
        if record.table == "meetings":
            return "elsewhere governance"
        return "elsewhere money" if record.table in MONEY else "elsewhere figures" if record.table == "aggregates" else "elsewhere any"
    if fact.sensitivity == "PUBLIC":
        return "public"
    if record.table == "accounts" and record.person is None:
        return "account " + ("own" if record.holder == who.name else
                             "colleague" if who.operator in record.operators or who.role == "coordinator" else "other")
    if record.table == "contacts":
        return "directory"
    if record.table == "contracts":
        return "bank"
    if record.table in ("mappings", "meetings"):
        return "machinery" if record.table == "mappings" else "governance"
    if far is None:
        return None
    if fact.sensitivity in ("HEALTH", "PERSONAL", "IDENTIFYING", "SENSITIVE"):
        return f"{fact.sensitivity.lower()} {far}"
    if record.table in HANDLES:
        return "handle " + far
    far = "own" if far == "own" else "other"
    return ("money " if record.table in MONEY else "figures " if record.table == "aggregates" else "working ") + far


def read_expected():
    with open(os.path.join(HERE, "expected.csv"), encoding="utf-8", newline="") as file:
        return {line["class"]: line for line in csv.DictReader(file)}


class Checker:
    """What is found in an answer that must not be there."""

    def __init__(self, p):
        self.p, self.expected = p, read_expected()
        self.seen = {}   # what an answer holds, by its hash: most of them are the same refusal

    def may(self, who, fact, reason_given):
        name = class_of(self.p, who, fact)
        if name is None:
            return True
        verdict = self.expected[name][who.role]
        return verdict == "yes" or (verdict == "reason" and reason_given)

    def leaks(self, who, sent, headers, body, reason_given=False):
        """sent: the request, whose own words may come back."""
        mark = hash((planted.ECHO.sub(b"", body), tuple((n, v) for n, v in headers if n not in ("Date", "Content-Length"))))
        if mark not in self.seen:
            text = planted.readable(headers, body)
            found = self.p.found_in(text)
            self.seen[mark] = (text if found else "", found)
        text, found = self.seen[mark]
        if sent.startswith("/personnes/") and (why := planted.HEALTH.search(text)):
            found = {**found, why[0]: self.p.health}  # elsewhere these are the words of indicators
        if not found:
            return []
        said = urllib.parse.unquote_plus(sent).lower()
        days = {d for d, _ in planted.dates_in(said)}
        typed = set(planted.WORD.findall(said)) | planted.numbers_in(said) | {w for d, w in planted.dates_in(text if days else "") if d in days} | {
            k for k in re.findall(r"[0-9a-z_]+", said)} | {
            k for k in re.findall(r"[0-9a-z]+", said)}
        if sent.startswith("/style "):
            found = {w: f for w, f in found.items() if planted.WORD.fullmatch(w)}  # its examples have dates too
        if sent.startswith("/agenda"):
            found = {w: f for w, f in found.items() if not any(planted.dates_in(w))}  # a calendar has every day
        out = []
        for written, facts in sorted(found.items()):
            if written in typed or any(who is not None and self.may(who, f, reason_given) for f in facts):
                continue
            out.append(f"{written}: {facts[0]}")
        return out


# ---- the test of one engine ----

class Matrix:
    def __init__(self, tap, jalon, tool, engine, dress=lambda word: word):
        self.tap, self.engine = tap, engine
        self.p, self.orgs, self.refs = planted.two_cities(dress)
        self.people = everybody()
        self.house = house.House(jalon, tool, engine)
        self.faults = collections.defaultdict(list)   # (who, route) -> what is wrong
        self.tried = collections.Counter()
        self.requests = 0
        self.searched = collections.Counter()
        self.whole = collections.defaultdict(collections.Counter)  # how forms that were sent whole were answered
        try:
            self.read_truth()
            self.fill()
            self.checker = Checker(self.p)
            self.house.serve()
        except Exception:
            self.house.close()
            raise

    def read_truth(self):
        def table(*command):
            return list(csv.DictReader(self.house.run(*command, "--format", "csv").splitlines()))
        self.routes = [(r["method"], r["path"], r["right"]) for r in table("routes")]
        self.reach = {(r["role"], r["right"]): r["reach"] for r in table("rights")}
        self.patterns = tuple(sorted({path for _, path, _ in self.routes}))

    def fill(self):
        bundles = []
        for city in ("one", "two"):
            bundles.append(os.path.join(self.house.folder, city))
            self.p.write(city, bundles[-1])
        self.p.ref_of = {(r.table, r.city, r.label): r.ref for r in self.p.records}
        territories = {city: self.p.ref_of["territories", city, city] for city in ("one", "two")}
        self.house.fill(bundles, account_lines(self.p, self.people, self.orgs, territories))
        self.learn_keys()

    def learn_keys(self):
        """Keys of records, as addresses show them: of people they are as telling as names."""
        by_ref = {(r.table, r.ref): r for r in self.p.records if r.ref}
        by_word = {w: facts[0].record for w, facts in self.p.words.items() if facts[0].column in ("email", "name")}
        self.keys = collections.defaultdict(dict)  # what may stand in an address -> {city: record}; two cities may have the same key
        self.key_of = {}
        for table in sorted({t for t, _ in by_ref} | {"accounts", "contacts"}):
            for row in self.house.database.rows(table):
                word = planted.WORD.search(row.get("email") or row.get("name") or "") if table in ("accounts", "contacts") else None
                record = by_word.get(word[0]) if word else by_ref.get((table, row.get("ref")))
                if record is None:
                    continue
                key = house.key_short(row["id"])
                self.keys[key][record.city] = record
                self.key_of[record] = key
                if table in HANDLES:
                    self.p.words_of_keys.setdefault(key, []).append(planted.Fact(record, "key", "INTERNAL"))
        for (_, ref), record in by_ref.items():
            self.keys[ref][record.city] = record

    def record_at(self, who, value):
        """The record that a part of an address names to this viewer; None: none."""
        records = self.keys.get(value, {})
        return records.get(who.city) or next(iter(records.values()), None)

    # -- asking --

    def fault(self, who, route, text):
        self.faults[who.name, route].append(text)

    def ask(self, who, target, method="GET", fields=None, headers=None, route=None, reason=False):
        path = target.split("?")[0]
        route = route or house.pattern_of(path, self.patterns) or "(no route)"
        body = None if fields is None else urllib.parse.urlencode(fields).encode()
        answer = who.browser.ask(target, method, body, headers)
        self.requests += 1
        self.tried[who.name, f"{method} {route}"] += 1
        sent = target + " " + ("" if body is None else body.decode()) + who.brought
        for leak in self.checker.leaks(who if who.role != NOBODY else None, sent, answer.headers, answer.body, reason):
            self.fault(who, f"{method} {route}", f"{method} {target} ({answer.status}) shows {leak}")
        if answer.status >= 500:
            self.fault(who, f"{method} {route}", f"{method} {target} fails: {answer.status}")
        title = re.search("<title>([^<]*)", answer.text) if answer.is_html else None
        if title and any(f[0].column in planted.NAMES for f in self.p.found_in(title[1]).values()):
            self.fault(who, f"{method} {route}", f"{target}: its title names a person")
        return answer

    def sign_in(self, who):
        who.browser = house.Browser(self.house.host, who.language)
        return who.role == NOBODY or who.browser.sign_in(who.email)

    # -- following links --

    @staticmethod
    def local(link):
        parts = urllib.parse.urlsplit(link)
        return None if parts.scheme or parts.netloc else parts._replace(fragment="").geturl()

    def crawl(self, who):
        """Every link from the first page on, as many of one route as MOST; what is not 200 is a dead end."""
        seen, todo, counts = {"/"}, collections.deque([("/", "")]), collections.Counter()
        while todo:
            target, source = todo.popleft()
            answer = self.ask(who, target)
            place = target
            for _ in range(3):
                if answer.status != 303:
                    break
                place = answer.header("location")
                answer = self.ask(who, place)
            who.place[target] = answer
            route = house.pattern_of(target.split("?")[0], self.patterns)
            if answer.status != 200:
                self.fault(who, f"GET {route or '(no route)'}", f"{target} is shown on {source or 'the first page'}: {answer.status}")
            if not answer.is_html:
                continue
            page = house.Page(place, answer.text)
            links = [self.local(link) for link in page.links]
            for form in page.forms:
                form.page = place
                who.forms.append(form)
                if not form.post:
                    links.append(form.action + "?" + urllib.parse.urlencode(form.values()))
            for link in links:
                if link is None or link in seen or not link.startswith("/"):
                    continue
                seen.add(link)
                kind = (house.pattern_of(link.split("?")[0], self.patterns), frozenset(n for n, _ in urllib.parse.parse_qsl(link.partition("?")[2])))
                counts[kind] += 1
                if counts[kind] <= MOST:
                    todo.append((link, target))

    # -- bringing a spreadsheet --

    def spreadsheet(self, who, name, born, ref):
        """A list of two people, one of them perhaps known: step by step to the end. What the pages said, without their keys."""
        who.brought += f" {name} {born} {ref}"
        data = f"Référence;Nom;Prénom;Date de naissance;Sexe\r\n{ref};{name};Changée;{born};F\r\n{ref}z;Nouvelle;Venue;12/03/1988;F\r\n;;sans nom;32/13/2020;\r\n"
        answer = who.browser.post_file("/import", [("jeton", self.token(who))], "fichier", "liste.csv", data.encode())
        place, said = answer.header("location"), []
        for _ in range(40):
            if not place.startswith("/import/"):
                break
            answer = self.ask(who, place)
            if answer.status == 303:
                place = answer.header("location")
                continue
            forms = [f for f in house.Page(place, answer.text).forms if f.post and f.action.startswith("/import/") and not f.action.endswith("/abandon")]
            if not forms and "/resultat" in place:
                break
            if not forms:
                time.sleep(0.2)  # it is being worked on
                continue
            said.append(self.said(answer, [name, born, ref, place.split("/")[2]]))
            answer = self.ask(who, forms[0].action, "POST", forms[0].chosen(False))
            if answer.status == 422:
                answer = self.ask(who, forms[0].action, "POST", forms[0].chosen(True))
            place = answer.header("location") or place
            if answer.status != 303:
                said.append(self.said(answer, [name, born, ref]))
                break
        said.append(self.said(answer, [name, born, ref, place.split("/")[2] if place.count("/") > 1 else ""]))
        return place, said

    @staticmethod
    def said(answer, values):
        text = re.sub(r"<[^>]+>", " ", answer.text)
        for value in filter(None, values):
            text = text.replace(value, "VALUE")
        text = re.sub("(lun|mar|mercre|jeu|vendre|same)di|dimanche", "DAY", text)
        text = re.sub(r"\d+[:h \u00a0\u202f]+\d\d", "TIME", planted.DATE.sub("DATE", text))
        text = re.sub(r"\b(?:[A-Z]?[a-z]+day|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) DATE", "DATE", text)
        return answer.status, " ".join(text.split())

    def spreadsheets(self):
        """An operator's own list tells nothing of people who are with others, and changes nothing of them."""
        who = next(w for w in self.people if w.name == "manager-a")
        if "/import/{key}" not in self.patterns:
            return
        values = {(f[0].record.label, f[0].column): w for source in (self.p.words, self.p.dates) for w, f in source.items()}
        before = {r["ref"]: r for r in self.house.database.rows("people")}
        outcomes = []
        self.spreadsheet(who, planted.name_of("first"), "03/05/1921", "zq888888ref")  # from now on the columns are remembered
        for name, born, ref in [(values["bob", "family_name"], values["bob", "birth_date"].strftime("%d/%m/%Y"), self.p.ref_of["people", "one", "bob"]),
                                (planted.name_of("nobody"), "05/04/1919", "zq999999ref")]:
            place, said = self.spreadsheet(who, name, born, ref)
            outcomes.append(said)
            self.tap.ok(place.endswith("/resultat"), f"{who.name} brings a spreadsheet to its end ({self.engine})", place, *[str(s)[-600:] for s in said[-2:]])
        differ = [(w, v) for one, other in zip(*outcomes) for w, v in zip(one[1].split("  "), other[1].split("  ")) if one != other]
        near = [next(i for i in range(min(len(w), len(v)) + 1) if w[:i + 1] != v[:i + 1]) for w, v in differ]
        self.tap.ok(outcomes[0] == outcomes[1], f"a list with somebody of others is answered like one with nobody ({self.engine})",
                    *[f"{w[max(0, i - 80):i + 120]} / {v[max(0, i - 80):i + 120]}" for (w, v), i in zip(differ, near)])
        after = {r["ref"]: r for r in self.house.database.rows("people")}
        changed = [ref for ref in before if before[ref] != after.get(ref)]
        self.tap.same(changed, [], f"and changes nothing of theirs ({self.engine})")

    # -- asking for what others were shown --

    def samples(self):
        """{route: [addresses]} shown to anybody; of each shape of address a few, from everybody."""
        shapes = collections.defaultdict(lambda: collections.defaultdict(list))
        for who in self.people:
            for target in who.place:
                path, _, query = target.partition("?")
                route = house.pattern_of(path, self.patterns)
                if route is not None:
                    shapes[route][frozenset(n for n, _ in urllib.parse.parse_qsl(query))].append(target)
        dice = random.Random(1)
        chosen = {}
        for route, kinds in shapes.items():
            chosen[route] = []
            for kind in sorted(kinds, key=sorted):
                targets = sorted(set(kinds[kind]))
                dice.shuffle(targets)
                chosen[route] += targets[:max(3, ACROSS // len(kinds))]
        return chosen

    def parts_of(self, route, path):
        pattern = re.sub(r"\\\{\w+\\\}", "([^/]+)", re.escape(route))
        return re.fullmatch(pattern, path).groups()

    def with_parts(self, route, parts):
        parts = iter(parts)
        return re.sub(r"\{\w+\}", lambda m: urllib.parse.quote(next(parts), safe="%"), route)

    def plain(self, answer, values):
        """An answer without what must differ: tokens, the moment, and the value that was asked for."""
        text = answer.text
        for value in sorted(values, key=len, reverse=True):
            text = text.replace(value, "VALUE").replace(urllib.parse.quote(value), "VALUE")
        text = re.sub(r'name="jeton" value="[^"]*"', "", text)
        headers = sorted((n.lower(), v) for n, v in answer.headers if n.lower() not in ("date", "content-length", "set-cookie"))
        for value in values:
            headers = [(n, v.replace(value, "VALUE")) for n, v in headers]
        return answer.status, headers, text

    def refused(self, who, right):
        return right != "OPEN" and self.reach[who.role, right] == "no"

    def expect(self, who, method, route, right, target, answer):
        """The status that the right alone decides."""
        name = f"{method} {route}"
        if who.role == NOBODY:
            if right != "OPEN" and answer.status != 303:
                self.fault(who, name, f"{target}: {answer.status} to somebody who has not signed in")
        elif self.refused(who, right):
            if answer.status != 403:
                self.fault(who, name, f"{target}: {answer.status} where the right {right} is missing")
            elif "/droits" not in answer.text:
                self.fault(who, name, f"{target}: the refusal does not say who can see what")
        elif answer.status not in (200, 303, 400, 403, 404, 422):
            self.fault(who, name, f"{target}: {answer.status}")

    def reads(self, who, samples):
        for method, route, right in self.routes:
            if method != "GET":
                continue
            targets = samples.get(route, [] if "{" in route else [route])
            for target in dict.fromkeys(targets + ([] if "{" in route else [route])):
                self.expect(who, method, route, right, target, self.ask(who, target))
            if "{" in route and who.role != NOBODY and not self.refused(who, right):
                self.unknown(who, route, right, targets)

    def unknown(self, who, route, right, targets):
        """What is not theirs answers like what does not exist, byte for byte; so does what is no key at all."""
        mine = [self.parts_of(route, t.split("?")[0]) for t in who.place if house.pattern_of(t.split("?")[0], self.patterns) == route]
        known = dict.fromkeys([self.parts_of(route, t.split("?")[0]) for t in targets] + mine)
        if not known:
            return
        for parts in list(known)[:2 * ACROSS]:
            keyed = parts[0] in self.p.words_of_keys or re.fullmatch(r"[0-9a-z]{9,13}", parts[0]) is not None
            nothing = ("7zzzzzzzzzz" if keyed else "zq0nothing",) + parts[1:]
            absent = self.ask(who, self.with_parts(route, nothing))
            if absent.status != 404:
                self.fault(who, f"GET {route}", f"{self.with_parts(route, nothing)}: {absent.status}, and there is no such record")
            record = self.record_at(who, parts[0])
            # a key of what is no record (a task under way) is its owner's, to whom it is shown
            if self.foreign(who, record) if record is not None else keyed and parts not in mine:
                got = self.ask(who, self.with_parts(route, parts))
                if self.plain(got, parts) != self.plain(absent, nothing):
                    self.fault(who, f"GET {route}", f"{self.with_parts(route, parts)} ({record.label if record else 'shown to others'}: not theirs) answers {got.status}, "
                               "unlike what does not exist")
        others = [k for k, records in self.keys.items() if who.city in records][:400:80]
        bad = ["%00", "..%2f..", "%ff", "a" * 300, "0", "-1", "9223372036854775807", "é", "'\"<>", "%0d%0aX-Leak: zq"] + others
        for value in bad:
            parts = (value,) + tuple(next(iter(known))[1:])
            if parts in known:
                continue
            answer = self.ask(who, self.with_parts(route, parts))
            if answer.status not in (400, 403, 404) and value not in self.keys:
                self.fault(who, f"GET {route}", f"{self.with_parts(route, parts)}: {answer.status}")

    def foreign(self, who, record):
        """Whether the record must not be known to exist."""
        if record.table == "accounts" and who.role == "administrator" and record.city == who.city:
            return False  # they end as others do; their names are not shown
        if record.city != who.city:
            return who.role != "observer" or record.person is not None
        return record.person is not None and distance(self.p, who, record) == "other"

    NONSENSE = ["", "'\"><zq>", "\0", "9" * 40, "-1", "\U0001f600", "a;b=c&d", "%", "zq0nothing"]

    def nonsense(self, who, samples):
        """Each value of a query replaced by what means nothing: an answer in words, whatever it is."""
        for targets in samples.values():
            shapes = {}
            for target in targets:
                path, _, query = target.partition("?")
                pairs = urllib.parse.parse_qsl(query, keep_blank_values=True)
                shapes.setdefault(frozenset(n for n, _ in pairs), (path, pairs))
            for path, pairs in shapes.values():
                for i, (name, _) in enumerate(pairs):
                    for value in self.NONSENSE:
                        self.ask(who, path + "?" + urllib.parse.urlencode(pairs[:i] + [(name, value)] + pairs[i + 1:]))
                if pairs:
                    self.ask(who, path + "?" + urllib.parse.urlencode(pairs + pairs))

    # -- searching --

    def searches(self, who):
        """In every search box: words of records that are not theirs find what words find that are nowhere."""
        done = set()
        for form in who.forms:
            boxes = [n for n, v, t in form.fields if t == "search" or (t == "text" and not form.post)]
            if not boxes or (form.action, tuple(boxes)) in done:
                continue
            done.add((form.action, tuple(boxes)))
            route = house.pattern_of(form.action.split("?")[0], self.patterns) or "(no route)"
            for box in boxes:
                for word, fact in self.foreign_words(who):
                    self.searched[who.name] += 1
                    empty = (planted.name_of(word) if fact.column in planted.NAMES else word[:-4] + "0000" if word.isdigit() else
                             re.sub(r"\d+", lambda m: "9" * len(m[0]), word))
                    answers = []
                    for typed in (word, empty):
                        values = [(n, typed if n == box else v) for n, v in form.values()]
                        answers.append(self.plain(self.ask(who, form.action, "POST", values) if form.post else
                                                  self.ask(who, form.action + "?" + urllib.parse.urlencode(values)), [typed]))
                    if answers[0] != answers[1]:
                        self.fault(who, f"{'POST' if form.post else 'GET'} {route}", f"searching {word} in {box} tells that there is {fact}")

    def finds_own(self, who):
        """The other way round, so that a search which finds nothing at all does not pass: a person who is theirs is found."""
        name, fact = next((w, f[0]) for w, f in self.p.words.items() if f[0].column == "family_name" and f[0].record.table == "people"
                          and f[0].record.city == who.city and own_person(self.p, who, who.city, f[0].record.person))
        for form in who.forms:
            box = next((n for n, v, t in form.fields if t == "search"), None)
            if box is not None and form.action.split("?")[0] == "/personnes":
                values = [(n, name if n == box else v) for n, v in form.values()]
                answer = self.ask(who, form.action, "POST", values) if form.post else self.ask(who, form.action + "?" + urllib.parse.urlencode(values))
                return self.key_of[fact.record] in answer.text
        return False

    def foreign_words(self, who):
        """A few values of every column of people who are not theirs."""
        dice, chosen = random.Random(who.name), {}
        every = [(w, f[0]) for source in (self.p.words, self.p.numbers) for w, f in source.items() if len(f) == 1]
        dice.shuffle(every)
        for word, fact in every:
            if fact.record.table == "people" and self.foreign(who, fact.record):
                chosen.setdefault((fact.column, fact.record.city), (word, fact))
        return list(chosen.values())

    # -- forms --

    def rows(self):
        skipped = {"journal", "changes", "versions", "logins", "attempts", "drafts", "facts"}
        if not hasattr(self, "stored"):
            self.stored = [t for t in planted.FIELDS if t not in skipped and self.exists(t)] + ["passwords", "invitations", "second_factors"]
        return self.house.database.all_rows(self.stored)

    def exists(self, table):
        try:
            self.house.database.rows(table)
        except Exception:  # the attendances stand in rolls
            return False
        return True

    def unchanged(self, who, route, before, what):
        after = self.rows()
        for table in before:
            if before[table] != after[table]:
                self.fault(who, route, f"{what} changed {table}: {sorted(after[table] ^ before[table])[:2]}")
        return after

    def posts_shown(self):
        """{route: {who: [forms]}} of all forms that somebody was shown."""
        shown = collections.defaultdict(lambda: collections.defaultdict(list))
        for who in self.people:
            seen = set()
            for form in who.forms:
                route = house.pattern_of(form.action.split("?")[0], self.patterns)
                kind = (form.action, tuple(sorted(form.names())), tuple(form.buttons))
                if form.post and route is not None and kind not in seen:
                    seen.add(kind)
                    shown[route][who.name].append(form)
        return shown

    def token(self, who):
        m = re.search(r'name="jeton" value="([^"]*)"', who.browser.ask("/droits").text)
        return m[1] if m else ""

    def refused_posts(self, who, shown):
        """Nothing is written without the token of this very sign-in, by whom the right is missing, in what is not theirs."""
        before = self.rows()
        other = self.people[0] if who is not self.people[0] else self.people[1]
        foreign_token, own_token = self.token(other), self.token(who)
        for method, route, right in self.routes:
            if method != "POST" or route == "/connexion":
                continue
            forms = [f for name in shown[route] for f in shown[route][name][:1]][:4] if shown[route] else []
            mine = [f for f in shown[route].get(who.name, [])][:2]
            wrong = [("without a token", None), ("with another's token", foreign_token), ("with an old token", own_token[:-4] + "AAAA")]
            for form in mine or forms[:1]:
                plain = [(n, v) for n, v in form.values() if n != "jeton"]
                for what, token in wrong:
                    answer = self.ask(who, form.action, "POST", plain + ([] if token is None else [("jeton", token)]), route=route)
                    if who.role == NOBODY or self.refused(who, right):
                        continue
                    if answer.status not in (400, 403, 404):
                        self.fault(who, f"POST {route}", f"{form.action} {what}: {answer.status}")
            if who.role == NOBODY or route == "/deconnexion":
                continue
            for form in forms:
                plain = [(n, v) for n, v in form.values() if n != "jeton"] + [("jeton", own_token)]
                if self.refused(who, right):
                    answer = self.ask(who, form.action, "POST", plain, route=route)
                    self.expect(who, "POST", route, right, form.action, answer)
                elif "{" in route and (record := self.record_at(who, self.parts_of(route, form.action.split("?")[0])[0])) is not None:
                    if self.foreign(who, record) and self.ask(who, form.action, "POST", plain, route=route).status != 404:
                        self.fault(who, f"POST {route}", f"{form.action} ({record.label}: not theirs) is answered")
            before = self.unchanged(who, f"POST {route}", before, f"a form of {route} that is not theirs to send")

    EVIL = "zqevil"

    def stuffed(self, who, form, own_token):
        """The form as it stands, with every field of every record beside it that it does not have."""
        names = form.names()
        more = []
        for table in planted.FIELDS.values():
            for column, (kind, _, field) in table.items():
                for name in {column, field, field + "_id"}:
                    if name not in names and not any(n.startswith((name + "_", name + "-")) for n in names):
                        more.append((name, self.evil_value(kind, field, who)))
        more += [(n, "2") for n in ("territory_id", "territory", "keeper", "id", "account", "login") if n not in names]
        return [(n, v) for n, v in form.chosen(False) if n != "jeton"] + [("jeton", own_token)] + sorted(set(more))

    @staticmethod
    def filled(pairs):
        """With something in what was left empty."""
        like = {"email": "nouveau@exemple.fr", "phone": "01 02 03 04 05", "day": "5", "jour": "5", "month": "4", "mois": "4", "year": "2024",
                "annee": "2024", "languages": "", "commune": "", "nationality": "", "on": "5", "since": "5"}
        return [(n, v or next((like[w] for w in reversed(re.split("[_-]", n)) if w in like), "Nouveau") if n != "jeton" else v) for n, v in pairs]

    def evil_value(self, kind, field, who):
        if kind in ("TEXT", "CODE", "REF"):
            return self.EVIL
        if kind == "DATE" or kind == "PARTIAL":
            return "1999-09-09"
        if kind == "LINK":
            target = {"person": ("people", "one", "hal"), "organisation": ("organisations", "one", "organisation h")}.get(field)
            return self.key_of.get(next((r for r in self.p.records if (r.table, r.city, r.label) == target), None), "1")
        return {"role": "administrator", "state": "ended"}.get(field, "999")

    def mass_assignment(self, who, shown):
        """Sent whole and with more than it asks for, a form writes no more than it asks for."""
        own_token = self.token(who)
        for route in sorted(shown, key=lambda r: ("voir-comme" in r, r)):  # whoever looks as another writes nothing more
            for form in shown[route].get(who.name, [])[:2]:
                visible = [n for n, v, t in form.fields if t != "hidden"] + list(form.choices)
                if route in UNLINKED or form.multipart or not visible:
                    continue
                before = self.rows()
                stuffed = self.stuffed(who, form, own_token)
                answer = self.ask(who, form.action, "POST", stuffed, route=route, reason=route == SECRET)
                if answer.status == 422:
                    answer = self.ask(who, form.action, "POST", self.filled(stuffed), route=route, reason=route == SECRET)
                after = self.rows()
                self.whole[route][answer.status] += 1
                if answer.status not in (200, 303, 400, 403, 404, 409, 422):
                    self.fault(who, f"POST {route}", f"{form.action} with more fields: {answer.status}")
                fresh = {t: after[t] - before[t] for t in after}
                for table, rows in fresh.items():
                    for row in rows:
                        if self.EVIL in row or "1999-09-09" in row:
                            self.fault(who, f"POST {route}", f"{form.action} wrote a field that it does not ask for: {table} {row}")
                self.extra_columns(who, route, form, before, after)
                if who.browser.ask("/droits").status != 200:
                    self.sign_in(who)
                    own_token = self.token(who)

    def extra_columns(self, who, route, form, before, after):
        """A record that was changed is changed in the fields of the form alone."""
        if self.house.database.engine != "sqlite":
            return  # the same code; rows are compared there as a whole
        names = form.names()
        for table in after:
            if table not in planted.FIELDS or "attendances" in table:
                continue
            old = {(row["territory_id"], row["id"]): row for row in self.as_dicts(table, before[table])}
            for row in self.as_dicts(table, after[table] - before[table]):
                key = row["territory_id"], row["id"]
                for column, value in row.items():
                    asked = {column, column.removesuffix("_id"), column.removesuffix("_date")}
                    if key in old and old[key][column] != value and (table, column) not in NOTED and column != "version" and not any(
                            n in asked or n.split("_")[0] in asked or n.rsplit("_", 1)[0] in asked or n.rsplit("-", 1)[0] in asked for n in names):
                        self.fault(who, f"POST {route}", f"{form.action} changed {table}.{column}, which it does not ask for")

    def as_dicts(self, table, rows):
        import ast
        if not hasattr(self, "columns"):
            self.columns = {}
        if table not in self.columns:
            first = self.house.database.rows(table)
            self.columns[table] = list(first[0]) if first else []
        return [dict(zip(self.columns[table], ast.literal_eval(row))) for row in rows if self.columns[table]]

    # -- what is closed until a reason is given --

    def secrets(self, shown):
        number = {f[0].record.label: w for w, f in self.p.numbers.items() if f[0].column == "agdref" and f[0].record.city == "one"}
        for who in self.people:
            forms = [f for f in shown[SECRET].get(who.name, []) if who.city == "one"]
            records = [(f, self.record_at(who, self.parts_of(SECRET, f.action.split("?")[0])[0])) for f in forms]
            for form, record in [(f, r) for f, r in records if r is not None][:1]:  # not somebody whom a spreadsheet brought
                bare = [(n, v) for n, v in form.values() if n not in form.choices and n != "jeton"] + [("jeton", self.token(who))]
                reads = "select count(*) as n from journal where action = 'read' and fields like '%agdref%'"
                noted = [self.house.database.count(reads)]
                without = self.ask(who, form.action, "POST", bare, route=SECRET)
                noted.append(self.house.database.count(reads))
                given = self.ask(who, form.action, "POST", [(n, v) for n, v in form.chosen(False) if n != "jeton"] + bare[-1:], route=SECRET, reason=True)
                noted.append(self.house.database.count(reads))
                opened = number[record.label] in planted.numbers_in(given.text)
                self.tap.ok(without.status == 422 and opened and noted[0] == noted[1] < noted[2],
                            f"{who.name} opens a closed number with a reason, which is noted ({self.engine})", f"{without.status}, {given.status}, {opened}, {noted}")

    # -- seeing the pages as another --

    def looking(self, samples, shown):
        """Whoever looks as another role sees what both may see, and writes nothing."""
        if "/droits/voir-comme" not in self.patterns:
            return
        by_name = {w.name: w for w in self.people}
        for looker, other in [(by_name["coordinator"], by_name[n]) for n in ("finance", "worker-a", "state", "researcher", "observer")] + [
                (by_name["administrator"], by_name[n]) for n in ("coordinator", "researcher", "observer")]:
            self.sign_in(looker)
            organisation = self.key_of[next(r for r in self.p.records if (r.table, r.city, r.label) == ("organisations", "one", f"organisation {other.operator}"))] \
                if other.operator else ""
            self.ask(looker, "/droits/voir-comme", "POST", [("jeton", self.token(looker)), ("role", other.role), ("organisme", organisation)])
            before, token, wrong = self.rows(), self.token(looker), []
            for method, route, right in self.routes:
                for target in samples.get(route, [])[:2] if method == "GET" else []:
                    answer = self.ask(looker, target)
                    wrong += [f"{target}: {leak}" for leak in self.checker.leaks(other, target + " " + looker.email, answer.headers, answer.body)
                              if "accounts." not in leak]
                    if self.reach[other.role, right if right != "OPEN" else "HOME"] == "no" and answer.status != 403:
                        wrong.append(f"{target}: {answer.status}")
                if method == "POST" and route not in UNLINKED and "voir-comme" not in route:
                    for form in shown[route].get(looker.name, [])[:1]:
                        self.ask(looker, form.action, "POST", self.filled([(n, v) for n, v in form.values() if n != "jeton"]) + [("jeton", token)], route=route)
            after = self.rows()
            wrong += [f"{t} was written" for t in after if after[t] != before[t]]
            self.sign_in(looker)
            self.tap.ok(not wrong, f"{looker.name} looks as {other.name} ({self.engine})", *wrong[:8])

    # -- all of it --

    def run(self):
        started = time.monotonic()
        for who in self.people:
            if not self.sign_in(who):
                self.tap.ok(False, f"{who.name} signs in ({self.engine})")
        nobody = Who(NOBODY, NOBODY)
        self.sign_in(nobody)
        self.spreadsheets()
        for who in self.people:
            self.crawl(who)
        samples = self.samples()
        for who in self.people + [nobody]:
            self.reads(who, samples)
        for who in self.people:
            self.searches(who)
            if who.name in ("coordinator", "worker-a", "state"):
                self.nonsense(who, samples)
        shown = self.posts_shown()
        for who in self.people:
            if who.role in ("coordinator", "manager", "worker") and "/personnes" in self.patterns:
                self.tap.ok(self.finds_own(who), f"{who.name} finds their own people ({self.engine})")
        for who in self.people + [nobody]:
            self.refused_posts(who, shown)
        self.secrets(shown)
        self.looking(samples, shown)
        for who in self.people:
            self.mass_assignment(who, shown)
        self.report(samples, shown, nobody)
        self.self_test()
        self.ending(time.monotonic() - started)

    def report(self, samples, shown, nobody):
        reached = set(samples) | set(shown)
        for path in self.patterns:
            if path not in reached and path not in UNLINKED:
                self.tap.ok(False, f"somebody is shown a way to {path} ({self.engine})")
        for who in self.people + [nobody]:
            for name in sorted({f"{m} {p}" for m, p, _ in self.routes} | {r for w, r in self.faults if w == who.name}):
                faults = self.faults[who.name, name]
                self.tap.ok(not faults, f"{who.name}: {name} ({self.engine}), asked {self.tried[who.name, name]} times",
                            *faults[:8], *([f"and {len(faults) - 8} more"] if len(faults) > 8 else []))

    def self_test(self):
        """Leaks that were planted are found: in a body, a header, a CSV file, an address, a number, a date."""
        state = next(w for w in self.people if w.role == "state")
        worker = next(w for w in self.people if w.name == "worker-a")
        word, digits, dates = ({(f[0].record.label, f[0].column): w for w, f in source.items() if f[0].record.city == "one"}
                               for source in (self.p.words, self.p.numbers, self.p.dates))
        born = dates["bob", "birth_date"]
        key = next(k for k, f in self.p.words_of_keys.items() if f[0].record.label == "bob" and f[0].record.table == "people")
        phone = digits["bob", "phone"]
        page = "<p>{}</p>"
        for what, who, headers, body, expected in [
            ("a name to the State", state, [], page.format(word["aya", "family_name"].upper()), 1),
            ("a name in a redirection", state, [("Location", "/personnes?q=" + word["bob", "given_name"])], "", 1),
            ("a key in an address", state, [], f'<a href="/personnes/{key}">1</a>', 1),
            ("a date in French", worker, [], page.format(f"né le {born.day} {planted.MONTHS[0][born.month - 1]} {born.year}"), 1),
            ("a date in figures", worker, [], page.format(born.strftime("%d/%m/%Y")), 1),
            ("a telephone with blanks", worker, [], page.format("+33 6 39 98 " + phone[5:7] + "&#8239;" + phone[7:]), 1),
            ("an asylum number to its own operator", worker, [], page.format(digits["ana", "agdref"]), 1),
            ("an amount as it is written", worker, [], page.format(f"{digits['expense 1 of b', 'cents'][:-2]},{digits['expense 1 of b', 'cents'][-2:]} €"), 1),
            ("another operator's note of a shared person", worker, [], page.format(word["pair of duo with b", "partner_name"]), 1),
            ("one's own person", worker, [], page.format(word["ana", "family_name"]), 0),
            ("a person sent to the operator", worker, [], page.format(word["req", "family_name"]), 0),
            ("a sheet", state, [], page.format(word["sheet of a", "title"]), 0),
        ]:
            self.tap.same(len(self.checker.leaks(who, "/", headers, body.encode())), expected, f"planted: {what} ({self.engine})")
        self.tap.ok(self.checker.leaks(state, "/?q=" + word["aya", "family_name"], [], page.format(word["aya", "given_name"]).encode()),
                    f"planted: more than the word that was searched for ({self.engine})")

    def ending(self, seconds):
        told = self.house.told()
        self.tap.same(sorted(self.p.found_in(told)), [], f"the server's log holds none of it ({self.engine})")
        self.tap.same(self.house.run("check").count("zq"), 0, f"jalon check finds nothing wrong ({self.engine})")
        self.tap.same(self.house.close(), 0, f"the server ends well ({self.engine})")
        print(f"# words of others searched for: {dict(self.searched)}")
        for route, statuses in sorted(self.whole.items()):
            print(f"# {route} sent whole: " + ", ".join(f"{n} times {status}" for status, n in sorted(statuses.items())))
        print(f"# {self.engine}: {self.requests} requests, {seconds:.0f} s")


def main():
    tap = Tap()
    engines = sys.argv[3:] or ["sqlite"] + (["postgresql"] if os.environ.get("JALON_TEST_POSTGRES") else [])
    for engine in engines:
        matrix = Matrix(tap, sys.argv[1], sys.argv[2], engine)
        try:
            matrix.run()
        finally:
            matrix.house.close()
    tap.done()


if __name__ == "__main__":
    main()
