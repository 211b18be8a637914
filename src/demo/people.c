/* people.c - who they are: origins, ages, households, the statuses that they had over time.
 *
 * The mix is that of a département in 2021: of 707 signatories of the integration contract 310 had international protection,
 * 171 were married to French people, 49 parents of French children, 61 joined their family, 116 came otherwise; half were
 * women. Around them those who are met as well without being counted: asylum seekers, students, temporary protection. */
#include <stdio.h>
#include <string.h>

#include "demo/making.h"

const char *const level_words[LEVELS] = { "alpha", "A0", "A1.1", "A1", "A2", "B1", "B2", "C1", "C2" };

/* In STANDING_ order, in thousandths: 830 signatories, and 170 others. */
static const int standing_weights[STANDINGS] = { 385, 200, 57, 45, 68, 75, 62, 26, 48, 5, 11, 11, 7 };
static const enum reason reasons[STANDINGS] = {
	REASON_ASYLUM,
	REASON_FAMILY,
	REASON_FAMILY,
	REASON_FAMILY,
	REASON_WORK,
	REASON_FAMILY,
	REASON_ASYLUM,
	REASON_WORK,
	REASON_PROTECTION,
	REASON_EUROPE,
	REASON_FAMILY,
	REASON_ASYLUM,
	REASON_FAMILY,
};

enum { WITHOUT_STATUS_MAX = 5 }; /* an import warns of each: enough to see how it looks */

static const char *
bpi_status(struct chance *c)
{
	static const int weights[] = { 66, 33, 1 };
	static const char *const words[] = { "refugee", "subsidiary_protection", "stateless" };

	return words[chance_weighted(c, weights, 3)];
}

static void
add_status(struct made_person *p, const char *status, day since, day until)
{
	p->statuses[p->status_count++] = (struct made_status){ status, since, until };
}

static void
seek_asylum(const struct making *m, struct made_person *p, struct chance *c)
{
	int wait = chance_between(c, 4, 45), procedure = chance_between(c, 120, 620);
	day asked = p->arrived + wait, granted = asked + procedure;

	if (p->standing == STANDING_ASYLUM_SEEKER && granted < m->year.to && chance_percent(c, 75))
		granted = m->year.to + chance_between(c, 10, 300); /* most of these still wait at the end of the year */
	if (p->standing == STANDING_BPI && granted > m->year.from + 200)
		granted = asked + chance_between(c, 30, 90);
	if (chance_percent(c, p->standing == STANDING_BPI ? 70 : 100))
		add_status(p, "asylum_seeker", asked, granted <= m->year.to ? granted - 1 : DAY_NONE);
	if (granted <= m->year.to)
		add_status(p, bpi_status(c), granted, DAY_NONE);
}

static void
give_statuses(const struct making *m, struct made_person *p)
{
	static const char *const simple[STANDINGS] = {
		[STANDING_FAMILY_OF_FRENCH] = "family_of_french",
		[STANDING_PARENT_OF_FRENCH] = "parent_of_french",
		[STANDING_REUNIFICATION] = "family_reunification",
		[STANDING_WORKER] = "worker",
		[STANDING_OTHER] = "other_newcomer",
		[STANDING_STUDENT] = "student",
		[STANDING_PROTECTION] = "temporary_protection",
		[STANDING_EUROPEAN] = "eu_citizen",
		[STANDING_NONE] = "none",
	};
	struct chance c = chance_for(m, CHANCE_STATUS, p->number, 0);
	day since = p->arrived + chance_between(&c, 0, 40), change;

	switch (p->standing) {
	case STANDING_BPI:
	case STANDING_ASYLUM_SEEKER:
		seek_asylum(m, p, &c);
		return;
	case STANDING_FRENCH: /* naturalised during the year, or shortly before */
		change = m->year.from + chance_between(&c, -200, 250);
		add_status(p, "family_of_french", since, change - 1);
		add_status(p, "french", change, DAY_NONE);
		return;
	case STANDING_UNRECORDED:
		return;
	default:
		break;
	}
	change = m->year.from + chance_between(&c, 20, 330);
	if ((p->standing == STANDING_WORKER || p->standing == STANDING_STUDENT) && change > since && chance_percent(&c, 15)) {
		/* a permit that ends: what follows is not known, or family */
		add_status(p, simple[p->standing], since, change - 1);
		if (chance_percent(&c, 60))
			add_status(p, "family_of_french", change, DAY_NONE);
		return;
	}
	add_status(p, simple[p->standing], since, DAY_NONE);
}

/* At some time of the year, by the State's usual list: enough to decide who is proposed what. */
static void
judge(const struct making *m, struct made_person *p)
{
	static const char *const eligible[] = { "refugee", "stateless", "subsidiary_protection", "family_of_french",
		"parent_of_french", "family_reunification", "worker", "other_newcomer" };

	for (int i = 0; i < p->status_count; i++) {
		const struct made_status *s = &p->statuses[i];

		if (s->since > m->life.to || (s->until != DAY_NONE && s->until < m->life.from))
			continue;
		for (size_t k = 0; k < sizeof eligible / sizeof *eligible; k++) {
			if (strcmp(s->status, eligible[k]) != 0)
				continue;
			p->eligible = true;
			p->bpi |= k < 3;
		}
	}
}

