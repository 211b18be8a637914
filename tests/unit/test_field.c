/* Fields and the records made of them: what each takes, and that it writes back what it took. */
#include "bundle_case.h"

#include "base/text.h"
#include "model/roll.h"

/* Values that some field takes, and values that none should. */
static const char *const values[] = {
	"kept",
	"a",
	"abc-1_2.3",
	"0",
	"1",
	"6",
	"7",
	"59",
	"60",
	"69",
	"70",
	"36",
	"2022",
	"12.5",
	"12.50",
	"12.505",
	"0.01",
	"permanent",
	"yes",
	"no",
	"2022-10-17",
	"2024-02-29",
	"2023-02-29",
	"1996",
	"1996-07",
	"F",
	"AF",
	"XK",
	"fr",
	"ps;fa",
	"fr;fr",
	"63113",
	"2A004",
	"63000 ",
	"00:00",
	"23:59",
	"24:00",
	"9:30",
	"12:60",
	"commune",
	"pdf",
	"charity",
	"private",
	"ctai",
	"action",
	"newcomers",
	"nominal",
	"operator",
	"manager",
	"acts",
	"steering",
	"yearly",
	"refugee",
	"worker;student",
	"active",
	"employment",
	"training",
	"language",
	"held",
	"laicite;other",
	"A1.1",
	"entry",
	"total",
	"bpi_under25",
	"a;b;c",
	"FR883000100301C630000000038",
	"BDFEFRPPCCT",
	"21630113500010",
	"L'été, \"à\" l’œuvre",
	"نوري",
	"two\nlines",
	"cr\r\nlf",
	"  blanks  ",
	"=1+1",
	"\t",
	"local.events",
	"-1",
	"+1",
	"1e3",
	"00",
	"1.",
	".5",
	"1,5",
	";",
	"a;",
	"yes ",
	"Yes",
	"NULL",
	"null",
	"9999999999999999",
	"99999999999999999999999",
	"reading", /* one word of each list */
	"fixed_term",
	"left_area",
	"open",
	"to_do",
	"person_herself",
	"author",
	"text",
};

/* Calls each(f) for every field of every entity that holds a value by itself. */
static void
for_each_field(void (*each)(const struct entity *e, const struct field *f, void *record, struct arena *a))
{
	struct arena a = { 0 };

	for (size_t i = 0; i < ENTITY_COUNT; i++) {
		const struct entity *e = &entities[i];
		void *record = arena_alloc(&a, e->size);

		entity_clear(e, record);
		for (size_t k = 0; k < e->n; k++) {
			if (e->fields[k].kind != KIND_LINK)
				each(e, &e->fields[k], record, &a);
		}
	}
	arena_release(&a);
}

static void
written_as_read(const struct entity *e, const struct field *f, void *record, struct arena *a)
{
	struct buf b = { 0 };
	void *empty = arena_alloc(a, e->size), *other = arena_alloc(a, e->size);
	int taken = 0;

	entity_clear(e, empty);
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		str value = str_of(values[i]);
		const char *fault = field_read(f, value, record, a);

		buf_clear(&b);
		field_write(f, record, &b);
		if (fault != NULL) {
			assert_true(field_absent(f, record) && b.len == 0 && *fault != '\0');
			continue;
		}
		taken++;
		if (!str_eq(buf_str(&b), value))
			fail_msg("%s.%s: %s came back as %.*s", e->name, f->name, values[i], STR_ARG(buf_str(&b)));
		assert_false(field_absent(f, record));
		assert_true(field_equal(f, record, record));
		assert_false(field_equal(f, record, empty));
		assert_null(field_read(f, buf_str(&b), other, a));
		assert_true(field_equal(f, record, other));
	}
	if (taken == 0)
		fail_msg("%s.%s takes nothing", e->name, f->name);
	buf_release(&b);
}

static void
every_field_writes_back_what_it_took(void **state)
{
	(void)state;
	for_each_field(written_as_read);
}

