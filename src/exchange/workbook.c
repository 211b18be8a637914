/* workbook.c - rounds of an import: the rows that are not refused yet become a bundle, which the importer checks; rows with faults are
 * refused, and the others tried again, until nothing is wrong with them or nothing is left. */
#include "exchange/workbook_inside.h"

#include <stdlib.h>
#include <string.h>

#include "base/csvout.h"
#include "base/text.h"
#include "db/journal.h"
#include "exchange/fold.h"
#include "sql.h"

enum { ROUNDS_MOST = 8, GUESSES_MOST = GRID_COLUMNS, FAULTS_MOST = 100000, GUESSES_EACH = 4 };

struct listen {                   /* what the importer says of the bundle, brought back to the sheet */
	struct problem_sink sink; /* first */
	struct making *m;
	struct late_warning *warnings;
	size_t n, cap;
};
struct late_warning { /* told only when the round is the last one */
	int64_t row;
	int column;
	const char *expected;
};

/* ---- refusals ---- */

static bool
is_refused(const struct refusals *r, int64_t row)
{
	return row >= 0 && row <= GRID_ROWS && (r->rows[row / 8] >> (row % 8) & 1) != 0;
}

static void
keep_refusal(struct making *m, int64_t row, int column, const char *why)
{
	struct refusals *r = m->refusals;

	if (!is_refused(r, row))
		m->report->refused++;
	r->rows[row / 8] |= (unsigned char)(1 << (row % 8));
	if (r->n >= FAULTS_MOST)
		return;
	if (r->n == r->cap) {
		struct refusal *v;

		r->cap = r->cap == 0 ? 64 : r->cap * 2;
		v = ARENA_ARRAY(m->arena, r->cap, struct refusal);
		if (r->n > 0)
			memcpy(v, r->v, r->n * sizeof *v);
		r->v = v;
	}
	r->v[r->n++] = (struct refusal){ (int32_t)row, (int16_t)column, str_z(m->arena, str_of(why)) };
}

static const struct column *
column_number(const struct making *m, int at)
{
	for (size_t i = 0; i < m->columns->n; i++) {
		if (m->columns->v[i].at == at)
			return &m->columns->v[i];
	}
	return NULL;
}

static void
tell(struct making *m, enum problem_level level, int64_t row, int column, str value, const char *expected)
{
	const struct column *c = column_number(m, column);

	if (c != NULL && c->want == WANT_agdref)
		value = S("");
	if (level == PROBLEM_FAULT)
		m->report->faults++;
	else
		m->report->warnings++;
	m->sink->add(m->sink, &(struct row_problem){ .level = level,
				  .row = row,
				  .column = c == NULL ? -1 : column,
				  .header = c == NULL ? S("") : c->header,
				  .value = value,
				  .expected = str_of(expected) });
}

void
making_fault_at(struct making *m, enum problem_level level, int64_t row, int column, const char *expected)
{
	const struct grid_cell *cell = m->row == NULL || column < 0 || m->row->number != row ? NULL : grid_at(m->row, column);

	if (level == PROBLEM_FAULT) {
		m->row_wrong = true;
		keep_refusal(m, row, column, expected);
	} else if (!m->first_round) {
		return; /* told in the first round */
	}
	tell(m, level, row, column, cell == NULL ? S("") : cell->text, expected);
}

void
making_fault(struct making *m, enum problem_level level, enum want want, const char *expected)
{
	making_fault_at(m, level, m->row->number, m->of[want] == NULL ? -1 : m->of[want]->at, expected);
}

void
making_guess(struct making *m, int column, str value, const char *say)
{
	struct workbook_report *r = m->report;
	const struct column *c = column_number(m, column);
	struct guess_seen *same = NULL;
	int of_column = 0;

	if (!m->first_round)
		return;
	for (size_t i = 0; i < r->guesses_n && same == NULL; i++) {
		struct guess_seen *g = &r->guesses[i];

		of_column += g->column == column;
		if (g->column == column && (str_is(g->say, say) || of_column == GUESSES_EACH))
			same = g;
	}
	if (same != NULL)
		same->n++;
	else if (r->guesses_n < GUESSES_MOST)
		r->guesses[r->guesses_n++] = (struct guess_seen){ .column = column,
			.header = c == NULL ? S("") : c->header,
			.n = 1,
			.value = c != NULL && c->want == WANT_agdref ? S("") : str_dup(m->arena, value),
			.say = str_dup(m->arena, str_of(say)) };
}

