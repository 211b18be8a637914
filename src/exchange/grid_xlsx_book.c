/* grid_xlsx_book.c - what stands around the rows of an XLSX file: its sheets, which formats are dates, the texts they share */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "exchange/grid_xlsx.h"

enum { TEXTS_MOST = 1000000, TEXT_BYTES_MOST = 24 << 20, STYLES_MOST = 65536, RELATIONS_MOST = 1000, FORMATS_MOST = 2000 };

struct relation {
	str id, target;
	bool worksheet;
};
struct book { /* while the book is read */
	struct xlsx *x;
	const char *folder; /* of the part whose relations are read: "xl/" */
	const char *main;   /* the workbook's part */
	struct relation *relations;
	size_t n;
};

static void
no_letters(struct xml *x, const char *s, int n)
{
	(void)x, (void)s, (void)n;
}

static void
no_end(struct xml *x, const char *name)
{
	(void)x, (void)name;
}

static const struct err *
read_part(struct grid *g, zip_t *zip, const char *name, struct xml *x)
{
	const struct err *err = xml_open(g, zip, name, x);

	if (err == NULL)
		err = xml_read(x);
	xml_close(x);
	return err;
}

/* "worksheets/sheet1.xml" beside xl/workbook.xml; "/xl/..." from the root. */
static const char *
part_name(struct arena *a, const char *folder, str target)
{
	while (str_starts(target, S("./")))
		target = (str){ target.s + 2, target.len - 2 };
	if (str_starts(target, S("/")))
		return str_z(a, (str){ target.s + 1, target.len - 1 });
	if (str_starts(target, S("../")))
		return str_z(a, (str){ target.s + 3, target.len - 3 });
	return str_format(a, "%s%.*s", folder, STR_ARG(target)).s;
}

/* ---- relations ---- */

static void
relation(struct xml *x, const char *name, const char **attributes)
{
	struct book *b = x->to;
	str type = xml_attribute(attributes, "Type"), target = xml_attribute(attributes, "Target");
	const char *part;

	if (!xml_is(name, "Relationship") || target.len == 0 || str_is(xml_attribute(attributes, "TargetMode"), "External"))
		return;
	part = part_name(x->g->arena, b->folder, target);
	if (str_ends(type, S("/officeDocument")))
		b->main = part;
	else if (str_ends(type, S("/styles")))
		b->x->styles_part = part;
	else if (str_ends(type, S("/sharedStrings")))
		b->x->texts_part = part;
	if (b->n < RELATIONS_MOST)
		b->relations[b->n++] = (struct relation){ .id = str_dup(x->g->arena, xml_attribute(attributes, "Id")),
			.target = str_of(part),
			.worksheet = str_ends(type, S("/worksheet")) };
}

static const struct err *
read_relations(struct grid *g, struct book *b, const char *part)
{
	struct xml x = { .begin = relation, .end = no_end, .letters = no_letters, .to = b };

	b->n = 0;
	return xml_has(b->x->zip, part) ? read_part(g, b->x->zip, part, &x) : NULL;
}

/* ---- the workbook ---- */

static void
sheet(struct xml *x, const char **attributes)
{
	struct book *b = x->to;
	str id = { 0 }, state = xml_attribute(attributes, "state");

	for (const char **at = attributes; *at != NULL; at += 2) {
		const char *colon = strchr(at[0], ':');

		if (colon != NULL && strcmp(colon, ":id") == 0)
			id = str_of(at[1]);
	}
	for (size_t i = 0; i < b->n && x->g->n < GRID_SHEETS; i++) {
		if (!b->relations[i].worksheet || !str_eq(b->relations[i].id, id))
			continue;
		b->x->parts[x->g->n] = b->relations[i].target.s;
		grid_add_sheet(x->g, xml_attribute(attributes, "name"), state.len > 0 && !str_is(state, "visible"));
		return;
	}
}

static void
workbook(struct xml *x, const char *name, const char **attributes)
{
	struct book *b = x->to;
	str epoch;

	if (xml_is(name, "sheet"))
		sheet(x, attributes);
	if (!xml_is(name, "workbookPr"))
		return;
	epoch = xml_attribute(attributes, "date1904");
	b->x->from_1904 = str_is(epoch, "1") || str_is(epoch, "true");
}

