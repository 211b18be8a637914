/* sqlgen OUT.h OUT.c FILES.sql... - turns named statements into typed C functions.
 *
 *     -- people_of(territory int, before date) -> id int, family_name text
 *     select p.id, p.family_name from people p
 *      where p.territory_id = :territory and p.birth_date < :before;
 *     -- people_of@postgres
 *     ...the text of that engine, when it needs another one...;
 *
 * Without "->" the statement writes. "-> as NAME": the rows are those of that earlier statement; "-> as NAME but ref": less
 * this text, which is absent. A text @postgres that begins with "copy" is for NAME_gather alone.
 * Types: int, text, date, blob. Parameters become $1..$n in the order of the signature. What is wrong stops the build with
 * the file and the line. */
#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum type { INT, TEXT, DATE, BLOB, TYPES };
static const struct {
	const char *word, *c, *get, *cell, *put;
	char letter; /* for db_gather */
} types[TYPES] = {
	{ "int", "int64_t ", "db_int", "db_cell_int", "db_i(%s)", 'i' },
	{ "text", "str ", "db_text", "db_cell_text", "db_s(%s)", 't' },
	{ "date", "day ", "db_day", "db_cell_day", "db_s(day_text(%s, %s_text))", 't' },
	{ "blob", "str ", "db_blob", "db_cell_blob", "db_b(%s)", 'b' },
};

enum { NAME = 64, NAMES = 48 };
struct names {
	char name[NAMES][NAME];
	enum type type[NAMES];
	size_t n;
};
struct statement {
	char name[NAME], row[NAME]; /* row: the statement whose rows these are, mostly itself */
	struct names params, columns;
	char absent[NAME]; /* the column of row that this one has not; "" */
	bool reads;
	char *text, *postgres;
};

static struct statement *all;
static size_t count;
static const char *file;
static int line;

static _Noreturn void
fail(const char *format, ...)
{
	va_list args;

	fprintf(stderr, "%s:%d: ", file, line);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	exit(1);
}

static void *
grow(void *p, size_t size)
{
	if ((p = realloc(p, size)) == NULL)
		fail("out of memory");
	return p;
}

/* Text that grows. */
struct text {
	char *s;
	size_t len;
};

static void
add(struct text *t, const char *s, size_t n)
{
	t->s = grow(t->s, t->len + n + 1);
	memcpy(t->s + t->len, s, n);
	t->s[t->len += n] = '\0';
}

static bool
word_char(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static char *
skip(char *p)
{
	while (isspace((unsigned char)*p))
		p++;
	return p;
}

static char *
word(char *p, char to[NAME])
{
	size_t n = 0;

	p = skip(p);
	while (word_char(p[n]))
		n++;
	if (n == 0 || n >= NAME || isdigit((unsigned char)*p))
		fail("a name of at most %d letters is expected at \"%.20s\"", NAME - 1, p);
	memcpy(to, p, n);
	to[n] = '\0';
	return p + n;
}

/* "name type, name type" as far as it goes */
static char *
typed_names(char *p, struct names *to)
{
	char type[NAME];
	size_t i;

	for (;;) {
		if (to->n == NAMES)
			fail("more than %d names", NAMES);
		p = word(p, to->name[to->n]);
		p = word(p, type);
		for (i = 0; i < TYPES && strcmp(types[i].word, type) != 0; i++)
			;
		if (i == TYPES)
			fail("unknown type \"%s\": int, text, date or blob is expected", type);
		to->type[to->n] = (enum type)i;
		for (i = 0; i < to->n; i++) {
			if (strcmp(to->name[i], to->name[to->n]) == 0)
				fail("\"%s\" stands twice in the signature", to->name[i]);
		}
		if (strcmp(to->name[to->n], "db") == 0 || strcmp(to->name[to->n], "rows") == 0)
			fail("\"%s\" is the name of an argument of every generated function", to->name[to->n]);
		to->n++;
		p = skip(p);
		if (*p != ',')
			return p;
		p++;
	}
}

static struct statement *
named(const char *name)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(all[i].name, name) == 0)
			return &all[i];
	}
	return NULL;
}

