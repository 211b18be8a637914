/* One person's file: what it holds, what an organisation sees of it, what follows; who read it; what forms change. */
#include "bundle_case.h"

#include "figures/words.h"
#include "people/file.h"
#include "people/list.h"
#include "people/saving.h"

static const char *const files[] = { "territories.csv", "ref,name,kind\nv,V,commune\n", "organisations.csv",
	"ref,name,category\no1,First,charity\no2,Second,charity\n", "contracts.csv", "ref,territory_ref,kind,title\nc,v,ctai,C\n",
	"sheets.csv",
	"ref,contract_ref,kind,number,title,audience,recording\nf1,c,action,1.1,French,mixed,nominal\nf2,c,action,2,Jobs,mixed,nominal\n",
	"partnerships.csv", "sheet_ref,organisation_ref,role\nf2,o2,operator\n", "actions.csv",
	"ref,sheet_ref,title,operator_ref,audience\na1,f1,Lessons,o1,mixed\na2,f2,Coaching,,mixed\n", "people.csv",
	"ref,family_name,given_name,sex,birth_date,arrived_on,household_ref,french_level\n"
	"p1,Noori,Zahra,F,2001-05-06,2021-02-03,m1,A0\n"
	"p2,Noori,Ali,M,,,m1,\n"
	"p3,Alone,Person,,,,,\n"
	"p4,Noori,Small,F,2015,,M1,\n",
	"statuses.csv",
	"person_ref,status,since,until\np1,asylum_seeker,2021-02-10,2022-03-01\np1,refugee,2022-03-02,\np2,student,2020-01-01,\n"
	"p4,refugee,2020-01-01,2024-12-31\n",
	"enrolments.csv",
	"ref,action_ref,person_ref,state,entered_on,left_on,planned_minutes,exit\n"
	"e1,a1,p1,active,2023-01-01,2023-06-30,600,employment\n"
	"e2,a2,p1,active,2024-01-01,,,\n",
	"sessions.csv",
	"ref,action_ref,held_on,minutes,kind,theme,audience,state\n"
	"s1,a1,2023-01-10,120,training,language,newcomers,held\n"
	"s2,a1,2023-02-10,120,training,language,newcomers,held\n"
	"s3,a1,2023-03-10,120,workshop,,newcomers,held\n"
	"s4,a1,2023-04-10,120,training,language,newcomers,cancelled\n"
	"s5,a1,2023-07-10,120,training,language,newcomers,held\n"
	"s6,a2,2024-02-01,60,workshop,,newcomers,held\n",
	"attendances.csv", "session_ref,person_ref,minutes\ns1,p1,120\ns1,p2,60\ns2,p1,0\ns3,p1,90\ns5,p1,30\ns6,p1,60\n",
	"assessments.csv", "enrolment_ref,on,moment,level\ne1,2023-01-05,entry,A1.1\ne1,2023-06-20,exit,A2\n", "acts.csv",
	"ref,action_ref,person_ref,on,kind,quantity\nc1,a2,p1,2024-03-01,diagnostic,2\n", "pairs.csv",
	"ref,action_ref,person_ref,partner_name,started_on,ended_on\nb1,a1,p1,Host,2023-02-01,2023-05-01\n", "cohort_members.csv",
	"person_ref,contract_ref,consented_on,joined_on,left_on\np1,c,2023-01-01,2023-01-02,\n", NULL };

static int64_t
id_of(struct db_case *t, enum entity_number what, const char *ref)
{
	int64_t id;

	ok(entity_key_of_ref(t->db, 1, &entities[what], str_of(ref), &id));
	assert_true(id != 0);
	return id;
}

static struct sight
start(struct db_case *t, const char *organisation)
{
	if (t->db == NULL) {
		case_open(t, DB_CREATE);
		case_imported(t, case_bundle(t, "people", files));
	}
	return (struct sight){ .db = t->db,
		.arena = &t->arena,
		.territory = 1,
		.organisation = organisation == NULL ? 0 : id_of(t, ENTITY_organisations, organisation),
		.today = day_of(2025, 6, 15) };
}

static struct person_file
file_of(struct db_case *t, const struct sight *s, const char *ref)
{
	struct person_file f;
	bool found;

	ok(person_file(s, id_of(t, ENTITY_people, ref), (str){ 0 }, &f, &found));
	assert_true(found);
	return f;
}

