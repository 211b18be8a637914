/* str.h - a view of UTF-8 bytes that something else owns; never freed, passed by value */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct arena;
typedef struct str {
	const char *s;
	size_t len;
} str; /* s == NULL: absent (SQL NULL) */

#define S(lit) ((str){ "" lit, sizeof(lit) - 1 })
#define STR_ARG(v) (int)(v).len, (v).len > 0 ? (v).s : "" /* for "%.*s" */

/* Inline: they are called for every value of every page, mostly with a text whose length the compiler knows. */
static inline str
str_of(const char *z) /* NULL gives the absent str */
{
	return (str){ z, z == NULL ? 0 : strlen(z) };
}
static inline bool
str_eq(str a, str b) /* absent equals empty */
{
	return a.len == b.len && (a.len == 0 || memcmp(a.s, b.s, a.len) == 0);
}
static inline bool
str_is(str a, const char *z)
{
	return str_eq(a, str_of(z));
}
int str_cmp(str a, str b);               /* by bytes: the order of code points in UTF-8 */
int str_natural(str a, str b);           /* as people read: p2 before p10 */
str str_trim(str s);                     /* without ASCII blanks around it */
str str_cut(str s, char sep, str *rest); /* what precedes sep; rest: what follows, absent after the last part */
bool str_starts(str s, str prefix);
bool str_ends(str s, str suffix);
str str_dup(struct arena *a, str s);       /* absent stays absent */
const char *str_z(struct arena *a, str s); /* NUL-terminated copy, for libc only */
str str_format(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));

bool str_utf8(str s);                    /* valid UTF-8, without NUL, surrogates or overlong forms */
size_t str_point(str s, uint32_t *cp);   /* bytes of the code point that s begins with; 0: none, or not valid */
size_t str_width(str s);                 /* code points that take a column, for aligned tables; combining marks take none */
uint64_t str_hash(str s, uint64_t seed); /* keyed enough for tables in memory, not for secrets */

int str_hex(char c); /* the value of a hexadecimal digit, either case; -1: it is none */
/* An address begins with one of these four or with none: whatever else it may be (javascript:, data:) is not followed. */
bool str_is_scheme(str scheme); /* https, http, mailto, tel */

/* Whole numbers as the interchange writes them: digits alone, no sign but a leading '-', no useless zero. */
typedef struct number {
	int64_t value;
	bool ok;
} number;
number str_number(str s);
