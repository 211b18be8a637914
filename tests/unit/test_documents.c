/* Documents: what a file really is, what is kept of it, who may open it, how long it stays. */
#include "app_case.h"
#include "base/moment.h"
#include "people/documents.h"
#include "web/req.h"

/* ---- what they are ---- */

#define JPEG_BODY                                      \
	"\xff\xc0\0\x0b\x08\0\x01\0\x01\x01\x01\x11\0" \
	"\xff\xda\0\x08\x01\x01\0\0\x3f\0"             \
	"ab\xff\0cd\xff\xd0"                           \
	"ef\xff\xd9"
#define JPEG "\xff\xd8" JPEG_BODY
#define EXIF             \
	"\xff\xe1\0\x22" \
	"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"
#define PNG_BEGIN           \
	"\x89PNG\r\n\x1a\n" \
	"\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0crc!"
#define PNG_END "\0\0\0\x02IDATxycrc!\0\0\0\0IENDcrc!"
#define PDF(inside) "%PDF-1.4\n1 0 obj <<" inside ">> endobj\ntrailer <<>>\n%%EOF\n"

static enum document_type
check(str bytes, struct buf *kept)
{
	const char *why;
	enum document_type type;

	buf_clear(kept);
	type = document_check(bytes, kept, &why);
	assert_true((type == DOCUMENT_REFUSED) == (why != NULL));
	if (type == DOCUMENT_REFUSED)
		assert_int_equal(kept->len, 0);
	return type;
}

static void
a_photo_loses_what_it_says_besides(void **state)
{
	static const char secret[] = "\xff\xd8" EXIF "\xff\xfe\0\x08"
				     "Secret" JPEG_BODY "behind the end";
	struct buf kept = { 0 };
	str out;

	(void)state;
	assert_int_equal(check(S(JPEG), &kept), DOCUMENT_JPEG);
	assert_true(str_eq(buf_str(&kept), S(JPEG)));
	assert_int_equal(check((str){ secret, sizeof secret - 1 }, &kept), DOCUMENT_JPEG);
	out = buf_str(&kept);
	assert_null(memmem(out.s, out.len, "Secret", 6));
	assert_null(memmem(out.s, out.len, "behind", 6));
	assert_non_null(memmem(out.s, out.len, "\0\x03\0\0\0\x01\0\x06", 8)); /* which way is up stays */
	assert_int_equal(out.len, sizeof JPEG - 1 + 36);
	buf_release(&kept);
}

static void
a_png_loses_its_texts(void **state)
{
	struct buf kept = { 0 };

	(void)state;
	assert_int_equal(check(S(PNG_BEGIN PNG_END), &kept), DOCUMENT_PNG);
	assert_int_equal(check(S(PNG_BEGIN "\0\0\0\x06tEXtSecretcrc!" PNG_END "behind"), &kept), DOCUMENT_PNG);
	assert_true(str_eq(buf_str(&kept), S(PNG_BEGIN PNG_END)));
	assert_int_equal(check(S(PNG_BEGIN "\0\0\0\x01"
					   "XXXXxcrc!" PNG_END),
			     &kept),
	    DOCUMENT_REFUSED);
	buf_release(&kept);
}

static void
what_is_not_whole_or_not_alone_is_refused(void **state)
{
	static const struct {
		const char *s;
		size_t n;
	} wrong[] = {
#define WRONG(s) { s, sizeof(s) - 1 }
		WRONG("GIF89a"),
		WRONG("<html><script>"),
		WRONG("\xff\xd8\xff"),
		WRONG("\xff\xd8\xff\xd9"),
		WRONG("\x89PNG\r\n\x1a\n"),
		WRONG(PNG_BEGIN),
		WRONG("%PDF-1.4\nno end at all, really"),
		WRONG(PDF("") "<script>alert(1)</script>"),
		WRONG("MZ" PDF("")),
		WRONG(PDF("/OpenAction << /S /JavaScript >>")),
		WRONG(PDF("/J#61vaScript (x)")),
		WRONG(PDF("/Launch")),
		WRONG(PDF("/EmbeddedFiles 2 0 R")),
		WRONG("PK\x03\x04 and nothing else"),
	};
	struct buf kept = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		if (check((str){ wrong[i].s, wrong[i].n }, &kept) != DOCUMENT_REFUSED)
			fail_msg("the wrong one of number %zu is taken", i);
	}
	assert_int_equal(check(S(PDF("/Type /Catalog /JSx (no name that acts)")), &kept), DOCUMENT_PDF);
	for (size_t n = 0; n < sizeof JPEG - 1; n++)
		assert_int_equal(check((str){ JPEG, n }, &kept), DOCUMENT_REFUSED);
	buf_release(&kept);
}