static int
age(const struct made_person *p, struct chance *c)
{
	static const int asylum[] = { 3, 38, 26, 16, 9, 5, 3 }, family[] = { 1, 16, 32, 25, 13, 8, 5 };
	static const int from[] = { 16, 18, 25, 31, 37, 45, 56 }, to[] = { 17, 24, 30, 36, 44, 55, 70 };
	int band = chance_weighted(c, reasons[p->standing] == REASON_ASYLUM ? asylum : family, 7);

	return p->standing == STANDING_STUDENT ? chance_between(c, 18, 27) : chance_between(c, from[band], to[band]);
}

static day
arrival(const struct making *m, const struct made_person *p, struct chance *c)
{
	switch (p->standing) {
	case STANDING_BPI:
		return m->year.from - chance_between(c, 200, 1800);
	case STANDING_ASYLUM_SEEKER:
		return m->year.from + chance_between(c, -420, 120);
	case STANDING_PROTECTION:
		return m->year.from + chance_between(c, -230, 150);
	case STANDING_FRENCH:
		return m->year.from - chance_between(c, 1500, 3000);
	default:
		return m->year.from + chance_between(c, -1300, 210);
	}
}

static void
first_level(struct made_person *p, struct chance *c)
{
	static const int weights[3][LEVELS] = {
		{ 30, 26, 20, 14, 8, 2, 0, 0, 0 },
		{ 4, 18, 22, 28, 18, 8, 2, 0, 0 },
		{ 4, 3, 5, 10, 22, 32, 20, 4, 0 },
	};

	p->level = chance_weighted(c, weights[p->origin->schooling], LEVELS);
	if (p->standing == STANDING_STUDENT && p->level < 5)
		p->level = 5;
}

/* A second or third person of the household before: from the same place, of about the same age, or a grown-up child. */
static void
join_household(const struct making *m, struct made_person *p, const struct made_person *other, struct chance *c)
{
	bool child = chance_percent(c, 20) && other->born < m->year.from - 37 * 366;
	day youngest = m->year.from - 17 * 366;

	p->origin = other->origin;
	p->household = other->household;
	p->standing = other->standing;
	if (other->standing == STANDING_BPI && chance_percent(c, 28))
		p->standing = STANDING_REUNIFICATION;
	if (other->standing == STANDING_UNRECORDED || other->standing == STANDING_STUDENT)
		p->standing = STANDING_OTHER;
	p->woman = child ? chance_percent(c, 50) : !other->woman;
	p->born = child ? other->born + chance_between(c, 6800, 8200) : other->born + chance_between(c, -2500, 2500);
	if (p->born > youngest)
		p->born = youngest;
	p->arrived = other->arrived + (chance_percent(c, 50) ? 0 : chance_between(c, 30, 500));
	if (p->arrived > m->year.from + 210)
		p->arrived = m->year.from + 210;
	if (chance_percent(c, 85))
		memcpy(p->family, other->family, sizeof p->family);
}

static void
come_alone(struct making *m, struct made_person *p, struct chance *c)
{
	static const int women[STANDINGS] = { 42, 56, 60, 66, 35, 52, 38, 50, 66, 50, 55, 40, 50 };
	int year, month, dom;

	p->standing = (enum standing)chance_weighted(c, standing_weights, STANDINGS);
	if (p->standing == STANDING_UNRECORDED && (!m->first_block || m->unrecorded++ >= WITHOUT_STATUS_MAX))
		p->standing = STANDING_OTHER;
	p->origin = origin_pick(c, reasons[p->standing]);
	p->woman = chance_percent(c, women[p->standing]);
	p->household = p->number;
	day_split(m->year.from, &year, &month, &dom);
	p->born = day_of(year - age(p, c), month, 1);
	p->born -= chance_below(c, 365);
	p->arrived = arrival(m, p, c);
}

static void
imagine(struct making *m, struct made_person *p, const struct made_person *before)
{
	static const int appetites[] = { 0, 20, 32, 28, 14, 6 };
	struct chance c = chance_for(m, CHANCE_PERSON, p->number, 0);
	int regular;

	(void)name_family(&c, 0, p->family); /* as many draws whatever follows */
	if (before != NULL && chance_percent(&c, 26) && before->number - before->household < 3)
		join_household(m, p, before, &c);
	else
		come_alone(m, p, &c);
	if (p->household == p->number || !str_eq(str_of(p->family), str_of(before->family)))
		(void)name_family(&c, p->origin->naming, p->family);
	p->other_sex = chance_below(&c, 250) == 0;
	first_level(p, &c);
	regular = chance_below(&c, 100);
	p->presence = regular < 48   ? chance_between(&c, 88, 98)
		      : regular < 82 ? chance_between(&c, 68, 86)
				     : chance_between(&c, 35, 66);
	give_statuses(m, p);
	judge(m, p);
	p->appetite = chance_weighted(&c, appetites, 6);
	if (!p->eligible)
		p->appetite = chance_percent(&c, 55) ? 1 : 0;
}

