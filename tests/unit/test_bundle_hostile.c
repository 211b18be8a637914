/* Bundles made to harm, or by accident: archives and folders that must be refused, and what a refusal leaves behind. */
#include "bundle_case.h"

#include <time.h>

/* ---- archives ---- */

struct member {
	const char *name;
	str content;
};

static const char *
make_zip(struct db_case *t, const char *name, const struct member *members, size_t n)
{
	const char *path = case_path(t, name);
	int code;
	zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code);

	assert_non_null(zip);
	for (size_t i = 0; i < n; i++) {
		zip_source_t *source = zip_source_buffer(zip, members[i].content.s, members[i].content.len, 0);

		if (members[i].name[strlen(members[i].name) - 1] == '/') {
			zip_source_free(source);
			assert_true(zip_dir_add(zip, members[i].name, ZIP_FL_ENC_UTF_8) >= 0);
		} else {
			assert_true(zip_file_add(zip, members[i].name, source, ZIP_FL_ENC_UTF_8) >= 0);
		}
	}
	assert_int_equal(zip_close(zip), 0);
	return path;
}
#define ZIP_OF(t, name, ...)                                      \
	make_zip(t, name, (const struct member[]){ __VA_ARGS__ }, \
	    sizeof((const struct member[]){ __VA_ARGS__ }) / sizeof(struct member))

/* Replaces bytes in a file wherever they stand; how often they did. */
static int
patch(struct db_case *t, const char *path, str from, str to)
{
	str content = get_file(&t->arena, path);
	char *s = (char *)(uintptr_t)content.s;
	FILE *f;
	int n = 0;

	assert_int_equal(from.len, to.len);
	for (size_t i = 0; i + from.len <= content.len; i++) {
		if (memcmp(s + i, from.s, from.len) != 0)
			continue;
		memcpy(s + i, to.s, to.len);
		n++;
	}
	f = fopen(path, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(s, 1, content.len, f), content.len);
	assert_int_equal(fclose(f), 0);
	return n;
}

static void
cut_short(const char *path, off_t size)
{
	assert_int_equal(truncate(path, size), 0);
}

/* Refused as a whole, as something that the user gave. */
static void
refused(struct db_case *t, const char *path)
{
	struct outcome r = case_import(t, path);

	if (r.err == NULL)
		fail_msg("%s was taken", path);
	assert_int_equal(r.err->kind, ERR_INPUT);
	assert_int_equal(case_journal_rows(t->db), 0);
}

static void
faults_are(struct db_case *t, const char *path, const char *wanted)
{
	struct outcome r = case_import(t, path);
	str got;

	ok(r.err);
	got = problem_lines(&t->arena, &r.got, PROBLEM_FAULT);
	if (!str_is(got, wanted)) {
		print_problems(&r.got);
		fail_msg("wanted:\n%s\ngot:\n%.*s", wanted, STR_ARG(got));
	}
	assert_int_equal(case_journal_rows(t->db), 0);
}

static const struct member people = { "people.csv", { "ref\np1\n", 7 } };
static const struct member trainees = { "trainees.csv", { "ref,volunteer\nt1,yes\n", 21 } };

static void
an_empty_zip_holds_nothing_of_the_format(void **state)
{
	static const char end[] = "PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
	struct db_case *t = case_of(state);

	case_open(t, DB_CREATE);
	put_file(t->folder, "empty.zip", (str){ end, 22 });
	refused(t, case_path(t, "empty.zip"));
}

static void
what_is_no_zip_is_refused(void **state)
{
	struct db_case *t = case_of(state);

	case_open(t, DB_CREATE);
	put_file(t->folder, "a.zip", S(""));
	refused(t, case_path(t, "a.zip"));
	put_file(t->folder, "a.zip", S("ref\np1\n"));
	refused(t, case_path(t, "a.zip"));
	put_file(t->folder, "people.csv", S("ref\np1\n"));
	refused(t, case_path(t, "people.csv")); /* a file of the bundle is not the bundle */
	put_file(t->folder, "a.zip", S("PK\3\4PK\1\2PK\5\6"));
	refused(t, case_path(t, "a.zip"));
	assert_int_equal(mkfifo(case_path(t, "fifo.zip"), 0600), 0);
	refused(t, case_path(t, "fifo.zip"));
	refused(t, "/dev/zero");
	refused(t, t->path); /* the database itself */
}

