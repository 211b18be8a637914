/* Lists of people against a plain reading of the same records: random bundles, every filter, every limit, both ways. */
#include "bundle_case.h"

#include "model/fold.h"
#include "people/memory.h"
#include "people/search.h"
#include "sql.h"

enum { PEOPLE = 120, ACTIONS = 5, MET = 150, TODAY_YEAR = 2025 };

static uint64_t chance;
static size_t
below(size_t n)
{
	chance ^= chance << 13;
	chance ^= chance >> 7;
	chance ^= chance << 17;
	return (size_t)(chance % n);
}

/* ---- what is written ---- */

struct met {
	size_t person, action;
	int how; /* 0 enrolment, 1 act, 2 pair */
};
struct somebody {
	const char *family, *given, *sex, *household, *status;
	char born[11];
	bool status_over, cohort;
	int64_t id;
};
static struct somebody people[PEOPLE];
static struct met mets[MET];
/* actions 0 and 1 of organisation o0; 2 of o1; 3 and 4 without operator, on the sheets f1 (o1 and o2) and f0 (o0) */
static const char *const operators[ACTIONS] = { "o0", "o0", "o1", "", "" };
static const char *const sheets[ACTIONS] = { "f0", "f1", "f1", "f1", "f0" };
static int64_t holder[PEOPLE]; /* 0: nobody opened this file; else 1 + number of the organisation */

static bool
action_of(size_t action, int organisation)
{
	const char *o = organisation == 0 ? "o0" : organisation == 1 ? "o1" : "o2";

	if (*operators[action] != '\0')
		return strcmp(operators[action], o) == 0;
	return action == 3 ? organisation > 0 : organisation == 0;
}

static bool
person_of_organisation(size_t person, int organisation)
{
	for (size_t i = 0; i < MET; i++) {
		if (mets[i].person == person && action_of(mets[i].action, organisation))
			return true;
	}
	return holder[person] == organisation + 1;
}

static const char *
text(struct db_case *t, struct buf *b)
{
	const char *z = str_z(&t->arena, buf_str(b));

	buf_release(b);
	return z;
}

static void
invent(void)
{
	static const char *const families[] = { "Ahmadi", "Élise", "Etienne", "Traoré", "traore", "Ould Ahmed", "", "Ben Ali",
		"Benali", "محمد", "Zaï", "Šarić" };
	static const char *const givens[] = { "Zahra", "Ali", "Émile", "", "Awa", "Fatou Binta" };
	static const char *const sexes[] = { "F", "M", "X", "" };
	static const char *const households[] = { "", "h1", "H1", "h2" };
	static const char *const statuses[] = { "", "refugee", "stateless", "worker", "french" };

	for (size_t i = 0; i < PEOPLE; i++) {
		struct somebody *p = &people[i];

		*p = (struct somebody){ families[below(12)], givens[below(6)], sexes[below(4)], households[below(4)],
			statuses[below(5)], "", below(3) == 0, below(4) == 0, 0 };
		if (below(5) > 0)
			snprintf(p->born, sizeof p->born, "%04zu-%02zu-%02zu", 1995 + below(12), 1 + below(12), 1 + below(28));
		if (below(9) == 0)
			p->born[7] = p->born[4] = '\0';
		if (below(30) == 0)
			strcpy(p->born, "2000-02-29");
		holder[i] = below(10) == 0 ? 1 + (int64_t)below(3) : 0;
	}
	for (size_t i = 0; i < MET; i++)
		mets[i] = (struct met){ below(PEOPLE), below(ACTIONS), (int)below(3) };
}

static const char *
csv_of(struct db_case *t, int what)
{
	static const char *const headings[] = { "ref,family_name,given_name,sex,birth_date,household_ref\n",
		"person_ref,status,since,until\n", "ref,action_ref,person_ref,state,entered_on\n",
		"ref,action_ref,person_ref,on,kind\n", "ref,action_ref,person_ref,started_on\n",
		"person_ref,contract_ref,consented_on,joined_on,left_on\n" };
	struct buf b = { 0 };

	buf_add(&b, str_of(headings[what]));
	for (size_t i = 0; i < (what >= 2 && what < 5 ? MET : PEOPLE); i++) {
		const struct somebody *p = &people[i % PEOPLE];
		const struct met *m = &mets[i % MET];

		if (what == 0)
			buf_format(&b, "p%zu,%s,%s,%s,%s,%s\n", i, p->family, p->given, p->sex, p->born, p->household);
		else if (what == 1 && *p->status != '\0')
			buf_format(&b, "p%zu,%s,2020-01-01,%s\n", i, p->status, p->status_over ? "2025-06-14" : "");
		else if (what == 2 && m->how == 0)
			buf_format(&b, "e%zu,a%zu,p%zu,active,2024-01-01\n", i, m->action, m->person);
		else if (what == 3 && m->how == 1)
			buf_format(&b, "c%zu,a%zu,p%zu,2024-01-01,diagnostic\n", i, m->action, m->person);
		else if (what == 4 && m->how == 2)
			buf_format(&b, "b%zu,a%zu,p%zu,2024-01-01\n", i, m->action, m->person);
		else if (what == 5 && p->cohort)
			buf_format(&b, "p%zu,c,2024-01-01,2024-01-01,%s\n", i, i % 2 == 0 ? "2025-06-15" : "2025-06-14");
	}
	return text(t, &b);
}