/* "2023-06-30 left employment 1.1" and so on, a line each. */
static str
lines_of(struct db_case *t, const struct person_file *f)
{
	static const char *const names[] = { "arrived", "cir", "status", "status-end", "entered", "left", "session", "level",
		"act", "pair", "pair-end", "followup", "cohort", "cohort-end" };
	struct buf b = { 0 };
	str out;

	for (size_t i = 0; i < f->entries_n; i++) {
		const struct entry *e = &f->entries[i];
		char on[DAY_TEXT];

		assert_true(*entry_label(e->kind) != '\0');
		buf_format(&b, "%.*s %s", STR_ARG(day_text(e->on, on)), names[e->kind]);
		if (e->word.len > 0)
			buf_format(&b, " %.*s", STR_ARG(e->word));
		if (e->number != NUMBER_NONE)
			buf_format(&b, " %lld", (long long)e->number);
		if (e->place.action != 0)
			buf_format(&b, " %.*s", STR_ARG(e->place.sheet_number));
		buf_char(&b, '\n');
	}
	out = str_dup(&t->arena, buf_str(&b));
	buf_release(&b);
	return out;
}
#define assert_lines(t, f, wanted)                                                     \
	do {                                                                           \
		str got_ = lines_of((t), (f));                                         \
		if (!str_is(got_, wanted))                                             \
			fail_msg("\n%.*s---- was wanted:\n%s", STR_ARG(got_), wanted); \
	} while (0)

static void
the_coordinator_reads_all_of_it_in_order(void **state)
{
	struct db_case *t = case_of(state);
	const struct sight s = start(t, NULL);
	struct person_file f = file_of(t, &s, "p1");

	assert_lines(t, &f,
	    "2024-03-01 act diagnostic 2 2\n"
	    "2024-02-01 session workshop 60 2\n"
	    "2024-01-01 entered active 2\n"
	    "2023-07-10 session training 30 1.1\n"
	    "2023-06-30 left employment 1.1\n"
	    "2023-06-20 level A2 1.1\n"
	    "2023-05-01 pair-end 1.1\n"
	    "2023-03-10 session workshop 90 1.1\n"
	    "2023-02-01 pair 1.1\n"
	    "2023-01-10 session training 120 1.1\n"
	    "2023-01-05 level A1.1 1.1\n"
	    "2023-01-02 cohort\n"
	    "2023-01-01 entered active 1.1\n"
	    "2022-03-02 status refugee\n"
	    "2022-03-01 status-end asylum_seeker\n"
	    "2021-02-10 status asylum_seeker\n"
	    "2021-02-03 arrived\n");
	assert_true(str_is(f.person.given_name, "Zahra"));
	assert_int_equal(f.paths_n, 2);
	assert_true(str_is(f.paths[0].enrolment.ref, "e2"));
	assert_true(str_is(f.paths[0].place.operator_name, ""));
	assert_int_equal(f.paths[0].sessions, 1);
	assert_int_equal(f.paths[0].attended, 0); /* a workshop is no training */
	assert_true(str_is(f.paths[1].place.operator_name, "First"));
	assert_int_equal(f.paths[1].attended, 120); /* not the one after the exit */
	assert_int_equal(f.paths[1].sessions, 2);
	assert_int_equal(f.household_n, 1); /* M1 is another household */
	assert_true(str_is(f.household[0].ref, "p2"));
}

static void
what_follows_is_by_the_rules_of_the_figures(void **state)
{
	struct db_case *t = case_of(state);
	const struct sight s = start(t, NULL);
	struct person_file f = file_of(t, &s, "p1");

	assert_int_equal(f.eligible, ELIGIBLE_YES);
	assert_true(f.bpi && f.under25);
	assert_true(str_is(f.status, "refugee"));
	assert_true(str_is(f.first_level, "A1.1") && str_is(f.last_level, "A2"));
	assert_int_equal(f.lacks_n, 2); /* hours planned of e2, follow-up of e1 */
	assert_int_equal(f.lacks[0].what, LACK_PLAN);
	assert_int_equal(f.lacks[0].record, f.paths[0].enrolment.record.id);
	assert_int_equal(f.lacks[1].what, LACK_FOLLOWUP);
	assert_true(*lack_label(LACK_PLAN) != '\0' && *lack_blocks(LACK_PLAN) != '\0');
	f = file_of(t, &s, "p2");
	assert_int_equal(f.eligible, ELIGIBLE_OTHER);
	assert_false(f.bpi || f.under25);
	f = file_of(t, &s, "p3");
	assert_int_equal(f.eligible, ELIGIBLE_NO_STATUS);
	assert_int_equal(f.lacks_n, 3);
	f = file_of(t, &s, "p4");
	assert_int_equal(f.eligible, ELIGIBLE_ENDED);
	assert_true(f.under25 && !f.bpi);
	assert_true(*eligible_label(ELIGIBLE_ENDED) != '\0');
}