/* "but COLUMN": one of them is not read. */
static char *
without(char *p, struct statement *s)
{
	struct names *c = &s->columns;
	size_t i;

	p = word(p + 4, s->absent);
	for (i = 0; i < c->n && strcmp(c->name[i], s->absent) != 0; i++)
		;
	if (i == c->n || c->type[i] != TEXT)
		fail("\"%s\" is not a text among the columns of %s", s->absent, s->row);
	for (c->n--; i < c->n; i++) {
		memcpy(c->name[i], c->name[i + 1], NAME);
		c->type[i] = c->type[i + 1];
	}
	return p;
}

/* "as NAME": the columns of another statement. */
static char *
same_rows(char *p, struct statement *s)
{
	const struct statement *other;

	p = word(p + 2, s->row);
	other = named(s->row);
	if (other == NULL || other == s || !other->reads)
		fail("there is no earlier statement \"%s\" that reads", s->row);
	s->columns = other->columns;
	memcpy(s->row, other->row, NAME);
	p = skip(p);
	return strncmp(p, "but ", 4) == 0 ? without(p, s) : p;
}

static struct statement *
signature(char *p)
{
	struct statement *s;
	char name[NAME];

	p = word(p, name);
	if (named(name) != NULL)
		fail("there is already a statement named \"%s\"", name);
	all = grow(all, (count + 1) * sizeof *all);
	s = memset(&all[count++], 0, sizeof *all);
	memcpy(s->name, name, NAME);
	memcpy(s->row, name, NAME);
	p = skip(skip(p) + 1);
	if (*p != ')')
		p = typed_names(p, &s->params);
	if (*p != ')')
		fail("\")\" is expected at \"%.20s\"", p);
	p = skip(p + 1);
	if (strncmp(p, "->", 2) == 0) {
		s->reads = true;
		p = skip(p + 2);
		p = skip(strncmp(p, "as ", 3) == 0 ? same_rows(p, s) : typed_names(p, &s->columns));
	}
	if (*p != '\0')
		fail("\"%.20s\" does not belong in a signature", p);
	return s;
}

/* The place of a parameter in the signature, from 1. */
static size_t
place(const struct statement *s, const char *name)
{
	for (size_t i = 0; i < s->params.n; i++) {
		if (strcmp(s->params.name[i], name) == 0)
			return i + 1;
	}
	fail("\":%s\" is not in the signature of %s", name, s->name);
}

/* :name becomes $n outside of quotes; comments are dropped; the closing semicolon too. */
static char *
numbered(const struct statement *s, char *p)
{
	bool used[NAMES] = { false };
	struct text out = { 0 };
	char quote = '\0', name[NAME], dollar[24];

	for (; *p != '\0'; p++) {
		if (quote == '\0' && p[0] == '-' && p[1] == '-') {
			p += strcspn(p, "\n");
			while (out.len > 0 && out.s[out.len - 1] == ' ')
				out.len--;
		}
		if (quote != '\0' ? *p == quote : *p == '\'' || *p == '"')
			quote = quote == '\0' ? *p : '\0';
		if (quote == '\0' && p[0] == ':' && p[1] == ':') {
			add(&out, p++, 2);
		} else if (quote == '\0' && p[0] == ':' && word_char(p[1])) {
			p = word(p + 1, name) - 1;
			used[place(s, name) - 1] = true;
			add(&out, dollar, (size_t)snprintf(dollar, sizeof dollar, "$%zu", place(s, name)));
		} else if (quote == '\0' && *p == '$') {
			fail("parameters are written :name, not $n");
		} else {
			add(&out, p, 1);
		}
	}
	for (size_t i = 0; i < s->params.n; i++) {
		if (!used[i])
			fail("%s does not use its parameter \"%s\"", s->name, s->params.name[i]);
	}
	while (out.len > 0 && (isspace((unsigned char)out.s[out.len - 1]) || out.s[out.len - 1] == ';'))
		out.s[--out.len] = '\0';
	if (out.len == 0 || quote != '\0')
		fail("%s has no text, or an open quote", s->name);
	return out.s;
}