static void
what_is_not_there_is_told(void **state)
{
	struct db_case *t = case_of(state);
	struct outcome r;

	case_open(t, DB_CREATE);
	r = case_import(t, case_path(t, "none.zip"));
	assert_int_equal(r.err->kind, ERR_NOTFOUND);
	r = case_import(t, case_path(t, "test.db/people.csv"));
	assert_true(r.err->kind == ERR_NOTFOUND);
	r = case_import(t, case_folder(t, "empty"));
	assert_int_equal(r.err->kind, ERR_INPUT);
}

static void
a_zip_cut_anywhere_is_refused(void **state)
{
	struct db_case *t = case_of(state);
	const char *whole = ZIP_OF(t, "whole.zip", people, trainees), *cut;
	str bytes = get_file(&t->arena, whole);

	case_open(t, DB_CREATE);
	for (size_t n = 0; n < bytes.len; n++) {
		put_file(t->folder, "cut.zip", bytes);
		cut = case_path(t, "cut.zip");
		cut_short(cut, (off_t)n);
		refused(t, cut);
	}
	assert_int_equal(case_imported(t, whole).all.inserted, 2);
}

/* No byte of an archive may crash the reader; what still reads is imported or told. */
static void
a_zip_with_any_byte_changed_does_no_harm(void **state)
{
	struct db_case *t = case_of(state);
	const char *whole = ZIP_OF(t, "whole.zip", people, trainees);
	str bytes = get_file(&t->arena, whole);
	char *s = (char *)(uintptr_t)bytes.s;

	case_open(t, DB_CREATE);
	for (size_t n = 0; n < bytes.len; n++) {
		for (int flip = 0; flip < 3; flip++) {
			static const char masks[] = { 1, (char)0x80, (char)0xff };
			struct outcome r;

			s[n] ^= masks[flip];
			put_file(t->folder, "flip.zip", bytes);
			s[n] ^= masks[flip];
			r = case_import_with(t, case_path(t, "flip.zip"), &(struct import_options){ .dry_run = true });
			assert_true(r.err == NULL || r.err->kind == ERR_INPUT || r.err->kind == ERR_WORLD);
		}
	}
	assert_int_equal(case_journal_rows(t->db), 0);
}

static void
names_that_lead_elsewhere_are_told(void **state)
{
	struct db_case *t = case_of(state);

	case_open(t, DB_CREATE);
	faults_are(t,
	    ZIP_OF(t, "paths.zip", { "../people.csv", people.content }, { "bundle/people.csv", people.content },
		{ "/people.csv", people.content }, { "bundle/" }, { "..", people.content }, { "people.csv/", people.content },
		{ "C:\\people.csv", people.content }, { "people.csv ", people.content }, { "PEOPLE.CSV", people.content },
		{ ".csv", people.content }, trainees),
	    "../people.csv\nbundle/people.csv\n/people.csv\nbundle/\n..\npeople.csv/\nC:\\people.csv\npeople.csv \nPEOPLE.CSV\n.csv\n");
	assert_int_equal(access(case_path(t, "people.csv"), F_OK), -1);
}

static void
a_name_that_stands_twice_is_told(void **state)
{
	struct db_case *t = case_of(state);
	const char *path = ZIP_OF(t, "twice.zip", people, { "peopl2.csv", people.content });

	case_open(t, DB_CREATE);
	assert_int_equal(patch(t, path, S("peopl2.csv"), S("people.csv")), 2);
	refused(t, path);
}

static void
a_password_is_told(void **state)
{
	struct db_case *t = case_of(state);
	const char *path = ZIP_OF(t, "locked.zip", people, trainees);
	int code;
	zip_t *zip = zip_open(path, 0, &code);

	case_open(t, DB_CREATE);
	assert_non_null(zip);
	assert_int_equal(zip_file_set_encryption(zip, 0, ZIP_EM_AES_256, "secret"), 0);
	assert_int_equal(zip_close(zip), 0);
	faults_are(t, path, "people.csv\n");
}

