/* The parts that figures are made of: dense numbers, the directory, scopes, records put in order, what is written. */
/* cmocka.h wants these first */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/json.h"
#include "base/text.h"
#include "figures/explain.h"
#include "figures/overlap.h"
#include "figures/reader.h"
#include "model/model.h"

static struct arena arena;

static int
clear(void **state)
{
	(void)state;
	arena_clear(&arena);
	return 0;
}

static void
keys_get_numbers_in_the_order_of_their_appearance(void **state)
{
	struct keys k = { .arena = &arena };

	(void)state;
	assert_int_equal(keys_known(&k, 7), -1);
	for (int i = 0; i < 5000; i++)
		assert_int_equal(keys_number(&k, (int64_t)i * 4096 + ((int64_t)1 << 60)), i);
	for (int i = 0; i < 5000; i++)
		assert_int_equal(keys_known(&k, (int64_t)i * 4096 + ((int64_t)1 << 60)), i);
	assert_int_equal(keys_known(&k, 1), -1);
	assert_int_equal(k.n, 5000);
}

static void
texts_get_numbers_and_are_copied(void **state)
{
	struct texts t = { .arena = &arena };
	char text[16];
	int n;

	(void)state;
	for (int i = 0; i < 1000; i++) {
		n = snprintf(text, sizeof text, "word-%d", i);

		assert_int_equal(texts_number(&t, (str){ text, (size_t)n }), i);
	}
	assert_int_equal(texts_number(&t, S("word-0")), 0);
	assert_int_equal(texts_known(&t, S("word-999")), 999);
	/* Of every length, alike but for one character anywhere. */
	n = 1000;
	for (size_t len = 1; len <= 40; len++) {
		char long_text[40];

		for (size_t i = 0; i < len; i++) {
			memset(long_text, 'a', len);
			long_text[i] = 'b';
			assert_int_equal(texts_known(&t, (str){ long_text, len }), -1);
			assert_int_equal(texts_number(&t, (str){ long_text, len }), n);
			assert_int_equal(texts_number(&t, (str){ long_text, len }), n++);
		}
	}
	assert_int_equal(texts_known(&t, S("word")), -1);
	assert_true(str_is(t.v[3], "word-3"));
}

static void
the_directory_holds_what_the_model_accepts(void **state)
{
	size_t n;
	const struct indicator_name *names = indicator_names(&n);
	size_t sheets = 0;

	(void)state;
	for (size_t i = 0; i < directory_size; i++)
		sheets += directory[i].level == LEVEL_SHEET;
	assert_int_equal(sheets, n);
	for (size_t i = 0; i < n; i++) {
		const struct indicator *d = directory_find(str_of(names[i].name));
		enum indicator_cells cells;

		assert_non_null(d);
		cells = d->eight ? CELLS_EIGHT : d->unit == UNIT_TEXT ? CELLS_TEXT : CELLS_TOTAL;
		assert_int_equal(d->unit, names[i].unit);
		assert_int_equal(cells, names[i].cells);
		assert_string_equal(d->label, names[i].label);
		assert_int_equal(!names[i].sent, d->records || d->adding == ADD_MEAN);
	}
}

static void
every_measure_has_its_rule(void **state)
{
	str rest = S("persons_with_act acts sessions session_participants volunteers_trained meetings declared");

	(void)state;
	while (rest.s != NULL) {
		const struct indicator *d = directory_measure(str_cut(rest, ' ', &rest));

		assert_non_null(d);
		assert_int_equal(d->unit, UNIT_COUNT);
		assert_true(d->rule[0] != '\0');
	}
	assert_null(directory_find(S("acts")));
	assert_null(directory_measure(S("2.cost")));
}

static void
cells_are_named_as_in_the_model(void **state)
{
	str rest = S(CELL_CHOICES);

	(void)state;
	for (int c = 0; c < CELLS; c++)
		assert_int_equal(cell_named(str_cut(rest, ' ', &rest)), c);
	assert_null(rest.s);
	assert_int_equal(cell_named(S("bpi_")), -1);
}

