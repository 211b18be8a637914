#!/usr/bin/env python3
"""figures.py - the questionnaire computed a second time, naively, from a bundle folder.

This is the reference that the program's figures are compared with.  It is
written from indicators.md and interchange.md only, one small function per
rule, so that each can be read against its rule.  It shares nothing with the
program and does nothing to be fast.

    python3 figures.py BUNDLE --contract REF --from DATE --to DATE [--all-indicators]
    python3 figures.py --selftest

As a module:

    data = load(bundle)
    lines = questionnaire(data, contract, from, to, all_indicators)

The bundle is supposed to be valid: nothing is checked here.
Hours, months and money are exact (int, Fraction) until they are written.
"""

import argparse
import csv
import datetime
import io
import os
import sys
from collections import namedtuple
from fractions import Fraction

# --------------------------------------------------------------------------
# Reading the bundle
#
# A row is a dictionary from column to value; an empty field and an absent
# column are both None.

FILES = [
    "territories", "deliberations", "contracts", "grants", "priorities", "axes",
    "sheets", "actions", "forecasts", "organisations", "partnerships",
    "sheet_indicators", "local_indicators", "bodies",
    "people", "statuses", "enrolments", "sessions", "attendances", "trainees",
    "trainee_attendances", "assessments", "followups", "acts", "pairs", "tools",
    "expenses", "payments", "aggregates", "cohort_members", "meetings",
]

DATES = {"on", "from", "to", "since", "until", "entered_on", "left_on",
         "held_on", "started_on", "ended_on", "joined_on"}
INTEGERS = {"minutes", "planned_minutes", "public_count", "quantity", "months",
            "cents", "p104_cents", "objective", "objective_actors"}
LISTS = {"civic_themes", "eligible_statuses"}


class Row(dict):
    """A row of a file; a column that the file does not have is None."""

    def __missing__(self, column):
        return None


def birth_date(text):
    """`YYYY` or `YYYY-MM`: missing parts count as 1."""
    parts = [int(part) for part in text.split("-")]
    while len(parts) < 3:
        parts.append(1)
    return datetime.date(parts[0], parts[1], parts[2])


def typed(column, text):
    """The value of a field, by the name of its column."""
    if text == "":
        return None
    if column == "birth_date":
        return birth_date(text)
    if column in DATES:
        return datetime.date.fromisoformat(text)
    if column in INTEGERS:
        return int(text)
    if column in LISTS:
        return text.split(";")
    if column == "value":
        return Fraction(text)
    return text


def rows_of(text):
    """The rows of a CSV text: comma-separated, or semicolon-separated."""
    header = text.split("\n", 1)[0]
    delimiter = ";" if ";" in header else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns = next(reader)
    rows = []
    for fields in reader:
        if not fields:
            continue
        row = Row()
        for column, field in zip(columns, fields):
            row[column] = typed(column, field)
        rows.append(row)
    return rows


def load(bundle):
    """All the files of a bundle folder: a dictionary from file name (without
    `.csv`) to rows.  A file that is missing has no rows."""
    data = {}
    for name in FILES:
        path = os.path.join(bundle, name + ".csv")
        data[name] = []
        if os.path.exists(path):
            with open(path, encoding="utf-8-sig", newline="") as file:
                data[name] = rows_of(file.read())
    return data


# --------------------------------------------------------------------------
# Terms: the period

Period = namedtuple("Period", "start end")


def in_period(day, period):
    """P = [from, to], both days included."""
    return period.start <= day and day <= period.end


def overlaps(start, end, period):
    """From `start` to `end` (None: still running) overlaps P."""
    return start <= period.end and (end is None or end >= period.start)


# --------------------------------------------------------------------------
# Terms: the scope, and the evidence of benefit in it

BPI = {"refugee", "stateless", "subsidiary_protection"}
ELIGIBLE_BY_DEFAULT = BPI | {"family_of_french", "parent_of_french",
                             "family_reunification", "worker", "other_newcomer"}


class Scope:
    """The records of some actions of a contract (an action; a sheet = all its
    actions; the contract = all its sheets), with the period P.

    Only sessions whose state is `held` count; only enrolments whose state is
    `active` count: the others are left out here, once for all.
    """

    def __init__(self, data, contract, actions, period):
        self.data = data
        self.contract = contract
        self.period = period
        refs = {action["ref"] for action in actions}

        def of_actions(file):
            return [row for row in data[file] if row["action_ref"] in refs]

        self.enrolments = [e for e in of_actions("enrolments") if e["state"] == "active"]
        self.sessions = [s for s in of_actions("sessions") if s["state"] == "held"]
        self.acts = of_actions("acts")
        self.pairs = of_actions("pairs")
        self.tools = of_actions("tools")
        self.expenses = of_actions("expenses")

        # (session, attendance) of the held sessions of the scope
        held = {session["ref"]: session for session in self.sessions}
        self.attendances = [(held[a["session_ref"]], a) for a in data["attendances"]
                            if a["session_ref"] in held]
        self.trainee_attendances = [(held[a["session_ref"]], a)
                                    for a in data["trainee_attendances"]
                                    if a["session_ref"] in held]

        # Reference date of each person: the earliest date of the evidence in
        # this scope.  A person without evidence has none.
        self.people = {}
        self.reference = {}
        for person in data["people"]:
            dates = evidence_dates(self, person["ref"])
            if dates:
                self.people[person["ref"]] = person
                self.reference[person["ref"]] = min(dates)
        self.eligible = {ref for ref in self.reference if is_eligible(self, ref)}