/* --- writing --- */

static str
birth_text(const struct made_person *p, struct chance *c, char to[DAY_TEXT])
{
	int how = chance_below(c, 100), y, month, dom;
	day born = p->born;

	day_split(born, &y, &month, &dom);
	if (p->origin->schooling == 0 && how >= 60 && how < 78)
		born = day_of(y, 1, 1); /* what many papers say when the day is not known */
	str text = day_text(born, to);

	if (how < 4)
		text.len = 4;
	else if (how < 7)
		text.len = 7;
	else if (how == 7)
		text.len = 0;
	return text;
}

static str
phone_text(struct chance *c, int64_t person, char to[32])
{
	/* ranges kept for fiction by the national numbering plan */
	static const char *const ranges[] = { "01 99 00", "02 61 91", "03 53 01", "04 65 71", "05 36 49", "06 39 98" };
	int range = chance_percent(c, 85) ? 5 : chance_below(c, 5);
	int last = (int)(person % 10000 * 7919 % 10000);

	snprintf(to, 32, "%s %02d %02d", ranges[range], last / 100, last % 100);
	return str_of(to);
}

static day
cir_day(const struct made_person *p, struct chance *c)
{
	int wait = chance_between(c, 20, 130);

	for (int i = 0; i < p->status_count; i++) {
		const struct made_status *s = &p->statuses[i];

		if (strcmp(s->status, "asylum_seeker") != 0 && p->eligible)
			return s->since + wait;
	}
	return DAY_NONE;
}

static void
write_person(struct making *m, const struct made_person *p, bool shared)
{
	struct chance c = chance_for(m, CHANCE_PERSON, p->number, 1);
	char ref[REF_SIZE], household[REF_SIZE], birth[DAY_TEXT], phone[32], email[REF_SIZE + 16], agdref[32];
	struct person r;
	day cir = cir_day(p, &c);

	entity_clear(&entities[ENTITY_people], &r);
	r.ref = person_ref(m, p->number, ref);
	r.family_name = str_of(p->family);
	r.given_name = name_given(&c, p->origin->naming, p->woman);
	r.sex = p->other_sex ? (chance_percent(&c, 50) ? S("X") : (str){ 0 }) : p->woman ? S("F") : S("M");
	r.birth_date = birth_text(p, &c, birth);
	r.nationality = p->standing == STANDING_FRENCH && chance_percent(&c, 50) ? S("FR") : str_of(p->origin->country);
	r.languages = str_of(p->origin->languages);
	r.arrived_on = chance_percent(&c, 96) ? p->arrived : DAY_NONE;
	r.cir_signed_on = cir <= m->year.to ? cir : DAY_NONE;
	if (shared || chance_percent(&c, 45))
		r.household_ref = made_ref(m, 'h', p->household, household);
	if (chance_percent(&c, 93))
		r.commune = m->commune;
	if (chance_percent(&c, 88))
		r.phone = phone_text(&c, p->number, phone);
	if (chance_percent(&c, 45))
		r.email = (str){ email, (size_t)snprintf(email, sizeof email, "%.*s@example.org", STR_ARG(r.ref)) };
	if (chance_percent(&c, 70)) /* no département is 00 */
		r.agdref = (str){ agdref, (size_t)snprintf(agdref, sizeof agdref, "00%08d", (int)(p->number % 100000000)) };
	if (chance_percent(&c, 80))
		r.french_level = str_of(level_words[p->level]);
	sheaf_add(&m->sheaf, ENTITY_people, &r, NULL);
}

static void
write_statuses(struct making *m, const struct made_person *p)
{
	char ref[REF_SIZE];
	const str refs[] = { person_ref(m, p->number, ref) };

	for (int i = 0; i < p->status_count; i++) {
		struct status r;

		entity_clear(&entities[ENTITY_statuses], &r);
		r.status = str_of(p->statuses[i].status);
		r.since = p->statuses[i].since;
		r.until = p->statuses[i].until;
		sheaf_add(&m->sheaf, ENTITY_statuses, &r, refs);
	}
}

void
make_people(struct making *m, int64_t first, int count)
{
	memset(m->people, 0, (size_t)count * sizeof *m->people);
	m->people_count = count;
	for (int i = 0; i < count; i++) {
		m->people[i].number = first + i;
		imagine(m, &m->people[i], i == 0 ? NULL : &m->people[i - 1]);
	}
	for (int i = 0; i < count; i++) {
		const struct made_person *p = &m->people[i];
		bool joined = i + 1 < count && m->people[i + 1].household == p->household;

		write_person(m, p, p->household != p->number || joined);
		write_statuses(m, p);
	}
}