static void
absent_when_empty(const struct entity *e, const struct field *f, void *record, struct arena *a)
{
	struct buf b = { 0 };

	(void)e;
	assert_null(field_read(f, S(""), record, a));
	assert_true(field_absent(f, record));
	field_write(f, record, &b);
	assert_int_equal(b.len, 0);
	buf_release(&b);
}

static void
an_empty_cell_is_absent_in_every_field(void **state)
{
	(void)state;
	for_each_field(absent_when_empty);
}

static void
bounds_hold(const struct entity *e, const struct field *f, void *record, struct arena *a)
{
	const int64_t tries[] = { f->min - 1, f->min, f->max, f->max + 1 };
	size_t max = f->max == 0 ? 4000 : (size_t)f->max;
	char *text;

	(void)e;
	for (size_t i = 0; i < 4 && f->kind == KIND_INT; i++) {
		bool within = i == 1 || i == 2;

		assert_int_equal(field_read(f, str_format(a, "%lld", (long long)tries[i]), record, a) == NULL, within);
	}
	if (f->kind != KIND_TEXT)
		return;
	text = arena_alloc(a, max + 1);
	memset(text, 'x', max + 1);
	assert_null(field_read(f, (str){ text, max }, record, a));
	assert_non_null(field_read(f, (str){ text, max + 1 }, record, a));
}

static void
numbers_and_texts_hold_their_bounds(void **state)
{
	(void)state;
	for_each_field(bounds_hold);
}

static void
a_ref_has_1_to_64_of_its_characters(void **state)
{
	static const char *const wrong[] = { "A", "é", "a b", "a/b", "a;b", "a,b", "a\n", "a\"", "ａ", "a+b", "a@b" };
	const struct field *f = &entities[ENTITY_people].fields[0];
	struct person p;
	struct arena a = { 0 };
	str longest = S("abcdefghijklmnopqrstuvwxyz0123456789-_.abcdefghijklmnopqrstuvwxyz");

	(void)state;
	assert_int_equal(longest.len, 65);
	assert_non_null(field_read(f, longest, &p, &a));
	longest.len--;
	assert_null(field_read(f, longest, &p, &a));
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_non_null(field_read(f, str_of(wrong[i]), &p, &a));
	arena_release(&a);
}

static void
decimals_take_what_their_column_says(void **state)
{
	const struct field *value = entity_field(&entities[ENTITY_aggregates], "value");
	const struct field *months = entity_field(&entities[ENTITY_enrolments], "contract_months");
	struct aggregate g;
	struct enrolment n;
	struct arena a = { 0 };

	(void)state;
	assert_null(field_read(value, S("1000000000"), &g, &a));
	assert_non_null(field_read(value, S("1000000000.01"), &g, &a));
	assert_non_null(field_read(value, S("12.345"), &g, &a));
	assert_non_null(field_read(value, S("permanent"), &g, &a));
	assert_null(field_read(months, S("12.345"), &n, &a));
	assert_null(field_read(months, S("permanent"), &n, &a));
	assert_non_null(field_read(months, S("Permanent"), &n, &a));
	arena_release(&a);
}

static void
a_choice_is_a_whole_word_of_the_list(void **state)
{
	(void)state;
	assert_int_equal(choice_index("one two three", S("one")), 0);
	assert_int_equal(choice_index("one two three", S("three")), 2);
	assert_int_equal(choice_index("one two three", S("on")), -1);
	assert_int_equal(choice_index("one two three", S("one two")), -1);
	assert_int_equal(choice_index("one two three", S("")), -1);
	assert_int_equal(choice_index("one two three", S(" ")), -1);
}

