/* grid_xlsx.c - the rows of a sheet of an XLSX file. Formulas are never computed: the value that was kept beside each is taken. */
#include "exchange/grid_xlsx.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"

struct row_state { /* where the reading of a sheet stands */
	int64_t row, next_row, seen;
	int column, next_column;
	enum { VALUE_NUMBER, VALUE_SHARED, VALUE_TEXT, VALUE_YES_NO, VALUE_ERROR, VALUE_DATE } type;
	enum xlsx_style style;
	bool inside; /* of <v> or <t> */
	bool phonetic;
	bool in_cell;
	struct buf value;
};

enum { ROWS_READ_MOST = 300000 }; /* rows that hold nothing but formats among them */
enum { DAYS_1900 = 25569, DAYS_1904 = 24107, LAST_DAY = 2958465 };

/* "AB12" into column 27 and row 12; false when it is no such place. */
static bool
place(str ref, int *column, int64_t *row)
{
	int64_t c = 0, r = 0;
	size_t i = 0;

	for (; i < ref.len && ref.s[i] >= 'A' && ref.s[i] <= 'Z'; i++)
		c = c < 100000 ? c * 26 + (ref.s[i] - 'A' + 1) : c;
	for (; i < ref.len && ref.s[i] >= '0' && ref.s[i] <= '9'; i++)
		r = r < 100000000 ? r * 10 + (ref.s[i] - '0') : r;
	*column = (int)c - 1;
	*row = r;
	return i == ref.len && c > 0 && r > 0;
}

/* ---- values ---- */

static void
put_time(struct buf *to, double days)
{
	int64_t minutes = (int64_t)(days * 1440 + 0.5);

	buf_format(to, "%lld:%02lld", (long long)(minutes / 60), (long long)(minutes % 60));
}

/* The number of a day as a spreadsheet counts it; Excel believes in a 29 February 1900, so earlier days are one off. */
static enum grid_kind
put_date(struct grid *g, const struct xlsx *x, double v)
{
	int64_t whole = (int64_t)v;
	int64_t minutes = (int64_t)((v - (double)whole) * 1440 + 0.5);
	char text[DAY_TEXT];
	day on = (day)(x->from_1904 ? whole - DAYS_1904 : whole < 60 ? whole - DAYS_1900 + 1 : whole - DAYS_1900);

	if (whole == 0) {
		put_time(&g->text, v);
		return GRID_TIME;
	}
	buf_add(&g->text, day_text(on, text));
	if (minutes > 0 && minutes < 1440)
		buf_format(&g->text, " %02lld:%02lld", (long long)(minutes / 60), (long long)(minutes % 60));
	return GRID_DATE;
}

static enum grid_kind
put_number(struct grid *g, const struct xlsx *x, enum xlsx_style style, str stored)
{
	char text[64];
	double v;

	if (style == STYLE_NUMBER || stored.len >= sizeof text) {
		grid_number(&g->text, stored);
		return GRID_NUMBER;
	}
	memcpy(text, stored.s, stored.len);
	text[stored.len] = '\0';
	v = strtod(text, NULL);
	if (!(v >= 0 && v <= LAST_DAY)) {
		grid_number(&g->text, stored);
		return GRID_NUMBER;
	}
	if (style == STYLE_DATE)
		return put_date(g, x, v);
	put_time(&g->text, v);
	return GRID_TIME;
}

static void
put_value(struct grid *g, const struct xlsx *x, const struct row_state *s)
{
	str v = buf_str(&s->value);
	size_t from = g->text.len;
	enum grid_kind kind = GRID_TEXT;
	number shared;

	switch (s->type) {
	case VALUE_NUMBER:
		kind = put_number(g, x, s->style, v);
		break;
	case VALUE_SHARED:
		shared = str_number(v);
		if (shared.ok && shared.value >= 0 && (size_t)shared.value < x->texts_n)
			buf_add(&g->text, x->texts[shared.value]);
		break;
	case VALUE_YES_NO:
		kind = GRID_YES_NO;
		buf_add(&g->text, str_is(v, "0") ? S("false") : S("true"));
		break;
	case VALUE_DATE:
		kind = GRID_DATE;
		buf_add(&g->text, v);
		break;
	case VALUE_ERROR:
	case VALUE_TEXT:
		kind = s->type == VALUE_ERROR ? GRID_ERROR : GRID_TEXT;
		buf_add(&g->text, v);
	}
	grid_cell_put(g, s->column, kind, from);
}

/* ---- elements ---- */

static void
begin_row(struct xml *xml, const char **attributes)
{
	struct xlsx *x = xml->g->own;
	struct row_state *s = x->state;
	number r = str_number(xml_attribute(attributes, "r"));

	if (++s->seen > ROWS_READ_MOST)
		xml_refuse(xml, grid_beyond_measure(xml->g));
	s->row = r.ok && r.value >= s->next_row ? r.value : s->next_row;
	s->next_row = s->row + 1;
	s->next_column = 0;
}

