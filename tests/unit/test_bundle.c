/* There and back: what is imported is exported as it was, on both engines, in folders and zips. */
#include "bundle_case.h"

static const char clermont[] = "data/contract/clermont-ferrand-2022";
static const char full[] = "tests/cases/bundle"; /* a row at least in every file, odd values, as an export writes them */

static int
by_bytes(const void *a, const void *b)
{
	return str_cmp(*(const str *)a, *(const str *)b);
}

/* The lines after the header in the order of bytes, which is that of the keys: no character of a key comes before the comma. */
static str
lines_sorted(struct arena *a, str content)
{
	str lines[1000], rest;
	struct buf b = { 0 };
	size_t n = 0;

	for (rest = content; rest.len > 0; n++) {
		assert_true(n < 1000);
		lines[n] = str_cut(rest, '\n', &rest);
	}
	qsort(lines + 1, n - 1, sizeof *lines, by_bytes);
	for (size_t i = 0; i < n; i++) {
		buf_add(&b, lines[i]);
		buf_char(&b, '\n');
	}
	content = str_dup(a, buf_str(&b));
	buf_release(&b);
	return content;
}

static void
a_real_contract_comes_back_as_it_was_with_its_rows_in_order(void **state)
{
	struct db_case *t = case_of(state);
	const char *from = source_path(t, clermont), *to;
	int files = 0;

	case_open(t, DB_CREATE);
	assert_int_equal(case_imported(t, from).all.inserted, 294);
	to = case_exported(t, "out");
	for (size_t i = 0; i < ENTITY_COUNT; i++) {
		str original = get_file(&t->arena, str_format(&t->arena, "%s/%s.csv", from, entities[i].name).s);
		str exported = get_file(&t->arena, str_format(&t->arena, "%s/%s.csv", to, entities[i].name).s);

		assert_int_equal(original.s != NULL, exported.s != NULL);
		if (original.s == NULL)
			continue;
		files++;
		if (!str_eq(lines_sorted(&t->arena, original), exported))
			fail_msg("%s.csv:\n%.*s", entities[i].name, STR_ARG(exported));
	}
	assert_int_equal(files, 14);
}

static void
every_file_comes_back_byte_for_byte(void **state)
{
	struct db_case *t = case_of(state);
	const char *from = source_path(t, full);

	for (size_t i = 0; i < ENTITY_COUNT; i++) {
		if (!entities[i].inner &&
		    get_file(&t->arena, str_format(&t->arena, "%s/%s.csv", from, entities[i].name).s).s == NULL)
			fail_msg("%s has no %s.csv", full, entities[i].name);
	}
	case_open(t, DB_CREATE);
	case_imported(t, from);
	assert_same_folders(t, from, case_exported(t, "out"));
}

/* Rows of the journal for what was imported into an empty database: a register is one, whatever its lines. */
static int64_t
rows_for(struct db *db, const struct import_report *report)
{
	static const struct sql registers = { "registers",
		"select (select count(*) from attendances) + (select count(*) from trainee_attendances)", NULL };

	return report->all.inserted - report->of[ENTITY_attendances].inserted - report->of[ENTITY_trainee_attendances].inserted +
	       case_int(db, &registers);
}

static void
a_second_import_changes_nothing_and_writes_nothing(void **state)
{
	struct db_case *t = case_of(state);
	struct import_report first, second;
	const char *out;
	int64_t rows;

	case_open(t, DB_CREATE);
	first = case_imported(t, source_path(t, full));
	rows = case_journal_rows(t->db);
	assert_int_equal(rows, rows_for(t->db, &first));
	second = case_imported(t, source_path(t, full));
	assert_int_equal(second.all.rows, first.all.rows);
	assert_int_equal(second.all.unchanged, first.all.rows);
	assert_int_equal(second.all.inserted + second.all.updated, 0);
	out = case_exported(t, "out");
	assert_int_equal(case_imported(t, out).all.unchanged, first.all.rows);
	assert_int_equal(case_journal_rows(t->db), rows);
}

/* ---- the same, written otherwise ---- */