/* Every word of the format, and no other. */
static void
the_words_of_each_list_are_those_of_the_format(void **state)
{
	static const struct {
		const char *entity, *field, *words;
	} lists[] = {
		{ "territories", "kind", "commune epci department region" },
		{ "contracts", "kind", "ctai" },
		{ "contracts", "eligible_statuses",
		    "refugee stateless subsidiary_protection family_of_french parent_of_french family_reunification worker other_newcomer student "
		    "temporary_protection asylum_seeker eu_citizen french none" },
		{ "sheets", "kind", "action evaluation governance" },
		{ "sheets", "audience", "newcomers actors mixed" },
		{ "sheets", "recording", "nominal aggregate" },
		{ "actions", "audience", "newcomers actors mixed public" },
		{ "organisations", "category",
		    "city state institution accommodation charity health social housing education employment other" },
		{ "organisations", "legal_form", "public private" },
		{ "partnerships", "role", "operator partner" },
		{ "local_indicators", "measure",
		    "persons_with_act acts sessions session_participants volunteers_trained meetings declared" },
		{ "bodies", "kind", "steering technical project_team working_group" },
		{ "bodies", "frequency", "yearly as_needed" },
		{ "people", "sex", "F M X" },
		{ "statuses", "status",
		    "refugee stateless subsidiary_protection family_of_french parent_of_french family_reunification worker other_newcomer student "
		    "temporary_protection asylum_seeker eu_citizen french none" },
		{ "enrolments", "state", "requested active refused cancelled" },
		{ "enrolments", "exit", "employment training other dropped_out moved unknown" },
		{ "enrolments", "contract_kind", "open_ended fixed_term temporary_work apprenticeship insertion self_employed" },
		{ "sessions", "kind", "training workshop group sport_event culture_event public_event other" },
		{ "sessions", "theme",
		    "language civic digital employment health mobility childcare housing education culture sport other" },
		{ "sessions", "audience", "newcomers actors public" },
		{ "sessions", "state", "planned held cancelled" },
		{ "sessions", "civic_themes", "laicite equality citizenship parenthood host_society other" },
		{ "assessments", "moment", "entry interim exit" },
		{ "assessments", "level", "alpha A0 A1.1 A1 A2 B1 B2 C1 C2" },
		{ "followups", "situation", "employment training none unreachable" },
		{ "tools", "audience", "actors newcomers" },
		{ "aggregates", "cell", "total men women under25 bpi bpi_men bpi_women bpi_under25" },
		{ "meetings", "state", "planned held cancelled" },
		{ "act_fields", "type", "text number hours amount date yes_no choice" },
		{ "assessment_skills", "moment", "entry interim exit" },
		{ "assessment_skills", "skill", "listening reading speaking writing" },
		{ "assessment_skills", "level", "alpha A0 A1.1 A1 A2 B1 B2 C1 C2" },
		{ "followups_missed", "reason", "refused left_area no_details no_time other_reason" },
		{ "obstacles", "domain", "mobility language childcare health housing rights digital" },
		{ "obstacles", "rating", "0 1 2 3 4" },
		{ "goals", "state", "open reached dropped" },
		{ "goal_steps", "who", "person_herself organisation partner" },
		{ "goal_steps", "state", "to_do done dropped" },
		{ "notes", "audience", "author team named" },
		{ "accounts", "role",
		    "coordinator finance manager worker partner state researcher beneficiary observer administrator" },
		{ "accounts", "language", "fr en ar fa ps uk ru ti" },
		{ "accounts", "state", "active ended" },
		{ "publications", "empty", "total men women under25 bpi bpi_men bpi_women bpi_under25" },
		{ "mappings", "rows", "people enrolments attendance acts aggregates" },
		{ "attendance_conflicts", "settled", "kept exchanged" },
		{ "documents", "kind",
		    "residence_permit identity housing employment training_proof level_certificate attendance_sheet letter photo other" },
		{ "documents", "type", "pdf jpeg png odt docx" },
	};
	size_t n = 0;

	(void)state;
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		assert_string_equal(entity_field(entity_named(str_of(lists[i].entity)), lists[i].field)->choices, lists[i].words);
	for (size_t i = 0; i < ENTITY_COUNT; i++) {
		for (size_t k = 0; k < entities[i].n; k++)
			n += entities[i].fields[k].choices != NULL;
	}
	assert_int_equal(n, sizeof lists / sizeof *lists);
}

/* ---- the descriptions themselves ---- */

