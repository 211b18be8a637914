/* One description, several places: the tables that the migrations make, the statements made for them, the names of the
 * indicators. What is said twice is held together here. */
#include "bundle_case.h"

#include "figures/directory.h"
#include "model/indicator.h"
#include "model/statements.h"

/* ---- tables ---- */

struct expected_columns {
	const struct entity *e;
	size_t at;
	int wrong;
};

/* The field that a column holds, wherever it stands: those of later migrations come behind the version. NULL: none. */
static const struct field *
field_of(const struct expected_columns *x, str column)
{
	for (size_t i = 0; !x->e->linked && i < x->e->n; i++) {
		if (str_is(column, x->e->fields[i].column))
			return &x->e->fields[i];
	}
	return NULL;
}

static bool
machinery(const struct expected_columns *x, str column)
{
	const char *const names[] = { "territory_id", "version", x->e->linked ? x->e->fields[0].column : "id",
		x->e->linked ? "lines" : "id" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (str_is(column, names[i]))
			return true;
	}
	return false;
}

static void
column(void *to, str name, str type, bool not_null)
{
	struct expected_columns *x = to;
	const struct field *f = field_of(x, name);
	bool whole = f == NULL || f->kind == KIND_INT || f->kind == KIND_BOOL || f->kind == KIND_LINK;
	bool filled = f == NULL || f->required || f->kind == KIND_REF;
	const char *wanted_type = str_is(name, "lines") ? "blob" : whole ? "integer" : "text";

	if ((f == NULL && !machinery(x, name)) || !str_is(type, wanted_type) || not_null != filled) {
		print_error("%s.%.*s: %.*s%s, the description says %s%s\n", x->e->name, STR_ARG(name), STR_ARG(type),
		    not_null ? " not null" : "", wanted_type, filled ? " not null" : "");
		x->wrong++;
	}
	x->at++;
}

static void
every_table_has_the_columns_of_its_description(void **state)
{
	struct db_case *t = case_of(state);
	struct db *db = case_open(t, DB_CREATE);
	int wrong = 0;

	for (size_t i = 0; i < ENTITY_COUNT; i++) {
		struct expected_columns x = { .e = &entities[i] };

		ok(db_columns(db, entities[i].name, column, &x));
		if (x.at != (entities[i].linked ? 4 : entities[i].n + 3)) {
			print_error("%s: %zu columns\n", entities[i].name, x.at);
			wrong++;
		}
		wrong += x.wrong;
	}
	assert_int_equal(wrong, 0);
}

/* A table of records that no description knows would be left out of every export. */
static void
every_table_has_its_description(void **state)
{
	static const char *const others[] = { "keepers", "facts", "changes", "journal", "versions", "schema_migrations",
		"passwords", "second_factors", "recovery_codes", "logins", "invitations", "drafts", "key_pages", "holdings",
		"jobs", "imports", "feeds" };
	static const struct sql tables = {
		"tables",
		"select name from sqlite_schema where type = 'table' and name not like 'sqlite%' and sql like '%territory_id%' order by name",
		"select table_name::text from information_schema.columns where table_schema = current_schema() and column_name = 'territory_id' order by 1"
	};
	struct db_case *t = case_of(state);
	struct db *db = case_open(t, DB_CREATE);
	struct db_rows rows;
	size_t found = 0;

	ok(db_read(db, &tables, NULL, 0, &rows));
	while (db_next(&rows)) {
		str name = db_text(&rows, 0);
		bool machinery = false;

		for (size_t i = 0; i < sizeof others / sizeof *others; i++)
			machinery |= str_is(name, others[i]);
		found += entity_named(name) != NULL;
		if (!machinery && entity_named(name) == NULL)
			print_message("# %.*s is no kind of record (nor exported)\n", STR_ARG(name));
	}
	ok(db_done(&rows));
	assert_int_equal(found, ENTITY_COUNT);
}

/* ---- statements ---- */

