/* html.h - writing HTML. Templates (views/, compiled by tools/views) call these by the place of each value; C code rarely does.
 * Whatever is written is valid UTF-8: what is not becomes U+FFFD; NUL and the controls that HTML refuses are dropped.
 * One escape serves text and quoted attributes alike: & < > " and ' never come out of a value. */
#pragma once
#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"

struct html {
	struct buf *out;
	struct arena *arena; /* the request's: for the texts that the helpers below give; may be NULL when none is called */
};

void html_text(struct html *h, str s); /* absent: nothing */
void html_z(struct html *h, const char *z);
void html_int(struct html *h, int64_t n);
void html_buf(struct html *h, struct buf b);
void html_format(struct html *h, const char *format, ...) __attribute__((format(printf, 2, 3))); /* then escaped */

/* Bytes that are HTML already: written as they are. Only what this program made by its own templates or writers (a chart,
 * a QR code), never what came from anybody. Every call is a line of a security review. */
void html_markup(struct html *h, str trusted);

/* The beginning of an address in href=, src=, action=: a path or query of ours, or http:, https:, mailto:, tel:.
 * Anything else is written as "#". */
void html_url(struct html *h, str address);
/* A value inside of an address: percent-encoded so that it stays one segment of the path, or one value of the query. */
void html_url_path(struct html *h, str s);
void html_url_query(struct html *h, str s);

/* What people read, by text_language(), in memory of the arena; fit for "%s" of a translated text too. */
const char *html_number(struct html *h, int64_t n);           /* 1 234 */
const char *html_decimal(struct html *h, int64_t hundredths); /* 1 234,5 */
const char *html_money(struct html *h, int64_t cents);        /* 1 234,50 € */
const char *html_date(struct html *h, day d);                 /* 31/08/2025; empty for DAY_NONE and DAY_FOREVER */
const char *html_date_long(struct html *h, day d);            /* dimanche 31 août 2025 */
const char *html_moment(struct html *h, int64_t ms);          /* 31/08/2025 à 14 h 07 */
const char *html_cz(struct html *h, str s);                   /* the same text, for "%s" */

/* {{ value }}: other types do not compile, so that no pointer, flag or single character is printed by accident. */
#define html_put(h, v) \
	_Generic((v), str: html_text, const char *: html_z, char *: html_z, int: html_put_int, int64_t: html_int, \
	    size_t: html_put_size, struct buf: html_buf)(h, v)
/* {{ url value }}, {{ value }} in the path and in the query of an address */
#define html_put_url(h, v) _Generic((v), str : html_url, const char * : html_put_url_z, char * : html_put_url_z)(h, v)
#define html_put_path(h, v) \
	_Generic((v), str: html_url_path, const char *: html_put_path_z, char *: html_put_path_z, int: html_put_int, int64_t: html_int, \
	    size_t: html_put_size)(h, v)
#define html_put_query(h, v) \
	_Generic((v), str: html_url_query, const char *: html_put_query_z, char *: html_put_query_z, int: html_put_int, \
	    int64_t: html_int, size_t: html_put_size)(h, v)

static inline void
html_put_int(struct html *h, int n)
{
	html_int(h, n);
}
static inline void
html_put_size(struct html *h, size_t n)
{
	html_int(h, (int64_t)n);
}
static inline void
html_put_url_z(struct html *h, const char *z)
{
	html_url(h, str_of(z));
}
static inline void
html_put_path_z(struct html *h, const char *z)
{
	html_url_path(h, str_of(z));
}
static inline void
html_put_query_z(struct html *h, const char *z)
{
	html_url_query(h, str_of(z));
}
