"""Two cities whose every value can be recognised: each text holds a word of its own (zq17familyname), each number, date, phone
or amount stands once in the database. What is found in an answer can therefore be traced to one field of one record.

Also what the program says of its fields (the .def files: kind and sensitivity), and what an answer holds (found_in)."""
import csv
import datetime
import html
import io
import os
import random
import re
import sys
import zipfile

ROOT = os.environ.get("JALON_SOURCE", os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
sys.path.insert(0, os.path.join(ROOT, "tests", "oracle"))
sys.dont_write_bytecode = True
import random_bundle  # noqa: E402  (the format of a bundle stands once among the tests)

# columns that a bundle holds only where they are used
OPTIONAL = {
    "actions": ["capacity"],
    "sessions": ["starts_at", "room", "trainer", "series", "cancel_reason"],
    "enrolments": ["group", "referent", "requested_on", "waiting_since", "reason", "contract_kind"],
}
# kinds of record that no figure is made of: the oracle knows nothing of them
DAILY = {
    "act_kinds": "ref,label,unit,sheet_ref,health,ended_on",
    "act_fields": "act_kind_ref,field,label,type,choices,required,position",
    "act_values": "act_ref,field,value",
    "assessment_skills": "enrolment_ref,on,moment,skill,level",
    "followups_missed": "enrolment_ref,months,on,reason",
    "obstacles": "ref,person_ref,organisation_ref,domain,on,rating",
    "goals": "ref,person_ref,organisation_ref,title,set_on,due_on,state",
    "goal_steps": "ref,goal_ref,what,who,partner_ref,due_on,state,done_on",
    "notes": "ref,person_ref,organisation_ref,on,audience,readers",
    "interpreters": "ref,act_ref,session_ref,languages,minutes,organisation_ref",
    "childcare_places": "action_ref,since,places,age_from,age_to",
}
COLUMNS = {table: columns + OPTIONAL.get(table, []) for table, columns in random_bundle.COLUMNS.items()}
COLUMNS.update({table: columns.split(",") for table, columns in DAILY.items()})

ENTITY = re.compile(r'^ENTITY\((\w+), \w+, (\w+),', re.M)
FIELD = re.compile(r'^FIELD\((\w+), (\w+), (\w+)(.*?\))\)?$', re.M)


def read_fields():
    """{table: {CSV column: (kind, sensitivity, .def name)}} of every entity, as src/model says."""
    folder = os.path.join(ROOT, "src", "model")
    tables = {}
    with open(os.path.join(folder, "entities.def"), encoding="utf-8") as file:
        names = [m[0] for m in ENTITY.findall(file.read())]
    for name in names:
        with open(os.path.join(folder, name + ".def"), encoding="utf-8") as file:
            text = re.sub(r"\n\s+", " ", file.read())
        tables[name] = {}
        for field, kind, sensitivity, _ in FIELD.findall(text):
            tables[name][field + "_ref" if kind == "LINK" else field] = (kind, sensitivity, field)
    return tables


FIELDS = read_fields()


class Fact:
    """One value of one record."""

    def __init__(self, record, column, sensitivity):
        self.record, self.column, self.sensitivity = record, column, sensitivity

    def __str__(self):
        return f"{self.record.table}.{self.column} of {self.record.label}"


class Record:
    """operators: the organisations that recorded it (by letter), person: the label of whom it is about."""

    def __init__(self, table, label, city, operators=(), person=None, ref=None):
        self.table, self.label, self.city, self.operators, self.person, self.ref = table, label, city, set(operators), person, ref


class Planted:
    """dress: what to make of a word before it is written (hostile.py wraps it in markup)."""

    def __init__(self, dress=lambda word: word):
        self.dress = dress
        self.words = {}     # word -> [Fact]
        self.numbers = {}   # digits -> [Fact]
        self.dates = {}     # date -> [Fact]
        self.codes = {}     # of a bank account, without blanks -> [Fact]
        self.health = []    # why somebody came to the health operator
        self.words_of_keys = {}  # the key of a record, as addresses show it -> [Fact]
        self.records = []
        self.tables = {}    # city -> table -> rows
        self.enrolled = {}  # (city, person) -> {operator: state}
        self.cohort = set()  # (city, person)
        self.kinds = {}     # city -> kind of act of its own, and its question
        self.count = 0
        self.next_day = datetime.date(2022, 10, 20)

    # -- values --

    def word(self, record, column, sensitivity):
        self.count += 1
        word = name_of(self.count) if column in NAMES else f"zq{self.count}{column.replace('_', '')}"
        self.words.setdefault(word, []).append(Fact(record, column, sensitivity))
        return word

    def number(self, form, record, column, sensitivity):
        self.count += 1
        digits = form.format(self.count)
        self.numbers.setdefault(digits, []).append(Fact(record, column, sensitivity))
        return digits

    def date(self, record, column, sensitivity):
        """Days that no calendar or period of the pages begins or ends with."""
        while True:
            self.next_day += datetime.timedelta(days=1)
            if self.next_day.day not in (1, 16, 17, 28, 29, 30, 31):
                break
        self.dates.setdefault(self.next_day, []).append(Fact(record, column, sensitivity))
        return self.next_day.isoformat()

    def six_months_later(self, left_on, record):
        """The follow-up is due then: a page may show a day that follows from another."""
        day = datetime.date.fromisoformat(left_on)
        year, month = day.year + (day.month + 5) // 12, (day.month + 5) % 12 + 1
        self.dates.setdefault(day.replace(year=year, month=month), []).append(Fact(record, "left_on", "PERSONAL"))

    def value(self, record, column):
        kind, sensitivity, _ = FIELDS[record.table][column]
        place = (record, column, sensitivity)
        if column == "phone":
            return re.sub(r"(\d)(\d\d)(\d\d)(\d\d)(\d\d)", r"+33 \1 \2 \3 \4 \5", self.number("63998{:04}", *place))
        if column == "agdref":
            return self.number("99399{:05}", *place)
        if column == "email":
            return self.word(*place) + "@exemple.fr"
        if column.endswith("cents"):
            return self.number("7391{:05}", *place)
        if kind == "REF":
            return self.word(*place)
        if kind == "TEXT":
            return self.dress(self.word(*place))
        if kind == "CODE":
            return self.word(*place)
        if kind == "DATE":
            return self.date(*place)
        if kind == "PARTIAL":
            self.count += 1
            born = datetime.date(1910 + len(self.enrolled) % 60, 2 + self.count % 9, 3 + self.count % 12)
            self.dates.setdefault(born, []).append(Fact(*place))
            return born.isoformat()
        if kind == "INT":
            return self.number("8{:04}", *place)
        if kind == "TIME":
            return "09:17"
        if kind == "COMMUNE":
            return self.number("69{:03}", *place)
        return ""

    # -- rows --

    def add(self, table, label, city, operators=(), person=None, **given):
        """A row: what is not given is planted, whatever the column. Returns its ref."""
        record = Record(table, label, city, operators, person)
        self.records.append(record)
        row = {}
        for column in COLUMNS[table]:
            name = column if column in FIELDS[table] else column.replace("_ref", "")
            if column in given:
                row[column] = str(given[column])
                if FIELDS[table].get(name, "")[0] in ("IBAN", "BIC"):
                    self.codes.setdefault(row[column], []).append(Fact(record, column, FIELDS[table][name][1]))
            elif name in FIELDS[table]:
                row[column] = self.value(record, name)
        record.ref = row.get("ref")
        self.tables.setdefault(city, {}).setdefault(table, []).append(row)
        return record.ref

    def write(self, city, folder):
        os.makedirs(folder)
        for table, rows in self.tables[city].items():
            with open(os.path.join(folder, table + ".csv"), "w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, COLUMNS[table], restval="", lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)

    # -- what an answer holds --

    def found_in(self, text):
        """{how it was written: [Fact]}"""
        found = {word: self.words[word] for word in set(WORD.findall(text.lower())) if word in self.words}
        closed = BLANK.sub("", text)
        found.update({code: facts for code, facts in self.codes.items() if code in closed})
        for key in set(KEY.findall(text)):
            if key in self.words_of_keys:
                found[key] = self.words_of_keys[key]
        for day, written in dates_in(text):
            if day in self.dates:
                found[written] = self.dates[day]
        for digits in numbers_in(text):
            if digits in self.numbers:
                found[digits] = self.numbers[digits]
        return found


WORD = re.compile(r"zq[a-z0-9]+")
NAMES = {"family_name", "given_name"}  # searched for as they sound: letters alone, and none like another


def name_of(n):
    dice = random.Random(n)
    return "zq" + "".join(dice.choice("bcdfglmnprstv") + dice.choice("aiou") for _ in range(4))


KEY = re.compile(r"(?<![0-9a-z])[0-9a-hjkmnp-tv-z]{8,13}(?![0-9a-z])")
ECHO = re.compile(rb'name="(?:jeton|suite)" value="[^"]*"')  # a form's token, and the address that was asked for
HEALTH = re.compile("medical_consultation|consultation médicale|medical consultation", re.I)
MONTHS = ("janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
          "january february march april may june july august september october november december".split())
MONTH = {name: i + 1 for names in MONTHS for i, name in enumerate(names)}
DATE = re.compile(r"(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)|(?P<d2>\d{1,2})/(?P<m2>\d{1,2})/(?P<y2>(?:19|20)\d\d)|"
                  r"(?P<d3>\d{1,2})(?:er)?[ \u00a0\u202f](?P<m3>" + "|".join(MONTH) + r")[ \u00a0\u202f](?P<y3>(?:19|20)\d\d)", re.I)
BLANK = re.compile("[ \u00a0\u202f]")
GAP = re.compile(r"(?<=\d)[ \u00a0\u202f.,\-](?=\d)")
NUMBER = re.compile(r"7391\d{5}|63998\d{4}|99399\d{5}|(?<![\w-])(?:8\d{4}|69\d{3})(?![\w-])")


def dates_in(text):
    for m in DATE.finditer(text):
        y, mo, d = (next(m[k + n] for n in ("", "2", "3") if m[k + n]) for k in "ymd")
        try:
            yield datetime.date(int(y), MONTH.get(mo.lower()) or int(mo), int(d)), m[0]
        except ValueError:
            pass


def numbers_in(text):
    return set(NUMBER.findall(GAP.sub("", text)))


def readable(headers, body):
    """All that an answer says, as text: headers, the body with its character references resolved, the cells of a workbook."""
    if body[:4] == b"PK\3\4":
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            body = b"\n".join(archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".csv", ".rels")))
    body = ECHO.sub(b"", body)
    text = html.unescape(body.decode("utf-8", "replace")).replace("%20", " ").replace("+", " ")
    return "\n".join(f"{name}: {value}" for name, value in headers) + "\n" + text