static void
statuses_are_bits_in_the_order_of_the_model(void **state)
{
	static const struct book_contract none;
	struct book *b = book_new(&arena, &none, false);
	str rest = S(STATUS_CHOICES);

	(void)state;
	for (int i = 0; rest.s != NULL; i++)
		assert_int_equal(texts_known(&b->words, str_cut(rest, ' ', &rest)), i);
	assert_int_equal(b->eligible, 0xff);
	b = book_new(&arena, &(struct book_contract){ .eligible_statuses = S("student") }, false);
	assert_int_equal(b->eligible, 7 | STATUS_BIT(WORD_student));
}

static void
come(struct reader *r, const struct keys *of, int64_t owner, int record)
{
	int *place = owned_by(r, of, owner);

	assert_non_null(place);
	*place = record;
}

static void
leave(struct reader *r)
{
	free(r->coming.v);
	free(r->owners.v);
}

static void
records_that_come_in_any_order_are_brought_together(void **state)
{
	static const int64_t owners[] = { 302, 300, 302, 301, 302, 300 };
	static const int records[] = { 20, 0, 21, 10, 22, 1 };
	struct reader r = { .arena = &arena };
	struct keys of = { .arena = &arena };

	(void)state;
	for (int64_t key = 300; key < 304; key++)
		(void)keys_number(&of, key);
	owned_begin(&r, sizeof(int));
	for (size_t i = 0; i < 6; i++)
		come(&r, &of, owners[i], records[i]);
	assert_null(owned_by(&r, &of, 999));
	assert_memory_equal(owned_end(&r, 4), ((const int[]){ 0, 1, 10, 20, 21, 22 }), 6 * sizeof(int));
	assert_memory_equal(r.first, ((const int[]){ 0, 2, 3, 6, 6 }), 5 * sizeof(int));
	leave(&r);
}

static void
records_that_come_in_order_stay(void **state)
{
	struct reader r = { .arena = &arena };
	struct keys of = { .arena = &arena };

	(void)state;
	(void)keys_number(&of, 5);
	(void)keys_number(&of, 6);
	owned_begin(&r, sizeof(int));
	come(&r, &of, 5, 1);
	come(&r, &of, 6, 2);
	come(&r, &of, 6, 3);
	assert_memory_equal(owned_end(&r, 2), ((const int[]){ 1, 2, 3 }), 3 * sizeof(int));
	assert_memory_equal(r.first, ((const int[]){ 0, 1, 3 }), 3 * sizeof(int));
	owned_begin(&r, sizeof(int));
	assert_non_null(owned_end(&r, 0));
	assert_int_equal(r.first[0], 0);
	leave(&r);
}

/* More than the room that there is at first. */
static void
many_records_come(void **state)
{
	struct reader r = { .arena = &arena };
	struct keys of = { .arena = &arena };
	const int *v;

	(void)state;
	for (int64_t key = 0; key < 1000; key++)
		(void)keys_number(&of, key);
	owned_begin(&r, sizeof(int));
	for (int i = 0; i < 100000; i++)
		come(&r, &of, i % 1000, i);
	v = owned_end(&r, 1000);
	for (int i = 0; i < 100000; i++)
		assert_int_equal(v[i], i % 100 * 1000 + i / 100);
	leave(&r);
}

/* --- a book made up of chance --- */

static uint64_t chance = 42;

static int
below(int n)
{
	chance = chance * 6364136223846793005u + 1442695040888963407u;
	return (int)(chance >> 33) % n;
}

enum { SHEETS = 3, PARTS = 2, PEOPLE = 40, SESSIONS = 30, PRESENT = 6, PATHS = 20, ACTS = 15, PAIRS = 8, TRAINEES = 12 };

