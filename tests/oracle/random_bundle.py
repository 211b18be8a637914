#!/usr/bin/env python3
"""random_bundle.py - small random bundles whose records crowd the edges of the rules.

    python3 random_bundle.py --seed N --out DIR [--contracts K]
    python3 random_bundle.py --coverage N

The first form writes a valid bundle (by interchange.md it imports without a
fault; warnings are expected) of 1 to K contracts of one territory, and prints
one line per contract, `CONTRACT FROM TO`: a period worth computing.  The same
seed gives the same bundle.  The second form generates N bundles, computes
their questionnaires with figures.py and prints how often each indicator and
cell holds something at the scope of a sheet (recorded by name or sent as
counts), an action, a contract.

Nearly all dates are drawn from the few days around the borders of the period,
so that each comparison of a date (before, on, after) is met often.
As a module: generate(seed, contracts) -> (tables, periods), write(tables, seed, folder).
"""

import argparse
import datetime
import os
import random
import re
import sys
from collections import Counter

# --------------------------------------------------------------------------
# The format: columns of each file in the order of interchange.md, and the key

COLUMNS = {
    "territories": "ref,name,kind,insee_code,department_code,department,region",
    "deliberations": "ref,territory_ref,number,held_on,convened_on,subject,members,present,"
                     "represented,excused,not_participating,votes_for,votes_against,abstentions",
    "contracts": "ref,territory_ref,kind,title,deliberation_ref,signed_on,duration_months,"
                 "state_party,local_party,programme,programme_action,authorising_officer,"
                 "public_accountant,payee_name,payee_iban,payee_bic,predecessor,eligible_statuses",
    "grants": "ref,contract_ref,year,requested_cents,granted_cents,condition",
    "priorities": "ref,contract_ref,number,title",
    "axes": "ref,priority_ref,number,title",
    "sheets": "ref,contract_ref,axis_ref,kind,number,title,audience,objective,objective_actors,"
              "starts_on,ends_on,funded,recording,summary",
    "actions": "ref,sheet_ref,title,operator_ref,audience,objective,objective_actors,detail",
    "forecasts": "sheet_ref,action_ref,year,cost_cents,p104_cents",
    "organisations": "ref,name,category,legal_form,parent_ref,siret",
    "partnerships": "sheet_ref,organisation_ref,role",
    "sheet_indicators": "sheet_ref,indicator",
    "local_indicators": "contract_ref,indicator,label,measure,match",
    "bodies": "ref,contract_ref,name,kind,frequency,conveners,members",
    "people": "ref,family_name,given_name,sex,birth_date,nationality,languages,arrived_on,"
              "cir_signed_on,household_ref,commune,phone,email,agdref,french_level",
    "statuses": "person_ref,status,since,until",
    "enrolments": "ref,action_ref,person_ref,state,entered_on,left_on,planned_minutes,exit,"
                  "contract_months,referrer_ref",
    "sessions": "ref,action_ref,held_on,minutes,kind,theme,audience,state,group,civic_themes,"
                "public_count,civic_other",
    "attendances": "session_ref,person_ref,minutes,excused",
    "trainees": "ref,family_name,given_name,organisation_ref,volunteer",
    "trainee_attendances": "session_ref,trainee_ref,minutes",
    "assessments": "enrolment_ref,on,moment,level",
    "followups": "enrolment_ref,months,on,situation",
    "acts": "ref,action_ref,person_ref,on,kind,quantity",
    "pairs": "ref,action_ref,person_ref,partner_name,started_on,ended_on",
    "tools": "action_ref,on,audience,label",
    "expenses": "ref,action_ref,on,label,cents,p104_cents,account",
    "payments": "ref,contract_ref,year,on,cents",
    "aggregates": "sheet_ref,from,to,indicator,cell,value",
    "cohort_members": "person_ref,contract_ref,consented_on,joined_on,left_on",
    "meetings": "ref,body_ref,on,state,subject",
}
COLUMNS = {name: columns.split(",") for name, columns in COLUMNS.items()}

KEYS = {
    "forecasts": ["sheet_ref", "action_ref", "year"],
    "partnerships": ["sheet_ref", "organisation_ref", "role"],
    "sheet_indicators": ["sheet_ref", "indicator"],
    "local_indicators": ["contract_ref", "indicator"],
    "statuses": ["person_ref", "since"],
    "attendances": ["session_ref", "person_ref"],
    "trainee_attendances": ["session_ref", "trainee_ref"],
    "assessments": ["enrolment_ref", "on", "moment"],
    "followups": ["enrolment_ref", "months"],
    "tools": ["action_ref", "on", "audience", "label"],
    "aggregates": ["sheet_ref", "from", "to", "indicator", "cell"],
    "cohort_members": ["person_ref", "contract_ref", "joined_on"],
}
KEYS = {name: KEYS.get(name, ["ref"]) for name in COLUMNS}

