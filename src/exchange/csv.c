#include "exchange/csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { CHUNK = 64 * 1024 };

struct csv_reader {
	struct arena *arena;
	struct csv_source *from;
	struct problem_sink *sink;
	str file;

	char *room; /* bytes read and not yet given away: room[at..end) */
	size_t cap, at, end;
	bool ended;                                  /* the source has no more */
	enum { BEGIN, GO_ON, SKIP_LINE, STOP } then; /* before the next record */

	/* The record begins at room[at]. Its places are counted from there, since it moves when more is read; doubled quotes are
	 * closed up where they stand, so that every cell is one piece. */
	size_t seen; /* how much of it has been looked at */
	size_t from_place[CSV_CELLS_MOST], to_place[CSV_CELLS_MOST];
	size_t n; /* cells, also those past the most that there may be */
	str views[CSV_CELLS_MOST];

	bool loose;  /* no header, rows of any width */
	size_t most; /* cells that a record may have */
	char delimiter;
	bool special[256]; /* what a run of plain characters stops at */
	str *headings;     /* for messages */
	size_t width;      /* cells of the header; 0 before it */
	int64_t line, first_line;
};

static void
fault(struct csv_reader *r, int64_t line, str column, const char *expected)
{
	problem_add(
	    r->sink, &(struct problem){
			 .level = PROBLEM_FAULT, .file = r->file, .line = line, .column = column, .expected = str_of(expected) });
}

static void
separate(struct csv_reader *r, char delimiter)
{
	memset(r->special, 0, sizeof r->special);
	r->special['"'] = r->special['\n'] = r->special['\r'] = r->special[(unsigned char)delimiter] = true;
	r->delimiter = delimiter;
}

struct csv_reader *
csv_open(struct arena *a, struct csv_source *from, str file, struct problem_sink *sink)
{
	struct csv_reader *r = ARENA_NEW(a, struct csv_reader);

	r->arena = a;
	r->from = from;
	r->file = file;
	r->sink = sink;
	r->cap = CHUNK;
	r->room = malloc(r->cap);
	if (r->room == NULL)
		bug_oom(r->cap);
	r->most = CSV_CELLS;
	separate(r, ',');
	return r;
}

struct csv_reader *
csv_open_loose(struct arena *a, struct csv_source *from, str file, char delimiter, struct problem_sink *sink)
{
	struct csv_reader *r = csv_open(a, from, file, sink);

	r->loose = true;
	r->most = CSV_CELLS_MOST;
	r->then = GO_ON;
	separate(r, delimiter);
	return r;
}

void
csv_close(struct csv_reader *r)
{
	free(r->room);
	r->room = NULL;
}

bool
csv_cut(const struct csv_reader *r)
{
	return r->then == STOP;
}

/* ---- bytes ---- */

/* Makes more bytes follow those of the record; false at the end. */
static bool
more(struct csv_reader *r, const struct err **err)
{
	int64_t got;

	if (r->ended)
		return false;
	if (r->at > 0)
		memmove(r->room, r->room + r->at, r->end - r->at);
	r->end -= r->at;
	r->at = 0;
	if (r->end == r->cap) {
		r->cap *= 2;
		r->room = realloc(r->room, r->cap);
		if (r->room == NULL)
			bug_oom(r->cap);
	}
	got = r->from->read(r->from, r->room + r->end, r->cap - r->end, err);
	r->ended = got <= 0;
	r->end += got > 0 ? (size_t)got : 0;
	return got > 0;
}

/* The byte so far ahead of what has been looked at; -1: the end. */
static int
peek(struct csv_reader *r, size_t ahead, const struct err **err)
{
	while (r->at + r->seen + ahead >= r->end) {
		if (!more(r, err))
			return -1;
	}
	return (unsigned char)r->room[r->at + r->seen + ahead];
}

static bool
too_long(const struct csv_reader *r)
{
	return r->seen > CSV_RECORD_MAX;
}

/* To the start of the next line; nothing is kept of this one. */
static void
skip_line(struct csv_reader *r, const struct err **err)
{
	char *newline;

	do {
		newline = memchr(r->room + r->at + r->seen, '\n', r->end - r->at - r->seen);
		if (newline == NULL) {
			r->at = r->end;
			r->seen = 0;
		}
	} while (newline == NULL && more(r, err));
	if (newline != NULL) {
		r->at = (size_t)(newline + 1 - r->room);
		r->seen = 0;
		r->line++;
	}
}

/* ---- cells ---- */