static void
add_people(struct book *b)
{
	for (int i = 0; i < PEOPLE; i++) {
		*VEC_ADD(&arena, &b->people) = (struct book_person){ .ref = str_format(&arena, "p%02d", i),
			.sex = below(4) == 0 ? WORD_ABSENT : WORD_F + below(3),
			.born = below(4) == 0 ? DAY_NONE : 8000 + below(4000),
			.household = below(PEOPLE),
			.first_status = b->statuses.n };
		for (int k = below(3); k > 0; k--)
			*VEC_ADD(&arena, &b->statuses) = (struct book_status){ i, below(14), 18000 + below(1000),
				below(2) == 0 ? DAY_FOREVER : 19000 + below(400) };
		b->people.v[i].end_status = b->statuses.n;
	}
}

static void
add_records(struct book *b)
{
	for (int i = 0; i < PATHS; i++)
		*VEC_ADD(&arena, &b->enrolments) = (struct book_enrolment){ .ref = S("e"),
			.person = below(PEOPLE),
			.state = below(4) == 0 ? WORD_requested : WORD_active,
			.exit = below(2) == 0 ? WORD_employment : WORD_moved,
			.entered = 19000 + below(200),
			.left = below(2) == 0 ? DAY_FOREVER : 19200 + below(200),
			.planned = below(300),
			.six_months = below(2) == 0 ? WORD_ABSENT : WORD_employment };
	for (int i = 0; i < SESSIONS; i++) {
		struct book_session *s = VEC_ADD(&arena, &b->sessions);

		*s = (struct book_session){ .ref = S("s"),
			.on = 19000 + below(400),
			.kind = below(2) == 0 ? WORD_training : WORD_sport_event,
			.theme = WORD_language,
			.audience = WORD_newcomers + below(2),
			.state = below(4) == 0 ? WORD_cancelled : WORD_held,
			.minutes = below(200),
			.first_attendance = b->attendances.n };
		for (int k = below(PRESENT); k > 0; k--)
			*VEC_ADD(&arena, &b->attendances) = (struct book_attendance){ below(PEOPLE), below(90) };
		s->end_attendance = b->attendances.n;
		s->first_trainee = b->trainee_attendances.n;
		for (int k = below(PRESENT); k > 0; k--)
			*VEC_ADD(&arena, &b->trainee_attendances) = (struct book_attendance){ below(TRAINEES), below(90) };
		s->end_trainee = b->trainee_attendances.n;
	}
	for (int i = 0; i < ACTS; i++)
		*VEC_ADD(&arena, &b->acts) = (struct book_act){ .ref = S("x"),
			.person = below(PEOPLE),
			.kind = WORD_medical_consultation + below(3),
			.on = 19000 + below(400),
			.quantity = below(3) };
	for (int i = 0; i < PAIRS; i++)
		*VEC_ADD(&arena, &b->pairs) = (struct book_pair){ .ref = S("b"),
			.person = below(PEOPLE),
			.started = 19000 + below(200),
			.ended = below(2) == 0 ? DAY_FOREVER : 19200 + below(200) };
}

/* Where the records of an action begin that are added from here on. */
static struct book_action
action_here(const struct book *b)
{
	return (struct book_action){ .objective = NOT_KNOWN,
		.objective_actors = NOT_KNOWN,
		.first = { [TABLE_enrolments] = b->enrolments.n,
		    [TABLE_sessions] = b->sessions.n,
		    [TABLE_acts] = b->acts.n,
		    [TABLE_pairs] = b->pairs.n } };
}