REFERENCES = {                           # where an X_ref is not the file of X + "s"
    "territory_ref": "territories", "axis_ref": "axes", "priority_ref": "priorities",
    "body_ref": "bodies", "person_ref": "people", "operator_ref": "organisations",
    "parent_ref": "organisations", "referrer_ref": "organisations",
}

CELLS = ["total", "men", "women", "under25", "bpi", "bpi_men", "bpi_women", "bpi_under25"]
NATIONAL = [
    "1.1.beneficiaries", "1.2.trained", "1.2.hours", "1.2.tools", "2.cost", "2.p104",
    "3.1.hours", "3.1.assiduous", "3.1.progress", "3.2.months", "3.2.positive", "3.2.training",
    "3.2.durable", "3.2.six_months", "3.3.hours", "3.3.tools", "3.3.themes", "3.4.households",
    "3.5.consultations", "3.6.devices", "3.6.hours", "3.7.pairs", "3.8.sport", "3.8.culture",
]
HOURS = {"1.2.hours", "3.1.hours", "3.3.hours", "3.6.hours"}
NOT_SENT = {"2.cost", "2.p104", "3.2.months", "1.2.tools", "3.3.tools", "3.3.themes"}

BPI = ["refugee", "stateless", "subsidiary_protection"]
OTHER_ELIGIBLE = ["family_of_french", "parent_of_french", "family_reunification", "worker",
                  "other_newcomer"]
NOT_ELIGIBLE = ["student", "temporary_protection", "asylum_seeker", "eu_citizen", "french", "none"]
LEVELS = ["alpha", "A0", "A1.1", "A1", "A2", "B1", "B2", "C1", "C2"]

# indicator, measure, match
LOCAL = [
    ("local.training_access", "persons_with_act", "training_access"),
    ("local.followed", "persons_with_act", "followup_interview"),
    ("local.placements", "acts", "placement"),
    ("local.consultations", "acts", "medical_consultation"),
    ("local.events", "sessions", "public_event"),
    ("local.workshops", "sessions", "workshop"),
    ("local.event_participants", "session_participants", "public_event"),
    ("local.training_participants", "session_participants", "training"),
    ("local.volunteers_trained", "volunteers_trained", ""),
    ("local.meetings", "meetings", ""),
    ("local.qualitative", "declared", ""),
    ("local.video_views", "declared", ""),
    # the same names measured in another way, by another contract
    ("local.placements", "persons_with_act", "placement"),
    ("local.events", "sessions", "culture_event"),
    ("local.qualitative", "acts", "diagnostic"),
]

PERIODS = [
    ("2022-10-17", "2023-10-16"), ("2022-01-01", "2022-12-31"), ("2022-09-01", "2023-08-31"),
    ("2021-03-01", "2022-02-28"), ("2021-02-28", "2021-12-31"), ("2023-03-01", "2024-02-29"),
    ("2025-02-27", "2025-03-02"), ("2022-10-17", "2022-10-17"), ("2022-12-31", "2023-01-01"),
]

LABELS = [
    "Guide d'accueil", "Guide, édition 2", 'Livret "Bienvenue"', "Vidéo; sous-titrée",
    'Fiches "A", "B" et "C"', "affiche", "Affiche", "Œuvre collective", "Kit",
]


def day(text):
    return datetime.date.fromisoformat(text)


def plus(date, days):
    return date + datetime.timedelta(days=days)


def years_before(date, years):
    try:
        return date.replace(year=date.year - years)
    except ValueError:
        return datetime.date(date.year - years, 3, 1)


# --------------------------------------------------------------------------
# The generator