enum after { NEXT_CELL, END_OF_RECORD, NO_RECORD };

static void
add_cell(struct csv_reader *r, size_t from, size_t to)
{
	if (r->n < r->most) {
		r->from_place[r->n] = from;
		r->to_place[r->n] = to;
	}
	r->n++;
}

/* The record ends here, and is not one: what was read of it stands until the next. */
static enum after
no_record(struct csv_reader *r, int then, const char *expected)
{
	fault(r, r->first_line, S(""), expected);
	r->then = then;
	return NO_RECORD;
}

/* What stands after a value. */
static enum after
end_of_cell(struct csv_reader *r, const struct err **err)
{
	int c = peek(r, 0, err), after;

	if (c == -1)
		return END_OF_RECORD;
	if (c == r->delimiter) {
		r->seen++;
		return NEXT_CELL;
	}
	if (c == '\r' && ((after = peek(r, 1, err)) == '\n' || after == -1)) {
		r->seen++;
		c = '\n';
	}
	if (c == '\n') {
		r->seen += r->at + r->seen < r->end;
		r->line++;
		return END_OF_RECORD;
	}
	r->n--; /* there is more of it, and it cannot be trusted */
	if (c == '\r')
		return no_record(r, SKIP_LINE, tr("lines that end with a newline (LF, or CR and LF), and no CR alone"));
	return no_record(r, SKIP_LINE, tr("quotation marks around the whole value, doubled inside it"));
}

static enum after
plain_cell(struct csv_reader *r, const struct err **err)
{
	size_t from = r->seen;

	for (;;) {
		const char *s = r->room + r->at;
		size_t i = r->seen, len = r->end - r->at;

		while (i < len && !r->special[(unsigned char)s[i]])
			i++;
		r->seen = i;
		if (i < len)
			break;
		if (too_long(r))
			return no_record(r, SKIP_LINE, tr("a record of at most 1048576 bytes"));
		if (!more(r, err))
			break;
	}
	add_cell(r, from, r->seen);
	return end_of_cell(r, err);
}

static int64_t
newlines(str s)
{
	int64_t n = 0;
	str rest = s;

	while (rest.s != NULL) {
		(void)str_cut(rest, '\n', &rest);
		n += rest.s != NULL;
	}
	return n;
}

/* Copies what precedes the next quotation mark to where the value has come to; false when there is none yet. */
static bool
quoted_piece(struct csv_reader *r, size_t *to)
{
	char *s = r->room + r->at, *mark = memchr(s + r->seen, '"', r->end - r->at - r->seen);
	size_t until = mark == NULL ? r->end - r->at : (size_t)(mark - s);
	str piece = { s + r->seen, until - r->seen };

	r->line += newlines(piece);
	if (*to != r->seen)
		memmove(s + *to, piece.s, piece.len);
	*to += piece.len;
	r->seen = until;
	return mark != NULL;
}

static enum after
quoted_cell(struct csv_reader *r, const struct err **err)
{
	size_t from = ++r->seen, to = from;

	for (;;) {
		while (!quoted_piece(r, &to)) {
			if (too_long(r))
				return no_record(r, STOP,
				    tr("a record of at most 1048576 bytes: a quotation mark may be left open; nothing after this line was read"));
			if (!more(r, err))
				return *err != NULL ? NO_RECORD
						    : no_record(r, STOP,
							  tr("a closing quotation mark: the one opened here is never closed"));
		}
		r->seen++;
		if (peek(r, 0, err) != '"')
			break;
		r->room[r->at + to++] = '"';
		r->seen++;
	}
	add_cell(r, from, to);
	return end_of_cell(r, err);
}

/* ---- records ---- */

/* The header tells the separator: the one that it holds more of. */
static void
find_delimiter(struct csv_reader *r, const struct err **err)
{
	size_t commas = 0, semicolons = 0;
	int c;

	for (size_t i = 0; i < CSV_RECORD_MAX && (c = peek(r, i, err)) != '\n' && c != -1; i++) {
		commas += c == ',';
		semicolons += c == ';';
	}
	separate(r, semicolons > commas ? ';' : ',');
}

static bool
begin_file(struct csv_reader *r, const struct err **err)
{
	str start;

	(void)peek(r, 2, err);
	start = (str){ r->room + r->at, r->end - r->at };
	if (str_starts(start, S("\xff\xfe")) || str_starts(start, S("\xfe\xff"))) {
		fault(r, 1, S(""), tr("a file in UTF-8: this one is in UTF-16; save it as CSV UTF-8"));
		r->then = STOP;
		return false;
	}
	if (str_starts(start, S("\xef\xbb\xbf")))
		r->at += 3;
	find_delimiter(r, err);
	return *err == NULL;
}