static struct book *
random_book(void)
{
	static const struct book_contract none = { .ref = { "c", 1 } };
	struct book *b = book_new(&arena, &none, true);

	add_people(b);
	for (int i = 0; i < TRAINEES; i++)
		*VEC_ADD(&arena, &b->trainees) =
		    (struct book_trainee){ .ref = str_format(&arena, "t%02d", i), .volunteer = below(2) == 0 };
	for (int i = 0; i < PEOPLE / 4; i++)
		*VEC_ADD(&arena, &b->members) = (struct book_member){ below(PEOPLE), 19000 + below(400), 19200 + below(400) };
	for (int h = 0; h < SHEETS; h++) {
		struct book_sheet *s = VEC_ADD(&arena, &b->sheets);

		*s = (struct book_sheet){ .ref = str_format(&arena, "h%d", h),
			.audience = WORD_mixed,
			.objective = NOT_KNOWN,
			.objective_actors = NOT_KNOWN,
			.first_action = b->actions.n };
		for (int i = 0; i < PARTS; i++) {
			struct book_action *x = VEC_ADD(&arena, &b->actions);

			*x = action_here(b);
			x->ref = str_format(&arena, "a%d%d", h, i);
			x->sheet = h;
			add_records(b);
		}
		s->end_action = b->actions.n;
	}
	*VEC_ADD(&arena, &b->actions) = action_here(b);
	b->actions.n--;
	return b;
}

static const period some_days = { 19100, 19300 };

static day
first_day_of(const struct book *b, const struct mark *m)
{
	switch (m->kind) {
	case EVIDENCE_ENROLMENT:
		return b->enrolments.v[m->record].entered;
	case EVIDENCE_ACT:
		return b->acts.v[m->record].on;
	case EVIDENCE_PAIR:
		return b->pairs.v[m->record].started;
	default:
		return b->sessions.v[m->record].on;
	}
}

/* The first day of each person by the trail of the scope is the reference date that was merged from the actions. */
static void
check_scope(struct view *v, const struct scope *s)
{
	struct marks trail = { 0 };
	day first[PEOPLE];
	int n = 0;

	for (int i = 0; i < PEOPLE; i++)
		first[i] = DAY_FOREVER;
	trail_read(v, s->from, s->to, &trail);
	for (int i = 0; i < trail.n; i++) {
		const struct mark *m = &trail.v[i];
		day on = first_day_of(v->book, m);

		if (on < v->period.from)
			on = v->period.from;
		if (m->why == WHY_COUNTS && on < first[m->who])
			first[m->who] = on;
	}
	for (int i = 0; i < PEOPLE; i++)
		n += first[i] != DAY_FOREVER;
	assert_int_equal(n, s->n);
	for (int i = 0; i < s->n; i++)
		assert_int_equal(s->v[i].reference, first[s->v[i].person]);
}

static void
scopes_merged_from_their_actions_are_those_read_at_once(void **state)
{
	(void)state;
	for (int round = 0; round < 20; round++) {
		struct view *v = view_new(&arena, random_book(), some_days);

		for (int i = 0; i < v->book->actions.n; i++)
			check_scope(v, &v->actions[i]);
		for (int i = 0; i < v->book->sheets.n; i++)
			check_scope(v, &v->sheets[i]);
		check_scope(v, &v->contract);
		for (int i = 0; i < PEOPLE; i++)
			assert_int_equal(v->at[i], 0);
	}
}

static const struct book_indicator *
indicator_of(const struct book *b, const char *name)
{
	for (int i = 0; i < b->indicators.n; i++) {
		if (str_is(b->indicators.v[i].name, name))
			return &b->indicators.v[i];
	}
	for (int i = 0; i < COHORT_INDICATORS; i++) {
		if (str_is(b->cohort[i].name, name))
			return &b->cohort[i];
	}
	fail_msg("no %s", name);
	return NULL;
}

/* Whoever counts for a figure of people stands once in its list, and nobody twice. */
static void
check_nobody_twice(const struct explanation *x)
{
	str last = { 0 };

	for (int i = 0; i < x->rows.n; i++) {
		if (x->rows.v[i].why != WHY_COUNTS)
			continue;
		assert_false(str_eq(last, x->rows.v[i].who));
		last = x->rows.v[i].who;
	}
}

