/* columns_guess.c - which column holds what, by its heading and its values */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "exchange/columns.h"
#include "exchange/fold.h"

enum { HEAD_ROWS = 40, KIND_ROWS = 200, FITS_MOST = GRID_COLUMNS * 4 };
enum { EXACT = 100, CLEAR = 70, LIKELY = 50, BY_CONTENT = 30 };

/* ---- headings ---- */

/* Letters to change to make one word of the other, at most 2 counted. */
static size_t
distance(str a, str b)
{
	size_t row[40], corner, next;

	if (a.len >= 40 || b.len >= 40 || (a.len > b.len ? a.len - b.len : b.len - a.len) > 1)
		return 2;
	for (size_t j = 0; j <= b.len; j++)
		row[j] = j;
	for (size_t i = 1; i <= a.len; i++) {
		corner = row[0];
		row[0] = i;
		for (size_t j = 1; j <= b.len; j++) {
			next = corner + (a.s[i - 1] != b.s[j - 1]);
			next = row[j] + 1 < next ? row[j] + 1 : next;
			next = row[j - 1] + 1 < next ? row[j - 1] + 1 : next;
			corner = row[j];
			row[j] = next;
		}
	}
	return row[b.len];
}

/* Whether the words of one stand together in the other. */
static bool
holds_words(str in, str words)
{
	for (size_t i = 0; i + words.len <= in.len; i++) {
		bool starts = i == 0 || in.s[i - 1] == ' ';
		bool ends = i + words.len == in.len || in.s[i + words.len] == ' ';

		if (starts && ends && memcmp(in.s + i, words.s, words.len) == 0)
			return true;
	}
	return false;
}

static int
heading_score(str heading, str known)
{
	if (str_eq(heading, known))
		return EXACT;
	if (known.len >= 4 && holds_words(heading, known)) /* "Date de naissance (obligatoire)": the longest one wins */
		return LIKELY + (int)(known.len > 20 ? 20 : known.len);
	if (heading.len >= 5 && str_starts(known, heading))
		return LIKELY + (int)(heading.len * 10 / known.len);
	return known.len >= 6 && distance(heading, known) == 1 ? CLEAR : 0;
}

static int
want_score(enum want w, str heading)
{
	str rest = str_of(want_headings[w]);
	int best = 0;

	while (rest.s != NULL && heading.len > 0) {
		int now = heading_score(heading, str_cut(rest, ',', &rest));

		best = now > best ? now : best;
	}
	return best;
}

/* ---- values ---- */

static struct understood
try_value(struct reading *r, enum want w, str text)
{
	static const struct understood no = { SENSE_REFUSED, { 0 }, NULL };
	const struct field *sex = entity_field(&entities[ENTITY_people], "sex");
	const struct field *status = entity_field(&entities[ENTITY_statuses], "status");

	switch (w) {
	case WANT_sex:
		return understand_choice(r, sex, text);
	case WANT_status:
		return understand_choice(r, status, text);
	case WANT_birth_date:
		return understand_birth(r, text);
	case WANT_arrived_on:
	case WANT_cir_signed_on:
	case WANT_status_since:
	case WANT_entered_on:
	case WANT_left_on:
	case WANT_date:
	case WANT_from:
	case WANT_to:
		return understand_date(r, text);
	case WANT_nationality:
		return understand_country(r, text);
	case WANT_phone:
		return understand_phone(r, text);
	case WANT_email:
		return understand_email(r, text);
	case WANT_french_level:
	case WANT_entry_level:
	case WANT_exit_level:
		return understand_level(r, text);
	case WANT_duration:
	case WANT_planned:
		return understand_minutes(r, text, TIME_UNKNOWN);
	case WANT_present:
		return understand_mark(r, text, TIME_UNKNOWN);
	default:
		return no;
	}
}

static bool
has_reader(enum want w)
{
	struct arena a = { 0 };
	struct reading r = { .a = &a, .today = 0 };
	bool reads = try_value(&r, w, S("")).sense == SENSE_EMPTY;

	arena_release(&a);
	return reads;
}