class Generator:

    def __init__(self, seed, contracts):
        self.random = random.Random(seed)
        self.tables = {name: [] for name in COLUMNS}
        self.used = {name: set() for name in COLUMNS}
        self.periods = []                # (contract ref, first day, last day)
        self.people = []
        self.organisations = []
        self.trainees = []
        self.home = None                 # the period whose borders dates crowd around
        self.build(self.random.randint(1, contracts) if contracts > 1 else 1)

    # Small tools

    def chance(self, percent):
        return self.random.random() * 100 < percent

    def pick(self, *values):
        """One of the values; a pair (value, weight) weighs more than 1."""
        weights = [v[1] if isinstance(v, tuple) else 1 for v in values]
        plain = [v[0] if isinstance(v, tuple) else v for v in values]
        return self.random.choices(plain, weights)[0]

    def some(self, values, most):
        """Up to `most` of the values, in any order."""
        return self.random.sample(values, self.random.randint(0, min(most, len(values))))

    def add(self, table, **row):
        """Adds the row, unless its key is taken already; says whether it did."""
        row = {column.rstrip("_"): str(value) for column, value in row.items()}
        row = {column: row.get(column, "") for column in COLUMNS[table]}
        key = tuple(row[column] for column in KEYS[table])
        if key in self.used[table]:
            return False
        self.used[table].add(key)
        self.tables[table].append(row)
        return True

    def ref(self, table, wished):
        """A ref not yet used in the table."""
        ref, number = wished, 1
        while (ref,) in self.used[table]:
            number += 1
            ref = "%s%d" % (wished, number)
        return ref

    def number(self, table, prefix):
        """A ref made of a prefix and the number of rows: x9 and x10 in code-point order."""
        return self.ref(table, "%s%d" % (prefix, len(self.tables[table]) + 1))

    # Dates

    def date(self):
        """A day near the borders of the period, or in its middle, or far away."""
        first, last = self.home
        middle = plus(first, (last - first).days // 2)
        return self.pick(
            (plus(first, -1), 3), (first, 5), (plus(first, 1), 3), (middle, 6),
            (plus(last, -1), 3), (last, 5), (plus(last, 1), 3),
            (plus(first, -200), 1), (plus(first, -20), 1), (plus(last, 40), 1))

    def inside(self):
        """A day of the period."""
        first, last = self.home
        date = self.date()
        return min(max(date, first), last)

    def date_from(self, start):
        """A day not before `start`, often `start` itself."""
        if self.chance(15):
            return start
        date = self.date()
        return date if date >= start else plus(start, self.pick(0, 1, 30))

    # Contract half

    def build(self, contracts):
        self.add("territories", ref="territoire", name="Ville-Témoin", kind="commune",
                 insee_code="63113", department_code="63", department="Puy-de-Dôme",
                 region="Auvergne-Rhône-Alpes")
        for number in range(self.random.randint(2, 4)):
            ref = self.ref("organisations", self.pick("ville", "org", "org-a", "org.a", "org_a"))
            self.add("organisations", ref=ref, name=self.pick("Ville", 'Foyer "Nord"', "A, B et C"),
                     category=self.pick("city", "state", "institution", "accommodation", "charity",
                                        "health", "social", "housing", "education", "employment",
                                        "other"),
                     legal_form=self.pick("public", "private", ""),
                     parent_ref=self.pick("", *self.organisations),
                     siret=self.pick("", "", "73282932000074"))
            self.organisations.append(ref)
        for number in range(self.random.randint(1, 4)):
            self.trainee()
        base = self.pick(*[((day(a), day(b)), 4 if day(b) > plus(day(a), 30) else 2)
                           for a, b in PERIODS])
        for number in range(contracts):
            self.home = base
            if self.chance(25):
                first, last = base
                first, last = plus(first, self.pick(-1, 0, 1)), plus(last, self.pick(-1, 0, 1))
                self.home = (min(first, last), max(first, last))
            elif self.chance(20):
                first, last = self.random.choice(PERIODS)
                self.home = (day(first), day(last))
            self.contract()

    def contract(self):
        self.contract_ref = self.number("contracts", "c")
        first, last = self.home
        self.periods.append((self.contract_ref, first.isoformat(), last.isoformat()))
        deliberation = ""
        if self.chance(30):
            deliberation = self.number("deliberations", "d")
            self.add("deliberations", ref=deliberation, territory_ref="territoire", number="50",
                     held_on=plus(first, -20), convened_on=plus(first, -26), subject="Contrat",
                     members=55, present=49, represented=4, excused=2, not_participating=0,
                     votes_for=53, votes_against=0, abstentions=0)
        statuses = ""
        if self.chance(35):
            statuses = ";".join(self.some(BPI + OTHER_ELIGIBLE + NOT_ELIGIBLE[:-1], 5))
        self.add("contracts", ref=self.contract_ref, territory_ref="territoire", kind="ctai",
                 title="Contrat " + self.contract_ref, deliberation_ref=deliberation,
                 signed_on=self.pick("", first), duration_months=self.pick("", "36"),
                 state_party=self.pick("", "Préfet"), local_party=self.pick("", "Ville, Métropole"),
                 programme=self.pick("", "104"), programme_action=self.pick("", "12-02"),
                 payee_name=self.pick("", "VILLE"), predecessor=self.pick("", "Contrat \"2019\""),
                 payee_iban=self.pick("", "FR883000100301C630000000038"),
                 payee_bic=self.pick("", "BDFEFRPPCCT"), eligible_statuses=statuses)
        if self.chance(30):
            self.add("grants", ref=self.number("grants", "g"), contract_ref=self.contract_ref,
                     year=first.year, requested_cents=self.pick("", "100"),
                     granted_cents=self.pick("", "0", "99"), condition="sous réserve")
        if self.chance(30):
            self.add("payments", ref=self.number("payments", "v"), contract_ref=self.contract_ref,
                     year=first.year, on=self.date(), cents=self.pick(0, 1, 150000))

        # Local indicators; the kinds of act that they count are local codes
        self.local = []
        for indicator, measure, match in self.some(LOCAL, 9):
            if self.add("local_indicators", contract_ref=self.contract_ref, indicator=indicator,
                        label=self.pick("Libellé", "Libellé, local"), measure=measure, match=match):
                self.local.append((indicator, measure, match))
        self.act_kinds = [("medical_consultation", 5), ("housing_access", 4), ("device_loan", 4),
                          ("followup_interview", 2), "diagnostic", "accompaniment"]
        self.act_kinds += [(match, 3) for indicator, measure, match in self.local
                           if measure in ("persons_with_act", "acts")
                           and match in ("training_access", "placement")]

        # Bodies and meetings
        for number in range(self.random.randint(0, 2)):
            body = self.number("bodies", "b")
            self.add("bodies", ref=body, contract_ref=self.contract_ref, name="Instance",
                     kind=self.pick("steering", "technical", "project_team", "working_group"),
                     frequency=self.pick("yearly", "as_needed"), conveners=self.pick("", "Ville"),
                     members=";".join(self.some(self.organisations, 3)))
            for number in range(self.random.randint(0, 4)):
                self.add("meetings", ref=self.number("meetings", "m"), body_ref=body,
                         on=self.date(), state=self.pick(("held", 4), "planned", "cancelled"),
                         subject=self.pick("", "Point d'étape, suite"))

        # The people of the contract: some are of other contracts too
        known = self.people[:]
        self.present = self.some(known, 4)
        while len(self.present) < 3 or (len(self.present) < 12 and self.chance(75)):
            self.present.append(self.person())
        for person in self.present:
            if self.chance(45):
                self.cohort_member(person)

        self.priority = ""
        if self.chance(50):
            self.priority = self.number("priorities", "p")
            self.add("priorities", ref=self.priority, contract_ref=self.contract_ref, number=1,
                     title="Priorité")
        for number in range(self.pick(1, (2, 3), (3, 2))):
            self.sheet()

    def sheet(self):
        wished = self.contract_ref + "-" + self.pick("s1", "s10", "s2", "s1-a", "s1.a", "s1_a",
                                                     "s" * 40)
        sheet = self.ref("sheets", wished)
        axis = ""
        if self.priority and self.chance(60):
            axis = self.number("axes", "x")
            self.add("axes", ref=axis, priority_ref=self.priority, number=self.pick(1, 2),
                     title="Axe")
        aggregate = self.chance(30)
        starts = self.pick("", self.date())
        self.add("sheets", ref=sheet, contract_ref=self.contract_ref, axis_ref=axis,
                 kind=self.pick(("action", 5), "evaluation", "governance"), number="1.1",
                 title="Fiche", audience=self.pick("newcomers", "actors", ("mixed", 2)),
                 objective=self.pick("", "0", "12"), objective_actors=self.pick("", "0", "7"),
                 starts_on=starts, ends_on=self.pick("", self.date_from(starts)) if starts else "",
                 funded=self.pick("", "yes", "no"),
                 recording="aggregate" if aggregate else "nominal",
                 summary=self.pick("", "Résumé", 'Deux "lignes",\ndont une seconde'))
        for organisation in self.some(self.organisations, 2):
            self.add("partnerships", sheet_ref=sheet, organisation_ref=organisation,
                     role=self.pick("operator", "partner"))
        if self.chance(20):
            self.add("forecasts", sheet_ref=sheet, year=self.home[0].year, cost_cents=5000,
                     p104_cents=self.pick("", "0", "5000"))

        local = [indicator for indicator, measure, match in self.local]
        carried = self.some(NATIONAL, 10) + self.some(local, 4)
        for indicator in carried:
            self.add("sheet_indicators", sheet_ref=sheet, indicator=indicator)

        for number in range(self.pick((0, 1), (1, 6), (2, 6), (3, 3))):
            self.action(sheet)
        if aggregate:
            self.aggregates(sheet, [i for i in NATIONAL + local if self.chance(60)])
        else:
            declared = [i for i, measure, match in self.local
                        if measure == "declared" and self.chance(70)]
            self.aggregates(sheet, declared)
            if self.chance(8):           # counts that a sheet recorded by name does not use
                self.aggregates(sheet, ["1.1.beneficiaries", "1.2.hours"])

    # Records of an action

    def action(self, sheet):
        action = self.ref("actions", sheet + self.pick("-a", "-b", ".a", "_a", "-a-1", "1"))
        self.add("actions", ref=action, sheet_ref=sheet, title=self.pick("Action", "Action, bis"),
                 operator_ref=self.pick("", *self.organisations),
                 audience=self.pick(("newcomers", 3), "actors", "mixed", "public"),
                 objective=self.pick("", "0", "5"), objective_actors=self.pick("", "0", "3"),
                 detail=self.pick("", "10 à 12 personnes; 3 mois"))
        if self.chance(20):
            self.add("forecasts", sheet_ref=sheet, action_ref=action, year=self.home[0].year,
                     cost_cents=100, p104_cents="")
        if self.chance(12):
            return                       # an action without records
        self.sessions(action)
        for number in range(self.random.randint(0, 8)):
            self.enrolment(action, self.anyone(), self.date())
        if self.chance(30):
            self.course(action)
        for number in range(self.random.randint(0, 7)):
            self.add("acts", ref=self.number("acts", "t"), action_ref=action,
                     person_ref=self.anyone(), on=self.date(), kind=self.pick(*self.act_kinds),
                     quantity=self.pick("", "0", "1", "3"))
        if self.chance(25):              # a household, or neighbours, housed
            on = self.date()
            for person in self.some(self.present, 5):
                self.add("acts", ref=self.number("acts", "t"), action_ref=action,
                         person_ref=person, on=on, kind="housing_access")
        for number in range(self.pick(0, 0, 1, 2)):
            started = self.date()
            self.add("pairs", ref=self.number("pairs", "j"), action_ref=action,
                     person_ref=self.anyone(), partner_name=self.pick("", "Camille, voisine"),
                     started_on=started, ended_on=self.pick("", (self.date_from(started), 2)))
        for number in range(self.random.randint(0, 3)):
            self.add("tools", action_ref=action, on=self.date(),
                     audience=self.pick("actors", "newcomers"), label=self.random.choice(LABELS))
        for number in range(self.random.randint(0, 3)):
            cents = self.pick(0, 1, 99, 100, 12345, 2500000)
            self.add("expenses", ref=self.number("expenses", "f"), action_ref=action,
                     on=self.date(), label=self.random.choice(LABELS), cents=cents,
                     p104_cents=self.pick("", 0, cents, cents // 2),
                     account=self.pick("", "60", "64", "69"))

    def anyone(self):
        return self.random.choice(self.present)

    def sessions(self, action):
        for number in range(self.random.randint(0, 8)):
            session = self.number("sessions", "s")
            kind = self.pick(("training", 8), ("workshop", 2), "group", ("sport_event", 2),
                             ("culture_event", 2), ("public_event", 2), "other")
            theme = self.pick("", ("language", 5), ("civic", 5), ("digital", 4), "employment",
                              "health", "mobility", "childcare", "housing", "education", "culture",
                              "sport", "other")
            civic, other = "", ""
            if theme == "civic" or self.chance(15):
                themes = self.some(["laicite", "equality", "citizenship", "parenthood",
                                    "host_society", "other"], 3)
                civic = ";".join(themes)
                other = "Autre, précisé" if "other" in themes else ""
            length = self.pick(1, 7, 20, 50, 60, 75, 90, 100, 125)
            self.add("sessions", ref=session, action_ref=action,
                     held_on=self.pick(self.date(), self.inside()), minutes=length, kind=kind,
                     theme=theme, audience=self.pick(("newcomers", 4), ("actors", 3), "public"),
                     state=self.pick(("held", 7), "planned", "cancelled"),
                     group=self.pick("", "Groupe A"), civic_themes=civic,
                     public_count=self.pick("", "0", "1", "25"), civic_other=other)
            for person in self.some(self.present, 4):
                self.add("attendances", session_ref=session, person_ref=person,
                         minutes=self.pick(0, 0, 1, 20, length // 2, length, length, length + 5),
                         excused=self.pick("", "yes", "no"))
            for trainee in self.some(self.trainees, 3):
                self.add("trainee_attendances", session_ref=session, trainee_ref=trainee,
                         minutes=self.pick(0, 1, length))
            if self.chance(10):
                self.trainee()

    def course(self, action):
        """Lessons on each side of both borders, and people who come to nearly all."""
        first, last = self.home
        people = self.some(self.present, 2)
        for held in sorted({plus(first, -1), first, last, plus(last, 1)}):
            session = self.number("sessions", "s")
            self.add("sessions", ref=session, action_ref=action, held_on=held, minutes=60,
                     kind=self.pick(("training", 9), "group"),
                     state=self.pick(("held", 9), "cancelled"),
                     theme=self.pick("language", "digital", "civic", "mobility", ""),
                     audience=self.pick(("newcomers", 3), "actors"))
            for person in people:
                if self.chance(90):
                    self.add("attendances", session_ref=session, person_ref=person,
                             minutes=self.pick((60, 4), 48, 24, 0))
        for person in people:
            for number in range(self.pick((1, 3), 2)):
                entered = self.pick((plus(first, -1), 2), (first, 2), last)
                left = self.pick("", first, last, (plus(last, 1), 2), plus(last, 9))
                self.enrolment(action, person, entered, max(entered, left) if left else "")

    def enrolment(self, action, person, entered, left=None):
        enrolment = self.number("enrolments", "e")
        if left is None:
            left = self.date_from(entered) if self.chance(65) else ""
        if left and self.chance(10):
            left = entered
        exit_, months = "", ""
        if (left and self.chance(90)) or self.chance(5):
            exit_ = self.pick(("employment", 5), ("training", 3), "other", "dropped_out", "moved",
                              "unknown")
        if exit_ == "employment" or self.chance(8):
            months = self.pick("permanent", "permanent", "6", "6.5", "5.9", "12", "")
        self.add("enrolments", ref=enrolment, action_ref=action, person_ref=person,
                 state=self.pick(("active", 9), "requested", "refused", "cancelled"),
                 entered_on=entered, left_on=left, exit=exit_, contract_months=months,
                 planned_minutes=self.planned_minutes(action, person, entered, left),
                 referrer_ref=self.pick("", *self.organisations))
        if self.chance(80 if exit_ in ("employment", "training") else 15):
            if self.chance(70):
                self.add("followups", enrolment_ref=enrolment, months=6,
                         on=plus(left or entered, 182),
                         situation=self.pick(("employment", 2), ("training", 2), "none",
                                             "unreachable"))
        if self.chance(65):
            self.assessments(enrolment, entered)

    def planned_minutes(self, action, person, entered, left):
        """Often just at, or just above, what makes 80 % of the minutes attended."""
        kind = self.pick("none", "zero", ("any", 2), ("edge", 5))
        if kind == "none":
            return ""
        if kind == "zero":
            return 0
        if kind == "edge":
            sessions = {s["ref"] for s in self.tables["sessions"]
                        if s["action_ref"] == action and s["state"] == "held"
                        and s["kind"] == "training" and s["held_on"] >= str(entered)
                        and (not left or s["held_on"] <= str(left))
                        and s["held_on"] <= str(self.home[1])}
            minutes = sum(int(a["minutes"]) for a in self.tables["attendances"]
                          if a["person_ref"] == person and a["session_ref"] in sessions)
            if minutes > 0:
                return minutes * 5 // 4 + self.pick(0, 0, 1)
        return self.pick(1, 30, 60, 125, 600)

    def assessments(self, enrolment, entered):
        levels = LEVELS[self.pick(0, 0, 2, 3, 4, 5):]
        for number in range(self.pick((1, 5), (2, 3), 0)):
            self.add("assessments", enrolment_ref=enrolment, moment="entry",
                     on=self.pick((entered, 3), plus(entered, -1), plus(entered, 1), self.date()),
                     level=self.pick((levels[0], 2), *levels[:3]))
        for number in range(self.pick(0, (1, 3), (2, 3), 3)):
            on = self.pick(entered, (self.date_from(entered), 3), self.date())
            moment = self.pick("interim", "exit")
            self.add("assessments", enrolment_ref=enrolment, on=on, moment=moment,
                     level=self.random.choice(levels[:4]))
            if self.chance(25):          # both on one day
                self.add("assessments", enrolment_ref=enrolment, on=on,
                         moment="exit" if moment == "interim" else "interim",
                         level=self.random.choice(levels[:4]))

    # People

    def person(self):
        first, last = self.home
        ref = self.number("people", "n")
        household = ""
        if self.chance(60):
            # free keys; some look like the ref of a person
            household = self.pick(("h-" + self.contract_ref, 4), "h-commun", ref, "n1")
        self.add("people", ref=ref, family_name=self.pick("", "Doe", "O'Neil", "Núñez, fils"),
                 given_name=self.pick("", "Ali", "Zoé"),
                 sex=self.pick(("F", 4), ("M", 4), ("X", 1), ("", 1)), birth_date=self.birth(),
                 nationality=self.pick("", "AF", "UA"), languages=self.pick("", "ps", "fr;ar"),
                 arrived_on=self.pick("", plus(first, -300)),
                 cir_signed_on=self.pick("", plus(first, -100)), household_ref=household,
                 commune=self.pick("", "63113"), phone=self.pick("", "+33 6 39 98 00 00"),
                 email=self.pick("", "personne@example.org"), agdref=self.pick("", "6303000000"),
                 french_level=self.pick("", "A1"))
        self.people.append(ref)
        for number in range(self.pick((0, 1), (1, 6), (2, 4), (3, 2))):
            since = self.pick(self.date(), self.date(), plus(first, -900))
            until = self.date_from(since) if self.chance(50) else ""
            self.add("statuses", person_ref=ref, since=since, until=until,
                     status=self.pick((self.random.choice(BPI), 4),
                                      (self.random.choice(OTHER_ELIGIBLE), 4),
                                      (self.random.choice(NOT_ELIGIBLE), 3)))
            if until and self.chance(50):      # another one the day after, or that very day
                since = plus(until, self.pick(1, 0, 2))
                self.add("statuses", person_ref=ref, since=since,
                         until=self.pick("", self.date_from(since)),
                         status=self.random.choice(BPI + OTHER_ELIGIBLE + NOT_ELIGIBLE))
        return ref

    def birth(self):
        first, last = self.home
        kind = self.pick("none", ("edge", 5), ("partial", 2), ("leap", 2), "any")
        if kind == "none":
            return ""
        if kind == "edge":
            return plus(years_before(self.inside(), 25), self.pick(-1, 0, 0, 1, 1))
        if kind == "partial":
            born = years_before(self.inside(), 25)
            return self.pick("%d" % born.year, "%d" % (born.year + 1),
                             "%d-%02d" % (born.year, born.month))
        if kind == "leap":
            leap = years_before(last, 25).year // 4 * 4
            return self.pick("1992-02-29", ("%d-02-29" % leap, 3))
        return self.pick("1980-05-05", "2003-11-30")

    def trainee(self):
        ref = self.number("trainees", "k")
        self.add("trainees", ref=ref, family_name=self.pick("", "Martin"), given_name="",
                 organisation_ref=self.pick("", *self.organisations),
                 volunteer=self.pick("yes", "no"))
        self.trainees.append(ref)

    def cohort_member(self, person):
        joined = self.date()
        left = self.pick("", self.date_from(joined))
        self.add("cohort_members", person_ref=person, contract_ref=self.contract_ref,
                 consented_on=self.pick((joined, 3), plus(joined, 1)), joined_on=joined,
                 left_on=left)
        if left and self.chance(25):     # joined again
            again = plus(left, self.pick(1, 30))
            self.add("cohort_members", person_ref=person, contract_ref=self.contract_ref,
                     consented_on=joined, joined_on=again,
                     left_on=self.pick("", self.date_from(again)))

    # Counts sent

    def intervals(self):
        """Periods that follow one another, cut at the borders more often than not."""
        first, last = self.home
        cuts = {plus(last, 1)} if self.chance(80) else set()
        if self.chance(80):
            cuts.add(first)
        while len(cuts) < 2 or self.chance(40):
            cuts.add(self.pick(plus(first, -1), plus(first, 1), last, plus(last, 2),
                               plus(first, (last - first).days // 2), plus(first, -90),
                               plus(last, 91)))
        cuts = sorted(cuts)
        return [(a, plus(b, -1)) for a, b in zip(cuts, cuts[1:]) if self.chance(85)]

    def aggregates(self, sheet, indicators):
        common = self.intervals()
        for indicator in indicators:
            if indicator in NOT_SENT:
                continue
            for first, last in common if self.chance(60) else self.intervals():
                if indicator == "1.1.beneficiaries":
                    cells = self.coherent_cells()
                elif indicator in HOURS:
                    cells = {"total": self.pick("0", "3", "12.5", "0.25", "7.75", "0.1", "33.33")}
                else:
                    cells = {"total": self.pick(0, 1, 2, 17)}
                for cell in cells:
                    self.add("aggregates", sheet_ref=sheet, from_=first, to=last,
                             indicator=indicator, cell=cell, value=cells[cell])

    def coherent_cells(self):
        """Counts that hold together, some of which were not sent."""
        count = Counter()
        for number in range(self.pick(0, 1, 2, 5, 9)):
            sex = self.pick("men", "women", "")
            bpi, young = self.chance(50), self.chance(50)
            count["total"] += 1
            count["under25"] += young
            count["bpi"] += bpi
            count["bpi_under25"] += bpi and young
            if sex:
                count[sex] += 1
                count["bpi_" + sex] += bpi
        sent = 100 if self.chance(50) else 70
        return {cell: count[cell] for cell in CELLS if self.chance(sent)}


# --------------------------------------------------------------------------
# Is the bundle valid?  (A mistake of the generator stops it here.)

def check(tables):
    for name, rows in tables.items():
        keys = [tuple(row[column] for column in KEYS[name]) for row in rows]
        assert len(keys) == len(set(keys)), name
        for row in rows:
            for column, value in row.items():
                if column == "ref":
                    assert re.fullmatch("[a-z0-9_.-]{1,64}", value), (name, row)
                if column.endswith("_ref") and column != "household_ref" and value != "":
                    target = REFERENCES.get(column, column[:-4] + "s")
                    assert any(other["ref"] == value for other in tables[target]), (name, row)
            for start, end in (("since", "until"), ("entered_on", "left_on"), ("from", "to"),
                               ("started_on", "ended_on"), ("joined_on", "left_on"),
                               ("starts_on", "ends_on")):
                if row.get(start) and row.get(end):
                    assert row[start] <= row[end], (name, row)
    sent = {}
    for row in tables["aggregates"]:
        group = (row["sheet_ref"], row["indicator"], row["from"], row["to"])
        sent.setdefault(group, {})[row["cell"]] = float(row["value"])
        for other in tables["aggregates"]:
            same = all(row[c] == other[c] for c in ("sheet_ref", "indicator", "cell"))
            if same and other is not row:
                assert row["to"] < other["from"] or other["to"] < row["from"], (row, other)
    for cells in sent.values():
        def holds(parts, whole):
            if whole in cells:
                assert sum(cells.get(part, 0) for part in parts) <= cells[whole], cells
        for part in CELLS[1:]:
            holds([part], "total")
        holds(["men", "women"], "total")
        holds(["bpi_men", "bpi_women"], "bpi")
        holds(["bpi_men"], "men")
        holds(["bpi_women"], "women")
        holds(["bpi_under25"], "bpi")
        holds(["bpi_under25"], "under25")


# --------------------------------------------------------------------------
# Writing: every form that interchange.md accepts on import

def quoted(value, delimiter, always):
    if always or any(character in value for character in delimiter + '"\r\n'):
        return '"' + value.replace('"', '""') + '"'
    return value


def write(tables, seed, folder):
    """Writes the files that have rows.  The folder must be empty or new."""
    dice = random.Random("form %d" % seed)
    os.makedirs(folder, exist_ok=True)
    if os.listdir(folder):
        raise SystemExit("%s is not empty" % folder)
    for name, rows in tables.items():
        if not rows:
            continue
        columns = COLUMNS[name][:]
        rows = rows[:]
        delimiter, end, mark, always = ",", "\n", "", False
        if dice.random() < 0.30:         # columns that nobody filled may be missing
            columns = [c for c in columns if any(row[c] != "" for row in rows)]
        if dice.random() < 0.25:
            dice.shuffle(columns)
        if dice.random() < 0.50:
            dice.shuffle(rows)
        if dice.random() < 0.12:
            delimiter = ";"
        if dice.random() < 0.10:
            end = "\r\n"
        if dice.random() < 0.10:
            mark = "\ufeff"
        if dice.random() < 0.05:
            always = True
        with open(os.path.join(folder, name + ".csv"), "w", encoding="utf-8", newline="") as file:
            file.write(mark + delimiter.join(columns) + end)
            for row in rows:
                fields = [quoted(row[column], delimiter, always) for column in columns]
                file.write(delimiter.join(fields) + end)


def generate(seed, contracts=1):
    """(tables, periods): the rows of each file; (contract, first day, last day)."""
    generator = Generator(seed, contracts)
    check(generator.tables)
    return generator.tables, generator.periods


# --------------------------------------------------------------------------
# How often each figure holds something

def coverage(seeds):
    import tempfile

    sys.dont_write_bytecode = True       # no __pycache__ beside the sources
    import figures

    filled, zero, empty = Counter(), Counter(), Counter()
    for seed in range(1, seeds + 1):
        tables, periods = generate(seed, 1)
        with tempfile.TemporaryDirectory() as folder:
            write(tables, seed, folder)
            data = figures.load(folder)
        recording = {row["ref"]: row["recording"] for row in tables["sheets"]}
        for contract, first, last in periods:
            for line in figures.questionnaire(data, contract, first, last, True)[1:]:
                fields = next(figures.csv.reader([line]))
                scope, ref, indicator, cell, objective, achieved = fields[:6]
                column = recording[ref] if scope == "sheet" else scope
                counter = filled
                if achieved == "":
                    counter = empty
                elif achieved in ("0", "0.00"):
                    counter = zero
                counter[indicator, cell, column] += 1
    columns = ["nominal", "aggregate", "action", "contract"]
    print("%d seeds: figures that hold something, / zero, / empty" % seeds)
    print("%-34s" % "" + "".join("%22s" % column for column in columns))
    missing = 0
    for indicator, cell in sorted({key[:2] for key in filled + zero + empty}):
        line = "%-34s" % (indicator + " " + cell)
        for column in columns:
            key = (indicator, cell, column)
            if filled[key] + zero[key] + empty[key] == 0:
                line += "%22s" % "."
                continue
            line += "%22s" % ("%d / %d / %d" % (filled[key], zero[key], empty[key]))
            if filled[key] == 0:
                declared = column == "action" and any(
                    indicator == i and measure == "declared" for i, measure, match in LOCAL)
                never_sent = column == "aggregate" and indicator == "3.2.months"
                if not declared and not never_sent:
                    missing += 1
                    line += "  never"
        print(line)
    return missing


def main():
    parser = argparse.ArgumentParser(description="A small random bundle.")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--out")
    parser.add_argument("--contracts", type=int, default=1)
    parser.add_argument("--coverage", type=int, metavar="N")
    arguments = parser.parse_args()
    if arguments.coverage:
        sys.exit(1 if coverage(arguments.coverage) else 0)
    if arguments.seed is None or arguments.out is None:
        parser.error("--seed and --out are needed")
    tables, periods = generate(arguments.seed, arguments.contracts)
    write(tables, arguments.seed, arguments.out)
    for contract, first, last in periods:
        print(contract, first, last)


if __name__ == "__main__":
    main()
