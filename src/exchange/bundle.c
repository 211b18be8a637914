/* bundle.c - the files of a bundle, in a folder or in a zip */
#include "exchange/bundle.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "exchange/libzip.h"

/* A zip may not promise more than this when expanded, nor pack more than this many bytes into one: such archives are made
 * to fill a disk. Real bundles pack 5 to 20 bytes into one. */
static const int64_t expanded_max = INT64_C(16) << 30;
static const int64_t ratio_max = 200, ratio_free = INT64_C(1) << 26;

struct bundle {
	struct arena *arena;
	const char *path;
	int folder; /* descriptor, or -1 */
	zip_t *zip;
	bool has[ENTITY_COUNT], refused[ENTITY_COUNT];
	zip_uint64_t member[ENTITY_COUNT];
	int64_t size[ENTITY_COUNT];
	int64_t bytes, done;
	str text[ENTITY_COUNT]; /* in memory, when it is neither folder nor zip */
};

struct bundle_file { /* one open file; several may be */
	struct csv_source source;
	struct bundle *bundle;
	const char *name;
	int file;
	zip_file_t *packed;
	int64_t left; /* of the size that the zip promised */
	str text;     /* what is left of it, in memory */
};

/* The entity whose file has this name, or NULL. */
static const struct entity *
entity_of_file(str name)
{
	if (!str_ends(name, S(".csv")))
		return NULL;
	name.len -= 4;
	return entity_in_bundle(name);
}

static void
refuse(struct bundle *b, struct problem_sink *sink, str name, const char *expected)
{
	const struct entity *e = entity_of_file(name);

	if (e != NULL)
		b->refused[entity_number_of(e)] = true;
	problem_add(sink,
	    &(struct problem){ .level = PROBLEM_FAULT, .file = str_utf8(name) ? name : S("?"), .expected = str_of(expected) });
}

static void
add_file(struct bundle *b, struct problem_sink *sink, str name, int64_t size, zip_uint64_t member)
{
	const struct entity *e = entity_of_file(name);
	size_t at;

	if (e == NULL) {
		refuse(b, sink, name, tr("a file of the format: the name is unknown (a zip holds its files at the root)"));
		return;
	}
	at = entity_number_of(e);
	if (b->has[at]) {
		refuse(b, sink, name, tr("one file of this name: there are two"));
		return;
	}
	b->has[at] = true;
	b->member[at] = member;
	b->size[at] = size;
	b->bytes += size;
}

static int
visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.'; /* the folder itself, and what file managers leave behind */
}