/* ---- reading the sheet through ---- */

struct tally {                                      /* of the values of one column */
	int64_t filled, counted, running, previous; /* counted: whole numbers; running: one more than the one above */
	int64_t dates, day_first, month_first, numbers, halves, large, ones;
	int64_t looked, right[WANT_COUNT];
};
struct looking {
	struct arena *a;
	struct grid *g;
	struct reading r;
	struct arena scratch;
	struct columns *out;
	struct tally *tally;    /* by column of the grid */
	int at[GRID_COLUMNS];   /* number in out->v, or -1 */
	bool reads[WANT_COUNT]; /* whose values tell something */
	int64_t rows_most;      /* 0: all */
};
enum { LOOKED = 60 }; /* values of a column that are tried as everything */

static void
look_at_value(struct looking *l, const struct grid_cell *cell)
{
	struct tally *t = &l->tally[cell->column];
	enum day_order order = ORDER_UNKNOWN;
	double v = cell->kind == GRID_NUMBER || cell->kind == GRID_TEXT ? atof(str_z(&l->scratch, cell->text)) : 0;

	t->filled++;
	t->counted += v > 0 && v == (double)(int64_t)v;
	t->running += v > 0 && v == (double)(t->previous + 1);
	t->previous = v > 0 && v < 1e9 ? (int64_t)v : 0;
	if (cell->kind == GRID_TEXT && cell->text.len <= 30)
		order = date_order(&l->r, cell->text);
	t->day_first += order == DAY_FIRST;
	t->month_first += order == MONTH_FIRST;
	t->ones += str_is(cell->text, "1") || str_is(cell->text, "0");
	t->large += v > 24;
	t->halves += v > 1 || (v > 0 && v < 1);
	if (t->looked >= LOOKED)
		return;
	t->looked++;
	t->dates += cell->kind == GRID_DATE;
	for (int w = 0; w < WANT_COUNT; w++) {
		if (l->reads[w]) {
			enum sense s = try_value(&l->r, (enum want)w, cell->text).sense;

			t->right[w] += s == SENSE_CERTAIN || s == SENSE_GUESSED;
		}
	}
	arena_clear(&l->scratch);
}

static bool
sample_known(const struct column *c, str text)
{
	for (size_t i = 0; i < COLUMN_SAMPLES; i++) {
		if (c->samples[i].len > 0 && str_eq(c->samples[i], text))
			return true;
	}
	return false;
}

static void
keep_sample(struct arena *a, struct column *c, str text)
{
	if (sample_known(c, text))
		return;
	for (size_t i = 0; i < COLUMN_SAMPLES; i++) {
		if (c->samples[i].len == 0) {
			c->samples[i] = str_dup(a, text.len > 100 ? (str){ text.s, 0 } : text);
			return;
		}
	}
}

static struct column *
column_at(struct looking *l, int at)
{
	struct column *c;

	if (l->at[at] < 0) {
		c = &l->out->v[l->out->n];
		*c = (struct column){ .at = at, .on = DAY_NONE };
		l->at[at] = (int)l->out->n++;
	}
	return &l->out->v[l->at[at]];
}

/* ---- the heading row ---- */

static int
row_score(struct looking *l, const struct grid_row *row)
{
	int score = 0;

	for (size_t i = 0; i < row->n; i++) {
		str text = row->cells[i].text, f;
		int best = 0;

		if (text.len > 120)
			continue;
		f = fold(&l->scratch, text);
		for (int w = WANT_SESSION + 1; w < WANT_COUNT; w++) {
			int now = want_fits((enum want)w, l->out->as) ? want_score((enum want)w, f) : 0;

			best = now > best ? now : best;
		}
		if (best < LIKELY && l->out->as == AS_ATTENDANCE && understand_heading_date(&l->r, text).sense != SENSE_REFUSED)
			best = BY_CONTENT;
		score += best;
		arena_clear(&l->scratch);
	}
	return score;
}

