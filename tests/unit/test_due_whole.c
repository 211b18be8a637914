/* Nothing due is ever missing from the start page: over a generated year, what is due is worked out a second time, plainly, from the tables
 * alone, and compared with the page of each role. A kind of line is a row of the table `rules`: its question, its words, who has it. */
#include "app_case.h"

struct rule {
	const char *name;
	struct sql rows;        /* action's title, operator's name, a date; for $1 today, $2 the organisation (0: all) */
	const char *one, *many; /* the line's object, for so many rows of one action and operator */
	int months, ahead;      /* it is due so many months after the date, and shown so many days before */
	const char *roles;
};

/* Whose action it is: its operator's, else of the operators of its sheet. */
#define OURS                                                                                                                                                  \
	" and (cast($2 as bigint) = 0 or a.operator_id = $2 or (a.operator_id is null and exists (select 1 from partnerships p where p.sheet_id = a.sheet_id" \
	" and p.role = 'operator' and p.organisation_id = $2)))"
#define FROM_ACTIONS \
	" join actions a on a.id = x.action_id join sheets h on h.id = a.sheet_id left join organisations o on o.id = a.operator_id"
#define STAFF "coordinator manager worker"

static const struct rule rules[] = {
	{ "attendance that nobody filled in",
	    { "naive_sessions",
		"select a.title, o.name, x.held_on from sessions x" FROM_ACTIONS
		" where h.recording = 'nominal' and x.held_on < cast($1 as text)"
		" and (x.state = 'planned' or (x.state = 'held' and coalesce(x.public_count, 0) <= 0"
		" and not exists (select 1 from attendances r where r.session_id = x.id and length(r.lines) > 1)"
		" and not exists (select 1 from trainee_attendances r where r.session_id = x.id and length(r.lines) > 1)))" OURS
		" order by a.id",
		NULL },
	    "Attendance of %d session to fill in", "Attendance of %d sessions to fill in", 0, 0, STAFF },
	{ "requests without an answer", /* a place on the waiting list is one */
	    { "naive_requests",
		"select a.title, o.name, x.entered_on from enrolments x" FROM_ACTIONS
		" where x.state = 'requested' and x.waiting_since is null and cast($1 as text) is not null" OURS " order by a.id",
		NULL },
	    "%d enrolment to answer", "%d enrolments to answer", 0, 100000, STAFF },
	{ "follow-ups at six months",
	    { "naive_followups",
		"select a.title, o.name, x.left_on from enrolments x" FROM_ACTIONS
		" where x.state = 'active' and x.left_on is not null and x.exit_kind in ('employment', 'training')"
		" and cast($1 as text) is not null"
		" and not exists (select 1 from followups f where f.enrolment_id = x.id and f.months = 6)"
		" and not exists (select 1 from followups_missed f where f.enrolment_id = x.id)" OURS " order by a.id",
		NULL },
	    "%d follow-up at six months", "%d follow-ups at six months", 6, 7, STAFF },
};

/* ---- a year with holes in it ---- */

static void
leave_holes(struct db_case *t)
{
	static const struct sql holes[] = {
		{ "hole_1", "update sessions set state = 'planned' where id % 11 = 0", NULL },
		{ "hole_2", "delete from attendances where session_id % 7 = 0", NULL },
		{ "hole_3", "update enrolments set state = 'requested' where id % 13 = 0 and left_on is null", NULL },
		{ "hole_4", "delete from followups where id % 3 = 0", NULL },
		{ "hole_5", "update sessions set public_count = null where id % 2 = 0", NULL },
	};

	ok(db_begin_write(t->db));
	for (size_t i = 0; i < sizeof holes / sizeof *holes; i++)
		ok(db_write(t->db, &holes[i], NULL, 0));
	ok(db_end(t->db, NULL));
}

/* ---- the page ---- */

static str
escaped(struct arena *a, str s)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < s.len; i++) {
		if (s.s[i] == '&')
			buf_add(&b, S("&amp;"));
		else if (s.s[i] == '\'')
			buf_add(&b, S("&#39;"));
		else if (s.s[i] == '"')
			buf_add(&b, S("&quot;"));
		else
			buf_char(&b, s.s[i]);
	}
	return buf_kept(&b, a);
}

/* Whether an object of a line is this form, whatever its number. */
static bool
is_form(const char *at, const char *form)
{
	const char *rest = strstr(form, "%d");
	size_t before = (size_t)(rest - form), after = strlen(rest + 2);

	if (strncmp(at, form, before) != 0 || at[before] < '0' || at[before] > '9')
		return false;
	for (at += before; *at >= '0' && *at <= '9'; at++)
		;
	return strncmp(at, rest + 2, after) == 0 && at[after] == '<';
}