/* The file says with its own numbers what the figures say with theirs. */
static void
the_statuses_that_count_are_those_of_the_figures(void **state)
{
	struct db_case *t = case_of(state);
	const struct sight s = start(t, NULL);
	str rest = str_of(STATUS_CHOICES);

	for (int i = 0; rest.s != NULL; i++) {
		str word = str_cut(rest, ' ', &rest);
		const char *const more[] = { "people.csv", str_format(&t->arena, "ref\nq%d\n", i).s, "statuses.csv",
			str_format(&t->arena, "person_ref,status,since\nq%d,%.*s,2020-01-01\n", i, STR_ARG(word)).s, NULL };
		struct person_file f;
		bool found;

		case_imported(t, case_bundle(t, "more", more));
		ok(person_file(&s, id_of(t, ENTITY_people, str_format(&t->arena, "q%d", i).s), (str){ 0 }, &f, &found));
		assert_int_equal(f.eligible == ELIGIBLE_YES, (STATUSES_DEFAULT & STATUS_BIT(i)) != 0);
		assert_int_equal(f.bpi, (STATUSES_BPI & STATUS_BIT(i)) != 0);
		ok(person_file(&s, f.person.record.id, S("student"), &f, &found));
		assert_int_equal(f.eligible == ELIGIBLE_YES, str_is(word, "student") || (STATUSES_BPI & STATUS_BIT(i)) != 0);
	}
}

static void
an_organisation_reads_its_own_part(void **state)
{
	struct db_case *t = case_of(state);
	struct sight s = start(t, "o1");
	struct person_file f = file_of(t, &s, "p1");
	bool found;

	assert_lines(t, &f,
	    "2023-07-10 session training 30 1.1\n"
	    "2023-06-30 left employment 1.1\n"
	    "2023-06-20 level A2 1.1\n"
	    "2023-05-01 pair-end 1.1\n"
	    "2023-03-10 session workshop 90 1.1\n"
	    "2023-02-01 pair 1.1\n"
	    "2023-01-10 session training 120 1.1\n"
	    "2023-01-05 level A1.1 1.1\n"
	    "2023-01-01 entered active 1.1\n"
	    "2022-03-02 status refugee\n"
	    "2022-03-01 status-end asylum_seeker\n"
	    "2021-02-10 status asylum_seeker\n"
	    "2021-02-03 arrived\n");
	assert_int_equal(f.paths_n, 1);
	assert_int_equal(f.household_n, 0); /* the brother is nobody's there */
	ok(person_file(&s, id_of(t, ENTITY_people, "p2"), (str){ 0 }, &f, &found));
	assert_false(found);
	ok(person_file(&s, 99, (str){ 0 }, &f, &found));
	assert_false(found);
	s = start(t, "o2"); /* operator of the sheet, whose action names nobody */
	f = file_of(t, &s, "p1");
	assert_int_equal(f.paths_n, 1);
	assert_true(str_is(f.paths[0].enrolment.ref, "e2"));
}

/* ---- readers ---- */

static struct change
change_of(const char *at, const char *actor)
{
	return (struct change){ .territory = 1, .at = str_of(at), .actor = str_of(actor), .cause = S("reading") };
}