/* What points into a file that was refused is not a fault of its own. */
static void
a_refused_file_is_one_fault(void **state)
{
	struct db_case *t = case_of(state);
	const char *path =
	    ZIP_OF(t, "locked.zip", people, { "statuses.csv", S("person_ref,status,since\np9,refugee,2021-01-01\n") });
	int code;
	zip_t *zip = zip_open(path, 0, &code);

	case_open(t, DB_CREATE);
	assert_non_null(zip);
	assert_int_equal(zip_file_set_encryption(zip, 0, ZIP_EM_AES_256, "secret"), 0);
	assert_int_equal(zip_close(zip), 0);
	faults_are(t, path, "people.csv\n");
}

static zip_int64_t
zeros(void *left, void *to, zip_uint64_t size, zip_source_cmd_t command)
{
	int64_t *n = left;

	switch (command) {
	case ZIP_SOURCE_READ:
		size = (int64_t)size > *n ? (zip_uint64_t)*n : size;
		memset(to, 0, size);
		*n -= (int64_t)size;
		return (zip_int64_t)size;
	case ZIP_SOURCE_STAT:
		zip_stat_init(to);
		return sizeof(zip_stat_t);
	case ZIP_SOURCE_ERROR:
		return zip_error_to_data(&(zip_error_t){ 0 }, to, size);
	case ZIP_SOURCE_SUPPORTS:
		return zip_source_make_command_bitmap(
		    ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, -1);
	default:
		return 0;
	}
}

static double
seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void
a_zip_that_expands_a_thousandfold_is_refused_at_once(void **state)
{
	struct db_case *t = case_of(state);
	const char *path = case_path(t, "bomb.zip");
	int64_t left = INT64_C(1) << 30;
	struct stat st;
	double start;
	int code;
	zip_t *zip = zip_open(path, ZIP_CREATE, &code);
	zip_int64_t at = zip_file_add(zip, "people.csv", zip_source_function(zip, zeros, &left), 0);

	assert_int_equal(at, 0);
	assert_int_equal(zip_set_file_compression(zip, 0, ZIP_CM_DEFLATE, 1), 0);
	assert_int_equal(zip_close(zip), 0);
	assert_int_equal(stat(path, &st), 0);
	assert_true(st.st_size < 10 << 20);
	case_open(t, DB_CREATE);
	start = seconds();
	faults_are(t, path, "people.csv\n");
	assert_true(seconds() - start < 1);
}

static str
little_endian(struct arena *a, uint32_t v)
{
	unsigned char b[4] = { v & 0xff, v >> 8 & 0xff, v >> 16 & 0xff, v >> 24 };

	return str_dup(a, (str){ (char *)b, 4 });
}

static void
a_member_larger_than_it_says_is_refused(void **state)
{
	struct db_case *t = case_of(state);
	struct buf b = { 0 };
	const char *path;
	uint32_t size;

	buf_add(&b, S("ref\n"));
	for (int i = 0; i < 100000; i++)
		buf_format(&b, "p%06d\n", i);
	size = (uint32_t)b.len;
	path = ZIP_OF(t, "liar.zip", { "people.csv", buf_str(&b) });
	case_open(t, DB_CREATE);
	assert_int_equal(patch(t, path, little_endian(&t->arena, size), little_endian(&t->arena, 1000)), 2);
	refused(t, path);
	buf_release(&b);
}

static void
a_member_that_is_damaged_is_refused(void **state)
{
	struct db_case *t = case_of(state);
	const char *path = ZIP_OF(t, "damaged.zip", people);

	case_open(t, DB_CREATE);
	assert_int_equal(patch(t, path, S("ref\np1\n"), S("ref\np2\n")), 1); /* stored: the sum no longer holds */
	refused(t, path);
}

static void
a_compression_that_nobody_knows_is_refused(void **state)
{
	struct db_case *t = case_of(state);
	struct buf b = { 0 };
	const char *path;

	buf_add(&b, S("ref\n"));
	buf_pad(&b, 'p', 60);
	path = ZIP_OF(t, "method.zip", { "people.csv", buf_str(&b) });
	case_open(t, DB_CREATE);
	/* The method stands after version and flags, in the local header and in the directory. */
	assert_int_equal(patch(t, path, S("\x14\0\x2\0\x8\0"), S("\x14\0\x2\0\x63\0")), 2);
	refused(t, path);
	buf_release(&b);
}

