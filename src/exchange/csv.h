/* csv.h - comma-separated values as interchange.md wants them: RFC 4180, UTF-8, header line.
 * The reader goes over a file or bytes in memory in one pass, one record at a time, in bounded memory. */
#pragma once
#include "base/arena.h"
#include "base/buf.h"
#include "base/csvout.h"
#include "base/err.h"
#include "base/problem.h"

enum { CSV_CELLS = 256, CSV_CELLS_MOST = 512, CSV_FIELD_MAX = 64 * 1024, CSV_RECORD_MAX = 1024 * 1024 };

/* Where bytes come from: a file, a member of a zip, memory. */
struct csv_source {
	/* Up to size bytes into to; 0: the end; -1: refused, *err is set. */
	int64_t (*read)(struct csv_source *from, void *to, size_t size, const struct err **err);
};

struct csv_record { /* its views live until the next one is read */
	const str *cells;
	size_t n;
	int64_t line; /* where it begins */
	bool
	    wrong; /* by itself: bad UTF-8, NUL, a quote inside a plain value, too many or too few values, one too long. The fault is
	               * in the sink; the cells are what could be made out, empty where nothing could: enough to know whose row it is */
};

struct csv_reader;
/* file: its name in messages. Comma or semicolon is told by the header line; a byte-order mark is skipped. */
struct csv_reader *csv_open(struct arena *a, struct csv_source *from, str file, struct problem_sink *sink);
/* A file that is no part of a bundle: its separator was found out already, its rows may be of any width, up to CSV_CELLS_MOST, and
 * the first one is as any other. */
struct csv_reader *csv_open_loose(struct arena *a, struct csv_source *from, str file, char delimiter, struct problem_sink *sink);
/* The header, then record after record; empty lines are passed over. False at the end, when the header is wrong, or when nothing
 * more can be read (the fault is in the sink, or *err is set). */
bool csv_next(struct csv_reader *r, struct csv_record *record, const struct err **err);
bool csv_cut(const struct csv_reader *r); /* reading stopped before the end: what follows is not known */
void csv_close(struct csv_reader *r);
