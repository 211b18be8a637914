/* grid.c - what a file is, by its first bytes; rows with their merged cells, whatever the format */
#include "exchange/grid_inside.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"

enum { ENTRIES_MOST = 4000, MERGES_MOST = 50000, TAIL = 66000 };

const struct err *
grid_refuse(struct grid *g, const char *what, const char *hint)
{
	const char *name = str_z(g->arena, g->name);

	return err_new(g->arena, ERR_INPUT, str_format(g->arena, what, name).s, NULL, hint);
}

const struct err *
grid_damaged(struct grid *g, const char *detail)
{
	const char *name = str_z(g->arena, g->name);

	return err_new(g->arena, ERR_INPUT, str_format(g->arena, tr("%s is damaged and cannot be read to its end."), name).s,
	    detail, tr("Open it with a spreadsheet program, save it again as .xlsx, and import that file."));
}

const struct err *
grid_too_wide(struct grid *g)
{
	return grid_refuse(g, tr("%s has something beyond column 512."),
	    tr("Keep the columns that are to be imported, at most 512, and import that file."));
}

const struct err *
grid_too_long(struct grid *g)
{
	return grid_refuse(g, tr("%s has something beyond row 50000."),
	    tr("Part it into several files of at most 50000 rows, and import each."));
}

const struct err *
grid_beyond_measure(struct grid *g)
{
	return grid_refuse(g, tr("%s expands beyond measure."),
	    tr("Keep the rows and columns that are to be imported, without formats below and beside them, and import that file."));
}

void
grid_add_sheet(struct grid *g, str name, bool hidden)
{
	if (g->sheets == NULL) {
		g->sheets = ARENA_ARRAY(g->arena, GRID_SHEETS, struct grid_sheet);
		g->facts = ARENA_ARRAY(g->arena, GRID_SHEETS, struct sheet_facts);
	}
	if (g->n < GRID_SHEETS)
		g->sheets[g->n++] = (struct grid_sheet){ str_dup(g->arena, name), hidden };
}

/* ---- what it is ---- */

/* The directory of a zip stands at its end; one of a million names would take the memory of all before it is refused. */
static bool
too_many_parts(const unsigned char *tail, size_t n)
{
	for (size_t i = 0; i + 12 <= n; i++) {
		if (memcmp(tail + i, "PK\6\7", 4) == 0)
			return true; /* a directory for more than 65535 parts */
		if (memcmp(tail + i, "PK\5\6", 4) == 0 && (tail[i + 10] | tail[i + 11] << 8) > ENTRIES_MOST)
			return true;
	}
	return false;
}

static const struct err *
check_directory(struct grid *g)
{
	unsigned char *tail = malloc(TAIL);
	off_t size = lseek(g->file, 0, SEEK_END);
	off_t from = size > TAIL ? size - TAIL : 0;
	ssize_t n = tail == NULL ? 0 : pread(g->file, tail, TAIL, from);
	bool many = n > 0 && too_many_parts(tail, (size_t)n);

	free(tail);
	return many ? grid_refuse(g, tr("%s holds more parts than a spreadsheet does."),
			  tr("Open it with a spreadsheet program, save it again as .xlsx, and import that file."))
		    : NULL;
}

static const struct err *
password(struct grid *g)
{
	return grid_refuse(g, tr("%s is protected by a password."),
	    tr("Open it with a spreadsheet program, take the password away (File, Information, Protect), save it, and import that file."));
}