static void
names_that_would_command_a_terminal_stay_data(void **state)
{
	struct db_case *t = case_of(state);

	const char *path = ZIP_OF(t, "names.zip", { "E[31mpeople.csv", people.content }, { "a\nb.csv", people.content });

	case_open(t, DB_CREATE);
	assert_int_equal(patch(t, path, S("E[31m"), S("\x1b[31m")), 2);
	faults_are(t, path, "←[31mpeople.csv\na\\nb.csv\n");
}

static void
ten_thousand_members_are_told_without_harm(void **state)
{
	struct db_case *t = case_of(state);
	struct member *members = ARENA_ARRAY(&t->arena, 10000, struct member);
	struct outcome r;

	for (int i = 0; i < 10000; i++)
		members[i] = (struct member){ str_format(&t->arena, "%d.csv", i).s, people.content };
	case_open(t, DB_CREATE);
	r = case_import(t, make_zip(t, "many.zip", members, 10000));
	ok(r.err);
	assert_int_equal(r.got.sink.faults, 10000);
}

/* ---- folders ---- */

static void
links_folders_and_pipes_are_not_read(void **state)
{
	struct db_case *t = case_of(state);
	const char *folder = case_folder(t, "bundle");

	case_open(t, DB_CREATE);
	put_file(t->folder, "secret", S("ref\np1\n"));
	assert_int_equal(symlink(case_path(t, "secret"), case_path(t, "bundle/people.csv")), 0);
	assert_int_equal(symlink("nowhere", case_path(t, "bundle/payments.csv")), 0);
	assert_int_equal(mkdir(case_path(t, "bundle/sheets.csv"), 0700), 0);
	assert_int_equal(mkfifo(case_path(t, "bundle/trainees.csv"), 0600), 0);
	faults_are(t, folder, "payments.csv\npeople.csv\nsheets.csv\ntrainees.csv\n");
}

static void
a_folder_may_itself_be_reached_by_a_link(void **state)
{
	struct db_case *t = case_of(state);
	const char *const files[] = { "trainees.csv", "ref,volunteer\nt1,yes\n", NULL };

	case_open(t, DB_CREATE);
	case_bundle(t, "bundle", files);
	assert_int_equal(symlink("bundle", case_path(t, "link")), 0);
	assert_int_equal(case_imported(t, case_path(t, "link")).all.inserted, 1);
	assert_int_equal(case_imported(t, case_path(t, "link/")).all.unchanged, 1);
}

static void
what_file_managers_leave_behind_is_passed_over(void **state)
{
	struct db_case *t = case_of(state);
	const char *const files[] = { "trainees.csv", "ref,volunteer\nt1,yes\n", ".DS_Store", "x", ".~lock.trainees.csv#", "y",
		NULL };

	case_open(t, DB_CREATE);
	assert_int_equal(case_imported(t, case_bundle(t, "bundle", files)).all.inserted, 1);
}

static void
names_in_no_encoding_are_told_without_them(void **state)
{
	struct db_case *t = case_of(state);
	const char *const files[] = { "\xe9t\xe9.csv", "x", NULL };

	case_open(t, DB_CREATE);
	faults_are(t, case_bundle(t, "bundle", files), "?\n");
}

/* The superuser reads everything: these tests become somebody else for a moment. */
static bool
become(uid_t who)
{
	return geteuid() == who || seteuid(who) == 0;
}

static void
what_may_not_be_read_is_told(void **state)
{
	const char *const files[] = { "people.csv", "ref\np1\n", NULL };
	struct db_case *t = case_of(state);
	const char *folder = case_bundle(t, "bundle", files);
	uid_t me = geteuid(), other = me == 0 ? 65534 : me;
	struct outcome file, all;

	case_open(t, DB_CREATE);
	case_imported(t, folder);
	case_imported(t, folder); /* the key is known from now on, and need not be read */
	assert_int_equal(chmod(case_path(t, "."), 0755), 0);
	assert_int_equal(chmod(folder, 0755), 0);
	assert_int_equal(chmod(case_path(t, "bundle/people.csv"), 0), 0);
	assert_true(become(other));
	file = case_import(t, folder);
	assert_true(become(me));
	assert_int_equal(chmod(folder, 0), 0);
	assert_true(become(other));
	all = case_import(t, folder);
	assert_true(become(me));
	assert_int_equal(chmod(folder, 0700), 0);
	assert_int_equal(file.err->kind, ERR_WORLD);
	assert_non_null(strstr(file.err->what, "people.csv"));
	assert_int_equal(all.err->kind, ERR_WORLD);
	assert_non_null(all.err->hint);
}