/* ---- what the importer says ---- */

static void
place_of(const struct making *m, const struct problem *p, int64_t *row, int *column)
{
	str name = { p->file.s, p->file.len > 4 ? p->file.len - 4 : 0 };
	const struct entity *e = entity_named(name);
	const struct output *o = e == NULL ? NULL : &m->out[entity_number_of(e)];
	enum want want;

	*row = 0;
	*column = -1;
	if (o == NULL || p->line < 2 || (size_t)p->line - 2 >= o->n)
		return;
	*row = o->from[p->line - 2].row;
	*column = o->from[p->line - 2].column;
	want = want_of_field((enum entity_number)entity_number_of(e), p->column);
	if (*column < 0 && m->of[want] != NULL)
		*column = m->of[want]->at;
}

static void
hear(struct problem_sink *sink, const struct problem *p)
{
	struct listen *l = (struct listen *)sink;
	struct making *m = l->m;
	int64_t row;
	int column;

	place_of(m, p, &row, &column);
	if (p->level == PROBLEM_WARNING) {
		if (l->n == l->cap) {
			l->cap = l->cap == 0 ? 64 : l->cap * 2;
			l->warnings = realloc(l->warnings, l->cap * sizeof *l->warnings);
			if (l->warnings == NULL)
				bug_oom(l->cap * sizeof *l->warnings);
		}
		if (l->n < FAULTS_MOST)
			l->warnings[l->n++] = (struct late_warning){ row, column, str_z(m->arena, p->expected) };
		return;
	}
	if (row > 0)
		keep_refusal(m, row, column, str_z(m->arena, p->expected));
	tell(m, PROBLEM_FAULT, row, column, row > 0 && column >= 0 ? p->value : S(""), str_z(m->arena, p->expected));
}

/* ---- one round ---- */

/* Rows below a list: totals, signatures, remarks; also a heading that is repeated on each page. */
static bool
no_record(struct making *m)
{
	static const char totals[] =
	    "total,totaux,total general,sous total,effectif,effectifs,nombre de presents,total presents,nb presents,"
	    "presents,signature,signatures,total heures,emargement,moyenne";
	const struct grid_row *row = m->row;
	size_t same = 0;
	str first = row->n == 0 ? S("") : fold(&m->row_arena, row->cells[0].text);

	for (size_t i = 0; i < row->n; i++) {
		const struct column *c = column_number(m, row->cells[i].column);

		same += c != NULL && str_eq(c->header, row->cells[i].text);
	}
	if (same > 1 && same * 2 > row->n)
		return true;
	if (m->columns->as == AS_AGGREGATES)
		return row->n == 1;
	if (fold_in(first, totals))
		return true;
	return row->n == 1 && m->columns->n > 2; /* one cell alone says nothing of anybody */
}

/* Tells how far it is; false: the user wants it to stop. It never goes back, also when rows are read again. */
static bool
goes_on(struct making *m)
{
	m->shown = m->done > m->shown ? m->done : m->shown;
	return m->o->go_on == NULL || m->o->go_on(m->o->go_on_to, m->shown, m->total);
}

static bool
next_row(struct making *m)
{
	m->done++;
	if (m->done % 256 != 0 || goes_on(m))
		return true;
	m->err = err_new(m->arena, ERR_INPUT, tr("The import was stopped: nothing was written."), NULL, NULL);
	return false;
}

/* Nothing of a row is imported by half: what a refused one has written already is taken back. */
static void
keep_places(struct making *m, bool keep)
{
	for (size_t i = 0; i < ENTITY_COUNT; i++) {
		struct output *o = &m->out[i];

		if (keep) {
			o->row_len = o->text.len;
			o->row_n = o->n;
		} else if (o->n > o->row_n) {
			o->text.len = o->row_n == 0 ? 0 : o->row_len;
			o->n = o->row_n;
		}
	}
}

static void
one_row(struct making *m, const struct grid_row *row)
{
	arena_clear(&m->row_arena);
	m->row = row;
	m->row_wrong = false;
	if (row->fault != NULL && m->first_round) {
		m->report->rows++;
		making_fault_at(m, PROBLEM_FAULT, row->number, -1, row->fault);
		return;
	}
	if (is_refused(m->refusals, row->number))
		return;
	if (no_record(m)) {
		m->report->ignored += m->first_round;
		return;
	}
	m->report->rows += m->first_round;
	keep_places(m, true);
	m->err = make_row(m);
	if (m->row_wrong)
		keep_places(m, false);
}