/* Whether these lines of SQL close a statement: a semicolon ends them, outside of quotes and comments. */
static bool
closed(const char *p)
{
	char quote = '\0', last = '\0';

	for (; *p != '\0'; p++) {
		if (quote == '\0' && p[0] == '-' && p[1] == '-')
			p += strcspn(p, "\n");
		if (*p == '\0')
			break;
		if (quote != '\0' ? *p == quote : *p == '\'' || *p == '"')
			quote = quote == '\0' ? *p : '\0';
		if (!isspace((unsigned char)*p))
			last = quote == '\0' ? *p : '\0';
	}
	return last == ';';
}

/* A signature is whole when its parentheses are closed and nothing more is announced. */
static bool
whole(const char *s)
{
	size_t n = strlen(s);

	if (strchr(s, '@') != NULL)
		return true;
	return strchr(s, ')') != NULL && s[n - 1] != ',' && (n < 2 || strcmp(s + n - 2, "->") != 0);
}

/* "-- name(" and "-- name@" begin a statement; any other comment is only one. */
static bool
begins(char *p)
{
	p = skip(p);
	if (!word_char(*p) || isdigit((unsigned char)*p))
		return false;
	while (word_char(*p))
		p++;
	return *p == '(' || *p == '@';
}

static struct statement *
begin(char *p, bool *postgres)
{
	struct statement *s;
	char name[NAME];

	*postgres = strchr(p, '@') != NULL;
	if (!*postgres)
		return signature(p);
	p = word(p, name);
	s = named(name);
	if (strcmp(p, "@postgres") != 0)
		fail("\"@postgres\" is expected, not \"%.20s\"", p);
	if (s == NULL || s->postgres != NULL)
		fail("\"%s@postgres\" must follow the statement \"%s\", once", name, name);
	return s;
}

static char *
chomp(char *p)
{
	size_t n = strlen(p);

	while (n > 0 && isspace((unsigned char)p[n - 1]))
		p[--n] = '\0';
	return p;
}

static void
read_file(void)
{
	FILE *in = fopen(file, "r");
	struct text head = { 0 }, body = { 0 };
	struct statement *s = NULL;
	bool open = false, postgres = false;
	char *raw = NULL, *p;
	size_t cap = 0;

	line = 0;
	if (in == NULL)
		fail("cannot be read");
	while (getline(&raw, &cap, in) >= 0) {
		line++;
		p = skip(chomp(raw));
		if (strncmp(p, "--", 2) == 0 && body.len == 0) {
			p = skip(p + 2);
			if (head.len > 0 && !open && begins(p))
				fail("%.*s has no text", (int)strcspn(head.s, "(@"), head.s);
			/* The lines of a signature; a list of columns may begin a line of its own. */
			if (open || strncmp(p, "->", 2) == 0 || (head.len == 0 && begins(p))) {
				add(&head, " ", head.len > 0);
				add(&head, p, strlen(p));
				open = !whole(head.s);
			}
			continue;
		}
		if (*p == '\0' && body.len == 0)
			continue;
		if (head.len == 0 || open)
			fail(open ? "the signature is not closed" : "a statement without its signature");
		if (body.len == 0)
			s = begin(head.s, &postgres);
		add(&body, raw, strlen(raw));
		add(&body, "\n", 1);
		if (!closed(body.s))
			continue;
		*(postgres ? &s->postgres : &s->text) = numbered(s, body.s);
		head.len = body.len = 0;
	}
	if (head.len > 0)
		fail("the last statement does not end with a semicolon");
	free(head.s);
	free(body.s);
	free(raw);
	fclose(in);
}

