/* grid_ods.c - the sheets of an ODS file, which all stand in one part */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "exchange/grid_inside.h"

enum { HIDDEN_MOST = 200, TIMES_MOST = 1 << 30 };

struct ods {
	zip_t *zip;
	struct xml xml;
	str hidden[HIDDEN_MOST]; /* styles of tables that are not shown */
	size_t hidden_n;
	char style[64]; /* the one being read */

	bool listing;    /* sheets only */
	size_t table;    /* number of the one being read, from 1 */
	int tables_open; /* a table may stand inside a cell: it is passed over */
	int64_t row;     /* the next one, from 1 */
	int64_t row_times;
	bool done;

	int column, spanned_rows;
	int64_t times; /* how many columns the cell stands for */
	enum grid_kind kind;
	bool in_cell, in_text, said; /* said: the value stands in the attributes, the text shown is not needed */
	int notes;                   /* depth of comments */
	bool paragraph;
	struct buf value;
};

static int64_t
number_of(const char **attributes, const char *name, int64_t otherwise)
{
	number n = str_number(xml_attribute(attributes, name));

	return n.ok && n.value > 0 ? n.value : otherwise;
}

/* "PT3H30M00S" as 3:30. */
static void
put_duration(struct buf *to, str v)
{
	int64_t now = 0, hours = 0, minutes = 0;

	for (size_t i = 0; i < v.len; i++) {
		if (v.s[i] >= '0' && v.s[i] <= '9')
			now = now < 1000000 ? now * 10 + (v.s[i] - '0') : now;
		else {
			hours = v.s[i] == 'H' ? now : hours;
			minutes = v.s[i] == 'M' ? now : minutes;
			now = 0;
		}
	}
	buf_format(to, "%lld:%02lld", (long long)(hours + minutes / 60), (long long)(minutes % 60));
}

static void
take_typed(struct ods *o, const char **attributes)
{
	str type = xml_attribute(attributes, "value-type"), v = xml_attribute(attributes, "value");

	o->kind = GRID_TEXT;
	o->said = true;
	if (str_is(type, "date")) {
		o->kind = GRID_DATE;
		buf_add(&o->value, xml_attribute(attributes, "date-value"));
	} else if (str_is(type, "time")) {
		o->kind = GRID_TIME;
		put_duration(&o->value, xml_attribute(attributes, "time-value"));
	} else if (str_is(type, "boolean")) {
		o->kind = GRID_YES_NO;
		buf_add(&o->value, xml_attribute(attributes, "boolean-value"));
	} else if (v.len > 0 && (str_is(type, "float") || str_is(type, "currency") || str_is(type, "percentage"))) {
		o->kind = GRID_NUMBER;
		grid_number(&o->value, v);
	} else {
		o->said = false; /* its paragraphs */
	}
}

static void
begin_cell(struct xml *x, const char **attributes, bool covered)
{
	struct ods *o = x->g->own;

	buf_clear(&o->value);
	o->in_cell = true;
	o->paragraph = false;
	o->times = number_of(attributes, "number-columns-repeated", 1);
	o->spanned_rows = (int)number_of(attributes, "number-rows-spanned", 1);
	o->kind = GRID_TEXT;
	o->said = covered; /* what stands below a merged cell is not shown */
	if (!covered)
		take_typed(o, attributes);
}

static bool
reading(const struct xml *x)
{
	const struct ods *o = x->g->own;

	return !o->listing && o->tables_open == 1 && o->table == x->g->sheet + 1;
}

static void
begin_table(struct xml *x, const char **attributes)
{
	struct ods *o = x->g->own;
	str style = xml_attribute(attributes, "style-name");
	bool hidden = false;

	if (++o->tables_open > 1)
		return;
	o->table++;
	for (size_t i = 0; i < o->hidden_n; i++)
		hidden |= str_eq(o->hidden[i], style);
	if (o->listing)
		grid_add_sheet(x->g, xml_attribute(attributes, "name"), hidden);
}

static void
begin_in_cell(struct xml *x, const char *name, const char **attributes)
{
	struct ods *o = x->g->own;

	if (xml_is(name, "annotation"))
		o->notes++;
	if (o->notes > 0 || o->said)
		return;
	if (xml_is(name, "p") && o->paragraph)
		buf_char(&o->value, '\n');
	o->paragraph |= xml_is(name, "p");
	o->in_text |= xml_is(name, "p");
	if (xml_is(name, "tab") || xml_is(name, "s")) {
		int64_t n = xml_is(name, "s") ? number_of(attributes, "c", 1) : 1;

		buf_pad(&o->value, ' ', (size_t)(n < 100 ? n : 100));
	}
	if (xml_is(name, "line-break"))
		buf_char(&o->value, '\n');
}

