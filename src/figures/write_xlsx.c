#include "figures/write_xlsx.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/text.h"
#include "figures/xlsx.h"

enum { LONGEST = 32767 }; /* characters that a cell takes; bytes here, which are never fewer */

/* --- looks --- */

static void
make_looks(struct xlsx *x)
{
	static const char *const numbers[LOOKS] = { [LOOK_WHOLE] = "#,##0",
		[LOOK_TENTHS] = "#,##0.0",
		[LOOK_HUNDREDTHS] = "#,##0.00",
		[LOOK_EUROS] = "#,##0.00\\ \"\u20ac\"",
		[LOOK_DAY] = "dd/mm/yyyy" };

	for (int i = 0; i < LOOKS; i++) {
		x->looks[i] = workbook_add_format(x->workbook);
		format_set_align(x->looks[i], LXW_ALIGN_VERTICAL_TOP);
		if (numbers[i] != NULL)
			format_set_num_format(x->looks[i], numbers[i]);
		if (i == LOOK_TITLE || i == LOOK_STRONG)
			continue;
		format_set_bottom(x->looks[i], LXW_BORDER_THIN);
		format_set_bottom_color(x->looks[i], 0xc9ced6);
	}
	format_set_align(x->looks[LOOK_DAY], LXW_ALIGN_LEFT);
	format_set_text_wrap(x->looks[LOOK_WRAPPED]);
	/* A text beside a number does not touch it. */
	for (int i = LOOK_TEXT; i <= LOOK_HEADING; i++)
		format_set_indent(x->looks[i], 1);
	format_set_indent(x->looks[LOOK_UNIT], 1);
	format_set_bold(x->looks[LOOK_STRONG]);
	format_set_bold(x->looks[LOOK_TITLE]);
	format_set_font_size(x->looks[LOOK_TITLE], 15);
	format_set_align(x->looks[LOOK_NUMBERS], LXW_ALIGN_RIGHT);
	for (int i = LOOK_HEADING; i <= LOOK_NUMBERS; i++) {
		format_set_bold(x->looks[i]);
		format_set_text_wrap(x->looks[i]);
		format_set_bg_color(x->looks[i], 0xe4e9ef);
		format_set_bottom_color(x->looks[i], 0x404040);
	}
}

/* --- worksheets and cells --- */

static void
keep(struct xlsx *x, lxw_error e)
{
	if (e != LXW_NO_ERROR && x->failed == LXW_NO_ERROR)
		x->failed = e;
}

/* At a character's beginning. */
static size_t
cut_at(str text, size_t most)
{
	size_t n = text.len < most ? text.len : most;

	while (n < text.len && n > 0 && ((unsigned char)text.s[n] & 0xc0) == 0x80)
		n--;
	return n;
}

/* Contract and period, above each printed page. In a header & begins an order, && is the sign. */
static const char *
header(struct xlsx *x)
{
	enum { MOST = 255 };
	str title = x->book->contract.title, label = span_label(x->arena, &x->asked->span);
	struct buf to = { 0 };
	const char *out;

	buf_add(&to, S("&L"));
	for (size_t i = 0; i < cut_at(title, 100); i++) {
		if (title.s[i] == '&')
			buf_char(&to, '&');
		buf_char(&to, title.s[i]);
	}
	buf_add(&to, S("&R"));
	buf_add(&to, label);
	out = to.len > MOST ? "" : str_z(x->arena, buf_str(&to));
	buf_release(&to);
	return out;
}

lxw_worksheet *
xlsx_sheet(struct xlsx *x, const char *name)
{
	lxw_worksheet *w = workbook_add_worksheet(x->workbook, name);

	if (w == NULL)
		bug("the worksheet %s cannot be named so", name);
	worksheet_set_landscape(w);
	worksheet_set_paper(w, 9); /* A4 */
	worksheet_fit_to_pages(w, 1, 0);
	worksheet_set_margins(w, 0.4, 0.4, 0.7, 0.6);
	keep(x, worksheet_set_header(w, header(x)));
	keep(x, worksheet_set_footer(w, "&L&A&R&P / &N"));
	return w;
}