static void
clear_round(struct making *m)
{
	making_output_release(m);
	set_clear(&m->people_made);
	set_clear(&m->seen);
	set_clear(&m->acts_seen);
	m->made_n = m->marks_n = 0;
	arena_clear(&m->round_arena);
}

static const struct err *
read_rows(struct making *m)
{
	struct grid_row row;

	clear_round(m);
	m->done = 0;
	m->err = grid_start(m->grid, m->sheet);
	while (m->err == NULL && grid_next(m->grid, &row, &m->err)) {
		if (row.number > m->columns->header_row)
			one_row(m, &row);
		if (m->err == NULL && !next_row(m))
			break;
	}
	m->row = NULL;
	arena_clear(&m->row_arena);
	if (m->err == NULL && m->columns->as == AS_ATTENDANCE)
		m->err = write_sessions(m);
	return m->err;
}

static bool
stopped(void *to)
{
	return !goes_on(to);
}

/* Reading the rows is the first half, the importer the second. */
static void
advance(void *to, int64_t done, int64_t total)
{
	struct making *m = to;

	done = done < total ? done : total; /* files may be read twice */
	m->done = m->total / 2 + (total > 0 ? m->total / 2 * done / total : 0);
}

/* The bundle of this round through the importer; its faults refuse rows. */
static const struct err *
import_round(struct making *m, struct listen *l)
{
	struct import_options o = m->o->import;
	str texts[ENTITY_COUNT] = { { 0 } };

	o.keep_empty = true;
	o.progress = advance;
	o.stopped = stopped;
	o.progress_to = m;
	for (size_t i = 0; i < ENTITY_COUNT; i++) {
		if (m->out[i].n > 0)
			texts[i] = buf_str(&m->out[i].text);
	}
	*l = (struct listen){ .sink.add = hear, .m = m, .warnings = l->warnings, .cap = l->cap };
	return bundle_import_texts(m->db, &m->round_arena, texts, &o, &l->sink, &m->report->records);
}

static void
tell_warnings(struct making *m, const struct listen *l)
{
	for (size_t i = 0; i < l->n; i++)
		tell(m, PROBLEM_WARNING, l->warnings[i].row, l->warnings[i].column, S(""), l->warnings[i].expected);
}

/* A refusal of the importer lives as long as the round. */
static const struct err *
kept(struct making *m, const struct err *err)
{
	const char *detail = err->detail == NULL ? NULL : str_z(m->arena, str_of(err->detail));
	const char *hint = err->hint == NULL ? NULL : str_z(m->arena, str_of(err->hint));

	return err_new(m->arena, err->kind, str_z(m->arena, str_of(err->what)), detail, hint);
}

static const struct err *
rounds(struct making *m)
{
	struct listen l = { .warnings = NULL };
	const struct err *err = NULL;
	int64_t refused = -1;

	m->first_round = true;
	for (int i = 0; i < ROUNDS_MOST && err == NULL && refused != m->report->refused; i++) {
		refused = m->report->refused;
		if ((err = read_rows(m)) == NULL)
			err = import_round(m, &l);
		err = err == NULL ? NULL : kept(m, err);
		m->first_round = false;
		if (err == NULL && l.sink.faults == 0) {
			tell_warnings(m, &l);
			free(l.warnings);
			return NULL;
		}
	}
	free(l.warnings);
	if (err == NULL)
		err = err_new(m->arena, ERR_INPUT,
		    tr("The rows of this sheet depend on each other in a way that cannot be parted: nothing was imported."), NULL,
		    tr("Mend the rows that are listed, and import the whole file again."));
	return err;
}

/* ---- before ---- */

static const struct err *
find_operator(struct making *m)
{
	const struct err *err;

	if (m->o->organisation.len == 0)
		return err_new(m->arena, ERR_INPUT, tr("Whose spreadsheet it is is not said."), NULL,
		    tr("Name the operator: --organisation REF."));
	err = entity_key_of_ref(m->db, m->keeper, &entities[ENTITY_organisations], m->o->organisation, &m->organisation_id);
	if (err == NULL && m->organisation_id == 0)
		err = err_format(
		    m->arena, ERR_INPUT, NULL, tr("No organisation has the reference %.*s."), STR_ARG(m->o->organisation));
	return err;
}