static const struct err *
open_zip(struct grid *g)
{
	const struct err *err = check_directory(g);
	zip_stat_t st;
	zip_t *zip;
	int code = 0, file;

	if (err != NULL || (err = libzip_load(g->arena)) != NULL)
		return err;
	if ((file = dup(g->file)) < 0)
		return err_system(g->arena, errno, str_format(g->arena, tr("%.*s cannot be read."), STR_ARG(g->name)).s);
	(void)lseek(file, 0, SEEK_SET);
	if ((zip = zip_fdopen(file, 0, &code)) == NULL) {
		close(file);
		return grid_damaged(g, NULL);
	}
	for (zip_int64_t i = 0; i < zip_get_num_entries(zip, 0); i++) {
		if (zip_stat_index(zip, (zip_uint64_t)i, 0, &st) == 0 && st.encryption_method != ZIP_EM_NONE) {
			zip_discard(zip);
			return password(g);
		}
	}
	if (xml_has(zip, "_rels/.rels") && xml_has(zip, "[Content_Types].xml"))
		return grid_xlsx_open(g, zip);
	if (xml_has(zip, "content.xml") && xml_has(zip, "mimetype"))
		return grid_ods_open(g, zip);
	zip_discard(zip);
	return grid_refuse(g, tr("%s is no spreadsheet."), tr("Give an .xlsx, .ods or .csv file."));
}

