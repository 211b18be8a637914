/* import_cross.c - what must hold between records: warnings of attendance and assessments, coherence of aggregates */
#include <stdlib.h>

#include "base/decimal.h"
#include "base/text.h"
#include "exchange/importing.h"
#include "model/indicator.h"
#include "sql.h"

static const struct err *
need_session(struct importing *im, int64_t id)
{
	bool found = true;
	const struct err *err = NULL;

	if (im->session.record.id == id)
		return NULL;
	arena_clear(&im->session_arena);
	err = entity_by_id(im->db, im->keeper, &entities[ENTITY_sessions], id, &im->session_arena, &im->session, &found);
	if (err == NULL && !found)
		bug("session %lld was resolved and is not there", (long long)id);
	return err;
}

static const struct err *
warn_attendance(struct importing *im, int64_t session, int64_t minutes)
{
	const struct err *err = need_session(im, session);
	struct buf value = { 0 };

	if (err != NULL || minutes == 0)
		return err;
	buf_int(&value, minutes);
	if (minutes > im->session.minutes)
		import_fault(im, PROBLEM_WARNING, im->line, S("minutes"), buf_str(&value),
		    str_format(&im->row, tr("at most the %lld minutes of the session"), (long long)im->session.minutes).s);
	if (!str_is(im->session.state, "held"))
		import_fault(im, PROBLEM_WARNING, im->line, S("session_ref"), im->session.ref, tr("a session that was held"));
	buf_release(&value);
	return NULL;
}

static const struct err *
warn_assessment(struct importing *im, const struct assessment *a)
{
	char text[DAY_TEXT];
	bool found = true;
	const struct err *err = NULL;

	if (im->enrolment.record.id != a->enrolment) {
		arena_clear(&im->enrolment_arena);
		err = entity_by_id(
		    im->db, im->keeper, &entities[ENTITY_enrolments], a->enrolment, &im->enrolment_arena, &im->enrolment, &found);
	}
	if (err == NULL && found && a->on < im->enrolment.entered_on)
		import_fault(
		    im, PROBLEM_WARNING, im->line, S("on"), day_text(a->on, text), tr("a date that is not before the entry"));
	return err;
}

/* local.* names are the contract's own: they must be in its local_indicators. */
static const struct err *
check_local(struct importing *im, int64_t sheet, str indicator)
{
	struct local_indicator_known_row row;
	const struct err *err;
	struct db_rows rows;

	if (!str_starts(indicator, S("local.")))
		return NULL;
	if ((err = local_indicator_known(im->db, &rows, im->keeper, sheet, indicator)) != NULL)
		return err;
	if (!local_indicator_known_next(&rows, &row) && rows.err == NULL &&
	    !import_blocked(im, &entities[ENTITY_local_indicators], indicator))
		import_fault(im, PROBLEM_FAULT, im->line, S("indicator"), indicator,
		    tr("an indicator that stands in local_indicators.csv for this contract"));
	return db_done(&rows);
}

const struct err *
import_cross_row(struct importing *im)
{
	switch (entity_number_of(im->entity)) {
	case ENTITY_attendances: {
		const struct attendance *a = im->record;

		return warn_attendance(im, a->session, a->minutes);
	}
	case ENTITY_trainee_attendances: {
		const struct trainee_attendance *a = im->record;

		return warn_attendance(im, a->session, a->minutes);
	}
	case ENTITY_assessments:
		return warn_assessment(im, im->record);
	case ENTITY_sheet_indicators: {
		const struct sheet_indicator *s = im->record;

		return check_local(im, s->sheet, s->indicator);
	}
	case ENTITY_aggregates: {
		const struct aggregate *a = im->record;

		return check_local(im, a->sheet, a->indicator);
	}
	default:
		return NULL;
	}
}

/* Where the aggregates of the bundle stand, so that a fault between two rows can name a line. */
void
import_cross_saved(struct importing *im)
{
	const struct record *r = im->record;

	if (entity_number_of(im->entity) != ENTITY_aggregates)
		return;
	if (im->aggregates_n == im->aggregates_cap) {
		im->aggregates_cap = im->aggregates_cap == 0 ? 256 : im->aggregates_cap * 2;
		im->aggregates = realloc(im->aggregates, im->aggregates_cap * sizeof *im->aggregates);
		if (im->aggregates == NULL)
			bug_oom(im->aggregates_cap * sizeof *im->aggregates);
	}
	im->aggregates[im->aggregates_n++] = (struct aggregate_line){ r->id, im->line };
}