struct file_source {
	struct csv_source source;
	FILE *file;
};

static int64_t
read_file(struct csv_source *from, void *to, size_t size, const struct err **err)
{
	(void)err;
	return (int64_t)fread(to, 1, size, ((struct file_source *)from)->file);
}

/* Columns backwards, rows backwards, semicolons, CR and LF, a byte-order mark, every value in quotes. */
static void
rewrite(struct db_case *t, const char *from, const char *to)
{
	struct file_source s = { .source.read = read_file, .file = fopen(from, "r") };
	struct problem_sink silent = problem_silence();
	struct csv_reader *r = csv_open(&t->arena, &s.source, S("f"), &silent);
	struct csv_record record;
	const struct err *err;
	str lines[100];
	size_t n = 0;
	struct buf b = { 0 };

	assert_non_null(s.file);
	while (csv_next(r, &record, &err)) {
		buf_clear(&b);
		for (size_t i = record.n; i-- > 0;) {
			buf_char(&b, '"');
			for (size_t k = 0; k < record.cells[i].len; k++) {
				if (record.cells[i].s[k] == '"')
					buf_char(&b, '"');
				buf_char(&b, record.cells[i].s[k]);
			}
			buf_add(&b, i > 0 ? S("\";") : S("\"\r\n"));
		}
		assert_true(n < 100);
		lines[n++] = str_dup(&t->arena, buf_str(&b));
	}
	csv_close(r);
	fclose(s.file);
	buf_clear(&b);
	buf_add(&b, S("\xef\xbb\xbf"));
	buf_add(&b, lines[0]);
	while (n > 1)
		buf_add(&b, lines[--n]);
	s.file = fopen(to, "w");
	assert_non_null(s.file);
	assert_int_equal(fwrite(b.s, 1, b.len, s.file), b.len);
	assert_int_equal(fclose(s.file), 0);
	buf_release(&b);
}

static void
another_order_of_rows_and_columns_and_other_separators_give_the_same_database(void **state)
{
	struct db_case *t = case_of(state);
	const char *from = source_path(t, full), *other = case_folder(t, "other");

	for (size_t i = 0; i < ENTITY_COUNT; i++) {
		if (!entities[i].inner)
			rewrite(t, str_format(&t->arena, "%s/%s.csv", from, entities[i].name).s,
			    str_format(&t->arena, "%s/%s.csv", other, entities[i].name).s);
	}
	case_open(t, DB_CREATE);
	case_imported(t, other);
	assert_same_folders(t, from, case_exported(t, "out"));
	assert_int_equal(case_imported(t, from).all.updated, 0);
}

/* ---- zips ---- */

static void
a_zip_holds_the_same_and_two_exports_are_the_same_bytes(void **state)
{
	struct db_case *t = case_of(state);
	str first, second;

	case_open(t, DB_CREATE);
	case_imported(t, source_path(t, full));
	first = get_file(&t->arena, case_exported(t, "first.zip"));
	assert_true(first.len > 0);
	assert_int_equal(case_imported(t, case_path(t, "first.zip")).all.unchanged, 103);
	second = get_file(&t->arena, case_exported(t, "second.zip"));
	assert_true(str_eq(first, second));
}

static void
an_export_of_an_import_of_a_zip_is_the_same_zip(void **state)
{
	struct db_case *t = case_of(state);
	const char *zip;
	str before;

	case_open(t, DB_CREATE);
	case_imported(t, source_path(t, full));
	zip = case_exported(t, "first.zip");
	before = get_file(&t->arena, zip);
	db_close(t->db);
	t->db = NULL;
	if (t->engine == CASE_SQLITE)
		ok(db_open(&t->arena, ":memory:", DB_CREATE, &t->db));
	else {
		char text[200];

		snprintf(text, sizeof text, "drop schema %s cascade; create schema %s", t->schema, t->schema);
		case_server_run(text);
		case_open(t, DB_CREATE);
	}
	assert_int_equal(case_imported(t, zip).all.inserted, 103);
	assert_true(str_eq(before, get_file(&t->arena, case_exported(t, "second.zip"))));
	assert_same_folders(t, source_path(t, full), case_exported(t, "out"));
}

