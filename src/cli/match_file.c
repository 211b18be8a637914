#include "cli/match_file.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/set.h"
#include "base/text.h"
#include "cli/frame.h"
#include "exchange/csv.h"
#include "exchange/understand.h"

enum { SHOWN = 50, NATIONS = 1024 };

const char *const match_field_names[MATCH_FIELDS] = { "ref", "source", "family_name", "given_name", "birth_date", "sex",
	"nationality", "phone", "email", "address", "postcode", "city", "agdref" };

/* --- which columns --- */

static int
field_named(str name)
{
	for (int f = 0; f < MATCH_FIELDS; f++)
		if (str_is(name, match_field_names[f]))
			return f;
	return -1;
}

static int
unknown_field(struct cli *cli, str name)
{
	struct nearest near = { .word = name };
	const char *hint = NULL;

	for (int f = 0; f < MATCH_FIELDS; f++)
		nearest_try(&near, str_of(match_field_names[f]));
	if (near.best.s != NULL)
		hint = str_format(&cli->arena, tr("Did you mean %.*s?"), STR_ARG(near.best)).s;
	return frame_usage(cli, hint, tr("--columns: there is no field %.*s"), STR_ARG(name));
}

int
match_headers_read(struct cli *cli, struct match_headers *to)
{
	str rest = str_of(cli_option(cli, "columns"));

	for (int f = 0; f < MATCH_FIELDS; f++)
		to->of[f][0] = str_of(match_field_names[f]);
	while (rest.len > 0) {
		str pair = str_cut(rest, ',', &rest), headings, name = str_trim(str_cut(pair, '=', &headings));
		const int f = field_named(name);
		size_t n = 0;

		if (f < 0)
			return unknown_field(cli, name);
		if (headings.len == 0)
			return cli_usage(
			    cli, tr("--columns: which column is %.*s? Write %.*s=HEADING"), STR_ARG(name), STR_ARG(name));
		while (headings.len > 0 && n < MATCH_FILE_COLUMNS)
			to->of[f][n++] = str_trim(str_cut(headings, '+', &headings));
		if (n < MATCH_FILE_COLUMNS)
			to->of[f][n] = (str){ 0 };
	}
	return EXIT_DONE;
}

/* --- faults --- */

struct faults {
	struct problem_sink sink; /* first */
	struct cli *cli;
};

static void
print_fault(struct problem_sink *sink, const struct problem *p)
{
	struct faults *f = (struct faults *)sink;
	struct buf b = { 0 };
	str value = printable(&f->cli->arena, p->value);

	if (sink->faults + sink->warnings > SHOWN)
		return;
	buf_add(&b, printable(&f->cli->arena, p->file));
	if (p->line > 0)
		buf_format(&b, ":%" PRId64, p->line);
	if (p->column.len > 0)
		buf_format(&b, ": %.*s", STR_ARG(p->column));
	if (value.len > 0)
		buf_format(&b, tr(": \"%.*s\""), STR_ARG(value));
	buf_format(&b, tr(": expected %.*s\n"), STR_ARG(p->expected));
	progress_erase();
	fwrite(b.s, 1, b.len, stderr);
	buf_release(&b);
}

/* --- reading --- */

struct opened {
	struct csv_source source; /* first */
	FILE *file;
	struct arena *arena;
	const char *path;
};

static int64_t
read_file(struct csv_source *from, void *to, size_t size, const struct err **err)
{
	struct opened *o = (struct opened *)from;
	const size_t n = fread(to, 1, size, o->file);

	if (n == 0 && ferror(o->file)) {
		*err = err_system(o->arena, errno, o->path);
		return -1;
	}
	return (int64_t)n;
}

/* Nationalities are few, and understanding one is slow: each spelling once. */
struct nation {
	uint64_t hash;
	str code;
};

struct reading_file {
	struct cli *cli;
	struct problem_sink *sink;
	str file;
	const struct match_headers *headers;
	int at[MATCH_FIELDS][MATCH_FILE_COLUMNS]; /* columns of the file; -1 after the last */
	struct set refs;
	struct nation nations[NATIONS];
	struct buf joined[MATCH_FIELDS];
};

static void
fault(struct reading_file *r, int64_t line, const char *column, str value, const char *expected)
{
	problem_add(r->sink, &(struct problem){ .level = PROBLEM_FAULT,
				 .file = r->file,
				 .line = line,
				 .column = str_of(column),
				 .value = value,
				 .expected = str_of(expected) });
}

static int
heading_at(const struct csv_record *header, str wanted)
{
	for (size_t i = 0; i < header->n; i++)
		if (str_eq(str_trim(header->cells[i]), wanted))
			return (int)i;
	return -1;
}

