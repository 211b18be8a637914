/* What does not depend on the content of a sheet: stopping, progress, memory of columns. The rest is in tests/cases/workbook. */
#include "bundle_case.h"

#include <sys/mman.h>

#include "exchange/workbook.h"

struct watch {
	int64_t calls, last, stop_after;
};

static bool
go_on(void *to, int64_t done, int64_t total)
{
	struct watch *w = to;

	assert_true(done >= w->last && done <= total);
	w->last = done;
	return ++w->calls != w->stop_after;
}

static void
hear(struct row_problem_sink *sink, const struct row_problem *p)
{
	(void)sink;
	fail_msg("row %lld: %.*s", (long long)p->row, STR_ARG(p->expected));
}

/* A list of so many people, under these headings. */
static struct grid *
list_of(struct db_case *t, const char *headings, int n)
{
	int file = memfd_create("list", MFD_CLOEXEC);
	struct buf b = { 0 };
	struct grid *g;

	buf_format(&b, "%s\n", headings);
	for (int i = 0; i < n; i++)
		buf_format(&b, "Nom%d;Prenom%d;01/02/1990;réfugié;15/09/2024\n", i, i);
	assert_int_equal(write(file, b.s, b.len), (ssize_t)b.len);
	buf_release(&b);
	ok(grid_open(&t->arena, file, S("list.csv"), &g)); /* the descriptor stays open as long as the process */
	return g;
}

static struct workbook_options
options(struct watch *w)
{
	struct workbook_options o = { .organisation = S("op"),
		.action = S("n1"),
		.today = day_of(2025, 6, 30),
		.entered_on = DAY_NONE,
		.minutes = NUMBER_NONE,
		.from = DAY_NONE,
		.to = DAY_NONE,
		.go_on = go_on,
		.go_on_to = w };

	o.import = (struct import_options){
		.at = S("2025-06-30T12:00:00.000Z"), .actor = S("tester"), .cause = S("import"), .now_ms = case_epoch_ms + 1000
	};
	return o;
}

static const char headings[] = "Nom;Prénom;Date de naissance;Statut;Date d'entrée";

static void
an_import_that_is_stopped_writes_nothing(void **state)
{
	struct db_case *t = case_of(state);
	struct row_problem_sink sink = { hear };
	struct workbook_report report;
	struct columns c;
	struct grid *g;
	int64_t before;

	case_open(t, DB_CREATE);
	(void)case_imported(t, source_path(t, "tests/cases/workbook/ground"));
	before = case_journal_rows(t->db);
	g = list_of(t, headings, 2000);
	ok(columns_guess(&t->arena, g, 0, AS_PEOPLE, day_of(2025, 6, 30), &c));
	for (int64_t stop_after = 1; stop_after < 40; stop_after++) {
		struct watch w = { .stop_after = stop_after };
		struct workbook_options o = options(&w);
		const struct err *err;

		o.import.dry_run = true;
		err = workbook_run(t->db, &t->arena, g, 0, &c, &o, &sink, &report);
		if (err == NULL) {
			assert_true(stop_after > 10 && w.calls < stop_after);
			break;
		}
		assert_int_equal(err->kind, ERR_INPUT);
		o.import.dry_run = false;
		w = (struct watch){ .stop_after = stop_after };
		assert_non_null(workbook_run(t->db, &t->arena, g, 0, &c, &o, &sink, &report));
		assert_int_equal(case_journal_rows(t->db), before);
	}
	grid_close(g);
}

static void
columns_are_remembered_by_operator_and_shape(void **state)
{
	struct db_case *t = case_of(state);
	struct watch w = { 0 };
	struct workbook_options o = options(&w);
	struct columns c, again, other;
	struct grid *g;
	bool found;

	case_open(t, DB_CREATE);
	(void)case_imported(t, source_path(t, "tests/cases/workbook/ground"));
	g = list_of(t, headings, 3);
	ok(columns_guess(&t->arena, g, 0, AS_PEOPLE, o.today, &c));
	ok(columns_recall(t->db, &t->arena, 1, S("op"), &c, &found));
	assert_false(found);
	columns_choose(&c, 4, WANT_arrived_on);
	ok(columns_remember(t->db, &t->arena, S("op"), &c, &o.import));
	ok(columns_remember(t->db, &t->arena, S("op"), &c, &o.import));

	ok(columns_guess(&t->arena, g, 0, AS_PEOPLE, o.today, &again));
	assert_int_equal(again.v[4].want, WANT_entered_on);
	ok(columns_recall(t->db, &t->arena, 1, S("autre"), &again, &found));
	assert_false(found);
	ok(columns_recall(t->db, &t->arena, 1, S("op"), &again, &found));
	assert_true(found);
	assert_int_equal(again.v[4].want, WANT_arrived_on);
	grid_close(g);

	g = list_of(t, "Nom;Prénom;Naissance;Statut;Entrée", 3);
	ok(columns_guess(&t->arena, g, 0, AS_PEOPLE, o.today, &other));
	ok(columns_recall(t->db, &t->arena, 1, S("op"), &other, &found));
	assert_false(found);
	grid_close(g);
}

static void
the_kind_of_rows_is_told_by_the_columns(void **state)
{
	static const struct {
		const char *headings;
		enum rows_as as;
	} lists[] = { { "Nom;Prénom;Date de naissance;Nationalité;Statut", AS_PEOPLE },
		{ "Nom;Prénom;14/01/2025;21/01/2025;28/01/2025", AS_ATTENDANCE },
		{ "Date;Nom;Prénom;Présence;Durée", AS_ATTENDANCE }, { "Date;Nom;Prénom;Type d'intervention;Remarque", AS_ACTS },
		{ "Indicateur;Total;Hommes;Femmes;BPI", AS_AGGREGATES } };
	struct db_case *t = case_of(state);

	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		struct grid *g = list_of(t, lists[i].headings, 3);
		enum rows_as as;

		ok(columns_kind(&t->arena, g, 0, day_of(2025, 6, 30), &as));
		assert_int_equal(as, lists[i].as);
		grid_close(g);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(an_import_that_is_stopped_writes_nothing),
		ON_BOTH(columns_are_remembered_by_operator_and_shape),
		ON_SQLITE(the_kind_of_rows_is_told_by_the_columns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
