/* bundle_case.h - bundles for tests: written from texts, imported, exported, compared. On each engine, see db_case.h. */
#pragma once
/* cmocka.h wants these first */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "db_case.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <zip.h>

#include "exchange/bundle.h"
#include "model/save.h"

static const int64_t case_epoch_ms = 1750000000000; /* June 2025 */

/* A path inside the test's folder. */
static inline const char *
case_path(struct db_case *t, const char *name)
{
	return str_format(&t->arena, "%s/%s", t->folder, name).s;
}

static inline void
put_file(const char *folder, const char *name, str content)
{
	char path[4200];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	f = fopen(path, "w");
	if (f == NULL)
		fail_msg("%s: %s", path, strerror(errno));
	if (content.len > 0)
		assert_int_equal(fwrite(content.s, 1, content.len, f), content.len);
	assert_int_equal(fclose(f), 0);
}

/* The whole of a file; absent when there is none. */
static inline str
get_file(struct arena *a, const char *path)
{
	struct buf b = { 0 };
	char piece[4096];
	FILE *f = fopen(path, "r");
	size_t n;
	str out;

	if (f == NULL)
		return (str){ 0 };
	while ((n = fread(piece, 1, sizeof piece, f)) > 0)
		buf_add(&b, (str){ piece, n });
	fclose(f);
	out = str_dup(a, buf_str(&b));
	buf_release(&b);
	return out;
}

static inline void
remove_tree(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;

	while (dir != NULL && (entry = readdir(dir)) != NULL) {
		char inner[4200];

		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
		if (unlink(inner) != 0)
			remove_tree(inner);
	}
	if (dir != NULL)
		closedir(dir);
	rmdir(path);
}

/* An empty folder of this name. */
static inline const char *
case_folder(struct db_case *t, const char *name)
{
	const char *path = case_path(t, name);

	remove_tree(path);
	assert_int_equal(mkdir(path, 0700), 0);
	return path;
}

/* Name and content of each file, alternately, up to NULL. */
static inline const char *
case_bundle(struct db_case *t, const char *name, const char *const *files)
{
	const char *path = case_folder(t, name);

	for (size_t i = 0; files[i] != NULL; i += 2)
		put_file(path, files[i], str_of(files[i + 1]));
	return path;
}

struct outcome {
	const struct err *err;
	struct problems got;
	struct import_report report;
};

static inline struct outcome
case_import_with(struct db_case *t, const char *path, const struct import_options *with)
{
	static int64_t later;
	struct import_options o = *with;
	struct outcome r;

	o.at = S("2025-06-15T12:00:00.000Z");
	o.actor = S("tester");
	o.cause = S("import");
	if (o.now_ms == 0)
		o.now_ms = case_epoch_ms + later++;
	problems_init(&r.got, &t->arena);
	r.err = bundle_import(t->db, &t->arena, path, &o, &r.got.sink, &r.report);
	return r;
}

static inline struct outcome
case_import(struct db_case *t, const char *path)
{
	return case_import_with(t, path, &(struct import_options){ 0 });
}

/* What people would read in a fault, on one line: control characters as \n, \r, \t, \xHH. */
static inline void
add_escaped(struct buf *to, str s)
{
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.s[i];

		if (c == '\n')
			buf_add(to, S("\\n"));
		else if (c == '\r')
			buf_add(to, S("\\r"));
		else if (c == '\t')
			buf_add(to, S("\\t"));
		else if (c < ' ' || c == 0x7f)
			buf_format(to, "\\x%02X", c);
		else
			buf_char(to, (char)c);
	}
}

/* A line for each: "people.csv:3: sex: femme"; what is not known is left out from the right. */
static inline str
problem_lines(struct arena *a, const struct problems *all, enum problem_level level)
{
	struct buf b = { 0 };
	str out;

	for (size_t i = 0; i < all->n; i++) {
		const struct problem *p = &all->v[i];

		if (p->level != level)
			continue;
		add_escaped(&b, p->file);
		if (p->line > 0)
			buf_format(&b, ":%lld", (long long)p->line);
		if (p->column.len > 0) {
			buf_add(&b, S(": "));
			add_escaped(&b, p->column);
		}
		if (p->value.len > 0) {
			buf_add(&b, S(": "));
			add_escaped(&b, p->value);
		}
		buf_char(&b, '\n');
	}
	out = str_dup(a, buf_str(&b));
	buf_release(&b);
	return out;
}

static inline void
print_problems(const struct problems *all)
{
	for (size_t i = 0; i < all->n; i++)
		print_error("%s%.*s:%lld: %.*s: %.*s: expected %.*s\n",
		    all->v[i].level == PROBLEM_FAULT ? "" : "warning: ", STR_ARG(all->v[i].file), (long long)all->v[i].line,
		    STR_ARG(all->v[i].column), STR_ARG(all->v[i].value), STR_ARG(all->v[i].expected));
}

/* Without fault or refusal. */
static inline struct import_report
case_imported(struct db_case *t, const char *path)
{
	struct outcome r = case_import(t, path);

	ok(r.err);
	if (r.got.sink.faults > 0) {
		print_problems(&r.got);
		fail_msg("%zu faults in %s", r.got.sink.faults, path);
	}
	return r.report;
}

/* Exported into a new folder or zip; gives its path. */
static inline const char *
case_exported(struct db_case *t, const char *name)
{
	const char *path = case_path(t, name);
	int64_t rows;

	remove_tree(path);
	unlink(path);
	ok(bundle_export(t->db, &t->arena, path, &(struct export_options){ 0 }, &rows));
	return path;
}

static inline int64_t
case_journal_rows(struct db *db)
{
	static const struct sql count = { "count_journal", "select count(*) from journal", NULL };

	return case_int(db, &count);
}

/* Both folders hold the same files with the same bytes. */
static inline void
assert_same_folders(struct db_case *t, const char *a, const char *b)
{
	for (size_t i = 0; i < ENTITY_COUNT; i++) {
		str x = get_file(&t->arena, str_format(&t->arena, "%s/%s.csv", a, entities[i].name).s);
		str y = get_file(&t->arena, str_format(&t->arena, "%s/%s.csv", b, entities[i].name).s);

		if ((x.s == NULL) != (y.s == NULL) || !str_eq(x, y))
			fail_msg("%s.csv differs:\n%.*s\n---\n%.*s", entities[i].name, STR_ARG(x), STR_ARG(y));
	}
}

/* The folder of the source, where tests/cases and data are. */
static inline const char *
source_path(struct db_case *t, const char *name)
{
	const char *source = getenv("JALON_SOURCE");

	return str_format(&t->arena, "%s/%s", source == NULL ? "." : source, name).s;
}