static const char *
actions_csv(struct db_case *t)
{
	struct buf b = { 0 };

	buf_add(&b, S("ref,sheet_ref,title,operator_ref,audience\n"));
	for (int i = 0; i < ACTIONS; i++)
		buf_format(&b, "a%d,%s,A,%s,mixed\n", i, sheets[i], operators[i]);
	return text(t, &b);
}

static int64_t
id_of(struct db_case *t, enum entity_number what, const char *ref)
{
	int64_t id;

	ok(entity_key_of_ref(t->db, 1, &entities[what], str_of(ref), &id));
	assert_true(id != 0);
	return id;
}

static void
import_all(struct db_case *t, const char *folder)
{
	const char *const files[] = { "territories.csv", "ref,name,kind\nv,V,commune\n", "organisations.csv",
		"ref,name,category\no0,O,charity\no1,O,charity\no2,O,charity\n", "contracts.csv",
		"ref,territory_ref,kind,title\nc,v,ctai,C\n", "sheets.csv",
		"ref,contract_ref,kind,number,title,audience,recording\nf0,c,action,1,F,mixed,nominal\nf1,c,action,2,F,mixed,nominal\n",
		"partnerships.csv",
		"sheet_ref,organisation_ref,role\nf0,o0,operator\nf1,o1,operator\nf1,o2,operator\nf0,o2,partner\n", "actions.csv",
		actions_csv(t), "people.csv", csv_of(t, 0), "statuses.csv", csv_of(t, 1), "enrolments.csv", csv_of(t, 2),
		"acts.csv", csv_of(t, 3), "pairs.csv", csv_of(t, 4), "cohort_members.csv", csv_of(t, 5), NULL };

	case_imported(t, case_bundle(t, folder, files));
}

static void
write_all(struct db_case *t)
{
	const char *const refs[] = { "o0", "o1", "o2" };

	case_open(t, DB_CREATE);
	import_all(t, "people");
	for (size_t i = 0; i < PEOPLE; i++) {
		people[i].id = id_of(t, ENTITY_people, str_format(&t->arena, "p%zu", i).s);
		if (holder[i] == 0)
			continue;
		ok(db_begin_write(t->db));
		ok(db_end(t->db, holding_add(t->db, 1, people[i].id, id_of(t, ENTITY_organisations, refs[holder[i] - 1]),
				     S("2025-06-15T12:00:00.000Z"), S("tester"))));
	}
}

/* ---- what a list must hold ---- */

static int
person_number(int64_t id)
{
	for (int i = 0; i < PEOPLE; i++) {
		if (people[i].id == id)
			return i;
	}
	fail_msg("somebody else");
	return -1;
}

static bool
in_force(const struct somebody *p)
{
	return *p->status != '\0' && !p->status_over;
}

static bool
met_in(size_t person, const struct people_filter *f, struct db_case *t)
{
	for (size_t i = 0; i < MET; i++) {
		const char *action = str_format(&t->arena, "a%zu", mets[i].action).s;

		if (mets[i].person != person)
			continue;
		if ((f->action == 0 || id_of(t, ENTITY_actions, action) == f->action) &&
		    (f->sheet == 0 || id_of(t, ENTITY_sheets, sheets[mets[i].action]) == f->sheet))
			return true;
	}
	return false;
}

static bool
under_25(const char *born)
{
	day d = day_parse_partial(str_of(born));

	return d != DAY_NONE && day_birthday(d, 25) > day_of(2025, 6, 15);
}

struct wanted {
	struct people_filter f;
	int organisation, limit; /* -1: none */
};

