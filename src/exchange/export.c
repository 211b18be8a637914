/* export.c - every record of a territory as a bundle: in order, so that the same records give the same bytes */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "exchange/bundle.h"
#include "exchange/libzip.h"
#include "model/roll.h"
#include "model/save.h"

struct exporting {
	struct db *db;
	struct arena *arena;
	const struct export_options *options;
	int64_t keeper, rows;
	const char *path, *folder; /* where it goes, and where the files are made */
	bool exists, swap;         /* there is a folder at path; it can be changed for the new one in one step */
	bool written[ENTITY_COUNT];
};

static const struct err *
unwritable(struct exporting *ex, int error, const char *path)
{
	return err_system(ex->arena, error != 0 ? error : EIO, str_format(ex->arena, tr("%s cannot be written."), path).s);
}

static const char *
file_name(struct exporting *ex, const char *folder, const struct entity *e)
{
	return str_format(ex->arena, "%s/%s.csv", folder, e->name).s;
}

/* Columns that are written only when some record has a value. */
static const struct err *
used_columns(struct exporting *ex, const struct entity *e, bool *used)
{
	const struct err *err;
	struct db_rows rows;
	bool optional = false;
	void *record;

	for (size_t i = 0; i < e->n; i++) {
		used[i] = !e->fields[i].optional_column && !e->fields[i].stays;
		optional |= e->fields[i].optional_column;
	}
	if (!optional)
		return NULL;
	if ((err = entity_stream(ex->db, ex->keeper, e, &rows)) != NULL)
		return err;
	record = arena_alloc(ex->arena, e->size);
	while (db_next(&rows)) {
		entity_row(e, &rows, record, NULL);
		for (size_t i = 0; i < e->n; i++)
			used[i] |= e->fields[i].optional_column && !field_absent(&e->fields[i], record);
	}
	return db_done(&rows);
}

static void
write_row(const struct entity *e, const void *record, const str *links, const bool *used, struct buf *cell, struct buf *out)
{
	bool first = true;

	for (size_t i = 0; i < e->n; i++) {
		const struct field *f = &e->fields[i];

		buf_clear(cell);
		if (f->kind == KIND_LINK)
			buf_add(cell, *links++);
		else
			field_write(f, record, cell);
		if (!used[i])
			continue;
		csv_cell(out, buf_str(cell), first);
		first = false;
	}
	buf_char(out, '\n');
}

static void
write_header(const struct entity *e, const bool *used, struct buf *out)
{
	bool first = true;

	for (size_t i = 0; i < e->n; i++) {
		if (used[i])
			csv_cell(out, str_of(e->fields[i].csv), first);
		first &= !used[i];
	}
	buf_char(out, '\n');
}

static const struct err *
open_file(struct exporting *ex, const struct entity *e, struct buf *out)
{
	const char *path = file_name(ex, ex->folder, e);
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600); /* it names people */

	if (fd < 0)
		return unwritable(ex, errno, path);
	out->file = fdopen(fd, "w");
	if (out->file == NULL)
		bug_oom(sizeof *out->file);
	return NULL;
}

static const struct err *
close_file(struct exporting *ex, const struct entity *e, struct buf *out)
{
	if (buf_flush(out) && fsync(fileno(out->file)) != 0)
		out->error = errno;
	if (fclose(out->file) != 0 && out->error == 0)
		out->error = errno;
	return out->error != 0 || out->failed ? unwritable(ex, out->error, file_name(ex, ex->folder, e)) : NULL;
}

/* A file without rows is left out: it is made with the first one. */
static const struct err *
add_row(struct exporting *ex, const struct entity *e, const void *record, const str *links, const bool *used, struct buf *cell,
    struct buf *out)
{
	const struct err *err;

	if (out->file == NULL) {
		if ((err = open_file(ex, e, out)) != NULL)
			return err;
		write_header(e, used, out);
	}
	write_row(e, record, links, used, cell, out);
	if (++ex->rows % 4096 == 0 && ex->options->progress != NULL)
		ex->options->progress(ex->options->progress_to, ex->rows, 0);
	return NULL;
}

static const struct err *
write_rows(struct exporting *ex, const struct entity *e, const bool *used, struct buf *out)
{
	void *record = arena_alloc(ex->arena, e->size);
	const struct err *err, *done;
	struct buf cell = { 0 };
	struct db_rows rows;
	str links[8];

	if ((err = entity_stream(ex->db, ex->keeper, e, &rows)) != NULL)
		return err;
	while (err == NULL && !out->failed && db_next(&rows)) {
		entity_row(e, &rows, record, links);
		err = add_row(ex, e, record, links, used, &cell, out);
	}
	buf_release(&cell);
	done = db_done(&rows);
	return err != NULL ? err : done;
}