static void
string(FILE *to, const char *s)
{
	fputc('"', to);
	for (; *s != '\0'; s++) {
		if (*s == '\n')
			fputs("\\n\"\n\t    \"", to);
		else if (*s == '\t')
			fputc(' ', to);
		else if (*s == '"' || *s == '\\')
			fprintf(to, "\\%c", *s);
		else
			fputc(*s, to);
	}
	fputc('"', to);
}

static void
prototype(FILE *to, const struct statement *s, const char *suffix, char after_type)
{
	fprintf(to, "const struct err *%s%s%s(struct db *db%s", after_type == '\n' ? "\n" : "", s->name, suffix,
	    s->reads ? ", struct db_rows *rows" : "");
	for (size_t i = 0; i < s->params.n; i++)
		fprintf(to, ", %s%s", types[s->params.type[i]].c, s->params.name[i]);
	fputc(')', to);
}

/* The beginning of a function's body: its parameters in the form that the engines take. */
static void
bound(FILE *to, const struct statement *s)
{
	const struct names *p = &s->params;

	fputs("\n{\n", to);
	for (size_t i = 0; i < p->n; i++) {
		if (p->type[i] == DATE)
			fprintf(to, "\tchar %s_text[DAY_TEXT];\n", p->name[i]);
	}
	if (p->n > 0)
		fputs("\tconst struct db_value params[] = {\n", to);
	for (size_t i = 0; i < p->n; i++) {
		fputs("\t\t", to);
		fprintf(to, types[p->type[i]].put, p->name[i], p->name[i]);
		fputs(",\n", to);
	}
	fputs(p->n > 0 ? "\t};\n\n" : "", to);
}

static void
function(FILE *to, const struct statement *s, const char *suffix, const char *verb)
{
	prototype(to, s, suffix, '\n');
	bound(to, s);
	fprintf(to, "\treturn %s(db, &sql_statements[%zu], %s, %zu%s);\n}\n\n", verb, (size_t)(s - all),
	    s->params.n > 0 ? "params" : "NULL", s->params.n, s->reads ? ", rows" : "");
}

/* Wider ones are read row by row. */
static bool
gathers(const struct statement *s)
{
	return s->reads && s->columns.n <= 16;
}

static void
gather_prototype(FILE *to, const struct statement *s, char after_type)
{
	fprintf(to, "const struct err *%s%s_gather(struct db *db, void (*row)(void *to, const struct %s_row *row), void *to",
	    after_type == '\n' ? "\n" : "", s->name, s->row);
	for (size_t i = 0; i < s->params.n; i++)
		fprintf(to, ", %s%s", types[s->params.type[i]].c, s->params.name[i]);
	fputc(')', to);
}

/* The cells of a row become its struct, which goes to the receiver. */
static void
gather_function(FILE *to, const struct statement *s)
{
	fprintf(to, "struct %s_gathering {\n\tvoid (*row)(void *to, const struct %s_row *row);\n\tvoid *to;\n};\n\n", s->name,
	    s->row);
	fprintf(to, "static void\n%s_cells(void *to, const struct db_value *cells)\n{\n", s->name);
	fprintf(to, "\tconst struct %s_gathering *g = to;\n\tconst struct %s_row row = {\n", s->name, s->row);
	for (size_t i = 0; i < s->columns.n; i++)
		fprintf(to, "\t\t.%s = %s(&cells[%zu]),\n", s->columns.name[i], types[s->columns.type[i]].cell, i);
	fputs("\t};\n\n\tg->row(g->to, &row);\n}\n", to);
	gather_prototype(to, s, '\n');
	bound(to, s);
	fprintf(to, "\tstruct %s_gathering g = { row, to };\n\n", s->name);
	fprintf(to, "\treturn db_gather(db, &sql_statements[%zu], %s, %zu, \"", (size_t)(s - all),
	    s->params.n > 0 ? "params" : "NULL", s->params.n);
	for (size_t i = 0; i < s->columns.n; i++)
		fputc(types[s->columns.type[i]].letter, to);
	fprintf(to, "\", %s_cells, &g);\n}\n\n", s->name);
}