static void
begin_cell(struct xml *xml, const char **attributes)
{
	struct xlsx *x = xml->g->own;
	struct row_state *s = x->state;
	str type = xml_attribute(attributes, "t");
	number style = str_number(xml_attribute(attributes, "s"));
	int64_t row;
	int column;

	s->column = place(xml_attribute(attributes, "r"), &column, &row) ? column : s->next_column;
	s->next_column = s->column + 1;
	s->type = str_is(type, "s")                                  ? VALUE_SHARED
		  : str_is(type, "b")                                ? VALUE_YES_NO
		  : str_is(type, "e")                                ? VALUE_ERROR
		  : str_is(type, "d")                                ? VALUE_DATE
		  : str_is(type, "str") || str_is(type, "inlineStr") ? VALUE_TEXT
								     : VALUE_NUMBER;
	s->style = style.ok && style.value >= 0 && (size_t)style.value < x->styles_n ? x->styles[style.value] : STYLE_NUMBER;
	s->in_cell = true;
	buf_clear(&s->value);
}

static void
merged(struct xml *xml, const char **attributes)
{
	str second, first = str_cut(xml_attribute(attributes, "ref"), ':', &second);
	int64_t row, until;
	int column, to;

	if (xml->g->measuring && place(first, &column, &row) && place(second, &to, &until))
		grid_merge(xml->g, xml->g->sheet, row, until, column);
}

static void
begin(struct xml *xml, const char *name, const char **attributes)
{
	struct xlsx *x = xml->g->own;
	struct row_state *s = x->state;

	if (xml_is(name, "row"))
		begin_row(xml, attributes);
	else if (xml_is(name, "c"))
		begin_cell(xml, attributes);
	else if (xml_is(name, "rPh"))
		s->phonetic = true;
	else if (xml_is(name, "mergeCell"))
		merged(xml, attributes);
	s->inside = s->in_cell && !s->phonetic && (xml_is(name, "v") || xml_is(name, "t"));
}

static void
letters(struct xml *xml, const char *v, int n)
{
	struct xlsx *x = xml->g->own;

	if (x->state->inside && x->state->value.len < GRID_CELL + 16)
		buf_add(&x->state->value, (str){ v, (size_t)n });
}

static void
end_cell(struct xml *xml)
{
	struct xlsx *x = xml->g->own;
	struct row_state *s = x->state;

	s->in_cell = false;
	if (s->value.len == 0)
		return;
	if (s->column >= GRID_COLUMNS) {
		if (str_trim(buf_str(&s->value)).len > 0)
			xml_refuse(xml, grid_too_wide(xml->g));
		return;
	}
	put_value(xml->g, x, s);
}

static void
end(struct xml *xml, const char *name)
{
	struct xlsx *x = xml->g->own;
	struct row_state *s = x->state;

	s->inside = false;
	if (xml_is(name, "rPh"))
		s->phonetic = false;
	else if (xml_is(name, "c"))
		end_cell(xml);
	else if (xml_is(name, "row") && xml->g->last >= 0) {
		xml->g->number = s->row;
		xml_pause(xml);
	}
}

/* ---- the format ---- */

static void
stop(struct grid *g)
{
	struct xlsx *x = g->own;

	xml_close(&x->rows);
	if (x->state != NULL)
		buf_release(&x->state->value);
	free(x->state);
	x->state = NULL;
}

static const struct err *
start(struct grid *g, size_t sheet)
{
	struct xlsx *x = g->own;
	const struct err *err = xlsx_load(g, x);

	if (err != NULL)
		return err;
	if ((x->state = calloc(1, sizeof *x->state)) == NULL)
		bug_oom(sizeof *x->state);
	x->state->next_row = 1;
	x->rows = (struct xml){ .begin = begin, .end = end, .letters = letters };
	return xml_open(g, x->zip, x->parts[sheet], &x->rows);
}

static bool
next(struct grid *g, const struct err **err)
{
	struct xlsx *x = g->own;
	bool more = xml_go_on(&x->rows);

	*err = x->rows.err;
	return more && *err == NULL;
}

static void
close_book(struct grid *g)
{
	struct xlsx *x = g->own;

	zip_discard(x->zip);
	free(x->styles);
	free(x->texts);
	arena_release(&x->texts_arena);
	free(x);
}

static const struct grid_format format = { start, next, stop, close_book };

const struct err *
grid_xlsx_open(struct grid *g, zip_t *zip)
{
	struct xlsx *x = calloc(1, sizeof *x);

	if (x == NULL)
		bug_oom(sizeof *x);
	x->zip = zip;
	g->own = x;
	g->format = &format;
	return xlsx_book(g, x);
}