static const struct err *
write_rolls(struct exporting *ex, const struct entity *e, const bool *used, struct buf *out)
{
	struct rolls *all = rolls_open(ex->db, ex->keeper, e);
	void *line = arena_alloc(ex->arena, e->size);
	const struct err *err;
	struct buf cell = { 0 };
	bool found;
	str refs[2];

	while ((err = rolls_next(all, line, refs, &found)) == NULL && found && !out->failed) {
		if ((err = add_row(ex, e, line, refs, used, &cell, out)) != NULL)
			break;
	}
	buf_release(&cell);
	rolls_close(all);
	return err;
}

static const struct err *
write_file(struct exporting *ex, const struct entity *e)
{
	bool used[64];
	struct buf out = { 0 };
	const struct err *err, *closed = NULL;

	if (e->inner)
		return NULL;
	if ((err = used_columns(ex, e, used)) == NULL)
		err = e->linked ? write_rolls(ex, e, used, &out) : write_rows(ex, e, used, &out);
	if (out.file != NULL) {
		ex->written[entity_number_of(e)] = true;
		closed = close_file(ex, e, &out);
	}
	buf_release(&out);
	return err != NULL ? err : closed;
}

static const struct err *
write_files(struct exporting *ex)
{
	const struct err *err = NULL;

	for (size_t i = 0; i < ENTITY_COUNT && err == NULL; i++)
		err = write_file(ex, &entities[i]);
	return err;
}

static void
remove_files(struct exporting *ex)
{
	for (size_t i = 0; i < ENTITY_COUNT; i++)
		unlink(file_name(ex, ex->folder, &entities[i]));
	unlink(str_format(ex->arena, "%s/packed", ex->folder).s);
	rmdir(ex->folder);
}

/* ---- a zip ---- */

static bool
add_member(struct exporting *ex, zip_t *zip, const struct entity *e)
{
	zip_source_t *source = zip_source_file(zip, file_name(ex, ex->folder, e), 0, -1);
	zip_int64_t at =
	    source == NULL ? -1 : zip_file_add(zip, str_format(ex->arena, "%s.csv", e->name).s, source, ZIP_FL_ENC_UTF_8);

	if (at < 0)
		zip_source_free(source);
	/* A fixed date in every member: the same records make the same archive. */
	return at >= 0 && zip_file_set_dostime(zip, (zip_uint64_t)at, 0, 0x21, 0) == 0;
}

static const struct err *
pack_members(struct exporting *ex, const char *path)
{
	int code = 0;
	zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_EXCL, &code);
	bool ok = zip != NULL;
	const struct err *err;

	if (zip == NULL)
		return unwritable(ex, errno, ex->path);
	for (size_t i = 0; i < ENTITY_COUNT && ok; i++)
		ok = !ex->written[i] || add_member(ex, zip, &entities[i]);
	if (ok && zip_close(zip) == 0)
		return NULL;
	err = zip_error_system_type(zip_get_error(zip)) == ZIP_ET_SYS
		  ? unwritable(ex, zip_error_code_system(zip_get_error(zip)), ex->path)
		  : err_new(ex->arena, ERR_WORLD, str_format(ex->arena, tr("%s cannot be written."), ex->path).s,
			zip_strerror(zip), NULL);
	zip_discard(zip);
	return err;
}

/* It names people: nobody else reads it. By its descriptor: a confined process may not change a file by its name. */
static const struct err *
to_disk(struct exporting *ex, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	const struct err *err = fd >= 0 && fchmod(fd, 0600) == 0 && fsync(fd) == 0 ? NULL : unwritable(ex, errno, ex->path);

	if (fd >= 0)
		close(fd);
	return err;
}

static const struct err *
pack(struct exporting *ex)
{
	const char *packed = str_format(ex->arena, "%s/packed", ex->folder).s;
	const struct err *err = pack_members(ex, packed);

	if (err != NULL || (err = to_disk(ex, packed)) != NULL)
		return err;
	if (rename(packed, ex->path) != 0)
		return unwritable(ex, errno, ex->path);
	return NULL;
}

/* An earlier export may be written over; a file of somebody else's may not. */
static const struct err *
check_zip(struct exporting *ex)
{
	struct problem_sink silent = problem_silence();
	struct bundle *b = NULL;
	const struct err *err = libzip_load(ex->arena); /* before the long work */
	struct stat st;
	bool ours;

	if (err != NULL || lstat(ex->path, &st) != 0)
		return err;
	ours = S_ISREG(st.st_mode) && bundle_open(ex->arena, ex->path, &silent, &b) == NULL && silent.faults == 0;
	bundle_close(b);
	return ours ? NULL
		    : err_format(ex->arena, ERR_INPUT, tr("Give a new name, or that of an earlier export."),
			  tr("%s is there already, and is no earlier export."), ex->path);
}

/* ---- a folder ---- */