static void
check_figure(struct view *v, const struct figure *f)
{
	for (int c = 0; c < figure_cells(f); c++) {
		const struct explain_asked asked = { f->scope->kind, f->scope->place, f->indicator, (enum cell)c, 0, 0, 0 };
		const struct explanation *x = explain_read(&arena, v, &asked);
		struct reasons r = explain_reasons(&arena, v, &asked);
		int listed = 0, told = 0;

		assert_int_equal(x->figure.value[c], f->value[c]);
		assert_int_equal(r.figure.value[c], f->value[c]);
		assert_int_equal(x->total, x->rows.n);
		assert_memory_equal(x->counts, r.counts, sizeof r.counts);
		for (int w = 0; w < WHYS; w++)
			told += r.counts[w].records;
		for (int i = 0; i < x->rows.n; i++)
			listed += x->rows.v[i].why == WHY_COUNTS;
		assert_int_equal(told, x->rows.n);
		assert_int_equal(listed, explain_count(x, WHY_COUNTS));
		if (f->indicator->rule->adding == ADD_NUMBER)
			assert_int_equal(listed, f->value[c]);
		if (f->indicator->rule->unit == UNIT_PEOPLE) {
			assert_int_equal(r.counts[WHY_COUNTS].people, f->value[c]);
			check_nobody_twice(x);
		}
	}
}

static void
every_figure_is_what_its_explanation_lists(void **state)
{
	(void)state;
	for (int round = 0; round < 5; round++) {
		const struct book *b = random_book();
		const struct questionnaire *q = questionnaire_make(&arena, b, some_days, true);
		struct view *v = view_new(&arena, b, some_days);

		assert_int_equal(q->figures.n, (SHEETS + SHEETS * PARTS) * b->indicators.n + COHORT_INDICATORS);
		for (int i = 0; i < q->figures.n; i++)
			check_figure(v, &q->figures.v[i]);
	}
}

static bool
same_row(const struct explained *a, const struct explained *b)
{
	return str_eq(a->who, b->who) && str_eq(a->ref, b->ref) && a->why == b->why && a->on == b->on && a->kind == b->kind &&
	       str_eq(a->reason, b->reason);
}

static void
pages_of_an_explanation_make_the_whole(void **state)
{
	struct view *v = view_new(&arena, random_book(), some_days);
	struct explain_asked asked = { .kind = SCOPE_CONTRACT, .indicator = indicator_of(v->book, "cohort.enlarged") };
	const struct explanation *all = explain_read(&arena, v, &asked), *page;

	(void)state;
	assert_true(all->total > 50);
	asked.most = 7;
	for (asked.first = 0; asked.first < all->total; asked.first += 7) {
		page = explain_read(&arena, v, &asked);
		assert_int_equal(page->total, all->total);
		assert_int_equal(page->rows.n, all->total - asked.first < 7 ? all->total - asked.first : 7);
		for (int i = 0; i < page->rows.n; i++)
			assert_true(same_row(&page->rows.v[i], &all->rows.v[asked.first + i]));
	}
	asked.first = all->total + 3;
	assert_int_equal(explain_read(&arena, v, &asked)->rows.n, 0);
	asked.first = asked.most = 0;
	asked.only = WHY_BIT(WHY_COUNTS) | WHY_BIT(WHY_NOT_ELIGIBLE);
	page = explain_read(&arena, v, &asked);
	assert_int_equal(page->total, explain_count(all, WHY_COUNTS) + explain_count(all, WHY_NOT_ELIGIBLE));
	assert_int_equal(explain_count(page, WHY_AGAIN), explain_count(all, WHY_AGAIN));
	for (int i = 0; i < page->rows.n; i++)
		assert_true(page->rows.v[i].why == WHY_COUNTS || page->rows.v[i].why == WHY_NOT_ELIGIBLE);
}