/* ---- what an export must not break ---- */

static int
entries(const char *path)
{
	DIR *dir = opendir(path);
	int n = 0;

	assert_non_null(dir);
	while (readdir(dir) != NULL)
		n++;
	closedir(dir);
	return n - 2;
}

static struct db_case *
with_people(void **state)
{
	const char *const files[] = { "people.csv", "ref\np1\n", NULL };
	struct db_case *t = case_of(state);

	case_open(t, DB_CREATE);
	case_imported(t, case_bundle(t, "bundle", files));
	return t;
}

static const struct err *
export_to(struct db_case *t, const char *path)
{
	int64_t rows;

	return bundle_export(t->db, &t->arena, path, &(struct export_options){ 0 }, &rows);
}

static void
an_occupied_folder_is_left_as_it_was(void **state)
{
	struct db_case *t = with_people(state);
	const char *const files[] = { "people.csv", "ref\nold\n", "letter.odt", "x", NULL };
	const char *folder = case_bundle(t, "out", files);
	const struct err *e = export_to(t, folder);

	assert_int_equal(e->kind, ERR_INPUT);
	assert_non_null(strstr(e->what, "letter.odt"));
	assert_int_equal(entries(folder), 2);
	assert_true(str_is(get_file(&t->arena, case_path(t, "out/people.csv")), "ref\nold\n"));
}

static void
a_file_of_somebody_else_is_left_as_it_was(void **state)
{
	struct db_case *t = with_people(state);
	const char *photos = ZIP_OF(t, "photos.zip", { "beach.jpg", people.content }, people);
	str before = get_file(&t->arena, photos);

	put_file(t->folder, "text.zip", S("a letter"));
	assert_int_equal(symlink("photos.zip", case_path(t, "link.zip")), 0);
	assert_int_equal(export_to(t, photos)->kind, ERR_INPUT);
	assert_int_equal(export_to(t, case_path(t, "text.zip"))->kind, ERR_INPUT);
	assert_int_equal(export_to(t, case_path(t, "link.zip"))->kind, ERR_INPUT);
	assert_true(str_eq(before, get_file(&t->arena, photos)));
	assert_true(str_is(get_file(&t->arena, case_path(t, "text.zip")), "a letter"));
	ok(export_to(t, case_path(t, "new.zip")));
	ok(export_to(t, case_path(t, "new.zip")));
}