/* As a line of a roll: two links, then numbers that are never negative. */
static bool
can_be_packed(const struct entity *e)
{
	bool can = e->fields[0].kind == KIND_LINK && e->fields[1].kind == KIND_LINK && e->fields[0].key && e->fields[1].key &&
		   e->n > 2 && e->n <= 2 + ROLL_VALUES;

	for (size_t k = 2; k < e->n; k++)
		can &= !e->fields[k].key && (e->fields[k].kind == KIND_INT || e->fields[k].kind == KIND_BOOL) &&
		       e->fields[k].min >= 0;
	return can;
}

static void
descriptions_hold_together(void **state)
{
	(void)state;
	for (size_t i = 0; i < ENTITY_COUNT; i++) {
		const struct entity *e = &entities[i];
		size_t keys = 0, links = 0;

		assert_true(e->n > 0 && e->n <= 64);
		assert_ptr_equal(entity_named(str_of(e->name)), e);
		assert_int_equal(entity_number_of(e), i);
		for (size_t k = 0; k < e->n; k++) {
			const struct field *f = &e->fields[k];
			const struct entity *to = f->to == NULL ? NULL : entity_named(str_of(f->to));

			assert_ptr_equal(entity_field(e, f->name), f);
			assert_true(f->label != NULL && *f->label != '\0');
			assert_int_equal(f->kind == KIND_REF, e->has_ref && k == 0);
			assert_int_equal(f->kind == KIND_ENUM || f->kind == KIND_SET, f->choices != NULL);
			assert_int_equal(f->kind == KIND_LINK || f->kind == KIND_LINKS, to != NULL);
			/* A bundle is read in this order: what is pointed to comes first, but for what never travels. */
			assert_true(to == NULL || f->stays || entity_number_of(to) <= i);
			assert_true(to == NULL || !to->inner || e->inner || f->stays);
			assert_true(f->not_before == NULL || entity_field(e, f->not_before)->kind == KIND_DATE);
			assert_true(f->kind != KIND_INT || f->max > 0);
			keys += f->key;
			links += f->kind == KIND_LINK;
		}
		assert_int_equal(keys > 0, !e->has_ref && !e->inner);
		assert_true(keys < 8 && links <= 8);
		assert_true(!e->linked || can_be_packed(e));
	}
	assert_null(entity_named(S("person")));
	assert_null(entity_named(S("")));
}

/* The contract half of the format is defined by the folder of a real one: same files, same columns, same order. */
static void
headings_are_those_of_the_contract_folder(void **state)
{
	static const char folder[] = "data/contract/clermont-ferrand-2022";
	struct db_case *t = case_of(state);
	int files = 0;

	for (size_t i = 0; i < ENTITY_COUNT; i++) {
		const struct entity *e = &entities[i];
		str rest, header,
		    content = get_file(&t->arena, source_path(t, str_format(&t->arena, "%s/%s.csv", folder, e->name).s));
		struct buf b = { 0 };

		if (content.s == NULL)
			continue;
		files++;
		header = str_cut(content, '\n', &rest);
		for (size_t k = 0; k < e->n; k++) {
			if (!e->fields[k].optional_column)
				csv_cell(&b, str_of(e->fields[k].csv), k == 0);
		}
		if (!str_eq(header, buf_str(&b)))
			fail_msg("%s.csv: %.*s", e->name, STR_ARG(buf_str(&b)));
		buf_release(&b);
	}
	assert_int_equal(files, 14);
}

/* ---- the canonical text ---- */

static str
canonical(struct arena *a, const struct entity *e, const void *record)
{
	struct buf b = { 0 };
	str s;

	entity_canonical(e, record, &b);
	s = str_dup(a, buf_str(&b));
	buf_release(&b);
	return s;
}