void
xlsx_height(struct xlsx *x, lxw_worksheet *w, lxw_row_t row, const struct wrapped_text *texts, int n)
{
	enum { LINE = 15 }; /* points */
	double most = 1;

	for (int i = 0; i < n; i++) {
		/* Lines break at words: a little is lost on each. */
		double lines = (double)str_width(texts[i].text) / (texts[i].width * 0.88);

		if (lines > most)
			most = lines;
	}
	keep(x, worksheet_set_row(w, row, LINE * (double)(int)(most + 0.999), NULL));
}

void
xlsx_headings(struct xlsx *x, lxw_worksheet *w, lxw_row_t row, const struct column *columns, int n, int from)
{
	struct wrapped_text *texts = ARENA_ARRAY(x->arena, n, struct wrapped_text);

	for (int i = 0; i < n; i++) {
		texts[i] = (struct wrapped_text){ str_of(tr(columns[i].heading)), columns[i].width - 1 };
		keep(x, worksheet_set_column(w, (lxw_col_t)i, (lxw_col_t)i, columns[i].width, NULL));
		xlsx_text(x, w, row, i, str_of(tr(columns[i].heading)), columns[i].numbers ? LOOK_NUMBERS : LOOK_HEADING);
	}
	xlsx_height(x, w, row, texts, n);
	worksheet_freeze_panes(w, row + 1, (lxw_col_t)from);
	keep(x, worksheet_repeat_rows(w, row, row));
}

/* An empty cell of a table has its line all the same. */
static void
blank(struct xlsx *x, lxw_worksheet *w, lxw_row_t row, int column, enum look look)
{
	keep(x, worksheet_write_blank(w, row, (lxw_col_t)column, x->looks[look]));
}

/* A cell of text is a string for the program that opens it: "=1+1" is shown, not computed. */
void
xlsx_text(struct xlsx *x, lxw_worksheet *w, lxw_row_t row, int column, str text, enum look look)
{
	text.len = cut_at(text, LONGEST);
	if (text.len == 0)
		blank(x, w, row, column, look);
	else
		keep(x, worksheet_write_string(w, row, (lxw_col_t)column, str_z(x->arena, text), x->looks[look]));
}

void
xlsx_count(struct xlsx *x, lxw_worksheet *w, lxw_row_t row, int column, int64_t n)
{
	if (n == NOT_KNOWN)
		blank(x, w, row, column, LOOK_WHOLE);
	else
		keep(x, worksheet_write_number(w, row, (lxw_col_t)column, (double)n, x->looks[LOOK_WHOLE]));
}

void
xlsx_value(struct xlsx *x, lxw_worksheet *w, lxw_row_t row, int column, enum indicator_unit unit, int64_t v)
{
	bool hundredths = unit == UNIT_EUROS || unit == UNIT_HOURS || unit == UNIT_MONTHS;
	enum look look = unit == UNIT_EUROS ? LOOK_EUROS
			 : v % 100 == 0     ? LOOK_WHOLE
			 : v % 10 == 0      ? LOOK_TENTHS
					    : LOOK_HUNDREDTHS;

	if (v == NOT_KNOWN || !hundredths)
		xlsx_count(x, w, row, column, v);
	else
		keep(x, worksheet_write_number(w, row, (lxw_col_t)column, (double)v / 100, x->looks[look]));
}

void
xlsx_day(struct xlsx *x, lxw_worksheet *w, lxw_row_t row, int column, day d)
{
	lxw_datetime t = { 0 };

	day_split(d, &t.year, &t.month, &t.day);
	keep(x, worksheet_write_datetime(w, row, (lxw_col_t)column, &t, x->looks[LOOK_DAY]));
}

str
xlsx_label(const struct figure *f)
{
	const struct book_indicator *i = f->indicator;

	if (i->rule->level == LEVEL_LOCAL)
		return i->label.len > 0 ? i->label : i->name;
	return str_of(tr(i->rule->label));
}