/* An action of this operator's: named as its own, or inside a sheet that it operates. */
static const struct err *
find_action(struct making *m)
{
	struct action_found_row row;
	struct sheet_operated_row one;
	struct db_rows rows;
	const struct err *err;
	bool theirs = false;

	if (m->o->action.len == 0)
		return m->columns->as == AS_PEOPLE ? NULL
						   : err_new(m->arena, ERR_INPUT, tr("The action is not said."), NULL,
							 tr("Name the action that the rows belong to: --action REF."));
	if ((err = action_found(m->db, &rows, m->keeper, m->o->action)) != NULL)
		return err;
	if (action_found_next(&rows, &row)) {
		m->action_id = row.id;
		m->fiche_id = row.sheet_id;
		m->fiche = str_dup(m->arena, row.sheet);
		theirs = row.operator_id == m->organisation_id;
	}
	if ((err = db_done(&rows)) != NULL)
		return err;
	if (m->action_id == 0)
		return err_format(m->arena, ERR_INPUT, NULL, tr("No action has the reference %.*s."), STR_ARG(m->o->action));
	if ((err = sheet_operated(m->db, &rows, m->keeper, m->fiche_id, m->organisation_id)) != NULL)
		return err;
	theirs |= sheet_operated_next(&rows, &one);
	if ((err = db_done(&rows)) != NULL || theirs)
		return err;
	return err_format(m->arena, ERR_INPUT, NULL, tr("%.*s is not an operator of the action %.*s."),
	    STR_ARG(m->o->organisation), STR_ARG(m->o->action));
}

/* The communes that the database knows by name. */
static const struct err *
load_communes(struct making *m)
{
	struct territory_codes_row row;
	struct db_rows rows;
	const struct err *err = territory_codes(m->db, &rows, m->keeper);

	if (err != NULL)
		return err;
	while (territory_codes_next(&rows, &row) && m->communes_n < sizeof m->communes / sizeof *m->communes) {
		m->communes[m->communes_n].name = fold(m->arena, row.name);
		m->communes[m->communes_n++].code = str_dup(m->arena, row.insee_code);
	}
	return db_done(&rows);
}

static const struct err *
need_columns(struct making *m)
{
	const char *what = columns_missing(m->columns);

	return what == NULL ? NULL
			    : err_new(m->arena, ERR_INPUT, what, NULL,
				  tr("Say which one does: --columns FIELD=HEADING, for example family_name=Nom."));
}

static const struct err *
prepare(struct making *m)
{
	struct grid_size size;
	const struct err *err;

	for (size_t i = 0; i < m->columns->n; i++) {
		if (m->columns->v[i].want != WANT_NOTHING && m->columns->v[i].want != WANT_SESSION)
			m->of[m->columns->v[i].want] = &m->columns->v[i];
	}
	if ((err = need_columns(m)) != NULL || (err = grid_measure(m->grid, m->sheet, &size)) != NULL)
		return err;
	m->total = size.filled * 2;
	if ((err = keeper_find(m->db, m->arena, m->o->import.territory, &m->keeper)) != NULL ||
	    (err = find_operator(m)) != NULL || (err = find_action(m)) != NULL || (err = journal_key(m->db, m->key)) != NULL ||
	    (err = load_communes(m)) != NULL)
		return err;
	if (m->columns->as == AS_AGGREGATES)
		return NULL;
	if ((err = people_known_load(m)) != NULL)
		return err;
	return m->columns->as == AS_ATTENDANCE ? sessions_known_load(m) : NULL;
}

const struct err *
workbook_run(struct db *db, struct arena *a, struct grid *g, size_t sheet, const struct columns *columns,
    const struct workbook_options *options, struct row_problem_sink *sink, struct workbook_report *report)
{
	struct making *m = calloc(1, sizeof *m);
	const struct err *err;

	if (m == NULL)
		bug_oom(sizeof *m);
	*report = (struct workbook_report){ .guesses = ARENA_ARRAY(a, GUESSES_MOST, struct guess_seen),
		.refusals = ARENA_NEW(a, struct refusals) };
	*m = (struct making){ .db = db,
		.arena = a,
		.grid = g,
		.sheet = sheet,
		.columns = columns,
		.o = options,
		.sink = sink,
		.report = report,
		.refusals = report->refusals };
	m->reading = (struct reading){ .a = &m->row_arena, .today = options->today };
	err = prepare(m);
	if (err == NULL)
		err = rounds(m);
	clear_round(m);
	people_known_release(m);
	free(m->sessions);
	free(m->made);
	free(m->marks);
	arena_release(&m->row_arena);
	arena_release(&m->round_arena);
	free(m);
	return err;
}