/* A view that stays in memory is asked again and again: it neither grows nor remembers. */
static void
explaining_leaves_nothing_in_the_view(void **state)
{
	struct arena kept = { 0 }, request = { 0 };
	struct view *v = view_new(&kept, random_book(), some_days);
	struct explain_asked asked = { .kind = SCOPE_CONTRACT, .indicator = indicator_of(v->book, "cohort.two_actions") };
	size_t before = kept.total;
	int64_t value = explain_read(&request, v, &asked)->figure.value[CELL_TOTAL];

	(void)state;
	for (int i = 0; i < 200; i++) {
		assert_int_equal(explain_read(&request, v, &asked)->figure.value[CELL_TOTAL], value);
		(void)explain_reasons(&request, v, &asked);
		assert_ptr_equal(v->arena, &kept);
		assert_null(v->open);
	}
	assert_int_equal(kept.total, before);
	arena_release(&kept);
	arena_release(&request);
}

/* The figure of an indicator at a scope, computed by itself. */
static int64_t
figure_of(struct view *v, const struct scope *s, const struct book_indicator *i)
{
	struct figure f;

	scope_open(v, s);
	figure_make(v, i, NULL, &f);
	scope_close(v);
	return f.value[CELL_TOTAL];
}

static void
check_overlap(struct view *v, enum scope_kind parts, int n)
{
	const struct overlap *o = overlap_make(&arena, v, &v->contract, parts);
	int64_t all = 0, two = 0;

	assert_int_equal(o->n, n);
	for (int i = 0; i < n; i++) {
		assert_int_equal(o->both[i * n + i], figure_of(v, o->parts[i], indicator_of(v->book, "1.1.beneficiaries")));
		for (int j = 0; j < n; j++) {
			assert_int_equal(o->both[i * n + j], o->both[j * n + i]);
			assert_true(o->both[i * n + j] <= o->both[i * n + i]);
		}
	}
	for (int k = 1; k <= o->most; k++) {
		all += o->in[k];
		two += k >= 2 ? o->in[k] : 0;
	}
	assert_int_equal(all, figure_of(v, &v->contract, indicator_of(v->book, "cohort.enlarged")));
	if (parts == SCOPE_ACTION)
		assert_int_equal(two, figure_of(v, &v->contract, indicator_of(v->book, "cohort.two_actions")));
}

static void
the_overlap_agrees_with_the_figures(void **state)
{
	(void)state;
	for (int round = 0; round < 20; round++) {
		struct view *v = view_new(&arena, random_book(), some_days);

		check_overlap(v, SCOPE_ACTION, SHEETS * PARTS);
		check_overlap(v, SCOPE_SHEET, SHEETS);
	}
}

/* Two actions of a sheet share whom they share in the contract. */
static void
the_overlap_inside_a_sheet_is_that_of_the_contract(void **state)
{
	struct view *v = view_new(&arena, random_book(), some_days);
	const struct overlap *all = overlap_make(&arena, v, &v->contract, SCOPE_ACTION);

	(void)state;
	for (int h = 0; h < SHEETS; h++) {
		const struct overlap *o = overlap_make(&arena, v, &v->sheets[h], SCOPE_ACTION);
		int64_t people = 0;

		assert_int_equal(o->n, PARTS);
		for (int i = 0; i < PARTS; i++) {
			assert_ptr_equal(o->parts[i], all->parts[h * PARTS + i]);
			for (int j = 0; j < PARTS; j++)
				assert_int_equal(o->both[i * PARTS + j], all->both[(h * PARTS + i) * all->n + h * PARTS + j]);
		}
		for (int k = 1; k <= o->most; k++)
			people += o->in[k];
		assert_int_equal(people, figure_of(v, &v->sheets[h], indicator_of(v->book, "1.1.beneficiaries")));
	}
}

static void
the_lines_of_the_csv_are_in_code_point_order(void **state)
{
	struct buf csv = { 0 };
	str rest, line, last = { 0 };

	(void)state;
	questionnaire_csv(questionnaire_make(&arena, random_book(), some_days, true), &csv);
	rest = buf_str(&csv);
	(void)str_cut(rest, '\n', &rest);
	while (rest.len > 0) {
		line = str_cut(rest, '\n', &rest);
		assert_true(str_cmp(last, line) < 0);
		last = line;
	}
	buf_release(&csv);
}