/* Columns that were asked for must be there; those that are so by default may be missing, all but the ref. */
static void
find_columns(struct reading_file *r, const struct csv_record *header)
{
	for (int f = 0; f < MATCH_FIELDS; f++) {
		const bool asked = !str_is(r->headers->of[f][0], match_field_names[f]);
		int n = 0;

		for (int i = 0; i < MATCH_FILE_COLUMNS && r->headers->of[f][i].len > 0; i++) {
			const str wanted = r->headers->of[f][i];
			const int at = heading_at(header, wanted);

			if (at >= 0)
				r->at[f][n++] = at;
			else if (asked || f == MATCH_REF)
				fault(r, 1, match_field_names[f], wanted,
				    tr("a column with this heading; --columns says what it is called in the file"));
		}
		if (n < MATCH_FILE_COLUMNS)
			r->at[f][n] = -1;
	}
}

static str
nation_of(struct reading_file *r, str text)
{
	const uint64_t hash = str_hash(text, 7) | 1;
	struct nation *n = &r->nations[hash % NATIONS];
	struct reading reading = { .a = &r->cli->arena };
	struct understood u;

	if (text.len == 0 || n->hash == hash)
		return text.len == 0 ? text : n->code;
	u = understand_country(&reading, text);
	*n = (struct nation){ hash, str_dup(&r->cli->arena, u.value) };
	return n->code;
}

static str
value_of(struct reading_file *r, const struct csv_record *row, int f)
{
	struct buf *b = &r->joined[f];
	const int *at = r->at[f];

	if (at[0] < 0 || (size_t)at[0] >= row->n)
		return (str){ 0 };
	if (at[1] < 0)
		return row->cells[at[0]];
	buf_clear(b);
	for (int i = 0; i < MATCH_FILE_COLUMNS && at[i] >= 0; i++) {
		if ((size_t)at[i] < row->n) {
			buf_add(b, str_trim(row->cells[at[i]]));
			buf_char(b, ' ');
		}
	}
	return str_trim(buf_str(b));
}

static void
take_row(struct reading_file *r, const struct csv_record *row, int side, struct match *to)
{
	str values[MATCH_FIELDS];

	for (int f = 0; f < MATCH_FIELDS; f++)
		values[f] = value_of(r, row, f);
	values[MATCH_REF] = str_trim(values[MATCH_REF]);
	values[MATCH_NATIONALITY] = nation_of(r, str_trim(values[MATCH_NATIONALITY]));
	if (values[MATCH_REF].len == 0)
		fault(r, row->line, "ref", values[MATCH_REF], tr("a ref of its own for every row"));
	else if (!set_add(&r->refs, str_hash(values[MATCH_REF], 11)))
		fault(r, row->line, "ref", values[MATCH_REF], tr("a ref that no other row has"));
	else if (!row->wrong)
		match_add(to, side, values);
}

static int
read_rows(struct reading_file *r, struct csv_reader *csv, int side, struct match *to)
{
	struct csv_record row;
	const struct err *err = NULL;

	if (csv_next(csv, &row, &err)) {
		find_columns(r, &row);
		while (r->sink->faults == 0 || r->at[MATCH_REF][0] >= 0) {
			if (!csv_next(csv, &row, &err))
				break;
			take_row(r, &row, side, to);
		}
	} else if (err == NULL && r->sink->faults == 0) {
		fault(r, 0, NULL, (str){ 0 }, tr("a first line with the headings of the columns"));
	}
	return err == NULL ? EXIT_DONE : cli_fail(r->cli, err);
}

int
match_file_read(struct cli *cli, const char *path, int side, const struct match_headers *headers, struct match *to)
{
	struct faults faults = { .sink = { .add = print_fault }, .cli = cli };
	struct opened from = { .source = { .read = read_file }, .file = fopen(path, "rb"), .arena = &cli->arena, .path = path };
	struct reading_file *r = ARENA_NEW(&cli->arena, struct reading_file);
	struct csv_reader *csv;
	int code;

	if (from.file == NULL)
		return cli_fail(cli, err_system(&cli->arena, errno, path));
	*r = (struct reading_file){ .cli = cli, .sink = &faults.sink, .file = str_of(path), .headers = headers };
	csv = csv_open(&cli->arena, &from.source, r->file, r->sink);
	code = read_rows(r, csv, side, to);
	csv_close(csv);
	fclose(from.file);
	set_clear(&r->refs);
	for (int f = 0; f < MATCH_FIELDS; f++)
		buf_release(&r->joined[f]);
	if (code != EXIT_DONE || faults.sink.faults == 0)
		return code;
	if (faults.sink.faults > SHOWN)
		fprintf(stderr, tr("and %zu more\n"), faults.sink.faults - SHOWN);
	return cli_fail(
	    cli, err_format(&cli->arena, ERR_INPUT,
		     tr("Mend the file, then match it again; a file that is not UTF-8 is saved again as \"CSV UTF-8\"."),
		     tr("%s is not matched."), path));
}