# ---- the two cities ----

def one_city(p, city, operators):
    """operators: letters of those that keep records. City 1 has what rights turn on; city 2 less of the same."""
    add = p.add
    territory = add("territories", city, city, kind="commune", insee_code="63113", department_code="63")
    orgs = {}
    for letter, category in [("v", "city"), ("e", "state"), ("p", "charity")] + [(o, "health" if o == "h" else "charity") for o in operators]:
        orgs[letter] = add("organisations", f"organisation {letter}", city, [letter], category=category, legal_form="private",
                           parent_ref="", siret="73282932000074")
    vote = add("deliberations", "vote", city, territory_ref=territory, held_on="2022-09-30", convened_on="2022-09-23", members=55,
               present=49, represented=4, excused=2, not_participating=0, votes_for=53, votes_against=0, abstentions=0)
    contract = add("contracts", "contract", city, territory_ref=territory, kind="ctai", deliberation_ref=vote,
                   signed_on="2022-10-17", duration_months=36, programme="104", programme_action="12-02",
                   payee_iban="FR883000100301C630000000038" if city == "one" else "FR7630006000011234567890189",
                   payee_bic="BDFEFRPPCCT" if city == "one" else "AGRIFRPP", eligible_statuses="")
    add("grants", "grant", city, contract_ref=contract, year=2023)
    add("payments", "payment", city, contract_ref=contract, year=2023)
    priority = add("priorities", "priority", city, contract_ref=contract, number=1)
    axis = add("axes", "axis", city, priority_ref=priority, number=1)
    body = add("bodies", "steering", city, contract_ref=contract, kind="steering", frequency="yearly", members=orgs["v"])
    add("meetings", "meeting", city, body_ref=body, state="held")
    add("local_indicators", "local", city, contract_ref=contract, indicator="local.events", measure="sessions", match="public_event")
    actions = {}
    for o in operators:
        sheet = add("sheets", f"sheet of {o}", city, [o], contract_ref=contract, axis_ref=axis, kind="action", number=f"1.{o}",
                    audience="mixed", funded="yes", recording="nominal", starts_on="2022-10-17", ends_on="2025-10-16")
        actions[o] = one_operator(p, city, o, orgs, sheet)
    kind = add("act_kinds", "kind of act", city, operators, sheet_ref="", health="no", ended_on="")
    add("act_fields", "question", city, operators, act_kind_ref=kind, type="text", choices="", required="no", position=1)
    p.kinds[city] = kind, p.tables[city]["act_fields"][-1]["field"]
    sent = add("sheets", "sheet of counts", city, [operators[-1]], contract_ref=contract, axis_ref=axis, kind="action", number="1.9",
               audience="newcomers", funded="", recording="aggregate", starts_on="2022-10-17", ends_on="2025-10-16")
    add("partnerships", "operator of counts", city, sheet_ref=sent, organisation_ref=orgs[operators[-1]], role="operator")
    aggregate = Record("aggregates", "counts", city, [operators[-1]])
    add("aggregates", "counts", city, [operators[-1]], sheet_ref=sent, indicator="1.1.beneficiaries", cell="total",
        **{"from": "2022-10-17", "to": "2023-10-16", "value": p.number("8{:04}", aggregate, "value", "INTERNAL")})
    add("sheets", "governance", city, contract_ref=contract, axis_ref="", kind="governance", number="G", audience="actors",
        funded="no", recording="nominal", starts_on="", ends_on="")
    return orgs, contract, actions