static int
by_id(const void *a, const void *b)
{
	int64_t x = ((const struct aggregate_line *)a)->id, y = ((const struct aggregate_line *)b)->id;

	return (x > y) - (x < y);
}

/* 0: the row was stored earlier and is not in this bundle. */
static int64_t
line_of(const struct importing *im, int64_t id)
{
	struct aggregate_line key = { .id = id }, *at;

	at = im->aggregates_n == 0 ? NULL : bsearch(&key, im->aggregates, im->aggregates_n, sizeof key, by_id);
	return at == NULL ? 0 : at->line;
}

struct sent { /* the cells of one sheet, indicator and period; -1: not sent */
	int64_t value[8], id[8];
	bool touched; /* one of them stands in the bundle */
};
enum { TOTAL, MEN, WOMEN, UNDER25, BPI, BPI_MEN, BPI_WOMEN, BPI_UNDER25 };

static str
cell_name(int cell)
{
	str names = str_of(CELL_CHOICES), name = { 0 };

	for (int i = 0; i <= cell; i++)
		name = str_cut(names, ' ', &names);
	return name;
}

/* Blames the first of these cells that stands in the bundle: the others may have been sent long ago. */
static void
incoherent(struct importing *im, const struct sent *s, const int *cells, size_t n, const char *expected)
{
	struct buf value = { 0 };
	int cell = cells[0];

	for (size_t i = n; i-- > 0;) {
		if (line_of(im, s->id[cells[i]]) > 0)
			cell = cells[i];
	}
	decimal_short(&value, s->value[cell]);
	import_fault(im, PROBLEM_FAULT, line_of(im, s->id[cell]), S("value"), buf_str(&value), expected);
	buf_release(&value);
}

/* Whether the cell is larger than the limit, both being sent. */
static bool
above(const struct sent *s, int cell, int limit)
{
	return s->value[cell] >= 0 && s->value[limit] >= 0 && s->value[cell] > s->value[limit];
}

static bool
check_part(struct importing *im, const struct sent *s, int cell, int limit)
{
	if (!above(s, cell, limit))
		return true;
	incoherent(im, s, (const int[]){ cell, limit }, 2,
	    str_format(&im->row, tr("counts that hold together: %.*s at most %.*s in the same period"), STR_ARG(cell_name(cell)),
		STR_ARG(cell_name(limit)))
		.s);
	return false;
}

static void
check_sum(struct importing *im, const struct sent *s, int a, int b, int limit)
{
	if (s->value[a] < 0 || s->value[b] < 0 || s->value[limit] < 0 || s->value[a] + s->value[b] <= s->value[limit])
		return;
	incoherent(im, s, (const int[]){ b, a, limit }, 3,
	    str_format(&im->row, tr("counts that hold together: %.*s and %.*s at most %.*s together in the same period"),
		STR_ARG(cell_name(a)), STR_ARG(cell_name(b)), STR_ARG(cell_name(limit)))
		.s);
}

/* One fault for each cell at most. */
static void
check_coherence(struct importing *im, const struct sent *s)
{
	bool fits[8] = { 0 };

	if (!s->touched)
		return;
	arena_clear(&im->row);
	for (int cell = MEN; cell <= BPI_UNDER25; cell++)
		fits[cell] = check_part(im, s, cell, TOTAL);
	if (fits[MEN] && fits[WOMEN])
		check_sum(im, s, MEN, WOMEN, TOTAL);
	for (int cell = BPI_MEN; cell <= BPI_UNDER25; cell++)
		fits[cell] = fits[cell] && check_part(im, s, cell, BPI);
	if (fits[BPI_MEN] && fits[BPI_WOMEN])
		check_sum(im, s, BPI_MEN, BPI_WOMEN, BPI);
	if (fits[BPI_UNDER25])
		check_part(im, s, BPI_UNDER25, UNDER25);
}

/* The latest end so far of each cell of one sheet and indicator. */
struct overlap {
	day until[8];
	int64_t id[8];
};

static void
check_overlap(struct importing *im, struct overlap *o, int cell, const struct aggregates_in_order_row *row)
{
	char text[DAY_TEXT];
	int64_t line = line_of(im, row->id), other = line_of(im, o->id[cell]);

	if (o->until[cell] != DAY_NONE && row->from_date <= o->until[cell] && (line > 0 || other > 0))
		import_fault(im, PROBLEM_FAULT, line > other ? line : other, S("from"), day_text(row->from_date, text),
		    tr("a period that does not overlap another of the same sheet, indicator and cell"));
	if (o->until[cell] == DAY_NONE || row->to_date > o->until[cell]) {
		o->until[cell] = row->to_date;
		o->id[cell] = row->id;
	}
}