/* The row that says most; of two that say the same the lower one, since a merged heading counts in both. */
static const struct err *
find_header(struct looking *l, size_t sheet)
{
	const struct err *err = grid_start(l->g, sheet);
	struct grid_row row;
	int best = LIKELY - 1;

	l->out->header_row = 0;
	for (int i = 0; err == NULL && i < HEAD_ROWS && grid_next(l->g, &row, &err); i++) {
		int now = row_score(l, &row);

		if (now >= best && now >= LIKELY) {
			best = now;
			l->out->header_row = row.number;
		}
	}
	return err;
}

static void
take_header(struct looking *l, const struct grid_row *row)
{
	for (size_t i = 0; i < row->n; i++) {
		struct column *c = column_at(l, row->cells[i].column);
		str text = row->cells[i].text;

		c->header = str_dup(l->a, text.len > 200 ? (str){ text.s, 0 } : text);
	}
}

static const struct err *
look_through(struct looking *l, size_t sheet)
{
	const struct err *err = grid_start(l->g, sheet);
	struct grid_row row;

	for (int64_t n = 0; err == NULL && (l->rows_most == 0 || n < l->rows_most) && grid_next(l->g, &row, &err); n++) {
		if (row.number == l->out->header_row)
			take_header(l, &row);
		if (row.number <= l->out->header_row)
			continue;
		for (size_t i = 0; i < row.n; i++) {
			keep_sample(l->a, column_at(l, row.cells[i].column), row.cells[i].text);
			look_at_value(l, &row.cells[i]);
		}
	}
	return err;
}

/* ---- who takes what ---- */

struct fit {
	int score;
	size_t column;
	enum want want;
};

static int
best_first(const void *a, const void *b)
{
	const struct fit *x = a, *y = b;

	if (x->score != y->score)
		return y->score - x->score;
	if (x->column != y->column)
		return x->column < y->column ? -1 : 1;
	return (int)x->want - (int)y->want;
}

/* A heading that fits and values that do not, or the other way round. */
static int
column_score(struct looking *l, const struct column *c, enum want w, str folded)
{
	const struct tally *t = &l->tally[c->at];
	int score = want_score(w, folded);

	if (!l->reads[w] || t->looked == 0)
		return score;
	if (t->right[w] * 2 < t->looked)
		return score >= EXACT ? score - 45 : 0; /* named so exactly, its values are faults to mend */
	if (score > 0)
		return score + 5;
	/* No heading: only what cannot be mistaken. */
	if (w == WANT_email || w == WANT_sex || w == WANT_status || w == WANT_nationality || (w == WANT_phone && t->large == 0) ||
	    (w == WANT_present && l->out->as == AS_ATTENDANCE))
		return t->right[w] * 10 >= t->looked * 9 && folded.len == 0 ? BY_CONTENT : 0;
	return 0;
}

static size_t
score_all(struct looking *l, struct fit *fits)
{
	size_t n = 0;

	for (size_t i = 0; i < l->out->n; i++) {
		struct column *c = &l->out->v[i];
		str f = fold(l->a, c->header);

		for (int w = WANT_SESSION + 1; w < WANT_COUNT && n < FITS_MOST; w++) {
			int score = want_fits((enum want)w, l->out->as) ? column_score(l, c, (enum want)w, f) : 0;

			if (score >= BY_CONTENT)
				fits[n++] = (struct fit){ score, i, (enum want)w };
		}
	}
	qsort(fits, n, sizeof *fits, best_first);
	return n;
}

static void
share_out(struct looking *l)
{
	struct fit *fits = calloc(FITS_MOST, sizeof *fits);
	size_t n;

	if (fits == NULL)
		bug_oom(FITS_MOST * sizeof *fits);
	n = score_all(l, fits);
	for (size_t i = 0; i < n; i++) {
		struct column *c = &l->out->v[fits[i].column];

		if (c->want != WANT_NOTHING || columns_of(l->out, fits[i].want) != NULL)
			continue;
		c->want = fits[i].want;
		c->sense = fits[i].score >= EXACT ? SENSE_CERTAIN : SENSE_GUESSED;
	}
	free(fits);
}