def one_operator(p, city, o, orgs, sheet):
    """What an operator has without its people."""
    add = p.add
    add("partnerships", f"operator {o}", city, sheet_ref=sheet, organisation_ref=orgs[o], role="operator")
    add("partnerships", f"partner of {o}", city, sheet_ref=sheet, organisation_ref=orgs["p"], role="partner")
    action = add("actions", f"action of {o}", city, [o], sheet_ref=sheet, operator_ref=orgs[o], audience="mixed")
    for indicator in ("3.1.hours", "3.7.pairs", "local.events"):
        add("sheet_indicators", f"{indicator} of {o}", city, sheet_ref=sheet, indicator=indicator)
    add("forecasts", f"forecast of {o}", city, [o], sheet_ref=sheet, action_ref=action, year=2023)
    add("tools", f"tool of {o}", city, [o], action_ref=action, on="2023-03-16", audience="actors")
    for n in (1, 2):  # two: their sum is a figure, each of them is money
        add("expenses", f"expense {n} of {o}", city, [o], action_ref=action, account=64)
    # its sheet is to be filled in: nothing of it is looked for, so that it takes no word from the others
    add("sessions", f"session to come of {o}", city, [o], **{c: "" for c in COLUMNS["sessions"]} | {
        "ref": f"sheet-{city}-{o}", "action_ref": action, "held_on": "2023-05-16", "minutes": 90, "kind": "training", "audience": "newcomers", "state": "planned"})
    for n, kind in enumerate(("training", "public_event")):
        add("sessions", f"session {n} of {o}", city, [o], action_ref=action, kind=kind, theme="health" if o == "h" else "language",
            audience="newcomers", state="held", civic_themes="")
    add("childcare_places", f"places of {o}", city, [o], action_ref=action, age_from=0, age_to=3)
    trainee = add("trainees", f"trainee of {o}", city, [o], organisation_ref=orgs["p"], volunteer="yes")
    session = p.tables[city]["sessions"][-2]["ref"]
    add("trainee_attendances", f"trainee of {o} at a session", city, [o], session_ref=session, trainee_ref=trainee, minutes=60)
    return action, session


