/* text_case.h - cases written as text, so that whoever knows the format can add one without programming (tests/cases/).
 *
 *     # a remark
 *     == A sentence: what is shown
 *     @ people.csv
 *     ref,family_name
 *     p1,Noori
 *     @ faults
 *     people.csv:2: ref: p1
 *
 * A part begins with "@ NAME" and goes on to the next line that begins with "@ " or "== "; blank lines at its end do not
 * count. After the name may stand: escaped (\n \r \t \\ \xHH are what they are in C), crlf (lines end with CR and LF),
 * unended (the last line has no newline). Parts before the first title belong to every case of the file. */
#pragma once
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"

struct text_part {
	str name, more, content; /* more: what stands after the name */
	int line;
};
struct text_case {
	const char *file;
	int line;
	str title;
	struct text_part parts[32];
	size_t n;
};
struct text_cases {
	struct arena arena;
	struct text_case *v;
	size_t n, cap;
};

static inline void
unescape(struct buf *to, str s)
{
	for (size_t i = 0; i < s.len; i++) {
		const char *at = i + 1 < s.len && s.s[i] == '\\' ? strchr("n\nr\rt\t\\\\", s.s[i + 1]) : NULL;

		if (at != NULL) {
			buf_char(to, at[1]);
			i++;
		} else if (s.len - i >= 4 && s.s[i] == '\\' && s.s[i + 1] == 'x') {
			buf_char(to, (char)strtol(((char[]){ s.s[i + 2], s.s[i + 3], '\0' }), NULL, 16));
			i += 3;
		} else {
			buf_char(to, s.s[i]);
		}
	}
}

/* The lines of a part as the bytes that they stand for. */
static inline str
text_content(struct arena *a, str lines, str flags)
{
	bool escaped = strstr(str_z(a, flags), "escaped") != NULL, crlf = strstr(str_z(a, flags), "crlf") != NULL;
	bool unended = strstr(str_z(a, flags), "unended") != NULL;
	struct buf b = { 0 };
	str rest, out;

	while (lines.len > 0 && lines.s[lines.len - 1] == '\n')
		lines.len--;
	rest = lines;
	while (rest.s != NULL && lines.len > 0) {
		str line = str_cut(rest, '\n', &rest);

		if (escaped)
			unescape(&b, line);
		else
			buf_add(&b, line);
		if (rest.s != NULL || !unended)
			buf_add(&b, crlf ? S("\r\n") : S("\n"));
	}
	out = str_dup(a, buf_str(&b));
	buf_release(&b);
	return out;
}

static inline struct text_case *
text_add(struct text_cases *all)
{
	if (all->n == all->cap) {
		struct text_case *v;

		all->cap = all->cap == 0 ? 64 : all->cap * 2;
		v = ARENA_ARRAY(&all->arena, all->cap, struct text_case);
		if (all->n > 0)
			memcpy(v, all->v, all->n * sizeof *v);
		all->v = v;
	}
	all->v[all->n] = (struct text_case){ 0 };
	return &all->v[all->n++];
}

static inline void
text_file(struct text_cases *all, const char *path, const char *name)
{
	struct text_case shared = { 0 }, *c = &shared;
	struct buf b = { 0 };
	char piece[4096];
	FILE *f = fopen(path, "r");
	size_t n;
	int line = 0;
	str rest, from = { 0 };

	if (f == NULL)
		return;
	while ((n = fread(piece, 1, sizeof piece, f)) > 0)
		buf_add(&b, (str){ piece, n });
	fclose(f);
	rest = str_dup(&all->arena, buf_str(&b));
	buf_release(&b);
	for (bool open = false;;) {
		str l = rest.s == NULL ? (str){ 0 } : str_cut(rest, '\n', &rest);
		bool part = str_starts(l, S("@ ")), title = str_starts(l, S("== ")), end = l.s == NULL;

		line++;
		if ((part || title || end) && open) {
			size_t len = end ? (size_t)(from.len) : (size_t)(l.s - from.s);

			c->parts[c->n - 1].content = text_content(&all->arena, (str){ from.s, len }, c->parts[c->n - 1].more);
			open = false;
		}
		if (end)
			break;
		if (title) {
			c = text_add(all);
			*c = shared;
			c->file = str_format(&all->arena, "%s", name).s;
			c->line = line;
			c->title = str_trim((str){ l.s + 3, l.len - 3 });
		}
		if (part && c->n < sizeof c->parts / sizeof *c->parts) {
			str words = str_trim((str){ l.s + 2, l.len - 2 }), more, word = str_cut(words, ' ', &more);

			c->parts[c->n++] = (struct text_part){ .name = word, .more = more, .line = line };
			from = rest.s == NULL ? (str){ l.s + l.len, 0 } : rest;
			open = true;
		}
	}
}

static inline int
text_ends_txt(const struct dirent *entry)
{
	return str_ends(str_of(entry->d_name), S(".txt"));
}

/* Every case of every .txt file of a folder of the source, in order. */
static inline void
text_read(struct text_cases *all, const char *folder)
{
	const char *source = getenv("JALON_SOURCE");
	const char *path = str_format(&all->arena, "%s/%s", source == NULL ? "." : source, folder).s;
	struct dirent **entries;
	int n = scandir(path, &entries, text_ends_txt, alphasort);

	for (int i = 0; i < n; i++) {
		text_file(all, str_format(&all->arena, "%s/%s", path, entries[i]->d_name).s, entries[i]->d_name);
		free(entries[i]);
	}
	if (n >= 0)
		free(entries);
}
