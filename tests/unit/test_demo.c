/* The invented year: the same bytes for the same seed, files in the order of their keys, no fault on import, flat memory. */
#include "bundle_case.h"

#include <sys/resource.h>

#include "demo/calendar.h"
#include "demo/demo.h"

static struct db_case *house; /* one database with the contract, for all tests */
static struct arena arena;
static struct plan plan;

/* --- folders and files --- */

static const char *
new_folder(void)
{
	const char *place = getenv("TMPDIR");
	char *path = (char *)(uintptr_t)str_format(&arena, "%s/jalon-test-XXXXXX", place == NULL ? "/tmp" : place).s;

	assert_non_null(mkdtemp(path));
	return path;
}

static const char *
file_of(const char *folder, size_t entity)
{
	return str_format(&arena, "%s/%s.csv", folder, entities[entity].name).s;
}

static void
remove_folder(const char *folder)
{
	for (size_t i = 0; i < ENTITY_COUNT; i++)
		unlink(file_of(folder, i));
	assert_int_equal(rmdir(folder), 0);
}

static str
bytes_of(const char *folder, size_t entity)
{
	return get_file(&arena, file_of(folder, entity));
}

static struct demo_report
write_demo(const struct plan *p, const char *folder, uint64_t seed, int64_t people)
{
	const struct demo_options options = { .seed = seed, .people = people };
	struct demo_report report;

	assert_null(demo_write(&arena, p, folder, &options, &report));
	return report;
}

/* --- the contract --- */

static int
open_contract(void **state)
{
	const char *source = getenv("JALON_SOURCE");
	int64_t keeper, contract;
	struct db *db;

	if (case_start_sqlite(state) != 0)
		return -1;
	house = *state;
	db = case_open(house, DB_CREATE);
	case_imported(house, str_format(&arena, "%s/data/contract/clermont-ferrand-2022", source == NULL ? "." : source).s);
	ok(keeper_find(db, &arena, (str){ 0 }, &keeper));
	ok(entity_key_of_ref(db, keeper, &entities[ENTITY_contracts], S("cf-ctai-2022"), &contract));
	ok(plan_read(db, &arena, keeper, contract, &plan));
	return 0;
}

static int
close_contract(void **state)
{
	arena_release(&arena);
	return case_end(state);
}

/* --- tests --- */

static void
the_same_seed_gives_the_same_bytes_and_another_seed_others(void **state)
{
	const char *one = new_folder(), *again = new_folder(), *other = new_folder();
	int differ = 0;

	(void)state;
	write_demo(&plan, one, 7, 150);
	write_demo(&plan, again, 7, 150);
	write_demo(&plan, other, 8, 150);
	for (size_t i = 0; i < ENTITY_COUNT; i++) {
		assert_true(str_eq(bytes_of(one, i), bytes_of(again, i)));
		differ += !str_eq(bytes_of(one, i), bytes_of(other, i));
	}
	assert_true(differ > 10);
	remove_folder(one);
	remove_folder(again);
	remove_folder(other);
}

/* The bytes of an agreed example: they change only on purpose, and must not change with the compiler or the machine. */
static void
the_first_people_of_seed_1_are_known(void **state)
{
	const char *folder = new_folder();
	uint64_t sum = 0xcbf29ce484222325u;

	(void)state;
	write_demo(&plan, folder, 1, 600);
	for (size_t i = 0; i < ENTITY_COUNT; i++) {
		str s = bytes_of(folder, i);

		for (size_t k = 0; k < s.len; k++)
			sum = (sum ^ (unsigned char)s.s[k]) * 0x100000001b3u;
	}
	remove_folder(folder);
	print_message("# digest %016llx\n", (unsigned long long)sum);
	assert_int_equal(sum, UINT64_C(0x3a04838eb6b2f8cf));
}

/* The cells of a line that make its key. No key has quotes. */
static void
key_of(const struct entity *e, str line, str *key)
{
	size_t n = 0;

	for (size_t i = 0; i < e->n; i++) {
		str cell = str_cut(line, ',', &line);

		if (e->fields[i].kind == KIND_REF || e->fields[i].key)
			key[n++] = cell;
		if (cell.len > 0 && cell.s[0] == '"')
			break; /* further cells cannot be told apart so simply; keys stand before */
	}
}

static int
compare_keys(const str *a, const str *b)
{
	for (int i = 0; i < 6; i++) {
		int c = str_cmp(a[i], b[i]);

		if (c != 0)
			return c;
	}
	return 0;
}

static void
every_file_is_in_the_order_of_its_key(void **state)
{
	const char *folder = new_folder();

	(void)state;
	write_demo(&plan, folder, 3, 2300); /* three blocks of people */
	for (size_t i = 0; i < ENTITY_COUNT; i++) {
		str rest = bytes_of(folder, i), before[8] = { { 0 } };

		(void)str_cut(rest, '\n', &rest); /* the heading */
		while (rest.len > 0) {
			str line = str_cut(rest, '\n', &rest), key[8] = { { 0 } };

			key_of(&entities[i], line, key);
			if (compare_keys(before, key) >= 0)
				fail_msg("%s.csv: \"%.*s\" comes too late", entities[i].name, STR_ARG(line));
			memcpy(before, key, sizeof before);
		}
	}
	remove_folder(folder);
}