def evidence_dates(scope, person_ref):
    """The dates of the evidence of benefit of a person in the scope during P.
    Each date is the later of `from` and the record's (first) date."""
    period = scope.period
    dates = []
    # an enrolment that overlaps P
    for enrolment in scope.enrolments:
        if enrolment["person_ref"] == person_ref:
            if overlaps(enrolment["entered_on"], enrolment["left_on"], period):
                dates.append(max(period.start, enrolment["entered_on"]))
    # an attendance of more than 0 minutes at a session in P whose audience is not `actors`
    for session, attendance in scope.attendances:
        if attendance["person_ref"] == person_ref and attendance["minutes"] > 0:
            if in_period(session["held_on"], period) and session["audience"] != "actors":
                dates.append(session["held_on"])
    # an act in P
    for act in scope.acts:
        if act["person_ref"] == person_ref and in_period(act["on"], period):
            dates.append(act["on"])
    # a pair that overlaps P
    for pair in scope.pairs:
        if pair["person_ref"] == person_ref:
            if overlaps(pair["started_on"], pair["ended_on"], period):
                dates.append(max(period.start, pair["started_on"]))
    return dates


# --------------------------------------------------------------------------
# Terms: eligible, BPI, under 25

def has_status(scope, person_ref, kinds):
    """One of the statuses is in force on at least one day from the reference
    date to the end of P; `until` is the last day in force."""
    first = scope.reference[person_ref]
    last = scope.period.end
    for status in scope.data["statuses"]:
        if status["person_ref"] == person_ref and status["status"] in kinds:
            if status["since"] <= last and (status["until"] is None or status["until"] >= first):
                return True
    return False


def eligible_kinds(contract):
    """The contract's own list, if any, replaces the default; BPI always included."""
    if contract["eligible_statuses"] is None:
        return ELIGIBLE_BY_DEFAULT
    return set(contract["eligible_statuses"]) | BPI


def is_eligible(scope, person_ref):
    return has_status(scope, person_ref, eligible_kinds(scope.contract))


def is_bpi(scope, person_ref):
    return has_status(scope, person_ref, BPI)


def birthday_25(born):
    """Born 29 February: birthday on 1 March in other years."""
    try:
        return born.replace(year=born.year + 25)
    except ValueError:
        return datetime.date(born.year + 25, 3, 1)


def is_under_25(scope, person_ref):
    """25th birthday after the reference date; no birth date: not under 25."""
    born = scope.people[person_ref]["birth_date"]
    if born is None:
        return False
    return birthday_25(born) > scope.reference[person_ref]


# --------------------------------------------------------------------------
# 1.1 beneficiaries

CELLS = ["total", "men", "women", "under25", "bpi", "bpi_men", "bpi_women", "bpi_under25"]


def beneficiaries(scope):
    """1.1.beneficiaries: eligible people with evidence of benefit in P.
    Sex `X` or unknown counts in `total`, `under25` and `bpi` cells only."""
    count = {cell: 0 for cell in CELLS}
    for ref in scope.eligible:
        sex = scope.people[ref]["sex"]
        under25 = is_under_25(scope, ref)
        count["total"] += 1
        if sex == "M":
            count["men"] += 1
        if sex == "F":
            count["women"] += 1
        if under25:
            count["under25"] += 1
        if is_bpi(scope, ref):
            count["bpi"] += 1
            if sex == "M":
                count["bpi_men"] += 1
            if sex == "F":
                count["bpi_women"] += 1
            if under25:
                count["bpi_under25"] += 1
    return count


# --------------------------------------------------------------------------
# 1.2 training of the actors of integration

def trained_refs(scope):
    """Distinct trainees with more than 0 minutes at a session of audience
    `actors`, kind `training`, in P."""
    refs = set()
    for session, attendance in scope.trainee_attendances:
        if session["audience"] == "actors" and session["kind"] == "training":
            if in_period(session["held_on"], scope.period) and attendance["minutes"] > 0:
                refs.add(attendance["trainee_ref"])
    return refs


def trained(scope):
    """1.2.trained"""
    return len(trained_refs(scope))


def actors_hours(scope):
    """1.2.hours: minutes of sessions of audience `actors` and kind `training`
    in P, each once whatever the number of participants."""
    minutes = 0
    for session in scope.sessions:
        if session["audience"] == "actors" and session["kind"] == "training":
            if in_period(session["held_on"], scope.period):
                minutes += session["minutes"]
    return Fraction(minutes, 60)


def tools(scope, audience):
    """Labels of tools of that audience dated in P, in date order, joined by
    `; `.  On one date: in code-point order of the label."""
    found = []
    for tool in scope.tools:
        if tool["audience"] == audience and in_period(tool["on"], scope.period):
            found.append((tool["on"], tool["label"]))
    found.sort()
    return "; ".join(label for on, label in found)


def actors_tools(scope):
    """1.2.tools"""
    return tools(scope, "actors")


# --------------------------------------------------------------------------
# 2 cost

def cost(scope):
    """2.cost: expenses dated in P, in cents."""
    return sum(x["cents"] for x in scope.expenses if in_period(x["on"], scope.period))


def p104(scope):
    """2.p104: their part on programme 104 (default 0), in cents."""
    return sum(x["p104_cents"] or 0 for x in scope.expenses if in_period(x["on"], scope.period))