/* ---- options ---- */

static void
a_dry_run_tells_all_and_writes_nothing(void **state)
{
	struct db_case *t = case_of(state);
	struct outcome r;

	case_open(t, DB_CREATE);
	r = case_import_with(t, source_path(t, full), &(struct import_options){ .dry_run = true });
	ok(r.err);
	assert_int_equal(r.got.sink.faults, 0);
	assert_int_equal(r.got.sink.warnings, 4);
	assert_int_equal(r.report.all.inserted, 103);
	assert_int_equal(case_journal_rows(t->db), 0);
	assert_int_equal(case_imported(t, source_path(t, full)).all.inserted, 103);
}

static void
see_progress(void *to, int64_t done, int64_t total)
{
	int64_t *seen = to;

	assert_true(done >= 0 && total > 0);
	seen[0]++;
	seen[1] = done;
	seen[2] = total;
}

static void
progress_goes_up_to_the_size_of_the_bundle(void **state)
{
	struct db_case *t = case_of(state);
	struct buf b = { 0 };
	int64_t seen[3] = { 0 };
	struct outcome r;

	buf_add(&b, S("ref\n"));
	for (int i = 0; i < 5000; i++)
		buf_format(&b, "p%05d\n", i);
	case_open(t, DB_CREATE);
	put_file(case_folder(t, "bundle"), "people.csv", buf_str(&b));
	r = case_import_with(
	    t, case_path(t, "bundle"), &(struct import_options){ .progress = see_progress, .progress_to = seen });
	ok(r.err);
	assert_int_equal(seen[0], 5000 / 512);
	assert_int_equal(seen[2], b.len);
	assert_true(seen[1] > 0 && seen[1] <= seen[2]);
	buf_release(&b);
}

static void
two_territories_are_kept_apart_and_asked_for_by_name(void **state)
{
	const char *const lyon[] = { "territories.csv", "ref,name,kind\nlyon,Lyon,commune\n", "people.csv", "ref\namina\n",
		NULL };
	const char *const people[] = { "people.csv", "ref,family_name\namina,Autre\n", NULL };
	struct db_case *t = case_of(state);
	struct outcome r;
	int64_t rows;

	case_open(t, DB_CREATE);
	case_imported(t, source_path(t, full));
	case_imported(t, case_bundle(t, "lyon", lyon));
	r = case_import(t, case_bundle(t, "people", people));
	assert_non_null(r.err);
	assert_int_equal(r.err->kind, ERR_INPUT);
	assert_non_null(strstr(r.err->what, "clermont-ferrand, metropole, lyon"));
	r = case_import_with(t, case_path(t, "people"), &(struct import_options){ .territory = S("lyon") });
	ok(r.err);
	assert_int_equal(r.report.all.updated, 1);
	r = case_import_with(t, case_path(t, "people"), &(struct import_options){ .territory = S("paris") });
	assert_int_equal(r.err->kind, ERR_INPUT);
	ok(bundle_export(t->db, &t->arena, case_path(t, "out"), &(struct export_options){ .territory = S("metropole") }, &rows));
	assert_int_equal(rows, 103);
	assert_same_folders(t, source_path(t, full), case_path(t, "out"));
	assert_non_null(bundle_export(t->db, &t->arena, case_path(t, "out2"), &(struct export_options){ 0 }, &rows));
	assert_int_equal(access(case_path(t, "out2"), F_OK), -1);
}

static void
five_thousand_organisations_each_belong_to_the_next_one(void **state)
{
	struct db_case *t = case_of(state);
	struct buf b = { 0 };
	const char *out;

	buf_add(&b, S("ref,name,category,legal_form,parent_ref,siret\n"));
	for (int i = 0; i < 5000; i++)
		buf_format(&b, "o%04d,O,charity,,o%04d,\n", i, i < 4999 ? i + 1 : 0);
	case_open(t, DB_CREATE);
	put_file(case_folder(t, "bundle"), "organisations.csv", buf_str(&b));
	assert_int_equal(case_imported(t, case_path(t, "bundle")).all.inserted, 5000);
	out = case_exported(t, "out");
	assert_same_folders(t, case_path(t, "bundle"), out);
	assert_int_equal(case_imported(t, out).all.unchanged, 5000);
	buf_release(&b);
}