static bool
wanted(struct db_case *t, const struct wanted *w, size_t i)
{
	const struct somebody *p = &people[i];
	const struct people_filter *f = &w->f;

	return (w->limit < 0 || person_of_organisation(i, w->limit)) &&
	       (w->organisation < 0 || person_of_organisation(i, w->organisation)) &&
	       ((f->action == 0 && f->sheet == 0) || met_in(i, f, t)) && (f->cohort == 0 || (p->cohort && i % 2 == 0)) &&
	       (f->status.len == 0 || (in_force(p) && str_is(f->status, p->status))) &&
	       (!f->bpi || (in_force(p) && (strcmp(p->status, "refugee") == 0 || strcmp(p->status, "stateless") == 0))) &&
	       (f->sex == '\0' || *p->sex == f->sex) && (!f->under25 || under_25(p->born)) &&
	       (f->household.len == 0 || str_is(f->household, p->household)) && (f->missing != MISSING_SEX || *p->sex == '\0') &&
	       (f->missing != MISSING_BIRTH || *p->born == '\0') && (f->missing != MISSING_STATUS || *p->status == '\0');
}

static str
folded_name(struct db_case *t, const struct person_line *l)
{
	struct folded family = { 0 }, given = { 0 };

	folded_add(&family, l->family_name);
	folded_add(&given, l->given_name);
	if (family.len == 0)
		return given.len == 0 ? S("~") : str_dup(&t->arena, folded_str(&given));
	return str_format(&t->arena, "%.*s\t%.*s", (int)family.len, family.s, (int)given.len, given.s);
}

/* All pages one after the other hold everybody who is wanted once, in order, and the way back gives the same. */
static void
assert_list(struct db_case *t, const struct sight *s, const struct wanted *w, enum list_order order, size_t most)
{
	int64_t seen[PEOPLE], after = 0, count, expected = 0, total = 0;
	str last = { 0 };
	struct people_page page;

	for (size_t i = 0; i < PEOPLE; i++)
		expected += wanted(t, w, i);
	ok(people_count(s, &w->f, &count));
	assert_int_equal(count, expected);
	do {
		ok(people_list(s, &w->f, order, after, 0, most, &page));
		assert_int_equal(page.before, after != 0);
		for (size_t i = 0; i < page.n; i++) {
			str name = folded_name(t, &page.v[i]);

			assert_true(total < expected);
			assert_true(wanted(t, w, (size_t)person_number(page.v[i].id)));
			if (order == LIST_BY_NAME && total > 0)
				assert_true(str_cmp(last, name) <= 0);
			if (order == LIST_NEWEST && total > 0)
				assert_true(seen[total - 1] > page.v[i].id);
			for (int64_t k = 0; k < total; k++)
				assert_true(seen[k] != page.v[i].id);
			seen[total++] = page.v[i].id;
			last = name;
		}
		if (page.n > 0)
			after = page.v[page.n - 1].id;
	} while (page.after);
	assert_int_equal(total, expected);
	for (int64_t at = total - 1; at > (int64_t)most; at -= (int64_t)most) {
		ok(people_list(s, &w->f, order, 0, seen[at], most, &page));
		assert_int_equal(page.n, most);
		assert_true(page.after);
		for (size_t i = 0; i < most; i++)
			assert_int_equal(page.v[i].id, seen[at - (int64_t)most + (int64_t)i]);
	}
}

static void
some_filter(struct db_case *t, struct wanted *w)
{
	static const char *const refs[] = { "o0", "o1", "o2" }, *const actions[] = { "a0", "a1", "a2", "a3", "a4" };
	struct people_filter *f = &w->f;

	*w = (struct wanted){ .organisation = -1, .limit = (int)below(4) - 1 };
	for (size_t n = below(3); n > 0; n--) {
		switch (below(10)) {
		case 0:
			f->action = id_of(t, ENTITY_actions, actions[below(5)]);
			f->sheet = 0;
			break;
		case 1:
			f->sheet = id_of(t, ENTITY_sheets, below(2) == 0 ? "f0" : "f1");
			f->action = 0;
			break;
		case 2:
			w->organisation = (int)below(3);
			f->organisation = id_of(t, ENTITY_organisations, refs[w->organisation]);
			break;
		case 3:
			f->cohort = id_of(t, ENTITY_contracts, "c");
			break;
		case 4:
			f->status = below(2) == 0 ? S("refugee") : S("worker");
			break;
		case 5:
			f->bpi = true;
			break;
		case 6:
			f->sex = "FMX"[below(3)];
			break;
		case 7:
			f->under25 = true;
			break;
		case 8:
			f->household = below(2) == 0 ? S("h1") : S("H1");
			break;
		default:
			f->missing = (enum list_missing)(1 + below(3));
		}
	}
}