# --------------------------------------------------------------------------
# 3.1 French

def newcomers_hours(scope, theme):
    """Minutes of sessions of kind `training`, that theme, audience
    `newcomers`, in P, each once."""
    minutes = 0
    for session in scope.sessions:
        if session["kind"] == "training" and session["theme"] == theme:
            if session["audience"] == "newcomers" and in_period(session["held_on"], scope.period):
                minutes += session["minutes"]
    return Fraction(minutes, 60)


def language_hours(scope):
    """3.1.hours"""
    return newcomers_hours(scope, "language")


def attended_minutes(scope, enrolment):
    """Minutes attended by the person at the action's held sessions of kind
    `training` (any theme and audience, also before P) dated from entered_on to
    the earlier of left_on and P's end."""
    first = enrolment["entered_on"]
    last = scope.period.end
    if enrolment["left_on"] is not None and enrolment["left_on"] < last:
        last = enrolment["left_on"]
    minutes = 0
    for session, attendance in scope.attendances:
        if attendance["person_ref"] != enrolment["person_ref"]:
            continue
        if session["action_ref"] != enrolment["action_ref"] or session["kind"] != "training":
            continue
        if first <= session["held_on"] and session["held_on"] <= last:
            minutes += attendance["minutes"]
    return minutes


def assiduous(scope):
    """3.1.assiduous: people with an active enrolment that overlaps P,
    planned_minutes > 0, minutes attended x 100 >= 80 x planned_minutes; and
    eligible in the scope."""
    people = set()
    for enrolment in scope.enrolments:
        if enrolment["person_ref"] not in scope.eligible:
            continue
        if not overlaps(enrolment["entered_on"], enrolment["left_on"], scope.period):
            continue
        planned = enrolment["planned_minutes"]
        if planned is None or not planned > 0:
            continue
        if attended_minutes(scope, enrolment) * 100 >= 80 * planned:
            people.add(enrolment["person_ref"])
    return len(people)


RANK = {"alpha": 0, "A0": 0, "A1.1": 0, "A1": 1, "A2": 2, "B1": 3, "B2": 4, "C1": 5, "C2": 6}


def rank_rose(scope, enrolment):
    """The rank rose by >= 1 from the earliest `entry` assessment (whatever its
    date) to the latest `interim` or `exit` assessment dated from that entry's
    date to P's end; on the same date `exit` wins over `interim`."""
    assessments = [a for a in scope.data["assessments"] if a["enrolment_ref"] == enrolment["ref"]]
    entry = None
    for a in assessments:
        if a["moment"] == "entry" and (entry is None or a["on"] < entry["on"]):
            entry = a
    if entry is None:
        return False
    latest = None
    for a in assessments:
        if a["moment"] not in ("interim", "exit"):
            continue
        if not (entry["on"] <= a["on"] and a["on"] <= scope.period.end):
            continue
        if latest is None or a["on"] > latest["on"]:
            latest = a
        elif a["on"] == latest["on"] and a["moment"] == "exit":
            latest = a
    if latest is None:
        return False
    return RANK[latest["level"]] - RANK[entry["level"]] >= 1


def progress(scope):
    """3.1.progress: eligible people with an active enrolment overlapping P
    whose rank rose."""
    people = set()
    for enrolment in scope.enrolments:
        if enrolment["person_ref"] not in scope.eligible:
            continue
        if not overlaps(enrolment["entered_on"], enrolment["left_on"], scope.period):
            continue
        if rank_rose(scope, enrolment):
            people.add(enrolment["person_ref"])
    return len(people)


# --------------------------------------------------------------------------
# 3.2 employment and training

def left_in_period(scope):
    """Active enrolments left in P of eligible people."""
    return [e for e in scope.enrolments
            if e["person_ref"] in scope.eligible
            and e["left_on"] is not None and in_period(e["left_on"], scope.period)]


def months(scope):
    """3.2.months: mean over those enrolments of (left_on - entered_on in days)
    x 12 / 365.25; a mean of nothing is empty."""
    enrolments = left_in_period(scope)
    if not enrolments:
        return None
    days = sum((e["left_on"] - e["entered_on"]).days for e in enrolments)
    return Fraction(days, len(enrolments)) * 12 / Fraction("365.25")


def positive_exits(scope):
    """Those enrolments whose exit is `employment` or `training`."""
    return [e for e in left_in_period(scope) if e["exit"] in ("employment", "training")]


def positive(scope):
    """3.2.positive"""
    return len({e["person_ref"] for e in positive_exits(scope)})


def exits_training(scope):
    """3.2.training: whose exit is `training`."""
    return len({e["person_ref"] for e in left_in_period(scope) if e["exit"] == "training"})


def is_durable(enrolment):
    """Exit `employment` with contract_months > 6 or `permanent`."""
    if enrolment["exit"] != "employment" or enrolment["contract_months"] is None:
        return False
    if enrolment["contract_months"] == "permanent":
        return True
    return Fraction(enrolment["contract_months"]) > 6


def durable(scope):
    """3.2.durable"""
    return len({e["person_ref"] for e in left_in_period(scope) if is_durable(e)})


def six_month_followups(scope, enrolment):
    """The follow-ups at 6 months of an enrolment, whatever their date."""
    return [f for f in scope.data["followups"]
            if f["enrolment_ref"] == enrolment["ref"] and f["months"] == 6]