static int
lines_of(struct app_case *c, const struct rule *r)
{
	const char *at = app_body(c);
	int n = 0;

	while ((at = strstr(at, "<h2>")) != NULL) {
		at += 4;
		n += is_form(at, r->one) || is_form(at, r->many);
	}
	return n;
}

struct group { /* of an action and its operator */
	str title, operator;
	int n;
	day first;
};

/* A line whose first record is further away than a month is not said yet. */
static int
soon_enough(struct group *v, int n, day today)
{
	enum { MONTH = 30 };
	int kept = 0;

	for (int i = 0; i < n; i++) {
		if (v[i].first <= today + MONTH)
			v[kept++] = v[i];
	}
	return kept;
}

static int
expected(struct app_case *c, const struct rule *r, day today, int64_t organisation, struct group *v)
{
	char text[DAY_TEXT];
	struct db_rows rows;
	int n = 0;

	ok(db_read(c->t->db, &r->rows, DB_PARAMS(db_s(day_text(today, text)), db_i(organisation)), &rows));
	while (db_next(&rows)) {
		struct group g = { str_dup(&c->t->arena, db_text(&rows, 0)), str_dup(&c->t->arena, db_text(&rows, 1)), 1,
			day_add_months(db_day(&rows, 2), r->months) };
		int k = 0;

		if (g.first > today + r->ahead)
			continue;
		while (k < n && !(str_eq(v[k].title, g.title) && str_eq(v[k].operator, g.operator)))
			k++;
		if (k == n)
			v[n++] = g;
		else
			v[k].n++;
		v[k].first = g.first < v[k].first ? g.first : v[k].first;
		assert_true(n < 200);
	}
	ok(db_done(&rows));
	return soon_enough(v, n, today);
}

static int
compare_rule(struct app_case *c, const struct rule *r, const char *role, day today, int64_t organisation)
{
	static struct group v[200];
	struct arena *a = &c->t->arena;
	int n = expected(c, r, today, organisation, v), found;

	for (int i = 0; i < n; i++) {
		const char *object = str_format(a, v[i].n == 1 ? r->one : r->many, v[i].n).s;
		str title = escaped(a, v[i].title), operator= escaped(a, v[i].operator);
		const char *line =
		    organisation == 0 && operator.len> 0
			? str_format(a, "<h2>%s</h2><small><bdi>%.*s · %.*s", object, STR_ARG(title), STR_ARG(operator)).s
			: str_format(a, "<h2>%s</h2><small><bdi>%.*s", object, STR_ARG(title)).s;

		if (!app_has(c, line))
			fail_msg("%s, for the %s: %s is missing", r->name, role, line);
	}
	found = lines_of(c, r);
	if (found != n)
		fail_msg("%s, for the %s: %d lines where %d are due", r->name, role, found, n);
	return n;
}

static int
compare_role(struct app_case *c, const char *role, const char *of, day today)
{
	int64_t organisation = 0;
	int n = 0;

	if (of != NULL)
		ok(entity_key_of_ref(c->t->db, 1, &entities[ENTITY_organisations], str_of(of), &organisation));
	app_as(c, role, of);
	app_page(c, "/");
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
		if (strstr(rules[i].roles, role) != NULL)
			n += compare_rule(c, &rules[i], role, today, organisation);
		else if (lines_of(c, &rules[i]) > 0)
			fail_msg("%s is not for the %s", rules[i].name, role);
	}
	return n;
}

static void
nothing_due_is_missing(void **state)
{
	static const struct sql operators = { "operators",
		"select distinct o.ref from actions a join organisations o on o.id = a.operator_id join enrolments e on e.action_id = a.id"
		" order by 1 limit 4",
		NULL };
	static const char *const days[] = { "2023-02-01", "2023-07-07", "2023-12-20" };
	struct db_case *t = case_of(state);
	struct app_case c;
	struct db_rows rows;
	const char *ref[4];
	int n = 0, all = 0;

	with_contract(t);
	with_demonstration(t, 150);
	leave_holes(t);
	app_case_open(&c, t);
	ok(db_read(t->db, &operators, NULL, 0, &rows));
	while (db_next(&rows))
		ref[n++] = str_z(&t->arena, db_text(&rows, 0));
	ok(db_done(&rows));
	assert_true(n > 1);
	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		day today = day_parse(str_of(days[i]));

		c.now_ms = (int64_t)today * 86400000 + 12 * 3600000;
		all += compare_role(&c, "coordinator", NULL, today);
		for (int k = 0; k < n; k++)
			all += compare_role(&c, k % 2 == 0 ? "manager" : "worker", ref[k], today);
		all += compare_role(&c, "finance", NULL, today) + compare_role(&c, "state", NULL, today);
	}
	assert_true(all > 30); /* the year has holes enough to prove something */
	app_case_close(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(nothing_due_is_missing),
	};

	return cmocka_run_group_tests_name("due_whole", tests, NULL, NULL);
}