static void
begin(struct xml *x, const char *name, const char **attributes)
{
	struct ods *o = x->g->own;
	str style = xml_attribute(attributes, "name");

	if (xml_is(name, "style"))
		snprintf(o->style, sizeof o->style, "%.*s", STR_ARG(style));
	else if (xml_is(name, "table-properties") && o->listing && o->hidden_n < HIDDEN_MOST &&
		 str_is(xml_attribute(attributes, "display"), "false"))
		o->hidden[o->hidden_n++] = str_dup(x->g->arena, str_of(o->style));
	else if (xml_is(name, "table"))
		begin_table(x, attributes);
	else if (!reading(x))
		return;
	else if (xml_is(name, "table-row")) {
		o->row_times = number_of(attributes, "number-rows-repeated", 1);
		o->column = 0;
	} else if (xml_is(name, "table-cell") || xml_is(name, "covered-table-cell"))
		begin_cell(x, attributes, xml_is(name, "covered-table-cell"));
	else if (o->in_cell)
		begin_in_cell(x, name, attributes);
}

static void
letters(struct xml *x, const char *s, int n)
{
	struct ods *o = x->g->own;

	if (o->in_text && o->notes == 0 && !o->said && o->value.len < GRID_CELL + 16)
		buf_add(&o->value, (str){ s, (size_t)n });
}

static void
end_cell(struct xml *x)
{
	struct ods *o = x->g->own;
	struct grid *g = x->g;

	o->in_cell = o->in_text = false;
	if (str_trim(buf_str(&o->value)).len > 0 && o->column + o->times > GRID_COLUMNS) {
		xml_refuse(x, grid_too_wide(g));
		return;
	}
	for (int64_t i = 0; i < o->times && o->value.len > 0; i++) {
		size_t from = g->text.len;

		buf_add(&g->text, buf_str(&o->value));
		grid_cell_put(g, o->column + (int)i, o->kind, from);
	}
	if (g->measuring && o->spanned_rows > 1 && o->value.len > 0)
		grid_merge(g, g->sheet, o->row, o->row + o->spanned_rows - 1, o->column);
	o->column = o->times < GRID_COLUMNS - o->column ? o->column + (int)o->times : GRID_COLUMNS;
}

static void
end_row(struct xml *x)
{
	struct ods *o = x->g->own;

	if (o->row_times > TIMES_MOST)
		o->row_times = TIMES_MOST;
	x->g->number = o->row;
	o->row += o->row < INT64_C(1) << 40 ? o->row_times : 0;
	if (x->g->last < 0)
		return;
	x->g->repeated = o->row_times - 1;
	xml_pause(x);
}

static void
end(struct xml *x, const char *name)
{
	struct ods *o = x->g->own;

	if (xml_is(name, "table")) {
		if (o->tables_open == 1 && o->table == x->g->sheet + 1 && !o->listing) {
			o->done = true;
			xml_pause(x);
		}
		o->tables_open--;
	}
	if (!reading(x))
		return;
	if (xml_is(name, "annotation") && o->notes > 0)
		o->notes--;
	else if (xml_is(name, "p") && o->notes == 0)
		o->in_text = false;
	else if (xml_is(name, "table-cell") || xml_is(name, "covered-table-cell"))
		end_cell(x);
	else if (xml_is(name, "table-row"))
		end_row(x);
}

/* ---- the format ---- */

static void
stop(struct grid *g)
{
	struct ods *o = g->own;

	xml_close(&o->xml);
}

static const struct err *
open_part(struct grid *g, bool listing)
{
	struct ods *o = g->own;

	o->listing = listing;
	o->table = 0;
	o->tables_open = o->notes = 0;
	o->row = 1;
	o->done = o->in_cell = o->in_text = false;
	o->xml = (struct xml){ .begin = begin, .end = end, .letters = letters };
	return xml_open(g, o->zip, "content.xml", &o->xml);
}

static const struct err *
start(struct grid *g, size_t sheet)
{
	(void)sheet;
	return open_part(g, false);
}

static bool
next(struct grid *g, const struct err **err)
{
	struct ods *o = g->own;
	bool more;

	if (o->done)
		return false;
	more = xml_go_on(&o->xml);
	*err = o->xml.err;
	return more && *err == NULL && !o->done;
}

static void
close_book(struct grid *g)
{
	struct ods *o = g->own;

	zip_discard(o->zip);
	buf_release(&o->value);
	free(o);
}

static const struct grid_format format = { start, next, stop, close_book };

/* A protected file keeps its names and hides the rest. */
static bool
encrypted(zip_t *zip)
{
	zip_file_t *f = zip_fopen(zip, "META-INF/manifest.xml", 0);
	char head[16 * 1024];
	zip_int64_t n = f == NULL ? 0 : zip_fread(f, head, sizeof head);
	bool found = n > 0 && memmem(head, (size_t)n, "encryption-data", 15) != NULL;

	if (f != NULL)
		zip_fclose(f);
	return found;
}

const struct err *
grid_ods_open(struct grid *g, zip_t *zip)
{
	struct ods *o = calloc(1, sizeof *o);
	const struct err *err;

	if (o == NULL)
		bug_oom(sizeof *o);
	o->zip = zip;
	g->own = o;
	g->format = &format;
	if (encrypted(zip))
		return grid_refuse(g, tr("%s is protected by a password."),
		    tr("Open it with a spreadsheet program, take the password away (File, Information, Protect), save it, and import that file."));
	if ((err = open_part(g, true)) == NULL)
		err = xml_read(&o->xml);
	stop(g);
	return err;
}