def six_months(scope):
    """3.2.six_months: positive exits with a follow-up at 6 months whose
    situation is `employment` or `training`."""
    people = set()
    for enrolment in positive_exits(scope):
        for followup in six_month_followups(scope, enrolment):
            if followup["situation"] in ("employment", "training"):
                people.add(enrolment["person_ref"])
    return len(people)


def not_followed(scope):
    """People with a positive exit of whom no such exit has a follow-up at 6 months."""
    people = set()
    followed = set()
    for enrolment in positive_exits(scope):
        people.add(enrolment["person_ref"])
        if six_month_followups(scope, enrolment):
            followed.add(enrolment["person_ref"])
    return len(people - followed)


# --------------------------------------------------------------------------
# 3.3 civic education

CIVIC_THEMES = ["laicite", "equality", "citizenship", "parenthood", "host_society", "other"]


def civic_hours(scope):
    """3.3.hours"""
    return newcomers_hours(scope, "civic")


def newcomers_tools(scope):
    """3.3.tools"""
    return tools(scope, "newcomers")


def civic_themes(scope):
    """3.3.themes: the union of civic_themes of held sessions (any kind and
    audience) of theme `civic` in P, in the list's order, joined by `;`."""
    union = set()
    for session in scope.sessions:
        if session["theme"] == "civic" and in_period(session["held_on"], scope.period):
            union.update(session["civic_themes"] or [])
    return ";".join(theme for theme in CIVIC_THEMES if theme in union)


# --------------------------------------------------------------------------
# 3.4 to 3.8

def quantity(act):
    """The quantity of an act, 1 by default."""
    return 1 if act["quantity"] is None else act["quantity"]


def acts_in_period(scope, kind):
    """The acts of that kind in P, of anyone."""
    return [a for a in scope.acts if a["kind"] == kind and in_period(a["on"], scope.period)]


def eligible_acts(scope, kind):
    """The acts of that kind in P of people eligible in the scope."""
    return [a for a in acts_in_period(scope, kind) if a["person_ref"] in scope.eligible]


def households(scope):
    """3.4.households: distinct households of eligible people with an act
    `housing_access` in P; a person without household_ref is a household."""
    found = set()
    for act in eligible_acts(scope, "housing_access"):
        household = scope.people[act["person_ref"]]["household_ref"]
        if household is not None:
            found.add(("household", household))
        else:
            found.add(("person", act["person_ref"]))
    return len(found)


def consultations(scope):
    """3.5.consultations: sum of quantity of acts `medical_consultation` in P
    of people eligible in the scope."""
    return sum(quantity(act) for act in eligible_acts(scope, "medical_consultation"))


def devices(scope):
    """3.6.devices: the same with `device_loan`."""
    return sum(quantity(act) for act in eligible_acts(scope, "device_loan"))


def digital_hours(scope):
    """3.6.hours"""
    return newcomers_hours(scope, "digital")


def pairs(scope):
    """3.7.pairs: pairs started in P whose person is eligible."""
    count = 0
    for pair in scope.pairs:
        if in_period(pair["started_on"], scope.period) and pair["person_ref"] in scope.eligible:
            count += 1
    return count


def events(scope, kind):
    """Sessions (any audience) of that kind in P attended for more than 0
    minutes by at least one person eligible in the scope."""
    refs = set()
    for session, attendance in scope.attendances:
        if session["kind"] == kind and in_period(session["held_on"], scope.period):
            if attendance["minutes"] > 0 and attendance["person_ref"] in scope.eligible:
                refs.add(session["ref"])
    return len(refs)


def sport(scope):
    """3.8.sport"""
    return events(scope, "sport_event")


def culture(scope):
    """3.8.culture"""
    return events(scope, "culture_event")


# --------------------------------------------------------------------------
# local.*

def sessions_of_kind(scope, kind):
    """Held sessions of that kind in P."""
    return [s for s in scope.sessions
            if s["kind"] == kind and in_period(s["held_on"], scope.period)]


def session_participants(scope, kind):
    """Summed session by session: people with more than 0 minutes (newcomers
    and trainees) plus public_count."""
    count = 0
    for session in sessions_of_kind(scope, kind):
        for other, attendance in scope.attendances:
            if other["ref"] == session["ref"] and attendance["minutes"] > 0:
                count += 1
        for other, attendance in scope.trainee_attendances:
            if other["ref"] == session["ref"] and attendance["minutes"] > 0:
                count += 1
        count += session["public_count"] or 0
    return count


def volunteers_trained(scope):
    """1.2.trained restricted to volunteers."""
    volunteers = {t["ref"] for t in scope.data["trainees"] if t["volunteer"] == "yes"}
    return len(trained_refs(scope) & volunteers)


def meetings(scope):
    """Held meetings in P of the contract's bodies, the same number at every scope."""
    bodies = {b["ref"] for b in scope.data["bodies"]
              if b["contract_ref"] == scope.contract["ref"]}
    return len([m for m in scope.data["meetings"]
                if m["body_ref"] in bodies and m["state"] == "held"
                and in_period(m["on"], scope.period)])


def local(scope, definition):
    """A local indicator by its measure, but for `declared`."""
    measure = definition["measure"]
    match = definition["match"]
    if measure == "persons_with_act":
        return len({act["person_ref"] for act in eligible_acts(scope, match)})
    if measure == "acts":
        return sum(quantity(act) for act in acts_in_period(scope, match))
    if measure == "sessions":
        return len(sessions_of_kind(scope, match))
    if measure == "session_participants":
        return session_participants(scope, match)
    if measure == "volunteers_trained":
        return volunteers_trained(scope)
    if measure == "meetings":
        return meetings(scope)
    raise ValueError("measure " + measure)