/* Wide attendance: headings that are dates, when no column holds one date a row. */
static void
find_sessions(struct looking *l)
{
	if (l->out->as != AS_ATTENDANCE)
		return;
	for (size_t i = 0; i < l->out->n && l->r.order == ORDER_UNKNOWN; i++)
		l->r.order = date_order(&l->r, l->out->v[i].header);
	for (size_t i = 0; i < l->out->n; i++) {
		struct column *c = &l->out->v[i];
		struct understood u;

		if (c->header.len == 0 || (c->want != WANT_NOTHING && c->sense == SENSE_CERTAIN))
			continue;
		u = understand_heading_date(&l->r, c->header);
		if (u.sense != SENSE_CERTAIN && u.sense != SENSE_GUESSED)
			continue;
		c->want = WANT_SESSION;
		c->sense = u.sense;
		c->on = day_parse(u.value);
		c->say = u.say == NULL ? NULL : str_z(l->a, str_of(u.say));
	}
}

/* ---- how values are to be read ---- */

static enum unit_of_time
unit_of_heading(struct arena *a, str header)
{
	str rest = fold(a, header), word;

	while (fold_word(&rest, &word)) {
		if (fold_in(word, "min,mn,minute,minutes"))
			return TIME_MINUTES;
		if (fold_in(word, "h,hr,hrs,heure,heures,hour,hours"))
			return TIME_HOURS;
	}
	return TIME_UNKNOWN;
}

/* All marks of a wide sheet are read alike: 1 is presence where there are only 0 and 1, an hour where others are hours. */
static enum unit_of_time
unit_of_sessions(const struct looking *l)
{
	bool halves = false, large = false;

	for (size_t i = 0; i < l->out->n; i++) {
		const struct tally *t = &l->tally[l->out->v[i].at];

		if (l->out->v[i].want != WANT_SESSION && l->out->v[i].want != WANT_present)
			continue;
		halves |= t->halves > 0;
		large |= t->large > 0;
	}
	return large ? TIME_MINUTES : halves ? TIME_HOURS : TIME_UNKNOWN;
}

static void
settle_readings(struct looking *l)
{
	enum unit_of_time marks = unit_of_sessions(l);

	for (size_t i = 0; i < l->out->n; i++) {
		struct column *c = &l->out->v[i];
		const struct tally *t = &l->tally[c->at];
		str f = fold(l->a, c->header);

		c->filled = t->filled;
		if (c->want == WANT_number && t->running > 0 && t->running * 10 >= t->counted * 8) {
			c->want = WANT_NOTHING; /* 1, 2, 3...: the place in the list, which is nobody's number */
			c->sense = SENSE_EMPTY;
		}
		c->order = t->month_first > t->day_first ? MONTH_FIRST : t->day_first > 0 ? DAY_FIRST : ORDER_UNKNOWN;
		c->unit = unit_of_heading(l->a, c->header);
		if (c->unit == TIME_UNKNOWN && (c->want == WANT_SESSION || c->want == WANT_present))
			c->unit = marks;
		else if (c->unit == TIME_UNKNOWN && t->large > 0)
			c->unit = TIME_MINUTES;
		c->given_first = str_starts(f, S("prenom")) || str_starts(f, S("given")) || str_starts(f, S("first"));
	}
}

/* The last column of the refused rows (workbook_refused.c) comes back with them once they are mended: it holds nothing. */
static bool
is_reason(struct arena *a, const struct column *c)
{
	return c->header.len > 0 && str_eq(fold(a, c->header), fold(a, str_of(tr("Why it was refused"))));
}