/* A repeated import in one process: nothing of the first stays behind. */
static void
fifty_imports_in_a_row(void **state)
{
	struct db_case *t = case_of(state);
	struct import_report report;
	struct buf b = { 0 };

	case_open(t, DB_CREATE);
	report = case_imported(t, source_path(t, full));
	for (int i = 0; i < 50; i++) {
		buf_clear(&b);
		buf_format(&b, "ref,phone\namina,%d\np%d,\n", i, i);
		put_file(case_folder(t, "more"), "people.csv", buf_str(&b));
		assert_int_equal(case_imported(t, case_path(t, "more")).all.inserted, 1);
	}
	assert_int_equal(case_journal_rows(t->db), rows_for(t->db, &report) + 100);
	buf_release(&b);
}

/* Who may sign in is nobody else's business: neither written into a bundle, nor read from one. */
static void
accounts_never_travel(void **state)
{
	static const char content[] = "email,name,role,state\nx@example.org,X,administrator,active\n";
	struct db_case *t = case_of(state);
	const char *from = case_bundle(t, "b",
		       (const char *[]){ "territories.csv", "ref,name,kind\nv,V,commune\n", "accounts.csv", content, NULL }),
		   *to;
	struct account a;
	struct outcome r;
	struct save s;
	bool any;

	case_open(t, DB_CREATE);
	r = case_import(t, from);
	ok(r.err);
	ok(entity_any(t->db, 1, &entities[ENTITY_accounts], &any));
	assert_false(any);
	case_imported(t, case_bundle(t, "c", (const char *[]){ "territories.csv", "ref,name,kind\nv,V,commune\n", NULL }));
	entity_clear(&entities[ENTITY_accounts], &a);
	a.email = S("x@example.org");
	a.name = S("X");
	a.role = S("administrator");
	a.state = S("active");
	ok(db_begin_write(t->db));
	ok(save_open(&s, t->db, &(struct change){ 1, S("2025-06-15T12:00:00.000Z"), S("tester"), S("test") }, case_epoch_ms));
	ok(entity_save(&s, &entities[ENTITY_accounts], &a, NULL));
	save_close(&s);
	ok(db_end(t->db, NULL));
	to = case_exported(t, "out");
	assert_null(get_file(&t->arena, str_format(&t->arena, "%s/accounts.csv", to).s).s);
	assert_non_null(get_file(&t->arena, str_format(&t->arena, "%s/territories.csv", to).s).s);
	/* A file of that name is not ours to replace. */
	put_file(to, "accounts.csv", S("mine"));
	r.err = bundle_export(t->db, &t->arena, to, &(struct export_options){ 0 }, &(int64_t){ 0 });
	assert_non_null(r.err);
	assert_true(str_is(get_file(&t->arena, str_format(&t->arena, "%s/accounts.csv", to).s), "mine"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(a_real_contract_comes_back_as_it_was_with_its_rows_in_order),
		ON_BOTH(every_file_comes_back_byte_for_byte),
		ON_BOTH(a_second_import_changes_nothing_and_writes_nothing),
		ON_BOTH(another_order_of_rows_and_columns_and_other_separators_give_the_same_database),
		ON_BOTH(a_zip_holds_the_same_and_two_exports_are_the_same_bytes),
		ON_BOTH(an_export_of_an_import_of_a_zip_is_the_same_zip),
		ON_BOTH(a_dry_run_tells_all_and_writes_nothing),
		ON_BOTH(progress_goes_up_to_the_size_of_the_bundle),
		ON_BOTH(two_territories_are_kept_apart_and_asked_for_by_name),
		ON_BOTH(five_thousand_organisations_each_belong_to_the_next_one),
		ON_BOTH(fifty_imports_in_a_row),
		ON_BOTH(accounts_never_travel),
	};

	return cmocka_run_group_tests_name("bundle", tests, NULL, NULL);
}