# --------------------------------------------------------------------------
# cohort.*  (the scope is the contract)

def enlarged(scope):
    """cohort.enlarged: eligible people with evidence of benefit of at least
    one action of the contract in P."""
    return len(scope.eligible)


def two_actions(scope):
    """cohort.two_actions: ... of at least two actions.  Eligible in the
    contract; the evidence is looked for action by action."""
    number = {ref: 0 for ref in scope.eligible}
    for action in actions_of_contract(scope.data, scope.contract):
        of_action = Scope(scope.data, scope.contract, [action], scope.period)
        for ref in number:
            if ref in of_action.reference:
                number[ref] += 1
    return len([ref for ref in number if number[ref] >= 2])


def restricted(scope):
    """cohort.restricted: cohort members joined on or before P's end, not left
    before P's start.  Distinct people; nothing is said of being eligible."""
    people = set()
    for member in scope.data["cohort_members"]:
        if member["contract_ref"] == scope.contract["ref"]:
            if member["joined_on"] <= scope.period.end:
                if member["left_on"] is None or member["left_on"] >= scope.period.start:
                    people.add(member["person_ref"])
    return len(people)


# --------------------------------------------------------------------------
# The directory of indicators

# indicator: unit, function of the scope
NATIONAL = {
    "1.1.beneficiaries": ("people", beneficiaries),
    "1.2.trained": ("people", trained),
    "1.2.hours": ("hours", actors_hours),
    "1.2.tools": ("text", actors_tools),
    "2.cost": ("euros", cost),
    "2.p104": ("euros", p104),
    "3.1.hours": ("hours", language_hours),
    "3.1.assiduous": ("people", assiduous),
    "3.1.progress": ("people", progress),
    "3.2.months": ("months", months),
    "3.2.positive": ("people", positive),
    "3.2.training": ("people", exits_training),
    "3.2.durable": ("people", durable),
    "3.2.six_months": ("people", six_months),
    "3.3.hours": ("hours", civic_hours),
    "3.3.tools": ("text", newcomers_tools),
    "3.3.themes": ("text", civic_themes),
    "3.4.households": ("households", households),
    "3.5.consultations": ("acts", consultations),
    "3.6.devices": ("acts", devices),
    "3.6.hours": ("hours", digital_hours),
    "3.7.pairs": ("pairs", pairs),
    "3.8.sport": ("events", sport),
    "3.8.culture": ("events", culture),
}

COHORT = {
    "cohort.enlarged": enlarged,
    "cohort.two_actions": two_actions,
    "cohort.restricted": restricted,
}

# The figures that hold no person and come from records in every sheet.
FROM_RECORDS_ALWAYS = {"2.cost", "2.p104", "1.2.tools", "3.3.tools", "3.3.themes"}


def mandatory(sheet):
    """The indicators that a sheet carries by its audience."""
    names = {"2.cost", "2.p104"}
    if sheet["audience"] in ("newcomers", "mixed"):
        names |= {"1.1.beneficiaries"}
    if sheet["audience"] in ("actors", "mixed"):
        names |= {"1.2.trained", "1.2.hours", "1.2.tools"}
    return names


def carried(data, sheet):
    """The indicators of sheet_indicators.csv together with the mandatory ones."""
    return mandatory(sheet) | {row["indicator"] for row in data["sheet_indicators"]
                               if row["sheet_ref"] == sheet["ref"]}


def cells_of(indicator):
    if indicator == "1.1.beneficiaries":
        return CELLS
    if indicator in NATIONAL and NATIONAL[indicator][0] == "text":
        return ["text"]
    return ["total"]


def aggregate(data, sheet, indicator, cell, period):
    """The rows of the sheet whose from and to lie within P, summed; None when
    nobody sent the cell."""
    values = [row["value"] for row in data["aggregates"]
              if row["sheet_ref"] == sheet["ref"]
              and row["indicator"] == indicator and row["cell"] == cell
              and in_period(row["from"], period) and in_period(row["to"], period)]
    return sum(values) if values else None


# --------------------------------------------------------------------------
# Writing

def half_up(number):
    """Rounded half up to 2 decimals, in hundredths."""
    hundredths = number * 100 + Fraction(1, 2)
    return hundredths.numerator // hundredths.denominator