static void
two_different_records_never_have_the_same_canonical_text(void **state)
{
	/* A value that holds what separates fields must not look like two fields. */
	static const char *const tricks[][2] = {
		{ "x\ngiven_name\ty", "" },
		{ "x", "y" },
		{ "x\\ngiven_name\\ty", "" },
		{ "x\\", "y" },
		{ "x\\\\", "y" },
		{ "x\t", "y" },
		{ "x\\t", "y" },
		{ "x\n", "y" },
		{ "x\\n", "y" },
		{ "", "x" },
		{ "x", "" },
		{ "", "" },
	};
	enum { N = sizeof tricks / sizeof *tricks };
	struct arena a = { 0 };
	str texts[N];

	(void)state;
	for (size_t i = 0; i < N; i++) {
		struct person p;

		entity_clear(&entities[ENTITY_people], &p);
		p.ref = S("p1");
		p.family_name = str_of(tricks[i][0]);
		p.given_name = str_of(tricks[i][1]);
		texts[i] = canonical(&a, &entities[ENTITY_people], &p);
		for (size_t k = 0; k < i; k++)
			assert_false(str_eq(texts[i], texts[k]));
	}
	arena_release(&a);
}

static void
the_canonical_text_has_a_line_for_each_value(void **state)
{
	struct arena a = { 0 };
	struct session s;

	(void)state;
	entity_clear(&entities[ENTITY_sessions], &s);
	s.ref = S("s1");
	s.action = 42;
	s.held_on = day_of(2023, 2, 6);
	s.minutes = 0;
	s.group = S("A\tB\nC\\");
	assert_true(str_is(canonical(&a, &entities[ENTITY_sessions], &s),
	    "ref\ts1\naction\t42\nheld_on\t2023-02-06\nminutes\t0\ngroup\tA\\tB\\nC\\\\\n"));
	arena_release(&a);
}

/* ---- rules of one record ---- */

static void
every_required_field_is_asked_for(void **state)
{
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < ENTITY_COUNT; i++) {
		const struct entity *e = &entities[i];
		void *record = arena_alloc(&a, e->size);
		struct problems got, masked;
		size_t required = 0;

		for (size_t k = 0; k < e->n; k++)
			required += e->fields[k].required || e->fields[k].kind == KIND_REF;
		entity_clear(e, record);
		problems_init(&got, &a);
		entity_check(e, record, 0, 0, &got.sink, S("f"), 3);
		assert_int_equal(got.sink.faults, required);
		problems_init(&masked, &a);
		entity_check(e, record, UINT64_MAX, 0, &masked.sink, S("f"), 3);
		assert_int_equal(masked.sink.faults, 0);
	}
	arena_release(&a);
}

static void
a_sensitive_value_is_never_quoted(void **state)
{
	struct db_case *t = case_of(state);
	struct buf b = { 0 };
	struct outcome r;

	buf_add(&b, S("ref,agdref\np1,"));
	buf_pad(&b, '7', 4001);
	buf_char(&b, '\n');
	case_open(t, DB_CREATE);
	put_file(case_folder(t, "bundle"), "people.csv", buf_str(&b));
	r = case_import(t, case_path(t, "bundle"));
	ok(r.err);
	assert_int_equal(r.got.n, 1);
	assert_true(str_is(r.got.v[0].column, "agdref"));
	assert_int_equal(r.got.v[0].value.len, 0);
	buf_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_field_writes_back_what_it_took),
		cmocka_unit_test(an_empty_cell_is_absent_in_every_field),
		cmocka_unit_test(numbers_and_texts_hold_their_bounds),
		cmocka_unit_test(a_ref_has_1_to_64_of_its_characters),
		cmocka_unit_test(decimals_take_what_their_column_says),
		cmocka_unit_test(a_choice_is_a_whole_word_of_the_list),
		cmocka_unit_test(the_words_of_each_list_are_those_of_the_format),
		cmocka_unit_test(descriptions_hold_together),
		ON_SQLITE(headings_are_those_of_the_contract_folder),
		cmocka_unit_test(two_different_records_never_have_the_same_canonical_text),
		cmocka_unit_test(the_canonical_text_has_a_line_for_each_value),
		cmocka_unit_test(every_required_field_is_asked_for),
		ON_SQLITE(a_sensitive_value_is_never_quoted),
	};

	return cmocka_run_group_tests_name("field", tests, NULL, NULL);
}