/* The folder of a part and its relations: xl/workbook.xml, xl/, xl/_rels/workbook.xml.rels. */
static const struct err *
read_workbook(struct grid *g, struct book *b)
{
	const char *slash = strrchr(b->main, '/'), *file = slash == NULL ? b->main : slash + 1;
	struct xml x = { .begin = workbook, .end = no_end, .letters = no_letters, .to = b };
	const struct err *err;

	b->folder = str_format(g->arena, "%.*s", (int)(file - b->main), b->main).s;
	err = read_relations(g, b, str_format(g->arena, "%s_rels/%s.rels", b->folder, file).s);
	return err != NULL ? err : read_part(g, b->x->zip, b->main, &x);
}

const struct err *
xlsx_book(struct grid *g, struct xlsx *x)
{
	struct book b = { .x = x, .folder = "", .main = "xl/workbook.xml" };
	const struct err *err;

	b.relations = ARENA_ARRAY(g->arena, RELATIONS_MOST, struct relation);
	if ((err = read_relations(g, &b, "_rels/.rels")) != NULL)
		return err;
	if (str_ends(str_of(b.main), S(".bin")))
		return grid_refuse(g, tr("%s is in the binary format of Excel (.xlsb)."),
		    tr("Open it with a spreadsheet program, save it as .xlsx (File, Save as), and import that file."));
	if (!xml_has(x->zip, b.main) || strstr(b.main, "workbook") == NULL)
		return grid_refuse(g, tr("%s is no spreadsheet."), tr("Give an .xlsx, .ods or .csv file."));
	return read_workbook(g, &b);
}

/* ---- formats ---- */

/* What a format makes of a number, by its letters outside quotes and brackets: "dd/mm/yyyy", "[h]:mm", "# ##0,00 \"km\"". */
static enum xlsx_style
style_of_code(str code)
{
	bool day_letter = false, hour = false, month = false;

	for (size_t i = 0; i < code.len; i++) {
		char c = (char)(code.s[i] | 0x20);

		if (code.s[i] == '"') {
			while (++i < code.len && code.s[i] != '"')
				;
		} else if (code.s[i] == '[') {
			hour |= i + 1 < code.len && (code.s[i + 1] == 'h' || code.s[i + 1] == 'm' || code.s[i + 1] == 's') &&
				(i + 2 < code.len && (code.s[i + 2] == ']' || code.s[i + 2] == code.s[i + 1]));
			while (++i < code.len && code.s[i] != ']')
				;
		} else if (code.s[i] == '\\' || code.s[i] == '_' || code.s[i] == '*') {
			i++;
		} else if (code.s[i] == ';') {
			break; /* what follows is for negative numbers */
		} else {
			day_letter |= c == 'd' || c == 'y';
			hour |= c == 'h' || c == 's';
			month |= c == 'm';
		}
	}
	return day_letter ? STYLE_DATE : hour ? STYLE_TIME : month ? STYLE_DATE : STYLE_NUMBER;
}

static enum xlsx_style
style_built_in(int64_t id)
{
	if ((id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58))
		return STYLE_DATE;
	return (id >= 18 && id <= 21) || (id >= 45 && id <= 47) ? STYLE_TIME : STYLE_NUMBER;
}

struct formats {
	struct xlsx *x;
	struct {
		int64_t id;
		enum xlsx_style style;
	} own[FORMATS_MOST];
	size_t n;
	bool in_cells;
};

static void
add_style(struct formats *f, int64_t id)
{
	struct xlsx *x = f->x;
	enum xlsx_style style = style_built_in(id);

	for (size_t i = 0; i < f->n; i++)
		style = f->own[i].id == id ? f->own[i].style : style;
	if (x->styles_n == STYLES_MOST)
		return;
	if (x->styles_n == x->styles_cap) {
		x->styles_cap = x->styles_cap == 0 ? 256 : x->styles_cap * 2;
		x->styles = realloc(x->styles, x->styles_cap);
		if (x->styles == NULL)
			bug_oom(x->styles_cap);
	}
	x->styles[x->styles_n++] = (unsigned char)style;
}