str
xlsx_unit(const struct figure *f)
{
	enum indicator_unit unit = f->indicator->rule->unit;

	return unit == UNIT_TEXT || unit == UNIT_COUNT ? (str){ 0 } : str_of(tr(directory_unit_label(unit)));
}

str
xlsx_scope_title(const struct xlsx *x, const struct scope *s)
{
	switch (s->kind) {
	case SCOPE_ACTION:
		return x->book->actions.v[s->place].title;
	case SCOPE_SHEET:
		return x->book->sheets.v[s->place].title;
	case SCOPE_CONTRACT:
		break;
	}
	return x->book->contract.title;
}

str
xlsx_note(struct xlsx *x, const struct figure *f)
{
	if (f->indicator->rule->unit == UNIT_TEXT)
		return f->text;
	if (f->not_followed != NOT_KNOWN)
		return str_format(x->arena, tr("not followed up: %" PRId64), f->not_followed);
	if (!f->sent)
		return (str){ 0 };
	if (f->check[CELL_TOTAL] == NOT_KNOWN)
		return str_of(tr("sent by the operator"));
	return str_format(x->arena, tr("sent by the operator; its records count %" PRId64 " (not added)"), f->check[CELL_TOTAL]);
}

/* --- the file --- */

static const struct err *
refused(struct arena *a, int errnum, const char *folder)
{
	return err_system(a, errnum, str_format(a, tr("cannot write in the folder %s"), folder).s);
}

/* 2026-01-31T12:00:00.000Z */
static time_t
seconds_of(str now)
{
	day d = now.len >= 10 ? day_parse((str){ now.s, 10 }) : DAY_NONE;

	return d == DAY_NONE ? 1 : (time_t)d * 86400;
}

static lxw_error
write_workbook(struct xlsx *x, const char *path)
{
	const struct book_contract *c = &x->book->contract;
	lxw_workbook_options options = { .tmpdir = (char *)(uintptr_t)x->asked->folder };
	lxw_doc_properties about = { 0 };
	lxw_error e;

	x->workbook = workbook_new_opt(path, &options);
	if (x->workbook == NULL)
		return LXW_ERROR_MEMORY_MALLOC_FAILED;
	about.title = (char *)(uintptr_t)str_z(x->arena, (str){ c->title.s, cut_at(c->title, 200) });
	about.subject = (char *)(uintptr_t)str_z(x->arena, span_title(x->arena, &x->asked->span));
	about.created = seconds_of(x->asked->now);
	keep(x, workbook_set_properties(x->workbook, &about));
	make_looks(x);
	xlsx_reading(x);
	xlsx_table(x);
	xlsx_charts(x);
	xlsx_every_figure(x);
	xlsx_overlap(x);
	xlsx_flags(x);
	xlsx_rules(x);
	e = workbook_close(x->workbook);
	return e != LXW_NO_ERROR ? e : x->failed;
}

static const struct err *
read_back(struct arena *a, int fd, const char *folder, struct buf *to)
{
	char piece[16384];
	ssize_t n;

	while ((n = read(fd, piece, sizeof piece)) > 0)
		buf_add(to, (str){ piece, (size_t)n });
	return n < 0 ? refused(a, errno, folder) : NULL;
}

const struct err *
questionnaire_xlsx(struct arena *a, const struct xlsx_asked *asked, struct buf *to)
{
	struct xlsx x = { .arena = a, .asked = asked, .q = asked->figures, .book = asked->figures->book };
	char *path = (char *)(uintptr_t)str_format(a, "%s/jalon-XXXXXX", asked->folder).s;
	const struct err *e;
	lxw_error failed;
	int fd = mkstemp(path);

	if (fd < 0)
		return refused(a, errno, asked->folder);
	errno = 0;
	failed = write_workbook(&x, path);
	if (failed == LXW_NO_ERROR)
		e = read_back(a, fd, asked->folder, to);
	else if (errno != 0)
		e = refused(a, errno, asked->folder);
	else
		e = err_new(a, ERR_WORLD, tr("The workbook could not be written."), lxw_strerror(failed), NULL);
	(void)close(fd);
	(void)unlink(path);
	return e;
}