static void
every_statement_of_every_kind_of_record_is_understood(void **state)
{
	struct db_case *t = case_of(state);
	struct db *db = case_open(t, DB_CREATE);
	int wrong = 0;

	for (size_t i = 0; i < ENTITY_COUNT; i++) {
		for (int which = 0; which < ST_COUNT; which++) {
			const struct entity *e = &entities[i];
			const struct err *err;

			/* Natural keys have no ref to be found by, inner ones neither ref nor key; the lines of rolls are found
			 * by their roll. */
			if (e->inner && which == ST_BY_KEY)
				continue;
			if (!e->has_ref && (which == ST_BY_REF || which == ST_KEY_OF_REF))
				continue;
			if ((e->has_ref || e->linked) && which == ST_BY_KEY)
				continue;
			if (e->linked ? which == ST_EXPORT : which == ST_ROLLS_AFTER || which == ST_REFS_OF_WHO)
				continue;
			if ((err = db_prepare(db, statement_of(e, which))) == NULL)
				continue;
			print_error("%s\n%s\n", err->detail, statement_of(e, which)->text);
			wrong++;
		}
	}
	assert_int_equal(wrong, 0);
}

static void
two_statements_never_share_a_name(void **state)
{
	(void)state;
	for (size_t i = 0; i < ENTITY_COUNT * ST_COUNT; i++) {
		for (size_t k = 0; k < i; k++) {
			const struct sql *a = statement_of(&entities[i / ST_COUNT], i % ST_COUNT),
					 *b = statement_of(&entities[k / ST_COUNT], k % ST_COUNT);

			if (strcmp(a->name, b->name) == 0)
				fail_msg("%s", a->name);
		}
	}
}

/* ---- indicators ---- */

static void
names_of_indicators_are_those_of_the_directory(void **state)
{
	const struct indicator_name *names;
	size_t n, at = 0;

	(void)state;
	names = indicator_names(&n);
	for (size_t i = 0; i < directory_size; i++) {
		const struct indicator *d = &directory[i];

		if (d->level == LEVEL_CONTRACT) {
			assert_non_null(indicator_named(str_of(d->name)));
			assert_false(indicator_named(str_of(d->name))->sent);
		}
		if (d->level != LEVEL_SHEET)
			continue;
		assert_true(at < n);
		assert_string_equal(d->name, names[at].name);
		assert_ptr_equal(indicator_named(str_of(d->name)), &names[at]);
		assert_int_equal(d->unit, names[at].unit);
		assert_int_equal(d->eight, names[at].cells == CELLS_EIGHT);
		assert_int_equal(d->unit == UNIT_TEXT, names[at].cells == CELLS_TEXT);
		assert_int_equal(names[at].sent, !d->records && d->adding != ADD_MEAN);
		at++;
	}
	assert_int_equal(at, n);
	assert_null(indicator_named(S("local.")));
	assert_null(indicator_named(S("cohort.none")));
	assert_non_null(indicator_named(S("local.events")));
}

static void
measures_are_those_of_the_directory(void **state)
{
	const struct field *measure = entity_field(&entities[ENTITY_local_indicators], "measure");
	str rest = str_of(measure->choices);
	size_t n = 0;

	(void)state;
	while (rest.s != NULL) {
		str word = str_cut(rest, ' ', &rest);

		if (directory_measure(word) == NULL)
			fail_msg("%.*s is not in the directory", STR_ARG(word));
		n++;
	}
	for (size_t i = 0; i < directory_size; i++)
		n -= directory[i].level == LEVEL_LOCAL;
	assert_int_equal(n, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(every_table_has_the_columns_of_its_description),
		ON_BOTH(every_table_has_its_description),
		ON_BOTH(every_statement_of_every_kind_of_record_is_understood),
		cmocka_unit_test(two_statements_never_share_a_name),
		cmocka_unit_test(names_of_indicators_are_those_of_the_directory),
		cmocka_unit_test(measures_are_those_of_the_directory),
	};

	return cmocka_run_group_tests_name("schema", tests, NULL, NULL);
}