static void
each_reader_is_noted_once_a_day(void **state)
{
	struct db_case *t = case_of(state);
	const struct sight s = start(t, NULL);
	const int64_t zahra = id_of(t, ENTITY_people, "p1"), ali = id_of(t, ENTITY_people, "p2");
	const struct change first = change_of("2025-06-15T08:00:00.000Z", "account 1"),
			    later = change_of("2025-06-15T18:00:00.000Z", "account 1"),
			    other = change_of("2025-06-15T18:00:00.000Z", "account 2"),
			    tomorrow = change_of("2025-06-16T08:00:00.000Z", "account 1");
	int64_t before = case_journal_rows(t->db);
	struct journal_report report;
	struct opening *v;
	size_t n;

	ok(person_note_reading(&s, &first, zahra, S("*")));
	ok(person_note_reading(&s, &later, zahra, S("*")));
	assert_int_equal(case_journal_rows(t->db), before + 1);
	ok(person_note_reading(&s, &later, zahra, S("agdref")));
	ok(person_note_reading(&s, &other, zahra, S("*")));
	ok(person_note_reading(&s, &tomorrow, zahra, S("*")));
	ok(person_note_reading(&s, &first, ali, S("*")));
	ok(person_note_reading(&s, &first, 99, S("*"))); /* nobody */
	assert_int_equal(case_journal_rows(t->db), before + 5);
	ok(person_readings(&s, zahra, 20, &v, &n));
	assert_int_equal(n, 7); /* four readings, the person, two statuses */
	assert_true(str_is(v[0].actor, "account 1") && str_is(v[0].action, "read") && str_is(v[0].fields, "*"));
	assert_true(str_is(v[2].fields, "agdref"));
	assert_true(str_is(v[6].entity, "people") && str_is(v[6].action, "insert") && str_is(v[6].cause, "import"));
	ok(person_readings(&s, zahra, 2, &v, &n));
	assert_int_equal(n, 2);
	ok(db_begin_read(t->db));
	ok(db_end(t->db, journal_verify(t->db, NULL, NULL, &report)));
}

/* ---- saving ---- */

struct writing {
	struct save save;
	struct problems problems;
};

static void
begin(struct db_case *t, struct writing *w)
{
	static int64_t later;

	problems_init(&w->problems, &t->arena);
	ok(db_begin_write(t->db));
	ok(save_open(&w->save, t->db,
	    &(struct change){ .territory = 1, .at = S("2025-06-15T12:00:00.000Z"), .actor = S("account 1"), .cause = S("form") },
	    case_epoch_ms + 100000 + later++));
}

static const struct err *
end(struct db_case *t, struct writing *w, const struct err *e)
{
	save_close(&w->save);
	return db_end(t->db, e);
}

static void
a_stale_form_is_refused_and_shows_both(void **state)
{
	struct db_case *t = case_of(state);
	const struct sight s = start(t, NULL);
	struct person mine = file_of(t, &s, "p1").person, theirs = mine, stored;
	struct people_page page;
	const struct err *e;
	struct writing w;

	theirs.given_name = S("Zohra");
	begin(t, &w);
	ok(end(t, &w, person_save(&w.save, &s, &theirs, 0, &w.problems.sink, &stored)));
	mine.phone = S("0601020304");
	begin(t, &w);
	e = end(t, &w, person_save(&w.save, &s, &mine, 0, &w.problems.sink, &stored));
	assert_non_null(e);
	assert_int_equal(e->kind, ERR_CONFLICT);
	assert_true(str_is(stored.given_name, "Zohra") && stored.phone.len == 0);
	ok(people_list(&s, &(struct people_filter){ 0 }, LIST_BY_NAME, 0, 0, 50, &page));
	assert_true(str_is(page.v[page.n - 1].given_name, "Zohra")); /* Ali, Small, Zohra */
}

static void
wrong_values_are_told_and_nothing_is_written(void **state)
{
	struct db_case *t = case_of(state);
	const struct sight s = start(t, NULL);
	struct person_file f = file_of(t, &s, "p1");
	struct person p = f.person, stored_person;
	struct status status = f.statuses[0], stored;
	int64_t rows = case_journal_rows(t->db);
	struct writing w;

	p.ref = (str){ 0 };
	begin(t, &w);
	ok(end(t, &w, person_save(&w.save, &s, &p, 0, &w.problems.sink, &stored_person)));
	assert_int_equal(w.problems.n, 1);
	status.until = status.since - 1;
	begin(t, &w);
	ok(end(t, &w, status_save(&w.save, &s, &status, 0, &w.problems.sink, &stored)));
	assert_int_equal(w.problems.n, 1);
	assert_true(str_is(w.problems.v[0].column, "until"));
	status = f.statuses[0];
	status.record = (struct record){ 0 };
	begin(t, &w);
	ok(end(t, &w, status_save(&w.save, &s, &status, 0, &w.problems.sink, &stored)));
	assert_int_equal(w.problems.n, 1);
	assert_true(str_is(w.problems.v[0].column, "since"));
	assert_int_equal(case_journal_rows(t->db), rows);
}