/* The old container of Microsoft holds .xls files, and .xlsx files that have a password. */
static const struct err *
open_compound(struct grid *g)
{
	static const char encrypted[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
	char *piece = malloc(TAIL);
	const struct err *err = NULL;
	off_t at = 0;
	ssize_t n;

	while (err == NULL && piece != NULL && at < 64 * TAIL && (n = pread(g->file, piece, TAIL, at)) > 0) {
		if (memmem(piece, (size_t)n, encrypted, sizeof encrypted - 1) != NULL)
			err = password(g);
		at += n > 100 ? n - 64 : n; /* it may stand across two pieces */
	}
	free(piece);
	if (err != NULL)
		return err;
	return grid_refuse(g, tr("%s is in the format of Excel before 2007 (.xls)."),
	    tr("Open it with a spreadsheet program, save it as .xlsx (File, Save as), and import that file."));
}

static bool
begins(const char *head, size_t n, const char *with)
{
	return n >= strlen(with) && memcmp(head, with, strlen(with)) == 0;
}

static const struct err *
recognise(struct grid *g)
{
	char head[512];
	ssize_t n = pread(g->file, head, sizeof head, 0);
	size_t len = n > 0 ? (size_t)n : 0, blank = 0;

	if (n < 0)
		return err_system(g->arena, errno, str_format(g->arena, tr("%.*s cannot be read."), STR_ARG(g->name)).s);
	if (len == 0)
		return grid_refuse(g, tr("%s is empty."), tr("Give an .xlsx, .ods or .csv file."));
	if (begins(head, len, "PK\3\4") || begins(head, len, "PK\5\6"))
		return open_zip(g);
	if (begins(head, len, "\xd0\xcf\x11\xe0"))
		return open_compound(g);
	while (blank < len && strchr(" \t\r\n\xef\xbb\xbf", head[blank]) != NULL && head[blank] != '\0')
		blank++;
	if (begins(head + blank, len - blank, "<") || begins(head, len, "%PDF") || begins(head, len, "{\\rtf"))
		return grid_refuse(g, tr("%s is a page or a document, not a spreadsheet."),
		    tr("Open it with a spreadsheet program, save it as .xlsx (File, Save as), and import that file."));
	return grid_csv_open(g);
}

const struct err *
grid_open(struct arena *a, int file, str name, struct grid **out)
{
	struct grid *g = calloc(1, sizeof *g);
	const struct err *err;

	*out = NULL;
	if (g == NULL)
		bug_oom(sizeof *g);
	g->arena = a;
	g->file = file;
	g->name = str_utf8(name) && name.len > 0 ? name : S("?");
	err = recognise(g);
	if (err == NULL && g->n == 0)
		err = grid_refuse(g, tr("%s holds no sheet."), tr("Give an .xlsx, .ods or .csv file."));
	if (err == NULL)
		*out = g;
	else
		grid_close(g);
	return err;
}

void
grid_close(struct grid *g)
{
	if (g == NULL)
		return;
	if (g->format != NULL) {
		g->format->stop(g);
		g->format->close(g);
	}
	for (size_t i = 0; i < g->n; i++)
		free(g->facts[i].merges);
	for (int i = 0; i < GRID_COLUMNS; i++)
		free((char *)(uintptr_t)g->held[i].text.s);
	buf_release(&g->text);
	free(g);
}

size_t
grid_sheets(const struct grid *g, const struct grid_sheet **sheets)
{
	*sheets = g->sheets;
	return g->n;
}

/* ---- cells ---- */

/* Where a text may be cut: not inside a letter. */
static size_t
cut_at(str s, size_t most)
{
	size_t n = most;

	if (s.len <= most)
		return s.len;
	while (n > 0 && ((unsigned char)s.s[n] & 0xc0) == 0x80)
		n--;
	return n;
}

void
grid_cell_put(struct grid *g, int column, enum grid_kind kind, size_t from)
{
	str s = str_trim((str){ g->text.s == NULL ? "" : g->text.s + from, g->text.len - from });

	if (s.len == 0 || column >= GRID_COLUMNS)
		return;
	g->line[column] = (struct line_cell){ true, kind, (size_t)(s.s - g->text.s), cut_at(s, GRID_CELL) };
	g->last = column > g->last ? column : g->last;
}

void
grid_number(struct buf *to, str stored)
{
	char text[64], *end;
	double v;

	if (stored.len == 0 || stored.len >= sizeof text) {
		buf_add(to, stored);
		return;
	}
	memcpy(text, stored.s, stored.len);
	text[stored.len] = '\0';
	errno = 0;
	v = strtod(text, &end);
	if (*end != '\0' || errno != 0 || !(v > -1e15 && v < 1e15)) {
		buf_add(to, stored);
		return;
	}
	if (v == (double)(int64_t)v)
		buf_int(to, (int64_t)v);
	else if (v > 1e-4 || v < -1e-4)
		buf_format(to, "%.15g", v);
	else
		buf_format(to, "%.12f", v);
}

void
grid_merge(struct grid *g, size_t sheet, int64_t row, int64_t until, int column)
{
	struct sheet_facts *f = &g->facts[sheet];

	if (until <= row || column >= GRID_COLUMNS || f->n == MERGES_MOST)
		return;
	if (f->n == f->cap) {
		f->cap = f->cap == 0 ? 64 : f->cap * 2;
		f->merges = realloc(f->merges, f->cap * sizeof *f->merges);
		if (f->merges == NULL)
			bug_oom(f->cap * sizeof *f->merges);
	}
	f->merges[f->n++] = (struct merge){ row, until, column };
}

static int
merge_order(const void *a, const void *b)
{
	const struct merge *x = a, *y = b;

	return x->row != y->row ? (x->row > y->row) - (x->row < y->row) : x->column - y->column;
}

/* The text of a merged cell is kept for the rows below it. */
static void
hold(struct grid *g, int column, int64_t until)
{
	struct held *h = &g->held[column];
	const struct line_cell *c = &g->line[column];

	h->until = c->there ? until : 0;
	if (!c->there)
		return;
	if (h->cap < c->len + 1) {
		h->cap = c->len + 1;
		free((char *)(uintptr_t)h->text.s);
		h->text.s = malloc(h->cap);
		if (h->text.s == NULL)
			bug_oom(h->cap);
	}
	memcpy((char *)(uintptr_t)h->text.s, g->text.s + c->from, c->len);
	h->text.len = c->len;
	h->kind = c->kind;
	g->lowest_held = column >= g->lowest_held ? column + 1 : g->lowest_held;
}

static void
take_merges(struct grid *g)
{
	const struct sheet_facts *f = &g->facts[g->sheet];

	for (; g->merge_at < f->n && f->merges[g->merge_at].row <= g->number; g->merge_at++) {
		const struct merge *m = &f->merges[g->merge_at];

		if (m->row == g->number)
			hold(g, m->column, m->until);
	}
}

/* The line as the caller sees it. A row that holds nothing of its own stays empty, even beside a merged cell. */
static void
show(struct grid *g, struct grid_row *row)
{
	int most = g->last >= g->lowest_held ? g->last + 1 : g->lowest_held;

	*row = (struct grid_row){ .number = g->number, .cells = g->cells, .fault = g->fault };
	for (int i = 0; i < most && g->last >= 0; i++) {
		const struct line_cell *c = &g->line[i];
		const struct held *h = &g->held[i];

		if (i <= g->last && c->there)
			g->cells[row->n++] = (struct grid_cell){ i, c->kind, false, { g->text.s + c->from, c->len } };
		else if (h->until >= g->number)
			g->cells[row->n++] = (struct grid_cell){ i, h->kind, true, h->text };
	}
	take_merges(g);
}

static void
clear_line(struct grid *g)
{
	for (int i = 0; i <= g->last; i++)
		g->line[i].there = false;
	g->last = -1;
	g->fault = NULL;
	buf_clear(&g->text);
}

static const struct err *
start(struct grid *g, size_t sheet, bool measuring)
{
	if (sheet >= g->n)
		bug("sheet %zu of %zu", sheet, g->n);
	g->format->stop(g);
	for (int i = 0; i < GRID_COLUMNS; i++)
		g->held[i].until = 0;
	g->lowest_held = 0;
	g->merge_at = 0;
	g->sheet = sheet;
	g->number = g->repeated = 0;
	g->measuring = measuring;
	clear_line(g);
	g->reading = true;
	return g->format->start(g, sheet);
}

static bool
next_line(struct grid *g, const struct err **err)
{
	/* After the last row that holds something there is nothing to read, however much is formatted. */
	if (!g->measuring && g->number >= g->facts[g->sheet].size.rows)
		g->reading = false;
	if (g->reading && g->repeated > 0) {
		g->repeated--;
		g->number++;
	} else {
		clear_line(g);
		if (!g->reading || !g->format->next(g, err)) {
			g->reading = false;
			return false;
		}
	}
	if (g->last >= 0 && g->number > GRID_ROWS)
		*err = grid_too_long(g);
	g->reading = *err == NULL;
	g->repeated = g->reading ? g->repeated : 0;
	return g->reading;
}

const struct err *
grid_measure(struct grid *g, size_t sheet, struct grid_size *size)
{
	struct sheet_facts *f = &g->facts[sheet];
	const struct err *err = NULL;

	if (!f->measured) {
		f->size = (struct grid_size){ 0 };
		f->n = 0;
		err = start(g, sheet, true);
		while (err == NULL && next_line(g, &err)) {
			if (g->last < 0)
				continue;
			f->size.rows = g->number;
			f->size.filled++;
			f->size.columns = g->last >= f->size.columns ? g->last + 1 : f->size.columns;
		}
		if (f->n > 0)
			qsort(f->merges, f->n, sizeof *f->merges, merge_order);
		f->measured = err == NULL;
		g->format->stop(g);
	}
	*size = f->size;
	return err;
}

const struct err *
grid_start(struct grid *g, size_t sheet)
{
	struct grid_size size;
	const struct err *err = grid_measure(g, sheet, &size);

	return err != NULL ? err : start(g, sheet, false);
}

bool
grid_next(struct grid *g, struct grid_row *row, const struct err **err)
{
	*err = NULL;
	do {
		if (!next_line(g, err))
			return false;
		show(g, row);
	} while (row->n == 0 && g->fault == NULL);
	return true;
}

const struct grid_cell *
grid_at(const struct grid_row *row, int column)
{
	size_t low = 0, high = row->n;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (row->cells[middle].column == column)
			return &row->cells[middle];
		if (row->cells[middle].column < column)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

str
grid_letters(int column, char to[GRID_LETTERS])
{
	int n = GRID_LETTERS;

	for (int c = column + 1; c > 0 && n > 0; c = (c - 1) / 26)
		to[--n] = (char)('A' + (c - 1) % 26);
	memmove(to, to + n, (size_t)(GRID_LETTERS - n));
	return (str){ to, (size_t)(GRID_LETTERS - n) };
}