static struct sight
sight_of(struct db_case *t, int limit)
{
	static const char *const refs[] = { "o0", "o1", "o2" };
	struct sight s = { .db = t->db, .arena = &t->arena, .territory = 1, .today = day_of(TODAY_YEAR, 6, 15) };

	if (limit >= 0)
		s.organisation = id_of(t, ENTITY_organisations, refs[limit]);
	return s;
}

static void
lists_hold_what_a_plain_reading_holds(void **state)
{
	struct db_case *t = case_of(state);

	chance = 20250615;
	invent();
	write_all(t);
	for (int round = 0; round < 60; round++) {
		struct wanted w;
		struct sight s;

		some_filter(t, &w);
		s = sight_of(t, w.limit);
		assert_list(t, &s, &w, below(3) == 0 ? LIST_NEWEST : LIST_BY_NAME, 1 + below(30));
	}
}

/* Some records change: people's own fields, or whom an action met. */
static void
change_some(struct db_case *t, int round)
{
	static const char *const sexes[] = { "F", "M", "X" };
	const size_t who = below(PEOPLE);

	if (below(2) == 0)
		people[who].sex = sexes[below(3)];
	if (below(2) == 0)
		mets[below(MET)].action = below(ACTIONS);
	if (below(3) == 0)
		people[who].status = "refugee", people[who].status_over = false;
	import_all(t, str_format(&t->arena, "again%d", round).s);
}

static void
what_is_kept_is_true_after_every_write(void **state)
{
	struct db_case *t = case_of(state);
	struct people_memory *memories[] = { people_memory_new(1 << 20), people_memory_new(2000) };

	chance = 4711;
	invent();
	write_all(t);
	for (int round = 0; round < 12; round++) {
		for (int i = 0; i < 8; i++) {
			struct wanted w;
			struct sight s;

			some_filter(t, &w);
			s = sight_of(t, w.limit);
			s.memory = memories[i % 2];
			ok(db_begin_read(t->db));
			assert_list(t, &s, &w, LIST_BY_NAME, 40);
			assert_list(t, &s, &w, LIST_BY_NAME, 40);
			ok(db_end(t->db, NULL));
		}
		change_some(t, round);
	}
	people_memory_free(memories[0]);
	people_memory_free(memories[1]);
}

/* The list, one person's page and the search agree on whom an organisation sees. */
static void
an_organisation_sees_its_own_people_everywhere(void **state)
{
	struct db_case *t = case_of(state);

	chance = 42;
	invent();
	write_all(t);
	for (int limit = 0; limit < 3; limit++) {
		const struct sight s = sight_of(t, limit);

		for (size_t i = 0; i < PEOPLE; i++) {
			str ref = str_format(&t->arena, "p%zu", i);
			struct person_hits hits;
			bool seen, found = false;

			ok(person_seen(&s, people[i].id, &seen));
			assert_int_equal(seen, person_of_organisation(i, limit));
			ok(people_search(&s, ref, &hits));
			for (size_t k = 0; k < hits.n; k++) {
				assert_true(person_of_organisation((size_t)person_number(hits.v[k].line.id), limit));
				found |= str_eq(hits.v[k].line.ref, ref);
			}
			assert_int_equal(found, seen);
		}
	}
}

static void
somebody_who_is_gone_gives_the_first_page(void **state)
{
	struct db_case *t = case_of(state);
	struct people_filter f = { 0 };
	struct people_page first, page;
	struct sight s;

	chance = 7;
	invent();
	write_all(t);
	s = sight_of(t, -1);
	ok(people_list(&s, &f, LIST_BY_NAME, 0, 0, 10, &first));
	assert_int_equal(first.n, 10);
	assert_false(first.before);
	ok(people_list(&s, &f, LIST_BY_NAME, 12345, 0, 10, &page));
	assert_int_equal(page.v[0].id, first.v[0].id);
	ok(people_list(&s, &f, LIST_BY_NAME, 0, 12345, 10, &page));
	assert_int_equal(page.v[0].id, first.v[0].id);
	assert_int_equal(page.n, 10);
	ok(people_list(&s, &f, LIST_BY_NAME, 0, first.v[3].id, 10, &page)); /* fewer than a page lie before */
	assert_int_equal(page.v[0].id, first.v[0].id);
	assert_false(page.before);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(lists_hold_what_a_plain_reading_holds),
		ON_BOTH(what_is_kept_is_true_after_every_write),
		ON_BOTH(an_organisation_sees_its_own_people_everywhere),
		ON_BOTH(somebody_who_is_gone_gives_the_first_page),
	};

	return cmocka_run_group_tests_name("people list", tests, NULL, NULL);
}