NATIONALITIES = iter("AF AL AM AO AZ BD BF BI BJ BO BT CD CF CG CI CM CO CU DJ DZ EC EG ER ET GE GH GN HT".split())


def one_person(p, city, name, at, actions, orgs, household=None, referrer=None, cohort=None):
    """at: {operator letter: state of the enrolment}"""
    add = p.add
    p.enrolled[city, name] = at
    given = {} if household is None else {"household_ref": household}
    ref = add("people", name, city, person=name, sex="F", nationality=next(NATIONALITIES), languages="ti", **given)
    add("statuses", f"status of {name}", city, person=name, person_ref=ref, status="refugee")
    if cohort is not None:
        p.cohort.add((city, name))
        add("cohort_members", f"{name} in the cohort", city, person=name, person_ref=ref, contract_ref=cohort)
    for o, state in at.items():
        action, session = actions[o]
        about = {"operators": [o], "person": name}
        enrolment = add("enrolments", f"{name} with {o}", city, **about, action_ref=action, person_ref=ref, state=state,
                        exit="employment" if state == "active" else "", contract_months="6", referrer_ref=orgs.get(referrer, ""))
        if state != "active":
            continue
        p.six_months_later(p.tables[city]["enrolments"][-1]["left_on"], p.records[-1])
        add("attendances", f"{name} at a session of {o}", city, **about, session_ref=session, person_ref=ref, excused="")
        add("assessments", f"level of {name} with {o}", city, **about, enrolment_ref=enrolment, moment="entry", level="A1")
        add("followups", f"six months of {name} with {o}", city, **about, enrolment_ref=enrolment, months=6, situation="employment")
        why = {"kind": "medical_consultation" if o == "h" else p.kinds[city][0]}
        act = add("acts", f"act for {name} by {o}", city, **about, action_ref=action, person_ref=ref, **why)
        if o == "h":
            p.health.append(Fact(p.records[-1], "kind", "HEALTH"))
        one_act(p, city, name, o, about, act)
        one_course(p, city, name, o, about, ref, enrolment, orgs)
        add("pairs", f"pair of {name} with {o}", city, **about, action_ref=action, person_ref=ref)
    return ref