static void
next_function(FILE *to, const struct statement *s)
{
	fprintf(to, "bool\n%s_next(struct db_rows *rows, struct %s_row *row)\n{\n", s->name, s->row);
	fputs("\tif (!db_next(rows))\n\t\treturn false;\n", to);
	for (size_t i = 0; i < s->columns.n; i++)
		fprintf(to, "\trow->%s = %s(rows, %zu);\n", s->columns.name[i], types[s->columns.type[i]].get, i);
	if (s->absent[0] != '\0')
		fprintf(to, "\trow->%s = (str){ 0 };\n", s->absent);
	fputs("\treturn true;\n}\n\n", to);
}

static void
header(FILE *to)
{
	fputs("/* Made by tools/sqlgen.c from sql/; not edited by hand. */\n#pragma once\n#include \"db/db.h\"\n\n", to);
	fputs("extern const struct sql sql_statements[];\nextern const size_t sql_statement_count;\n", to);
	for (const struct statement *s = all; s < all + count; s++) {
		fputc('\n', to);
		if (s->reads && strcmp(s->row, s->name) == 0) {
			fprintf(to, "struct %s_row {\n", s->name);
			for (size_t i = 0; i < s->columns.n; i++)
				fprintf(to, "\t%s%s;\n", types[s->columns.type[i]].c, s->columns.name[i]);
			fputs("};\n", to);
		}
		prototype(to, s, "", ' ');
		fputs(";\n", to);
		if (!s->reads)
			continue;
		prototype(to, s, "_stream", ' ');
		fprintf(to, ";\nbool %s_next(struct db_rows *rows, struct %s_row *row);\n", s->name, s->row);
		if (!gathers(s))
			continue;
		gather_prototype(to, s, ' ');
		fputs(";\n", to);
	}
}

static void
source(FILE *to, const char *header_path)
{
	const char *slash = strrchr(header_path, '/');

	fputs("/* Made by tools/sqlgen.c from sql/; not edited by hand. */\n", to);
	fprintf(to, "#include \"%s\"\n\n", slash == NULL ? header_path : slash + 1);
	/* Every compiler in use takes longer strings than the standard's least. */
	fputs("#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n\n", to);
	fprintf(to, "const size_t sql_statement_count = %zu;\nconst struct sql sql_statements[] = {\n", count);
	for (const struct statement *s = all; s < all + count; s++) {
		fprintf(to, "\t{ \"%s\",\n\t    ", s->name);
		string(to, s->text);
		fputs(",\n\t    ", to);
		if (s->postgres != NULL)
			string(to, s->postgres);
		else
			fputs("NULL", to);
		fputs(" },\n", to);
	}
	fputs("\t{ NULL, NULL, NULL },\n};\n\n", to);
	for (const struct statement *s = all; s < all + count; s++) {
		function(to, s, "", s->reads ? "db_read" : "db_write");
		if (!s->reads)
			continue;
		function(to, s, "_stream", "db_stream");
		next_function(to, s);
		if (gathers(s))
			gather_function(to, s);
	}
}

static FILE *
output(const char *path)
{
	FILE *to = fopen(path, "w");

	if (to == NULL) {
		perror(path);
		exit(1);
	}
	return to;
}

int
main(int argc, char **argv)
{
	FILE *h, *c;

	if (argc < 3) {
		fputs("usage: sqlgen OUT.h OUT.c FILES.sql...\n", stderr);
		return 2;
	}
	for (int i = 3; i < argc; i++) {
		file = argv[i];
		if (*file != '\0')
			read_file();
	}
	h = output(argv[1]);
	c = output(argv[2]);
	header(h);
	source(c, argv[1]);
	if (fclose(h) != 0 || fclose(c) != 0) {
		perror("sqlgen");
		return 1;
	}
	return 0;
}