static void
leave_reasons(struct looking *l)
{
	for (size_t i = 0; i < l->out->n; i++) {
		if (is_reason(l->a, &l->out->v[i])) {
			l->out->v[i].want = WANT_NOTHING;
			l->out->v[i].sense = SENSE_EMPTY;
		}
	}
}

/* The same headings, in the same order; the dates of a wide sheet change from file to file. */
static str
shape_of(struct arena *a, const struct columns *c)
{
	uint64_t h = 0x6a616c6f6eu + (uint64_t)c->as;
	bool sessions = false;

	for (size_t i = 0; i < c->n; i++) {
		if (c->v[i].want != WANT_SESSION && c->v[i].header.len > 0 && !is_reason(a, &c->v[i]))
			h = str_hash(fold(a, c->v[i].header), h);
		sessions |= c->v[i].want == WANT_SESSION;
	}
	return str_format(a, "%016llx%s", (unsigned long long)h, sessions ? "w" : "");
}

static int
left_to_right(const void *a, const void *b)
{
	return ((const struct column *)a)->at - ((const struct column *)b)->at;
}

static const struct err *
guess(struct arena *a, struct grid *g, size_t sheet, enum rows_as as, day today, int64_t rows_most, struct columns *out)
{
	struct looking *l = calloc(1, sizeof *l);
	const struct err *err;

	if (l == NULL)
		bug_oom(sizeof *l);
	*out = (struct columns){ .as = as, .v = ARENA_ARRAY(a, GRID_COLUMNS, struct column) };
	*l = (struct looking){ .a = a, .g = g, .out = out, .rows_most = rows_most };
	l->r = (struct reading){ .a = &l->scratch, .today = today };
	l->tally = calloc(GRID_COLUMNS, sizeof *l->tally);
	if (l->tally == NULL)
		bug_oom(GRID_COLUMNS * sizeof *l->tally);
	memset(l->at, -1, sizeof l->at);
	for (int w = 0; w < WANT_COUNT; w++)
		l->reads[w] = want_fits((enum want)w, as) && has_reader((enum want)w);
	err = find_header(l, sheet);
	if (err == NULL)
		err = look_through(l, sheet);
	if (err == NULL) {
		qsort(out->v, out->n, sizeof *out->v, left_to_right);
		share_out(l);
		find_sessions(l);
		settle_readings(l);
		leave_reasons(l);
		out->shape = shape_of(a, out);
	}
	free(l->tally);
	arena_release(&l->scratch);
	free(l);
	return err;
}

const struct err *
columns_guess(struct arena *a, struct grid *g, size_t sheet, enum rows_as as, day today, struct columns *out)
{
	return guess(a, g, sheet, as, today, 0, out);
}

const struct err *
columns_kind(struct arena *a, struct grid *g, size_t sheet, day today, enum rows_as *as)
{
	int best = -1;

	*as = AS_PEOPLE;
	for (int k = 0; k < AS_COUNT; k++) {
		struct columns c;
		const struct err *err = guess(a, g, sheet, (enum rows_as)k, today, KIND_ROWS, &c);
		int score = 0, sessions = 0;

		if (err != NULL)
			return err;
		for (size_t i = 0; i < c.n; i++) {
			sessions += c.v[i].want == WANT_SESSION;
			score += c.v[i].want == WANT_NOTHING || c.v[i].want == WANT_SESSION ? 0
				 : c.v[i].sense == SENSE_CERTAIN                            ? 3
											    : 1;
		}
		score += sessions > 1 ? 6 : 0;
		score += columns_of(&c, WANT_date) != NULL || columns_of(&c, WANT_present) != NULL ? 4 : 0;
		score += columns_of(&c, WANT_indicator) != NULL ? 4 : 0;
		score += columns_of(&c, WANT_act) != NULL || columns_of(&c, WANT_present) != NULL ? 2 : 0;
		if (score > best) {
			best = score;
			*as = (enum rows_as)k;
		}
	}
	return NULL;
}