def one_act(p, city, name, o, about, act):
    """What an act asks: with its act when that is about health."""
    answer = Record("act_values", f"answer of {name} with {o}", city, [o], name)
    sensitivity = "HEALTH" if o == "h" else "PERSONAL"
    p.add("act_values", answer.label, city, **about, act_ref=act, field="seen_by" if o == "h" else p.kinds[city][1],
          value=p.dress(p.word(answer, "value", sensitivity)))
    p.add("interpreters", f"interpreter of {name} with {o}", city, **about, act_ref=act, session_ref="", languages="ti",
          minutes=p.number("8{:04}", Record("interpreters", f"minutes of {name} with {o}", city, [o], name), "minutes", sensitivity),
          organisation_ref="")


def one_course(p, city, name, o, about, ref, enrolment, orgs):
    """Levels, obstacles, goals, notes: what an operator records beside its acts."""
    add = p.add
    add("assessment_skills", f"skill of {name} with {o}", city, **about, enrolment_ref=enrolment, moment="entry", skill="reading", level="A2")
    add("followups_missed", f"missed of {name} with {o}", city, **about, enrolment_ref=enrolment, months=6, reason="no_time")
    add("obstacles", f"obstacle of {name} with {o}", city, **about, person_ref=ref, organisation_ref=orgs[o],
        domain="health" if o == "h" else "mobility", rating=3)
    goal = add("goals", f"goal of {name} with {o}", city, **about, person_ref=ref, organisation_ref=orgs[o], state="open")
    add("goal_steps", f"step of {name} with {o}", city, **about, goal_ref=goal, who="organisation", partner_ref="", state="to_do",
        done_on="")
    add("notes", f"note on {name} by {o}", city, **about, person_ref=ref, organisation_ref=orgs[o], audience="team", readers="")


def two_cities(dress=lambda word: word):
    """(planted, refs of organisations by city and letter, refs of people by city and label)"""
    p = Planted(dress)
    orgs, people = {}, {}
    orgs["one"], contract, actions = one_city(p, "one", ["h", "a", "b"])
    home = "zqhousehold"
    for name, at, more in [
        ("ana", {"a": "active"}, {"household": home}), ("aya", {"a": "active"}, {"cohort": contract}),
        ("bob", {"b": "active"}, {"household": home}), ("bea", {"b": "active"}, {"referrer": "p"}),
        ("bic", {"b": "active"}, {"referrer": "a"}), ("coh", {"b": "active"}, {"cohort": contract}),
        ("duo", {"a": "active", "b": "active"}, {}), ("req", {"a": "requested"}, {}), ("ref", {"a": "refused"}, {}),
        ("can", {"a": "cancelled", "b": "active"}, {}), ("hal", {"h": "active"}, {}), ("non", {}, {}),
    ]:
        people["one", name] = one_person(p, "one", name, at, actions, orgs["one"], **more)
    orgs["two"], contract, actions = one_city(p, "two", ["a", "b"])
    for name, at, more in [("xan", {"a": "active"}, {"cohort": contract}), ("yas", {"b": "active"}, {})]:
        people["two", name] = one_person(p, "two", name, at, actions, orgs["two"], **more)
    return p, orgs, people