/* The folder may hold an earlier export, and nothing else that can be seen. */
static const struct err *
check_folder(struct exporting *ex)
{
	const struct err *err = NULL;
	struct dirent *entry;
	struct statx st = { 0 };
	DIR *dir;

	if (statx(AT_FDCWD, ex->path, AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS, &st) != 0 && errno == ENOENT)
		return NULL;
	ex->exists = true;
	ex->swap = S_ISDIR(st.stx_mode) && st.stx_uid == geteuid() && (st.stx_attributes & STATX_ATTR_MOUNT_ROOT) == 0 &&
		   faccessat(AT_FDCWD, ex->path, W_OK, AT_EACCESS) == 0;
	if ((dir = opendir(ex->path)) == NULL)
		return err_system(ex->arena, errno, str_format(ex->arena, tr("The folder %s cannot be written."), ex->path).s);
	while (err == NULL && (entry = readdir(dir)) != NULL) {
		str name = str_of(entry->d_name);
		bool ours = str_ends(name, S(".csv")) && entity_in_bundle((str){ name.s, name.len - 4 }) != NULL;

		if (!ours && name.s[0] != '.')
			err =
			    err_format(ex->arena, ERR_INPUT, tr("Give a new folder, or one that holds an earlier export alone."),
				tr("The folder %s holds something else: %s."), ex->path, entry->d_name);
		ex->swap &= ours || str_is(name, ".") || str_is(name, "..");
	}
	closedir(dir);
	return err;
}

/* File by file: where the folder itself cannot be changed for another (a mount point, a folder of somebody else). */
static const struct err *
move_files(struct exporting *ex)
{
	for (size_t i = 0; i < ENTITY_COUNT; i++) {
		const char *to = file_name(ex, ex->path, &entities[i]);

		if (entities[i].inner)
			continue;
		if (ex->written[i] ? rename(file_name(ex, ex->folder, &entities[i]), to) != 0
				   : unlink(to) != 0 && errno != ENOENT)
			return unwritable(ex, errno, to);
	}
	return NULL;
}

/* In one step, so that an interruption leaves either what was there or what is new, never some of both. */
static const struct err *
place(struct exporting *ex)
{
	struct stat st;

	if (!ex->exists)
		return rename(ex->folder, ex->path) == 0 ? NULL : unwritable(ex, errno, ex->path);
	if (ex->swap && stat(ex->path, &st) == 0 && chmod(ex->folder, st.st_mode & 07777) == 0 &&
	    renameat2(AT_FDCWD, ex->folder, AT_FDCWD, ex->path, RENAME_EXCHANGE) == 0)
		return NULL;
	return move_files(ex);
}

/* ---- both ---- */

static const struct err *
read_records(struct exporting *ex)
{
	const struct err *err = db_begin_read(ex->db);

	if (err != NULL)
		return err;
	err = keeper_find(ex->db, ex->arena, ex->options->territory, &ex->keeper);
	if (err == NULL)
		err = write_files(ex);
	return db_end(ex->db, err);
}

static const char *
without_slashes(struct arena *a, const char *path)
{
	str s = str_of(path);

	while (s.len > 1 && s.s[s.len - 1] == '/')
		s.len--;
	return str_z(a, s);
}

/* Beside the place where it goes, or inside it where it will be filled file by file. */
static const struct err *
make_folder(struct exporting *ex)
{
	char *folder = NULL;

	if (!ex->exists || ex->swap)
		folder = mkdtemp((char *)(uintptr_t)str_format(ex->arena, "%s.XXXXXX", ex->path).s);
	if (folder == NULL && ex->exists) {
		ex->swap = false;
		folder = mkdtemp((char *)(uintptr_t)str_format(ex->arena, "%s/.export-XXXXXX", ex->path).s);
	}
	ex->folder = folder;
	return folder != NULL
		   ? NULL
		   : err_system(ex->arena, errno, str_format(ex->arena, tr("A folder cannot be made beside %s."), ex->path).s);
}

/* The name itself, for a cut of power; what was written under it is on the disk already. */
static void
keep_name(struct exporting *ex)
{
	const char *slash = strrchr(ex->path, '/');
	int fd =
	    open(slash == NULL ? "." : str_format(ex->arena, "%.*s/", (int)(slash - ex->path), ex->path).s, O_RDONLY | O_CLOEXEC);

	if (fd >= 0) {
		(void)fsync(fd);
		close(fd);
	}
}

const struct err *
bundle_export(struct db *db, struct arena *a, const char *path, const struct export_options *options, int64_t *rows)
{
	struct exporting ex = { .db = db, .arena = a, .options = options, .path = without_slashes(a, path) };
	bool zip = str_ends(str_of(ex.path), S(".zip"));
	const struct err *err = zip ? check_zip(&ex) : check_folder(&ex);

	*rows = 0;
	if (err != NULL || (err = make_folder(&ex)) != NULL)
		return err;
	if ((err = read_records(&ex)) == NULL)
		err = zip ? pack(&ex) : place(&ex);
	keep_name(&ex);
	remove_files(&ex);
	*rows = ex.rows;
	return err;
}