static void
style_begin(struct xml *x, const char *name, const char **attributes)
{
	struct formats *f = x->to;
	str code = xml_attribute(attributes, "formatCode");

	if (xml_is(name, "cellXfs"))
		f->in_cells = true;
	else if (xml_is(name, "xf") && f->in_cells)
		add_style(f, str_number(xml_attribute(attributes, "numFmtId")).value);
	else if (xml_is(name, "numFmt") && f->n < FORMATS_MOST && !str_is(code, "General") && !str_is(code, "Standard")) {
		f->own[f->n].id = str_number(xml_attribute(attributes, "numFmtId")).value;
		f->own[f->n++].style = style_of_code(code);
	}
}

static void
style_end(struct xml *x, const char *name)
{
	struct formats *f = x->to;

	if (xml_is(name, "cellXfs"))
		f->in_cells = false;
}

/* ---- shared texts ---- */

struct texts {
	struct xlsx *x;
	struct buf one;
	size_t bytes;
	bool inside, phonetic; /* of <t>; of <rPh>, how a name is said in Japanese */
};

static void
text_begin(struct xml *x, const char *name, const char **attributes)
{
	struct texts *t = x->to;

	(void)attributes;
	if (xml_is(name, "si"))
		buf_clear(&t->one);
	t->phonetic |= xml_is(name, "rPh");
	t->inside = xml_is(name, "t") && !t->phonetic;
}

static void
text_letters(struct xml *x, const char *s, int n)
{
	struct texts *t = x->to;

	if (t->inside && t->one.len < GRID_CELL)
		buf_add(&t->one, (str){ s, (size_t)n });
}

static void
add_text(struct xml *xml, struct texts *t)
{
	struct xlsx *x = t->x;

	t->bytes += t->one.len + 32;
	if (t->bytes > TEXT_BYTES_MOST || x->texts_n == TEXTS_MOST) {
		xml_refuse(xml, grid_refuse(xml->g, tr("%s holds more text than can be read at once."),
				    tr("Part it into several files of at most 50000 rows, and import each.")));
		return;
	}
	if (x->texts_n == x->texts_cap) {
		x->texts_cap = x->texts_cap == 0 ? 1024 : x->texts_cap * 2;
		x->texts = realloc(x->texts, x->texts_cap * sizeof *x->texts);
		if (x->texts == NULL)
			bug_oom(x->texts_cap * sizeof *x->texts);
	}
	x->texts[x->texts_n++] = t->one.len == 0 ? S("") : str_dup(&x->texts_arena, buf_str(&t->one));
}

static void
text_end(struct xml *x, const char *name)
{
	struct texts *t = x->to;

	t->inside = false;
	if (xml_is(name, "rPh"))
		t->phonetic = false;
	if (xml_is(name, "si"))
		add_text(x, t);
}

static const struct err *
load_texts(struct grid *g, struct xlsx *x)
{
	struct texts t = { .x = x };
	struct xml part = { .begin = text_begin, .end = text_end, .letters = text_letters, .to = &t };
	const struct err *err = read_part(g, x->zip, x->texts_part, &part);

	buf_release(&t.one);
	return err;
}

static const struct err *
load_styles(struct grid *g, struct xlsx *x)
{
	struct formats *f = calloc(1, sizeof *f);
	struct xml part = { .begin = style_begin, .end = style_end, .letters = no_letters, .to = f };
	const struct err *err;

	if (f == NULL)
		bug_oom(sizeof *f);
	f->x = x;
	err = read_part(g, x->zip, x->styles_part, &part);
	free(f);
	return err;
}

const struct err *
xlsx_load(struct grid *g, struct xlsx *x)
{
	const struct err *err = NULL;

	if (x->loaded)
		return NULL;
	if (x->styles_part != NULL && xml_has(x->zip, x->styles_part))
		err = load_styles(g, x);
	if (err == NULL && x->texts_part != NULL && xml_has(x->zip, x->texts_part))
		err = load_texts(g, x);
	x->loaded = err == NULL;
	return err;
}