/* A link is not followed: a folder from somebody else must not make us read a file of ours. */
static const struct err *
open_folder(struct bundle *b, struct problem_sink *sink)
{
	struct dirent **entries;
	int n = scandirat(b->folder, ".", &entries, visible, alphasort);

	if (n < 0)
		return err_system(b->arena, errno, str_format(b->arena, tr("The folder %s cannot be read."), b->path).s);
	for (int i = 0; i < n; i++) {
		str name = str_of(entries[i]->d_name);
		struct stat st;

		if (fstatat(b->folder, entries[i]->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(st.st_mode))
			refuse(b, sink, name, tr("plain files only: no folder, no link"));
		else
			add_file(b, sink, name, st.st_size, 0);
		free(entries[i]);
	}
	free(entries);
	return NULL;
}

static void
add_member(struct bundle *b, struct problem_sink *sink, const zip_stat_t *st, zip_uint64_t i)
{
	str name = str_of(st->name);

	if (st->encryption_method != ZIP_EM_NONE)
		refuse(b, sink, name, tr("a file without password"));
	else if ((int64_t)st->size > ratio_free && (int64_t)(st->size / (st->comp_size + 1)) > ratio_max)
		refuse(b, sink, name, tr("a file of a reasonable size: it expands beyond measure"));
	else
		add_file(b, sink, name, (int64_t)st->size, i);
}

static const struct err *
open_zip(struct bundle *b, struct problem_sink *sink)
{
	int code = 0;
	const struct err *refused = libzip_load(b->arena);
	zip_int64_t n;

	if (refused != NULL)
		return refused;
	b->zip = zip_open(b->path, ZIP_RDONLY | ZIP_CHECKCONS, &code);
	if (b->zip == NULL && code == ZIP_ER_EXISTS)
		return err_format(b->arena, ERR_INPUT, NULL, tr("%s holds two files of the same name."), b->path);
	if (b->zip == NULL) {
		zip_error_t ze;
		const struct err *e;

		zip_error_init_with_code(&ze, code);
		e = err_new(b->arena, zip_error_system_type(&ze) == ZIP_ET_SYS ? ERR_WORLD : ERR_INPUT,
		    str_format(b->arena, tr("%s is not a zip file that can be read."), b->path).s, zip_error_strerror(&ze),
		    tr("Give a folder of CSV files, or a .zip of it."));
		zip_error_fini(&ze);
		return e;
	}
	n = zip_get_num_entries(b->zip, 0);
	for (zip_int64_t i = 0; i < n; i++) {
		const zip_uint64_t wanted = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_ENCRYPTION_METHOD;
		zip_stat_t st;

		if (zip_stat_index(b->zip, (zip_uint64_t)i, 0, &st) != 0 || (st.valid & wanted) != wanted ||
		    st.size > INT64_MAX / 64)
			return err_format(b->arena, ERR_INPUT, NULL, tr("%s is not a zip file that can be read."), b->path);
		add_member(b, sink, &st, (zip_uint64_t)i);
		if (b->bytes > expanded_max)
			return err_format(b->arena, ERR_INPUT, NULL, tr("%s expands beyond 16 GiB."), b->path);
	}
	return NULL;
}

static int64_t
read_text(struct csv_source *from, void *to, size_t size, const struct err **err)
{
	struct bundle_file *f = (struct bundle_file *)from;
	size_t n = f->text.len < size ? f->text.len : size;

	(void)err;
	if (n > 0)
		memcpy(to, f->text.s, n);
	f->text = (str){ f->text.s + n, f->text.len - n };
	f->bundle->done += (int64_t)n;
	return (int64_t)n;
}

static int64_t
read_file(struct csv_source *from, void *to, size_t size, const struct err **err)
{
	struct bundle_file *f = (struct bundle_file *)from;
	struct arena *a = f->bundle->arena;
	int64_t got = f->packed != NULL ? zip_fread(f->packed, to, size) : read(f->file, to, size);

	f->left -= got;
	if (got >= 0 && (f->packed == NULL || f->left >= 0)) {
		f->bundle->done += got;
		return got;
	}
	*err = f->packed == NULL ? err_system(a, errno, str_format(a, tr("%s cannot be read."), f->name).s)
				 : err_new(a, ERR_INPUT, str_format(a, tr("%s in %s is damaged."), f->name, f->bundle->path).s,
				       got >= 0 ? tr("it is larger than it says") : zip_file_strerror(f->packed),
				       tr("Make the zip file again."));
	return -1;
}

const struct err *
bundle_open(struct arena *a, const char *path, struct problem_sink *sink, struct bundle **out)
{
	struct bundle *b = ARENA_NEW(a, struct bundle);
	const struct err *e;
	struct stat st;

	*out = NULL;
	b->arena = a;
	b->path = path;
	b->folder = -1;
	if (stat(path, &st) != 0)
		return err_system(a, errno, str_format(a, tr("The bundle %s cannot be read."), path).s);
	if (S_ISDIR(st.st_mode)) {
		b->folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		e = b->folder < 0 ? err_system(a, errno, str_format(a, tr("The folder %s cannot be read."), path).s)
				  : open_folder(b, sink);
	} else if (!S_ISREG(st.st_mode)) {
		e = err_format(a, ERR_INPUT, tr("Give a folder of CSV files, or a .zip of it."),
		    tr("%s is not a zip file that can be read."), path);
	} else {
		e = open_zip(b, sink);
	}
	if (e != NULL)
		bundle_close(b);
	else
		*out = b;
	return e;
}

struct bundle *
bundle_of_texts(struct arena *a, const str texts[ENTITY_COUNT])
{
	struct bundle *b = ARENA_NEW(a, struct bundle);

	b->arena = a;
	b->path = "";
	b->folder = -1;
	for (size_t i = 0; i < ENTITY_COUNT; i++) {
		b->text[i] = texts[i];
		b->has[i] = texts[i].s != NULL;
		b->size[i] = (int64_t)texts[i].len;
		b->bytes += b->size[i];
	}
	return b;
}

bool
bundle_has(const struct bundle *b, const struct entity *e)
{
	return b->has[entity_number_of(e)];
}

bool
bundle_refused(const struct bundle *b, const struct entity *e)
{
	return b->refused[entity_number_of(e)];
}

int64_t
bundle_bytes(const struct bundle *b)
{
	return b->bytes;
}

int64_t
bundle_done(const struct bundle *b)
{
	return b->done;
}

const struct err *
bundle_file(struct bundle *b, const struct entity *e, struct csv_source **out)
{
	struct bundle_file *f = ARENA_NEW(b->arena, struct bundle_file);

	*f = (struct bundle_file){ .source.read = read_file, .bundle = b, .file = -1, .left = b->size[entity_number_of(e)] };
	f->name = str_format(b->arena, "%s.csv", e->name).s;
	*out = &f->source;
	if (b->zip == NULL && b->folder < 0) {
		f->source.read = read_text;
		f->text = b->text[entity_number_of(e)];
		return NULL;
	}
	if (b->zip != NULL) {
		f->packed = zip_fopen_index(b->zip, b->member[entity_number_of(e)], 0);
		return f->packed != NULL
			   ? NULL
			   : err_new(b->arena, ERR_INPUT, str_format(b->arena, tr("%s in %s is damaged."), f->name, b->path).s,
				 zip_strerror(b->zip), NULL);
	}
	f->file = openat(b->folder, f->name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	return f->file >= 0 ? NULL : err_system(b->arena, errno, str_format(b->arena, tr("%s cannot be read."), f->name).s);
}

void
bundle_file_close(struct csv_source *source)
{
	struct bundle_file *f = (struct bundle_file *)source;

	if (f->packed != NULL)
		zip_fclose(f->packed);
	if (f->file >= 0)
		close(f->file);
}

void
bundle_close(struct bundle *b)
{
	if (b == NULL)
		return;
	if (b->zip != NULL)
		zip_discard(b->zip);
	if (b->folder >= 0)
		close(b->folder);
	b->zip = NULL;
	b->folder = -1;
}