static void
clear_sent(struct sent *s)
{
	*s = (struct sent){ 0 };
	for (int i = 0; i < 8; i++)
		s->value[i] = -1;
}

static const struct err *
check_aggregates(struct importing *im)
{
	struct aggregates_in_order_row row;
	struct arena kept = { 0 };
	struct overlap o = { 0 };
	struct db_rows rows;
	struct sent s;
	int64_t sheet = 0;
	str indicator = { 0 };
	day from = DAY_NONE, to = DAY_NONE;
	const struct err *err = aggregates_in_order(im->db, &rows, im->keeper);

	if (im->aggregates_n > 0)
		qsort(im->aggregates, im->aggregates_n, sizeof *im->aggregates, by_id);
	clear_sent(&s);
	while (err == NULL && aggregates_in_order_next(&rows, &row)) {
		int cell = choice_index(CELL_CHOICES, row.cell);
		bool same = row.sheet_id == sheet && str_eq(row.indicator, indicator);

		if (!same || row.from_date != from || row.to_date != to) {
			check_coherence(im, &s);
			clear_sent(&s);
		}
		if (!same) {
			for (int i = 0; i < 8; i++)
				o.until[i] = DAY_NONE;
			arena_clear(&kept);
			indicator = str_dup(&kept, row.indicator);
		}
		sheet = row.sheet_id;
		from = row.from_date;
		to = row.to_date;
		s.value[cell] = decimal_parse(row.value).value;
		s.id[cell] = row.id;
		s.touched |= line_of(im, row.id) > 0;
		check_overlap(im, &o, cell, &row);
	}
	check_coherence(im, &s);
	arena_release(&kept);
	return err == NULL ? db_done(&rows) : err;
}

const struct err *
import_cross_file(struct importing *im)
{
	return entity_number_of(im->entity) == ENTITY_aggregates ? check_aggregates(im) : NULL;
}

/* Names the lines of people.csv whose refs are in the set; NULL: all of them. */
static const struct err *
warn_people(struct importing *im, const struct set *without)
{
	const struct entity *e = &entities[ENTITY_people];
	struct csv_source *source;
	struct csv_reader *csv;
	const struct err *err;
	struct csv_record row;
	struct problem_sink silent = problem_silence();

	im->entity = e;
	im->file = S("people.csv");
	if ((err = bundle_file(im->bundle, e, &source)) != NULL)
		return err;
	csv = csv_open(im->arena, source, im->file, &silent);
	if (csv_next(csv, &row, &err))
		import_header(im, &row, false);
	while (err == NULL && csv_next(csv, &row, &err)) {
		if (im->ref_at < row.n && (without == NULL || set_has(without, str_hash(row.cells[im->ref_at], im->seed))))
			import_fault(im, PROBLEM_WARNING, row.line, S("ref"), row.cells[im->ref_at],
			    tr("a residence status: without one the person is not counted"));
	}
	csv_close(csv);
	bundle_file_close(source);
	return err;
}

static const struct err *
warn_without_status(struct importing *im)
{
	struct people_without_status_row row;
	struct set without = { 0 };
	struct db_rows rows;
	const struct err *err;

	if ((err = people_without_status_stream(im->db, &rows, im->keeper)) != NULL)
		return err;
	while (people_without_status_next(&rows, &row))
		(void)set_add(&without, str_hash(row.ref, im->seed));
	if ((err = db_done(&rows)) == NULL && without.n > 0)
		err = warn_people(im, &without);
	set_clear(&without);
	return err;
}

const struct err *
import_cross_all(struct importing *im)
{
	const struct err *err;
	bool any;

	if (!bundle_has(im->bundle, &entities[ENTITY_people]) || im->sink->faults > 0)
		return NULL;
	if ((err = entity_any(im->db, im->keeper, &entities[ENTITY_statuses], &any)) != NULL)
		return err;
	return any ? warn_without_status(im) : warn_people(im, NULL);
}

void
import_cross_release(struct importing *im)
{
	arena_release(&im->session_arena);
	arena_release(&im->enrolment_arena);
	free(im->aggregates);
}