static void
the_import_finds_no_fault_and_warns_of_little(void **state)
{
	const char *folder = new_folder();
	struct demo_report made = write_demo(&plan, folder, 1, DEMO_PEOPLE);
	struct outcome import = case_import_with(house, folder, &(struct import_options){ .dry_run = true });

	(void)state;
	ok(import.err);
	if (import.got.sink.faults > 0)
		print_problems(&import.got);
	assert_int_equal(import.got.sink.faults, 0);
	assert_in_range(import.got.sink.warnings, 1, 10);
	assert_int_equal(made.records[ENTITY_people], DEMO_PEOPLE);
	assert_in_range(made.records[ENTITY_enrolments], 2 * DEMO_PEOPLE, 3 * DEMO_PEOPLE);
	assert_in_range(made.records[ENTITY_attendances], 12000, 18000);
	assert_int_equal(made.records[ENTITY_cohort_members], 30);
	for (size_t i = ENTITY_people; i < ENTITY_COUNT; i++) {
		assert_int_equal(import.report.of[i].rows, made.records[i]);
		assert_int_equal(made.records[i] > 0, !entities[i].inner);
	}
	remove_folder(folder);
}

static int64_t
peak_kilobytes(void)
{
	struct rusage use;

	getrusage(RUSAGE_SELF, &use);
	return use.ru_maxrss;
}

static void
twenty_thousand_people_take_no_more_memory_than_two_thousand(void **state)
{
	const char *few = new_folder(), *many = new_folder();
	int64_t before, after;

	(void)state;
	write_demo(&plan, few, 1, 2000);
	before = peak_kilobytes();
	assert_int_equal(write_demo(&plan, many, 1, 20000).records[ENTITY_people], 20000);
	after = peak_kilobytes();
	assert_in_range(after - before, 0, 8 * 1024);
	remove_folder(few);
	remove_folder(many);
}

static void
a_handful_of_people_is_enough(void **state)
{
	(void)state;
	for (int64_t people = 1; people < 8; people++) {
		const char *folder = new_folder();

		assert_int_equal(write_demo(&plan, folder, 5, people).records[ENTITY_people], people);
		remove_folder(folder);
	}
}

/* A contract of one sheet, one action, and nothing else that is not required. */
static void
a_contract_that_says_little_is_filled_or_refused(void **state)
{
	struct sheet sheet = { .record.id = 1,
		.ref = S("f"),
		.contract = 1,
		.axis = NUMBER_NONE,
		.kind = S("action"),
		.number = S("1"),
		.audience = S("mixed"),
		.objective = NUMBER_NONE,
		.objective_actors = NUMBER_NONE,
		.starts_on = DAY_NONE,
		.ends_on = DAY_NONE,
		.recording = S("nominal") };
	struct action action = { .record.id = 1,
		.ref = S("x"),
		.sheet = 1,
		.title = S("?"),
		.operator= NUMBER_NONE,
		.audience = S("mixed"),
		.objective = NUMBER_NONE,
		.objective_actors = NUMBER_NONE };
	struct plan bare = { .contract = { .record.id = 1, .ref = S("k"), .signed_on = DAY_NONE } };
	const struct demo_options options = { .seed = 1, .people = 40, .prefix = S("k-") };
	struct demo_report report;
	const char *folder = new_folder();
	str people;

	(void)state;
	assert_non_null(demo_write(&arena, &bare, folder, &options, &report));
	bare.sheets.v = &sheet;
	bare.actions.v = &action;
	bare.sheets.n = bare.actions.n = 1;
	assert_non_null(demo_write(&arena, &bare, folder, &options, &report));
	bare.contract.signed_on = day_of(2024, 2, 29);
	assert_null(demo_write(&arena, &bare, folder, &options, &report));
	assert_true(report.records[ENTITY_attendances] > 0);
	people = bytes_of(folder, ENTITY_people);
	(void)str_cut(people, '\n', &people);
	assert_true(str_starts(people, S("k-p000001,")));
	/* what stands there is never written over */
	assert_non_null(demo_write(&arena, &bare, folder, &options, &report));
	remove_folder(folder);
	assert_non_null(demo_write(&arena, &bare, "/nonexistent", &options, &report));
}

static void
holidays_are_known(void **state)
{
	(void)state;
	assert_int_equal(weekday(day_of(2022, 10, 17)), 0);
	assert_int_equal(weekday(day_of(1969, 12, 28)), 6);
	assert_true(public_holiday(day_of(2023, 4, 10))); /* Easter Monday */
	assert_true(public_holiday(day_of(2023, 5, 18))); /* Ascension */
	assert_true(public_holiday(day_of(2024, 5, 20))); /* Whit Monday */
	assert_true(public_holiday(day_of(2038, 4, 26))); /* the latest Easter of the century */
	assert_false(public_holiday(day_of(2023, 4, 11)));
	assert_int_equal(working_day(day_of(2023, 4, 29)), day_of(2023, 5, 2)); /* a weekend, then 1 May */
	assert_false(school_week(day_of(2022, 12, 26)));
	assert_true(school_week(day_of(2023, 1, 9)));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		/* first, while nothing else has taken memory */
		cmocka_unit_test(twenty_thousand_people_take_no_more_memory_than_two_thousand),
		cmocka_unit_test(the_same_seed_gives_the_same_bytes_and_another_seed_others),
		cmocka_unit_test(the_first_people_of_seed_1_are_known),
		cmocka_unit_test(every_file_is_in_the_order_of_its_key),
		cmocka_unit_test(the_import_finds_no_fault_and_warns_of_little),
		cmocka_unit_test(a_handful_of_people_is_enough),
		cmocka_unit_test(a_contract_that_says_little_is_filled_or_refused),
		cmocka_unit_test(holidays_are_known),
	};

	return cmocka_run_group_tests(tests, open_contract, close_contract);
}