/* Whether there was anything; wrong: a fault in its form was reported, and the cells before it stand. */
static bool
take_record(struct csv_reader *r, bool *wrong, const struct err **err)
{
	enum after a = NEXT_CELL;

	if (r->then == SKIP_LINE)
		skip_line(r, err);
	else
		r->at += r->seen;
	r->then = GO_ON;
	r->seen = r->n = 0;
	r->first_line = r->line + 1;
	if (peek(r, 0, err) == -1)
		return false;
	while (a == NEXT_CELL) {
		if (too_long(r))
			a = no_record(r, SKIP_LINE, tr("a record of at most 1048576 bytes"));
		else
			a = peek(r, 0, err) == '"' ? quoted_cell(r, err) : plain_cell(r, err);
	}
	if (a == END_OF_RECORD && too_long(r))
		a = no_record(r, GO_ON, tr("a record of at most 1048576 bytes"));
	*wrong = a == NO_RECORD;
	return *err == NULL;
}

/* An empty line holds one cell, empty and without quotes. */
static bool
is_empty(const struct csv_reader *r)
{
	return r->n == 1 && r->to_place[0] == 0;
}

/* Plain ASCII without NUL, eight bytes at a time: nearly all there is. */
static bool
plain(str s)
{
	const uint64_t ones = 0x0101010101010101u, highs = ones * 0x80;
	uint64_t word = 0, odd = 0;
	size_t i = 0;

	for (; i + 8 <= s.len; i += 8) {
		memcpy(&word, s.s + i, 8);
		odd |= word | (word - ones);
	}
	for (; i < s.len; i++)
		odd |= (uint64_t)(s.s[i] == '\0' || (s.s[i] & 0x80) != 0) << 7;
	return (odd & highs) == 0;
}

static str
heading(const struct csv_reader *r, size_t i)
{
	return i < r->width ? r->headings[i] : S("");
}

/* Every cell by itself: those that cannot be used are emptied. */
static bool
check_cells(struct csv_reader *r)
{
	bool right = true;
	const bool ascii = plain((str){ r->room + r->at, r->seen });

	for (size_t i = 0; i < r->n; i++) {
		str *v = &r->views[i];

		*v = (str){ r->room + r->at + r->from_place[i], r->to_place[i] - r->from_place[i] };
		if (v->len > CSV_FIELD_MAX)
			fault(r, r->first_line, heading(r, i), tr("a value of at most 65536 bytes"));
		else if (!ascii && !str_utf8(*v))
			fault(r, r->first_line, heading(r, i), tr("text in UTF-8 without NUL: save the file as CSV UTF-8"));
		else
			continue;
		*v = S("");
		right = false;
	}
	return right;
}

static bool
check_width(struct csv_reader *r, size_t n)
{
	char expected[200];

	if (n > r->most) {
		fault(r, r->first_line, S(""), r->loose ? tr("at most 512 columns") : tr("at most 256 columns"));
		return false;
	}
	if (r->width == 0 || n == r->width)
		return true;
	snprintf(expected, sizeof expected, tr("%zu values, as in the header (there are %zu)"), r->width, n);
	fault(r, r->first_line, S(""), expected);
	return false;
}

static void
keep_header(struct csv_reader *r)
{
	r->width = r->n;
	r->headings = ARENA_ARRAY(r->arena, r->n, str);
	for (size_t i = 0; i < r->n; i++)
		r->headings[i] = str_dup(r->arena, r->views[i]);
}

bool
csv_next(struct csv_reader *r, struct csv_record *record, const struct err **err)
{
	bool wrong;

	*err = NULL;
	if (r->then == STOP || (r->then == BEGIN && !begin_file(r, err)))
		return false;
	do {
		if (!take_record(r, &wrong, err))
			return false;
	} while (!wrong && is_empty(r));
	if (!wrong)
		wrong = !check_width(r, r->n);
	if (r->n > r->most)
		r->n = r->most;
	wrong |= !check_cells(r);
	if (r->width == 0 && wrong && !r->loose) {
		r->then = STOP;
		return false; /* without a header nothing after it makes sense */
	}
	if (r->width == 0 && !r->loose)
		keep_header(r);
	*record = (struct csv_record){ r->views, r->n, r->first_line, wrong };
	return true;
}
