/* grid_csv.c - text with separators, as spreadsheet programs save it: in UTF-8 or in the alphabet of Windows, parted by semicolons,
 * commas or tabs. Both are told by the bytes. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "exchange/csv.h"
#include "exchange/grid_inside.h"

enum { PIECE = 32 * 1024, SAMPLE = 64 * 1024, LINES = 50 };
static const int64_t file_most = INT64_C(64) << 20;

struct csv_grid {
	struct csv_source source; /* first */
	struct grid *g;
	off_t at, begin; /* begin: after a byte-order mark */
	bool windows;    /* Windows-1252 */
	char separator;
	char piece[PIECE];
	size_t have, used; /* of the piece */

	struct csv_reader *csv;
	struct problem_sink sink; /* hears of rows that cannot be trusted */
	struct arena memory;      /* of one reading */
	const char *fault;
};

/* ---- which alphabet ---- */

struct alphabet {              /* of the bytes so far */
	size_t letters, wrong; /* letters beyond ASCII that are right in UTF-8; bytes that are not */
	bool zero;
};

/* How many bytes at the start of p make one letter of UTF-8; 0: none. */
static size_t
letter(const unsigned char *p, size_t n)
{
	size_t len = p[0] < 0x80 ? 1 : (p[0] & 0xe0) == 0xc0 ? 2 : (p[0] & 0xf0) == 0xe0 ? 3 : (p[0] & 0xf8) == 0xf0 ? 4 : 0;

	return len > 0 && len <= n && (p[0] < 0x80 || str_utf8((str){ (const char *)p, len })) ? len : 0;
}

/* Bytes at the end may be half a letter: their number is given back. */
static size_t
look_at(struct alphabet *a, const unsigned char *p, size_t n, bool end)
{
	size_t i = 0;

	while (i < n) {
		size_t len = letter(p + i, n - i);

		if (len == 0 && !end && n - i < 4)
			return n - i;
		a->zero |= p[i] == 0;
		a->letters += len > 1;
		a->wrong += len == 0;
		i += len == 0 ? 1 : len;
	}
	return 0;
}

static bool
find_alphabet(struct csv_grid *c, struct alphabet *a)
{
	size_t left = 0;
	off_t at = c->begin;
	ssize_t n;

	while ((n = pread(c->g->file, c->piece + left, PIECE - left, at)) > 0) {
		size_t total = left + (size_t)n;

		at += n;
		left = look_at(a, (const unsigned char *)c->piece, total, false);
		memmove(c->piece, c->piece + total - left, left);
	}
	(void)look_at(a, (const unsigned char *)c->piece, left, true);
	c->windows = a->wrong > 0 && a->letters <= a->wrong * 2;
	return n == 0;
}

/* ---- which separator ---- */

/* How alike the lines are when they are parted so: the lines that have the most common number of separators. */
static size_t
score(const char *s, size_t n, char separator)
{
	size_t counts[LINES] = { 0 }, lines = 0, best = 0, among = 0;
	bool quoted = false;

	for (size_t i = 0; i < n && lines < LINES; i++) {
		quoted ^= s[i] == '"';
		counts[lines] += !quoted && s[i] == separator;
		lines += !quoted && s[i] == '\n';
	}
	lines += lines < LINES && n > 0 && s[n - 1] != '\n';
	for (size_t i = 0; i < lines; i++) {
		size_t same = 0;

		for (size_t k = 0; k < lines; k++)
			same += counts[k] == counts[i];
		if (counts[i] > 0 && same * 100 + counts[i] > best * 100 + among) {
			best = same;
			among = counts[i];
		}
	}
	return best * 100 + (among > 99 ? 99 : among);
}

static void
find_separator(struct csv_grid *c)
{
	static const char candidates[] = { ';', '\t', ',' };
	char *sample = malloc(SAMPLE);
	ssize_t n = sample == NULL ? 0 : pread(c->g->file, sample, SAMPLE, c->begin);
	size_t best = 0;

	c->separator = ';';
	if (n > 5 && memcmp(sample, "sep=", 4) == 0 && strchr(";,\t|", sample[4]) != NULL) {
		c->separator = sample[4];
		n = 0;
	}
	for (size_t i = 0; i < sizeof candidates && n > 0; i++) {
		size_t now = score(sample, (size_t)n, candidates[i]);

		if (now > best) {
			best = now;
			c->separator = candidates[i];
		}
	}
	free(sample);
}

/* ---- bytes for the reader ---- */