/* An archive of these names, the first of them stored as it is. */
static str
archive(struct arena *a, const char *folder, const char *const *names, const char *first)
{
	const char *path = str_format(a, "%s/x.zip", folder).s;
	zip_t *z = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
	zip_int64_t i;

	assert_non_null(z);
	for (size_t k = 0; names[k] != NULL; k++) {
		const char *text = k == 0 ? first : "<xml/>";

		i = zip_file_add(z, names[k], zip_source_buffer(z, text, strlen(text), 0), ZIP_FL_ENC_UTF_8);
		assert_true(i >= 0);
		assert_int_equal(zip_set_file_compression(z, (zip_uint64_t)i, k == 0 ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 0), 0);
	}
	assert_int_equal(zip_close(z), 0);
	return get_file(a, path);
}

#define NAMES(...) ((const char *const[]){ __VA_ARGS__, NULL })
#define ODT "application/vnd.oasis.opendocument.text"

static void
text_documents_are_archives_of_certain_names(void **state)
{
	struct db_case *t = *state;
	struct arena *a = &t->arena;
	const char *f = t->folder;
	struct buf kept = { 0 };
	str odt = archive(a, f, NAMES("mimetype", "content.xml"), ODT);

	assert_int_equal(check(odt, &kept), DOCUMENT_ODT);
	assert_true(str_eq(buf_str(&kept), odt));
	assert_int_equal(check(archive(a, f, NAMES("[Content_Types].xml", "word/document.xml"), "x"), &kept), DOCUMENT_DOCX);
	assert_int_equal(check(archive(a, f, NAMES("mimetype", "content.xml"), "application/epub+zip"), &kept), DOCUMENT_REFUSED);
	assert_int_equal(check(archive(a, f, NAMES("mimetype", "Basic/Standard/Module1.xml"), ODT), &kept), DOCUMENT_REFUSED);
	assert_int_equal(
	    check(archive(a, f, NAMES("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "x"), &kept),
	    DOCUMENT_REFUSED);
	assert_int_equal(
	    check(archive(a, f, NAMES("[Content_Types].xml", "word/document.xml", "../up"), "x"), &kept), DOCUMENT_REFUSED);
	assert_int_equal(check(archive(a, f, NAMES("anything.txt"), "x"), &kept), DOCUMENT_REFUSED);
	assert_int_equal(check(str_format(a, "%s%.*s", "GIF", STR_ARG(odt)), &kept), DOCUMENT_REFUSED);
	for (size_t n = 0; n < odt.len; n++)
		assert_int_equal(check((str){ odt.s, n }, &kept), DOCUMENT_REFUSED);
	buf_release(&kept);
}

/* ---- whose they are ---- */

static const char *const files[] = { "territories.csv", "ref,name,kind\nv,V,commune\n", "organisations.csv",
	"ref,name,category\no1,First,charity\no2,Second,charity\nh,Health,health\n", "contracts.csv",
	"ref,territory_ref,kind,title\nc,v,ctai,C\n", "sheets.csv",
	"ref,contract_ref,kind,number,title,audience,recording\nf1,c,action,1.1,French,mixed,nominal\n", "actions.csv",
	"ref,sheet_ref,title,operator_ref,audience\na1,f1,Lessons,o1,mixed\na2,f1,Coaching,o2,mixed\na3,f1,Care,h,mixed\n",
	"people.csv", "ref,family_name,household_ref\np1,Zwnoori,m1\np2,Zwother,m1\n", "enrolments.csv",
	"ref,action_ref,person_ref,state,entered_on\ne1,a1,p1,active,2023-01-01\ne2,a2,p1,active,2023-01-01\ne3,a3,p1,active,2023-01-01\n"
	"e4,a1,p2,active,2023-01-01\n",
	NULL };

static void
begin(struct app_case *c, void **state)
{
	struct db_case *t = case_of(state);

	case_open(t, DB_CREATE);
	case_imported(t, case_bundle(t, "people", files));
	app_case_open(c, t);
}

static const char *
place(struct app_case *c, const char *person)
{
	int64_t id;

	ok(entity_key_of_ref(c->t->db, 1, &entities[ENTITY_people], str_of(person), &id));
	return str_format(&c->t->arena, "/personnes/%s/documents", str_z(&c->t->arena, key_short(&c->t->arena, id))).s;
}

static int
upload(struct app_case *c, const char *person, const char *kind, const char *label, const char *more, str bytes)
{
	struct arena *a = &c->t->arena;
	struct viewer v = { .form_token = form_token_of(a, c->token) };
	struct request in = { .method = METHOD_POST, .content_type = S("multipart/form-data; boundary=xxParTxx") };
	str masked = form_token_mask(a, &v);
	struct buf b = { 0 };
	int status;

	buf_format(&b, "--xxParTxx\r\nContent-Disposition: form-data; name=\"jeton\"\r\n\r\n%.*s\r\n", STR_ARG(masked));
	buf_format(&b, "--xxParTxx\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\n%s\r\n", kind);
	buf_format(&b, "--xxParTxx\r\nContent-Disposition: form-data; name=\"label\"\r\n\r\n%s\r\n%s", label, more);
	buf_add(&b, S("--xxParTxx\r\nContent-Disposition: form-data; name=\"fichier\"; filename=\"x.html\"\r\n"
		      "Content-Type: text/html\r\n\r\n"));
	buf_add(&b, bytes);
	buf_add(&b, S("\r\n--xxParTxx--\r\n"));
	in.body = str_dup(a, buf_str(&b));
	buf_release(&b);
	status = app_ask(c, &in, place(c, person));
	return status;
}

/* The address of the newest one, from the list. */
static const char *
newest(struct app_case *c, const char *person)
{
	const char *at;

	app_page(c, place(c, person));
	at = strstr(app_body(c), "/documents/");
	while (at != NULL && strncmp(at - 6, "href=\"", 6) != 0)
		at = strstr(at + 1, "/documents/");
	assert_non_null(at);
	return str_z(&c->t->arena, (str){ at, strcspn(at, "\"") });
}

static bool
header_is(struct app_case *c, const char *name, const char *part)
{
	for (size_t i = 0; i < c->out.n; i++)
		if (str_is(c->out.headers[i].name, name))
			return strstr(str_z(&c->t->arena, c->out.headers[i].value), part) != NULL;
	return false;
}

static void
a_document_is_kept_sealed_and_given_back(void **state)
{
	static const struct sql sealed = { "sealed", "select content from document_contents", NULL };
	struct app_case c;
	const char *at;
	struct db_rows rows;

	begin(&c, state);
	app_as(&c, "worker", "o1");
	assert_int_equal(upload(&c, "p1", "residence_permit", "Zwtitre de séjour", "", S(JPEG)), 303);
	at = newest(&c, "p1");
	app_shows(&c, "Zwtitre de séjour");
	assert_int_equal(app_get(&c, at), 200);
	assert_true(str_eq(buf_str(&c.out.body), S(JPEG)));
	assert_string_equal(c.out.type, "image/jpeg");
	assert_true(header_is(&c, "Content-Disposition", "attachment; filename=\"document-"));
	assert_false(header_is(&c, "Content-Disposition", "titre"));
	ok(db_read(c.t->db, &sealed, NULL, 0, &rows));
	assert_true(db_next(&rows));
	assert_null(memmem(db_blob(&rows, 0).s, db_blob(&rows, 0).len, "ab\xff", 3));
	ok(db_done(&rows));
	assert_int_equal(rows_of(c.t, "journal where action = 'read' and fields = 'document'"), 1);
	app_case_close(&c);
}

static void
what_is_wrong_is_told_at_once_and_nothing_is_kept(void **state)
{
	struct app_case c;

	begin(&c, state);
	app_as(&c, "worker", "o1");
	assert_int_equal(upload(&c, "p1", "", "Zwkept words", "", S("<script>alert(1)</script>")), 422);
	app_shows(&c, "href=\"#fichier\"");
	app_shows(&c, "href=\"#kind\"");
	app_shows(&c, "Zwkept words");
	assert_int_equal(rows_of(c.t, "documents"), 0);
	assert_int_equal(rows_of(c.t, "document_contents"), 0);
	app_case_close(&c);
}

static void
each_organisation_opens_its_own_and_the_city_all_but_health(void **state)
{
	struct app_case c;
	const char *first, *care;

	begin(&c, state);
	app_as(&c, "worker", "o1");
	assert_int_equal(upload(&c, "p1", "identity", "Zwfirst", "", S(PDF(""))), 303);
	first = newest(&c, "p1");
	app_as(&c, "worker", "h");
	assert_int_equal(upload(&c, "p1", "letter", "Zwcare", "", S(PDF(""))), 303);
	care = newest(&c, "p1");
	app_hides(&c, "Zwfirst");
	app_refuses(&c, 404, first);
	app_as(&c, "worker", "o2");
	app_page(&c, place(&c, "p1"));
	app_hides(&c, "Zwfirst");
	app_hides(&c, "Zwcare");
	app_refuses(&c, 404, first);
	app_refuses(&c, 404, place(&c, "p2"));
	app_as(&c, "coordinator", NULL);
	app_page(&c, place(&c, "p1"));
	app_shows(&c, "Zwfirst");
	app_hides(&c, "Zwcare");
	app_refuses(&c, 404, care);
	assert_int_equal(app_get(&c, first), 200);
	app_as(&c, "beneficiary", "p1");
	app_page(&c, "/mon-dossier");
	app_shows(&c, "Zwfirst");
	app_shows(&c, "Zwcare");
	assert_int_equal(app_get(&c, care), 200);
	app_as(&c, "beneficiary", "p2");
	app_refuses(&c, 404, first);
	app_as(&c, "finance", NULL);
	app_refuses(&c, 403, first);
	app_case_close(&c);
}

static void
one_for_the_household_stands_with_each_of_them(void **state)
{
	struct app_case c;

	begin(&c, state);
	app_as(&c, "worker", "o1");
	assert_int_equal(upload(&c, "p1", "housing", "Zwbail",
			     "--xxParTxx\r\nContent-Disposition: form-data; name=\"pour\"\r\n\r\nmenage\r\n", S(PDF(""))),
	    303);
	app_page(&c, place(&c, "p2"));
	app_shows(&c, "Zwbail");
	app_shows(&c, "of the household");
	app_case_close(&c);
}

static void
a_removed_document_is_put_back_and_one_of_its_day_goes(void **state)
{
	struct app_case c;
	const char *at, *undo;

	begin(&c, state);
	app_as(&c, "worker", "o1");
	assert_int_equal(upload(&c, "p1", "identity", "Zwfirst", "", S(PDF(""))), 303);
	at = newest(&c, "p1");
	assert_int_equal(app_post(&c, str_format(&c.t->arena, "%s/retrait", at).s, ""), 303);
	undo = str_format(&c.t->arena, "/annulations/%s", strstr(app_place(&c), "&acte=") + 6).s;
	app_refuses(&c, 404, at);
	ok(documents_sweep(c.t->db, &c.t->arena, moment_day(c.now_ms), c.now_ms));
	assert_int_equal(rows_of(c.t, "document_contents"), 1);
	assert_int_equal(app_post(&c, undo, ""), 303);
	assert_int_equal(app_get(&c, at), 200);
	assert_true(str_eq(buf_str(&c.out.body), S(PDF(""))));
	/* two years later */
	ok(documents_sweep(c.t->db, &c.t->arena, day_add_months(moment_day(c.now_ms), 25), c.now_ms));
	assert_int_equal(rows_of(c.t, "documents"), 0);
	assert_int_equal(rows_of(c.t, "document_contents"), 1);
	ok(documents_sweep(c.t->db, &c.t->arena, day_add_months(moment_day(c.now_ms), 25), c.now_ms + (int64_t)31 * 86400000));
	assert_int_equal(rows_of(c.t, "document_contents"), 0);
	app_case_close(&c);
}

static void
another_content_put_there_by_hand_is_not_given(void **state)
{
	static const struct sql swap = { "swap",
		"update document_contents set content = (select max(content) from document_contents)", NULL };
	struct app_case c;
	const char *one, *two;
	int a, b;

	begin(&c, state);
	app_as(&c, "worker", "o1");
	assert_int_equal(upload(&c, "p1", "identity", "Zwfirst", "", S(PDF(""))), 303);
	one = newest(&c, "p1");
	assert_int_equal(upload(&c, "p1", "identity", "Zwsecond", "", S(JPEG)), 303);
	two = newest(&c, "p1");
	ok(db_begin_write(c.t->db));
	ok(db_write(c.t->db, &swap, NULL, 0));
	ok(db_end(c.t->db, NULL));
	a = app_get(&c, one);
	b = app_get(&c, two);
	assert_true((a == 200) != (b == 200));
	app_case_close(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_photo_loses_what_it_says_besides),
		cmocka_unit_test(a_png_loses_its_texts),
		cmocka_unit_test(what_is_not_whole_or_not_alone_is_refused),
		ON_SQLITE(text_documents_are_archives_of_certain_names),
		ON_BOTH(a_document_is_kept_sealed_and_given_back),
		ON_BOTH(what_is_wrong_is_told_at_once_and_nothing_is_kept),
		ON_BOTH(each_organisation_opens_its_own_and_the_city_all_but_health),
		ON_BOTH(one_for_the_household_stands_with_each_of_them),
		ON_BOTH(a_removed_document_is_put_back_and_one_of_its_day_goes),
		ON_SQLITE(another_content_put_there_by_hand_is_not_given),
	};

	return cmocka_run_group_tests_name("documents", tests, NULL, NULL);
}
