#include "web/xlsx_table.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/text.h"
#include "figures/libxlsxwriter.h"

enum { LONGEST = 32767, WIDTH = 22 };

struct xlsx_table {
	struct arena *arena;
	char *path;
	int file;
	lxw_workbook *workbook;
	lxw_worksheet *sheet;
	lxw_format *text, *heading;
	lxw_error failed;
};

static void
keep(struct xlsx_table *t, lxw_error e)
{
	if (e != LXW_NO_ERROR && t->failed == LXW_NO_ERROR)
		t->failed = e;
}

const struct err *
xlsx_table_open(struct arena *a, const char *folder, struct xlsx_table **out)
{
	lxw_workbook_options options = { .tmpdir = (char *)(uintptr_t)folder };
	struct xlsx_table *t = ARENA_NEW(a, struct xlsx_table);

	*out = NULL;
	t->arena = a;
	t->path = (char *)(uintptr_t)str_format(a, "%s/jalon-XXXXXX", folder).s;
	if ((t->file = mkstemp(t->path)) < 0)
		return err_system(a, errno, tr("The workbook could not be written."));
	t->workbook = workbook_new_opt(t->path, &options);
	if (t->workbook == NULL)
		bug_oom(0);
	t->text = workbook_add_format(t->workbook);
	format_set_num_format(t->text, "@"); /* what is typed over it stays as it was typed */
	t->heading = workbook_add_format(t->workbook);
	format_set_bold(t->heading);
	format_set_text_wrap(t->heading);
	format_set_bg_color(t->heading, 0xe4e9ef);
	*out = t;
	return NULL;
}

void
xlsx_table_sheet(struct xlsx_table *t, const char *name, int columns)
{
	t->sheet = workbook_add_worksheet(t->workbook, name);
	if (t->sheet == NULL)
		bug("the worksheet %s cannot be named so", name);
	keep(t, worksheet_set_column(t->sheet, 0, (lxw_col_t)(columns > 0 ? columns - 1 : 0), WIDTH, t->text));
	worksheet_freeze_panes(t->sheet, 1, 0);
}

void
xlsx_table_cell(struct xlsx_table *t, int64_t row, int column, str text, bool heading)
{
	if (text.len == 0)
		return;
	if (text.len > LONGEST) {
		text.len = LONGEST;
		while (text.len > 0 && ((unsigned char)text.s[text.len] & 0xc0) == 0x80)
			text.len--;
	}
	keep(t, worksheet_write_string(
		    t->sheet, (lxw_row_t)row, (lxw_col_t)column, str_z(t->arena, text), heading ? t->heading : t->text));
}

const struct err *
xlsx_table_close(struct xlsx_table *t, struct buf *to)
{
	const struct err *e = NULL;
	char piece[16384];
	ssize_t n = 0;

	keep(t, workbook_close(t->workbook));
	if (t->failed != LXW_NO_ERROR)
		e = err_new(t->arena, ERR_WORLD, tr("The workbook could not be written."), lxw_strerror(t->failed), NULL);
	while (e == NULL && (n = read(t->file, piece, sizeof piece)) > 0)
		buf_add(to, (str){ piece, (size_t)n });
	if (n < 0)
		e = err_system(t->arena, errno, tr("The workbook could not be written."));
	(void)close(t->file);
	(void)unlink(t->path);
	return e;
}