def written(number, unit):
    """`achieved` as it is written; None is empty."""
    if number is None:
        return ""
    if unit == "text":
        return number
    if unit == "euros":                  # cents
        return "%d.%02d" % (number // 100, number % 100)
    if unit in ("hours", "months"):
        hundredths = half_up(number)
        text = "%d.%02d" % (hundredths // 100, hundredths % 100)
        return text.rstrip("0").rstrip(".")
    return str(int(number))


def csv_line(fields):
    """Quotes only where needed."""
    written_fields = []
    for field in fields:
        if any(character in field for character in ',"\r\n'):
            field = '"' + field.replace('"', '""') + '"'
        written_fields.append(field)
    return ",".join(written_fields)


HEADER = ["scope", "ref", "indicator", "cell", "objective", "achieved", "unit", "note"]


# --------------------------------------------------------------------------
# The questionnaire

def sheets_of_contract(data, contract):
    return [s for s in data["sheets"] if s["contract_ref"] == contract["ref"]]


def actions_of_sheet(data, sheet):
    return [a for a in data["actions"] if a["sheet_ref"] == sheet["ref"]]


def actions_of_contract(data, contract):
    actions = []
    for sheet in sheets_of_contract(data, contract):
        actions += actions_of_sheet(data, sheet)
    return actions


def objective_of(row, indicator, cell):
    """The objective of a sheet or an action, for cell `total` of two indicators."""
    objective = None
    if cell == "total" and indicator == "1.1.beneficiaries":
        objective = row["objective"]
    if cell == "total" and indicator == "1.2.trained":
        objective = row["objective_actors"]
    return "" if objective is None else str(objective)


def figure_lines(data, scope, scope_name, row, sheet, indicator):
    """The lines of one indicator at one scope; row is the sheet or the action."""
    definition = None
    if indicator in NATIONAL:
        unit, function = NATIONAL[indicator]
    else:
        unit = "count"
        definition = [d for d in data["local_indicators"]
                      if d["contract_ref"] == scope.contract["ref"]
                      and d["indicator"] == indicator][0]

    note = ""
    cells = cells_of(indicator)
    if sheet["recording"] == "aggregate" and indicator not in FROM_RECORDS_ALWAYS:
        values = {cell: aggregate(data, sheet, indicator, cell, scope.period) for cell in cells}
    elif definition is not None and definition["measure"] == "declared":
        values = {"total": None}
        if scope_name == "sheet":
            values = {"total": aggregate(data, sheet, indicator, "total", scope.period)}
    elif definition is not None:
        values = {"total": local(scope, definition)}
    elif indicator == "1.1.beneficiaries":
        values = function(scope)
    else:
        values = {cells[0]: function(scope)}
        if indicator == "3.2.six_months":
            note = "not_followed=%d" % not_followed(scope)

    lines = []
    for cell in cells:
        lines.append((scope_name, row["ref"], indicator, cell, objective_of(row, indicator, cell),
                      written(values[cell], unit), unit, note))
    return lines


def questionnaire(data, contract_ref, first_day, last_day, all_indicators=False):
    """The lines of the questionnaire, header first, without line ends."""
    if isinstance(first_day, str):
        first_day = datetime.date.fromisoformat(first_day)
    if isinstance(last_day, str):
        last_day = datetime.date.fromisoformat(last_day)
    period = Period(first_day, last_day)
    found = [c for c in data["contracts"] if c["ref"] == contract_ref]
    if not found:
        raise KeyError("no contract " + contract_ref)
    contract = found[0]

    lines = []
    for sheet in sheets_of_contract(data, contract):
        if all_indicators:
            names = set(NATIONAL) | {d["indicator"] for d in data["local_indicators"]
                                     if d["contract_ref"] == contract_ref}
        else:
            # cohort.* exist at the scope of the contract alone
            names = {name for name in carried(data, sheet) if name not in COHORT}
        actions = actions_of_sheet(data, sheet)
        scope = Scope(data, contract, actions, period)
        for name in names:
            lines += figure_lines(data, scope, "sheet", sheet, sheet, name)
        if sheet["recording"] == "aggregate":
            continue                     # figures at sheet scope only
        for action in actions:
            scope = Scope(data, contract, [action], period)
            for name in names:
                lines += figure_lines(data, scope, "action", action, sheet, name)

    scope = Scope(data, contract, actions_of_contract(data, contract), period)
    for name in COHORT:
        lines.append(("contract", contract_ref, name, "total", "",
                      written(COHORT[name](scope), "people"), "people", ""))

    lines.sort()                         # by scope, ref, indicator, cell, in code-point order
    return [csv_line(HEADER)] + [csv_line(fields) for fields in lines]


# --------------------------------------------------------------------------
# People in several actions or sheets

def overlap(data, contract_ref, first_day, last_day, parts, sheet_ref=None):
    """The lines of the overlap, header first, without line ends.  `parts` is
    `actions` or `sheets` of the contract, or of a sheet (its actions).

    In both of two parts: eligible in each of them.  In k parts: eligible in
    the whole, with evidence of benefit in k of its parts."""
    period = Period(datetime.date.fromisoformat(first_day), datetime.date.fromisoformat(last_day))
    contract = [c for c in data["contracts"] if c["ref"] == contract_ref][0]
    sheets = sheets_of_contract(data, contract)
    if sheet_ref is not None:
        sheets = [sheet for sheet in sheets if sheet["ref"] == sheet_ref]
    scopes = {}
    for sheet in sheets:
        actions = actions_of_sheet(data, sheet)
        if parts == "sheets":
            scopes[sheet["ref"]] = Scope(data, contract, actions, period)
        else:
            for action in actions:
                scopes[action["ref"]] = Scope(data, contract, [action], period)
    whole_actions = [action for sheet in sheets for action in actions_of_sheet(data, sheet)]
    whole = Scope(data, contract, whole_actions, period)

    lines = ["scope,ref,other_ref,parts,people"]
    kind = "sheet" if parts == "sheets" else "action"
    for ref in sorted(scopes):
        for other in sorted(scopes):
            people = [p for p in scopes[ref].eligible if p in scopes[other].eligible]
            lines.append(csv_line([kind, ref, other, "", str(len(people))]))
    number = {}
    for person in whole.eligible:
        k = len([ref for ref in scopes if person in scopes[ref].reference])
        number[k] = number.get(k, 0) + 1
    for k in range(1, max(number, default=0) + 1):
        scope, ref = ("contract", contract_ref) if sheet_ref is None else ("sheet", sheet_ref)
        lines.append(csv_line([scope, ref, "", str(k), str(number.get(k, 0))]))
    return lines


# --------------------------------------------------------------------------
# Figures worked out by hand

def selftest():
    def date(text):
        return datetime.date.fromisoformat(text)

    def bundle(**files):
        data = {name: [] for name in FILES}
        data["contracts"] = rows_of("ref,eligible_statuses\nc,\nd,student;french\n")
        data["sheets"] = rows_of("ref,contract_ref,audience,recording\n"
                                 "s,c,mixed,nominal\nt,d,newcomers,nominal\n")
        data["actions"] = rows_of("ref,sheet_ref\na,s\nb,s\nz,t\n")
        for name, text in files.items():
            data[name] = rows_of(text)
        return data

    def scope(data, contract=0, actions=("a",), first="2021-01-01", last="2021-12-31"):
        return Scope(data, data["contracts"][contract],
                     [a for a in data["actions"] if a["ref"] in actions],
                     Period(date(first), date(last)))

    def value(data, ref, indicator, cell="total", first="2021-01-01", last="2021-12-31", column=5):
        for line in questionnaire(data, "c", first, last, True):
            fields = next(csv.reader([line]))
            if fields[1:4] == [ref, indicator, cell]:
                return fields[column]
        raise AssertionError((ref, indicator, cell))

    # 25th birthday; born 29 February: 1 March in other years; partial dates
    assert birthday_25(date("1996-02-29")) == date("2021-03-01")
    assert birthday_25(date("1996-02-28")) == date("2021-02-28")
    assert birth_date("1996") == date("1996-01-01")
    assert birth_date("1996-07") == date("1996-07-01")

    # half up, two decimals, no trailing zeros; money always two decimals
    assert written(Fraction(1, 200), "hours") == "0.01"
    assert written(Fraction(999, 200), "hours") == "5"
    assert written(Fraction(50, 60), "hours") == "0.83"
    assert written(Fraction(750, 60), "hours") == "12.5"
    assert written(Fraction(0), "hours") == "0"
    assert written(600 * Fraction(1, 60), "hours") == "10"
    assert written(25000, "euros") == "250.00"
    assert written(7, "euros") == "0.07"
    assert csv_line(["a", 'the "b", c', "d; e"]) == 'a,"the ""b"", c",d; e'

    # Reference date: an enrolment of before P counts from P's first day; the
    # scope of the sheet takes the earliest of its actions.
    data = bundle(
        people="ref,sex,birth_date\np,F,1996-02-29\n",
        statuses="person_ref,status,since,until\np,refugee,2020-01-01,2021-02-28\n",
        enrolments="ref,action_ref,person_ref,state,entered_on,left_on\n"
                   "e,a,p,active,2021-03-01,\nf,b,p,active,2019-01-01,2021-01-01\n"
                   "g,z,p,refused,2021-01-01,\n")
    assert scope(data).reference["p"] == date("2021-03-01")
    assert scope(data, actions=("b",)).reference["p"] == date("2021-01-01")
    assert scope(data, actions=("a", "b")).reference["p"] == date("2021-01-01")
    assert "p" not in scope(data, 1, ("z",)).reference
    # In action a the status ended the day before the reference date and the
    # 25th birthday is on it; in the sheet both are the other way round.
    assert value(data, "a", "1.1.beneficiaries") == "0"
    assert value(data, "b", "1.1.beneficiaries") == "1"
    assert value(data, "s", "1.1.beneficiaries", "bpi_under25") == "1"
    assert not is_under_25(scope(data), "p")
    assert is_under_25(scope(data, actions=("b",)), "p")
    assert is_under_25(scope(data, first="2021-02-28"), "p") is False
    assert value(data, "c", "cohort.two_actions") == "1"
    assert value(data, "a", "1.1.beneficiaries", last="2021-02-28") == "0"

    # Attendance: held, not `actors`, more than 0 minutes; hours counted once.
    data = bundle(
        people="ref,sex\np,X\nq,M\nr,F\n",
        statuses="person_ref,status,since\np,worker,2021-12-31\nq,student,2010-01-01\n"
                 "r,subsidiary_protection,2022-01-01\n",
        sessions="ref,action_ref,held_on,minutes,kind,theme,audience,state\n"
                 "s1,a,2021-01-01,50,training,language,newcomers,held\n"
                 "s2,a,2021-12-31,75,training,language,newcomers,held\n"
                 "s3,a,2021-06-01,600,training,language,newcomers,cancelled\n"
                 "s4,a,2022-01-01,600,training,language,newcomers,held\n"
                 "s5,b,2021-06-01,90,training,language,actors,held\n",
        attendances="session_ref,person_ref,minutes\ns1,p,0\ns2,p,1\ns2,q,75\ns3,q,5\ns1,r,50\n"
                    "s5,p,90\n",
        enrolments="ref,action_ref,person_ref,state,entered_on,left_on,planned_minutes\n"
                   "e,a,r,active,2021-01-01,2021-01-01,62\n")
    assert scope(data).reference["p"] == date("2021-12-31")
    assert "p" not in scope(data, actions=("b",)).reference
    assert value(data, "a", "1.1.beneficiaries") == "1"          # p alone: q student, r too late
    assert value(data, "a", "1.1.beneficiaries", "men") == "0"
    assert value(data, "a", "3.1.hours") == "2.08"               # 125 minutes
    assert value(data, "b", "1.2.hours") == "1.5"
    assert value(data, "s", "3.1.assiduous") == "0"              # r is not eligible in 2021
    assert value(data, "s", "3.1.assiduous", last="2022-01-01") == "1"      # 5000 >= 4960
    data["enrolments"][0]["planned_minutes"] = 63
    assert value(data, "s", "3.1.assiduous", last="2022-01-01") == "0"      # 5000 < 5040

    # Months: (30 + 61) / 2 days = 45.5 x 12 / 365.25 = 1.4948...; six months.
    data = bundle(
        people="ref\np\nq\n",
        statuses="person_ref,status,since\np,refugee,2010-01-01\nq,stateless,2010-01-01\n",
        enrolments="ref,action_ref,person_ref,state,entered_on,left_on,exit,contract_months\n"
                   "e,a,p,active,2021-01-01,2021-01-31,employment,6\n"
                   "f,a,q,active,2021-01-01,2021-03-03,employment,6.5\n",
        followups="enrolment_ref,months,on,situation\ne,6,2022-08-01,unreachable\n")
    assert value(data, "s", "3.2.months") == "1.49"
    assert value(data, "s", "3.2.months", last="2021-01-30") == ""
    assert value(data, "s", "3.2.positive") == "2"
    assert value(data, "s", "3.2.durable") == "1"
    assert value(data, "s", "3.2.six_months") == "0"
    assert value(data, "s", "3.2.six_months", column=7) == "not_followed=1"

    # A list of eligible statuses replaces the default, BPI always included.
    data = bundle(people="ref\np\n")
    assert eligible_kinds(data["contracts"][1]) == {
        "student", "french", "refugee", "stateless", "subsidiary_protection"}

    # Progress: A1.1 and alpha are level; on one date exit wins over interim.
    data = bundle(
        people="ref\np\n", statuses="person_ref,status,since\np,refugee,2010-01-01\n",
        enrolments="ref,action_ref,person_ref,state,entered_on\ne,a,p,active,2020-01-01\n",
        assessments="enrolment_ref,on,moment,level\ne,2020-02-01,entry,alpha\n"
                    "e,2021-02-01,exit,A1\ne,2021-02-01,interim,A1.1\n")
    assert value(data, "a", "3.1.progress") == "1"
    data["assessments"][1]["level"] = "A1.1"
    assert value(data, "a", "3.1.progress") == "0"

    # Acts: quantity 1 by default; households; a person without one is one.
    data = bundle(
        people="ref,household_ref\np,q\nq,\nr,q\n",
        statuses="person_ref,status,since\np,refugee,2010-01-01\nq,refugee,2010-01-01\n"
                 "r,refugee,2010-01-01\n",
        acts="ref,action_ref,person_ref,on,kind,quantity\n1,a,p,2021-01-01,housing_access,\n"
             "2,b,q,2021-12-31,housing_access,\n3,b,r,2021-12-31,housing_access,\n"
             "4,a,p,2021-05-05,device_loan,\n5,a,q,2021-05-05,device_loan,3\n"
             "6,a,r,2021-05-05,device_loan,0\n7,a,r,2022-01-01,device_loan,9\n")
    assert value(data, "s", "3.4.households") == "2"
    assert value(data, "a", "3.6.devices") == "4"
    assert value(data, "b", "3.5.consultations") == "0"

    # An aggregate sheet: rows within P, summed; what nobody sent is empty.
    data["sheets"][0]["recording"] = "aggregate"
    data["aggregates"] = rows_of(
        "sheet_ref,from,to,indicator,cell,value\n"
        "s,2021-01-01,2021-06-30,1.1.beneficiaries,total,4\n"
        "s,2021-07-01,2021-12-31,1.1.beneficiaries,total,3\n"
        "s,2020-12-31,2020-12-31,1.1.beneficiaries,total,100\n"
        "s,2021-01-01,2021-12-31,1.2.hours,total,12.75\n")
    assert value(data, "s", "1.1.beneficiaries") == "7"
    assert value(data, "s", "1.1.beneficiaries", "men") == ""
    assert value(data, "s", "1.2.hours") == "12.75"
    assert value(data, "s", "3.6.devices") == ""
    assert value(data, "s", "2.cost") == "0.00"
    assert value(data, "c", "cohort.enlarged") == "3"
    assert not [x for x in questionnaire(data, "c", "2021-01-01", "2021-12-31")
                if x.startswith("action,")]


# --------------------------------------------------------------------------

def main():
    parser = argparse.ArgumentParser(description="The questionnaire of a bundle, computed naively.")
    parser.add_argument("bundle", nargs="?")
    parser.add_argument("--contract")
    parser.add_argument("--from", dest="first_day")
    parser.add_argument("--to", dest="last_day")
    parser.add_argument("--all-indicators", action="store_true")
    parser.add_argument("--selftest", action="store_true")
    arguments = parser.parse_args()
    if arguments.selftest:
        selftest()
        print("ok - figures.py agrees with the figures worked out by hand")
        return
    if None in (arguments.bundle, arguments.contract, arguments.first_day, arguments.last_day):
        parser.error("BUNDLE, --contract, --from and --to are needed")
    lines = questionnaire(load(arguments.bundle), arguments.contract, arguments.first_day,
                          arguments.last_day, arguments.all_indicators)
    sys.stdout.buffer.write(("\n".join(lines) + "\n").encode("utf-8"))


if __name__ == "__main__":
    main()