static size_t
from_windows(unsigned char byte, char to[3])
{
	static const unsigned short upper[32] = { 0x20ac, 0xfffd, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030,
		0x160, 0x2039, 0x152, 0xfffd, 0x17d, 0xfffd, 0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
		0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0xfffd, 0x17e, 0x178 };
	unsigned c = byte >= 0x80 && byte < 0xa0 ? upper[byte - 0x80] : byte;

	if (c < 0x80) {
		to[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		to[0] = (char)(0xc0 | c >> 6);
		to[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	to[0] = (char)(0xe0 | c >> 12);
	to[1] = (char)(0x80 | (c >> 6 & 0x3f));
	to[2] = (char)(0x80 | (c & 0x3f));
	return 3;
}

static int64_t
read_bytes(struct csv_source *from, void *to, size_t size, const struct err **err)
{
	struct csv_grid *c = (struct csv_grid *)from;
	char *out = to;
	size_t n = 0;

	if (c->used == c->have) {
		ssize_t got = pread(c->g->file, c->piece, PIECE, c->at);

		if (got < 0) {
			*err = err_system(
			    c->g->arena, errno, str_format(c->g->arena, tr("%.*s cannot be read."), STR_ARG(c->g->name)).s);
			return -1;
		}
		c->at += got;
		c->have = (size_t)got;
		c->used = 0;
	}
	while (c->used < c->have && n + 3 <= size) {
		if (c->windows)
			n += from_windows((unsigned char)c->piece[c->used++], out + n);
		else
			out[n++] = c->piece[c->used++];
	}
	return (int64_t)n;
}

/* ---- the format ---- */

static void
hear(struct problem_sink *sink, const struct problem *p)
{
	struct csv_grid *c = (struct csv_grid *)((char *)sink - offsetof(struct csv_grid, sink));

	c->fault = str_z(&c->memory, p->expected);
}

static void
stop(struct grid *g)
{
	struct csv_grid *c = g->own;

	if (c->csv != NULL)
		csv_close(c->csv);
	c->csv = NULL;
	arena_clear(&c->memory);
}

static const struct err *
start(struct grid *g, size_t sheet)
{
	struct csv_grid *c = g->own;

	(void)sheet;
	c->at = c->begin;
	c->have = c->used = 0;
	c->sink = (struct problem_sink){ .add = hear };
	c->csv = csv_open_loose(&c->memory, &c->source, g->name, c->separator, &c->sink);
	return NULL;
}

/* The file of refused rows marks what looks like a formula: '=1+1. It comes back without. */
static str
without_mark(str s)
{
	return s.len > 1 && s.s[0] == '\'' && strchr("=+-@", s.s[1]) != NULL ? (str){ s.s + 1, s.len - 1 } : s;
}

static bool
next(struct grid *g, const struct err **err)
{
	struct csv_grid *c = g->own;
	struct csv_record record;

	c->fault = NULL;
	if (!csv_next(c->csv, &record, err)) {
		if (*err == NULL && c->fault != NULL)
			*err = grid_damaged(g, str_z(g->arena, str_of(c->fault)));
		return false;
	}
	if (record.n > GRID_COLUMNS || (record.wrong && record.n == GRID_COLUMNS)) {
		*err = grid_too_wide(g);
		return false;
	}
	g->number = record.line;
	g->fault = c->fault;
	if (record.line == 1 && record.n > 0 && str_starts(record.cells[0], S("sep=")))
		return true;
	for (size_t i = 0; i < record.n; i++) {
		size_t from = g->text.len;

		buf_add(&g->text, without_mark(record.cells[i]));
		grid_cell_put(g, (int)i, GRID_TEXT, from);
	}
	return true;
}

static void
close_file(struct grid *g)
{
	struct csv_grid *c = g->own;

	arena_release(&c->memory);
	free(c);
}

static const struct grid_format format = { start, next, stop, close_file };

const struct err *
grid_csv_open(struct grid *g)
{
	struct csv_grid *c = calloc(1, sizeof *c);
	struct alphabet a = { 0 };
	unsigned char head[3] = { 0 };

	if (c == NULL)
		bug_oom(sizeof *c);
	*c = (struct csv_grid){ .source.read = read_bytes, .g = g };
	g->own = c;
	g->format = &format;
	if (lseek(g->file, 0, SEEK_END) > file_most)
		return grid_too_long(g);
	if (pread(g->file, head, 3, 0) == 3 && memcmp(head, "\xef\xbb\xbf", 3) == 0)
		c->begin = 3;
	if (memcmp(head, "\xff\xfe", 2) == 0 || memcmp(head, "\xfe\xff", 2) == 0)
		return grid_refuse(g, tr("%s is text in UTF-16."),
		    tr("Open it with a spreadsheet program, save it as .xlsx or as CSV UTF-8, and import that file."));
	if (!find_alphabet(c, &a))
		return err_system(g->arena, errno, str_format(g->arena, tr("%.*s cannot be read."), STR_ARG(g->name)).s);
	if (a.zero)
		return grid_refuse(g, tr("%s is no spreadsheet."), tr("Give an .xlsx, .ods or .csv file."));
	find_separator(c);
	grid_add_sheet(g, g->name, false);
	return NULL;
}