static void
a_status_is_added_and_changed(void **state)
{
	struct db_case *t = case_of(state);
	const struct sight s = start(t, NULL);
	struct status status, stored;
	struct writing w;

	entity_clear(&entities[ENTITY_statuses], &status);
	status.person = id_of(t, ENTITY_people, "p3");
	status.status = S("worker");
	status.since = day_of(2024, 1, 1);
	begin(t, &w);
	ok(end(t, &w, status_save(&w.save, &s, &status, 0, &w.problems.sink, &stored)));
	assert_int_equal(file_of(t, &s, "p3").eligible, ELIGIBLE_YES);
	status.until = day_of(2024, 12, 31);
	begin(t, &w);
	ok(end(t, &w, status_save(&w.save, &s, &status, 0, &w.problems.sink, &stored)));
	assert_int_equal(file_of(t, &s, "p3").eligible, ELIGIBLE_ENDED);
	status.person = id_of(t, ENTITY_people, "p2"); /* somebody else's status */
	begin(t, &w);
	assert_non_null(end(t, &w, status_save(&w.save, &s, &status, 0, &w.problems.sink, &stored)));
}

static void
who_is_not_seen_is_not_changed(void **state)
{
	struct db_case *t = case_of(state);
	const struct sight all = start(t, NULL), s = start(t, "o1");
	struct person p = file_of(t, &all, "p2").person, stored;
	const struct err *e;
	struct writing w;

	p.given_name = S("X");
	begin(t, &w);
	e = end(t, &w, person_save(&w.save, &s, &p, 0, &w.problems.sink, &stored));
	assert_non_null(e);
	assert_int_equal(e->kind, ERR_NOTFOUND);
	begin(t, &w);
	e = end(t, &w, household_change(&w.save, &s, id_of(t, ENTITY_people, "p1"), 1, p.record.id));
	assert_non_null(e);
	assert_int_equal(e->kind, ERR_NOTFOUND);
	assert_true(str_is(file_of(t, &all, "p2").person.given_name, "Ali"));
}

static void
a_file_that_an_organisation_opened_is_its_own(void **state)
{
	struct db_case *t = case_of(state);
	const struct sight s = start(t, "o1"), second = start(t, "o2");
	struct person p;
	struct writing w;
	bool seen;

	entity_clear(&entities[ENTITY_people], &p);
	p.family_name = S("Nouvelle");
	begin(t, &w);
	ok(end(t, &w, person_add(&w.save, &s, &p, 0, &w.problems.sink)));
	assert_true(p.record.id > 0 && str_starts(p.ref, S("p-")));
	ok(person_seen(&s, p.record.id, &seen));
	assert_true(seen);
	ok(person_seen(&second, p.record.id, &seen));
	assert_false(seen);
}

static void
households_are_joined_and_left(void **state)
{
	struct db_case *t = case_of(state);
	const struct sight s = start(t, NULL);
	const int64_t zahra = id_of(t, ENTITY_people, "p1"), ali = id_of(t, ENTITY_people, "p2"),
		      alone = id_of(t, ENTITY_people, "p3");
	struct writing w;

	begin(t, &w);
	ok(end(t, &w, household_change(&w.save, &s, alone, 1, zahra)));
	assert_int_equal(file_of(t, &s, "p3").household_n, 2);
	begin(t, &w);
	ok(end(t, &w, household_change(&w.save, &s, ali, 1, 0)));
	assert_int_equal(file_of(t, &s, "p2").household_n, 0);
	assert_int_equal(file_of(t, &s, "p1").household_n, 1);
	begin(t, &w);
	ok(end(t, &w, household_change(&w.save, &s, alone, 2, ali))); /* who has none: one is made */
	assert_int_equal(file_of(t, &s, "p2").household_n, 1);
	assert_int_equal(file_of(t, &s, "p1").household_n, 0);
	begin(t, &w);
	assert_non_null(end(t, &w, household_change(&w.save, &s, alone, 1, 0))); /* stale */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(the_coordinator_reads_all_of_it_in_order),
		ON_BOTH(what_follows_is_by_the_rules_of_the_figures),
		ON_BOTH(the_statuses_that_count_are_those_of_the_figures),
		ON_BOTH(an_organisation_reads_its_own_part),
		ON_BOTH(each_reader_is_noted_once_a_day),
		ON_BOTH(a_stale_form_is_refused_and_shows_both),
		ON_BOTH(wrong_values_are_told_and_nothing_is_written),
		ON_BOTH(a_status_is_added_and_changed),
		ON_BOTH(who_is_not_seen_is_not_changed),
		ON_BOTH(a_file_that_an_organisation_opened_is_its_own),
		ON_BOTH(households_are_joined_and_left),
	};

	return cmocka_run_group_tests_name("person file", tests, NULL, NULL);
}