static void
an_empty_contract_has_its_three_cohorts(void **state)
{
	static const struct book_contract none = { .ref = { "c", 1 } };
	struct book *b = book_new(&arena, &none, false);
	struct buf csv = { 0 };

	(void)state;
	*VEC_ADD(&arena, &b->actions) = (struct book_action){ 0 };
	b->actions.n--;
	questionnaire_csv(questionnaire_make(&arena, b, some_days, false), &csv);
	assert_true(str_is(buf_str(&csv), "scope,ref,indicator,cell,objective,achieved,unit,note\n"
					  "contract,c,cohort.enlarged,total,,0,people,\n"
					  "contract,c,cohort.restricted,total,,0,people,\n"
					  "contract,c,cohort.two_actions,total,,0,people,\n"));
	buf_release(&csv);
}

static void
numbers_are_written_by_their_unit(void **state)
{
	struct buf b = { 0 };

	(void)state;
	figure_write(&b, UNIT_EUROS, 25000);
	buf_char(&b, ' ');
	figure_write(&b, UNIT_HOURS, 1250);
	buf_char(&b, ' ');
	figure_write(&b, UNIT_MONTHS, 300);
	buf_char(&b, ' ');
	figure_write(&b, UNIT_PEOPLE, 300);
	figure_write(&b, UNIT_PEOPLE, NOT_KNOWN);
	assert_true(str_is(buf_str(&b), "250.00 12.5 3 300"));
	buf_clear(&b);
	figure_write_french(&b, UNIT_EUROS, 123456789);
	buf_char(&b, ' ');
	figure_write_french(&b, UNIT_HOURS, 123450);
	buf_char(&b, ' ');
	figure_write_french(&b, UNIT_PEOPLE, 12345);
	assert_true(str_is(buf_str(&b), "1\u202f234\u202f567,89 1\u202f234,5 12\u202f345"));
	buf_release(&b);
}

static void
json_strings_are_escaped(void **state)
{
	struct buf b = { 0 };

	(void)state;
	json_name(&b, "a");
	json_string(&b, S("\"\\\n\t\x01é🙂\xff!"));
	json_string(&b, (str){ 0 });
	assert_true(str_is(buf_str(&b), "\"a\":\"\\\"\\\\\\n\\t\\u0001é🙂\ufffd!\"null"));
	buf_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(keys_get_numbers_in_the_order_of_their_appearance, clear),
		cmocka_unit_test_setup(texts_get_numbers_and_are_copied, clear),
		cmocka_unit_test_setup(the_directory_holds_what_the_model_accepts, clear),
		cmocka_unit_test_setup(every_measure_has_its_rule, clear),
		cmocka_unit_test_setup(cells_are_named_as_in_the_model, clear),
		cmocka_unit_test_setup(statuses_are_bits_in_the_order_of_the_model, clear),
		cmocka_unit_test_setup(records_that_come_in_any_order_are_brought_together, clear),
		cmocka_unit_test_setup(records_that_come_in_order_stay, clear),
		cmocka_unit_test_setup(many_records_come, clear),
		cmocka_unit_test_setup(scopes_merged_from_their_actions_are_those_read_at_once, clear),
		cmocka_unit_test_setup(every_figure_is_what_its_explanation_lists, clear),
		cmocka_unit_test_setup(pages_of_an_explanation_make_the_whole, clear),
		cmocka_unit_test_setup(explaining_leaves_nothing_in_the_view, clear),
		cmocka_unit_test_setup(the_overlap_agrees_with_the_figures, clear),
		cmocka_unit_test_setup(the_overlap_inside_a_sheet_is_that_of_the_contract, clear),
		cmocka_unit_test_setup(the_lines_of_the_csv_are_in_code_point_order, clear),
		cmocka_unit_test_setup(an_empty_contract_has_its_three_cohorts, clear),
		cmocka_unit_test_setup(numbers_are_written_by_their_unit, clear),
		cmocka_unit_test_setup(json_strings_are_escaped, clear),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	arena_release(&arena);
	return failed;
}