static void
an_earlier_export_is_replaced_whole(void **state)
{
	struct db_case *t = with_people(state);
	const char *const files[] = { "people.csv", "ref\nold\n", "trainees.csv", "ref,volunteer\nold,yes\n", NULL };
	const char *folder = case_bundle(t, "out", files);
	int before = entries(t->folder);
	struct stat st;

	assert_int_equal(chmod(folder, 0750), 0);
	ok(export_to(t, folder));
	assert_int_equal(entries(folder), 1);
	assert_non_null(get_file(&t->arena, case_path(t, "out/people.csv")).s);
	assert_int_equal(entries(t->folder), before);
	assert_int_equal(stat(folder, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0750); /* who may enter it is not for us to change */
}

static void
hidden_files_of_the_folder_stay(void **state)
{
	struct db_case *t = with_people(state);
	const char *const files[] = { ".gitignore", "*", "trainees.csv", "old", NULL };
	const char *folder = case_bundle(t, "out", files);

	ok(export_to(t, folder));
	assert_int_equal(entries(folder), 2);
	assert_true(str_is(get_file(&t->arena, case_path(t, "out/.gitignore")), "*"));
}

static void
a_folder_reached_by_a_link_or_a_slash_is_filled(void **state)
{
	struct db_case *t = with_people(state);

	case_folder(t, "real");
	assert_int_equal(symlink("real", case_path(t, "link")), 0);
	ok(export_to(t, case_path(t, "link")));
	assert_int_equal(entries(case_path(t, "real")), 1);
	ok(export_to(t, case_path(t, "slash///")));
	assert_int_equal(entries(case_path(t, "slash")), 1);
	ok(export_to(t, case_path(t, "slash/")));
	assert_int_equal(entries(case_path(t, "slash")), 1);
}

static void
the_files_are_for_their_owner_alone(void **state)
{
	struct db_case *t = with_people(state);
	mode_t mask = umask(0);
	struct stat st;

	ok(export_to(t, case_path(t, "out")));
	ok(export_to(t, case_path(t, "out.zip")));
	umask(mask);
	assert_int_equal(stat(case_path(t, "out"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	assert_int_equal(stat(case_path(t, "out/people.csv"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_equal(stat(case_path(t, "out.zip"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
}

static void
a_refused_export_leaves_nothing_beside(void **state)
{
	struct db_case *t = with_people(state);
	uid_t me = geteuid(), other = me == 0 ? 65534 : me;
	const char *closed = case_folder(t, "closed");
	const struct err *e[4];
	int before;

	case_folder(t, "dir.zip");
	put_file(t->folder, "file", S("x"));
	before = entries(t->folder);
	assert_non_null(export_to(t, case_path(t, "dir.zip"))); /* a folder of that name */
	assert_non_null(export_to(t, case_path(t, "file")));    /* a file of that name */
	assert_non_null(export_to(t, case_path(t, "none/out")));
	assert_non_null(export_to(t, case_path(t, "none/out.zip")));
	assert_non_null(export_to(t, case_path(t, "file/out")));
	assert_int_equal(entries(t->folder), before);
	assert_int_equal(chmod(t->folder, 0755), 0);
	assert_int_equal(chmod(closed, 0555), 0);
	assert_true(become(other));
	e[0] = export_to(t, case_path(t, "closed/out"));
	e[1] = export_to(t, case_path(t, "closed/out.zip"));
	e[2] = export_to(t, closed);
	assert_true(become(me));
	for (int i = 0; i < 3; i++)
		assert_int_equal(e[i]->kind, ERR_WORLD);
	assert_int_equal(entries(closed), 0);
}

static void
an_empty_database_makes_no_folder(void **state)
{
	struct db_case *t = case_of(state);

	case_open(t, DB_CREATE);
	assert_int_equal(export_to(t, case_path(t, "out"))->kind, ERR_NOTFOUND);
	assert_int_equal(export_to(t, case_path(t, "out.zip"))->kind, ERR_NOTFOUND);
	assert_int_equal(access(case_path(t, "out"), F_OK), -1);
	assert_int_equal(access(case_path(t, "out.zip"), F_OK), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_SQLITE(an_empty_zip_holds_nothing_of_the_format),
		ON_SQLITE(what_is_no_zip_is_refused),
		ON_SQLITE(what_is_not_there_is_told),
		ON_SQLITE(a_zip_cut_anywhere_is_refused),
		ON_SQLITE(a_zip_with_any_byte_changed_does_no_harm),
		ON_SQLITE(names_that_lead_elsewhere_are_told),
		ON_SQLITE(a_name_that_stands_twice_is_told),
		ON_SQLITE(a_password_is_told),
		ON_SQLITE(a_refused_file_is_one_fault),
		ON_SQLITE(a_zip_that_expands_a_thousandfold_is_refused_at_once),
		ON_SQLITE(a_member_larger_than_it_says_is_refused),
		ON_SQLITE(a_member_that_is_damaged_is_refused),
		ON_SQLITE(a_compression_that_nobody_knows_is_refused),
		ON_SQLITE(names_that_would_command_a_terminal_stay_data),
		ON_SQLITE(ten_thousand_members_are_told_without_harm),
		ON_SQLITE(links_folders_and_pipes_are_not_read),
		ON_SQLITE(a_folder_may_itself_be_reached_by_a_link),
		ON_SQLITE(what_file_managers_leave_behind_is_passed_over),
		ON_SQLITE(names_in_no_encoding_are_told_without_them),
		ON_SQLITE(what_may_not_be_read_is_told),
		ON_SQLITE(an_occupied_folder_is_left_as_it_was),
		ON_SQLITE(a_file_of_somebody_else_is_left_as_it_was),
		ON_SQLITE(an_earlier_export_is_replaced_whole),
		ON_SQLITE(hidden_files_of_the_folder_stay),
		ON_SQLITE(a_folder_reached_by_a_link_or_a_slash_is_filled),
		ON_SQLITE(the_files_are_for_their_owner_alone),
		ON_SQLITE(a_refused_export_leaves_nothing_beside),
		ON_SQLITE(an_empty_database_makes_no_folder),
	};

	return cmocka_run_group_tests_name("hostile bundles", tests, NULL, NULL);
}
