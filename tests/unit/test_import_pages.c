/* Bringing a file into the records by its pages: every step, in order and out of order; whose it is; what stays and what goes. */
#include "app_case.h"

#include <dirent.h>
#include <time.h>

static int64_t
clock_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Long work goes by the real clock: pages see the same. */
static void
begin(struct app_case *c, struct db_case *t)
{
	case_open(t, DB_CREATE);
	case_imported(t, source_path(t, "tests/cases/workbook/ground"));
	app_case_open(c, t);
	c->now_ms = clock_ms();
}

static const char list[] = "N° dossier;Nom;Prénom;Date de naissance;Nationalité;Statut;Date du statut;Date d'entrée\r\n"
			   "A1;Noori;Ahmad;31/08/1990;Afghane;Réfugié;03/04/2024;15/09/2024\r\n"
			   "A2;Diallo;Fatou;1995;Guinée;Regroupement familial;02/05/2024;16/09/2024\r\n";

static int
upload_bytes(struct app_case *c, const char *name, str bytes)
{
	struct arena *a = &c->t->arena;
	struct viewer v = { .form_token = form_token_of(a, c->token) };
	struct request in = { .method = METHOD_POST, .content_type = S("multipart/form-data; boundary=xxParTxx") };
	str masked = form_token_mask(a, &v);
	struct buf b = { 0 };
	int status;

	buf_format(&b, "--xxParTxx\r\nContent-Disposition: form-data; name=\"jeton\"\r\n\r\n%.*s\r\n", STR_ARG(masked));
	buf_format(&b,
	    "--xxParTxx\r\nContent-Disposition: form-data; name=\"fichier\"; filename=\"%s\"\r\n"
	    "Content-Type: application/octet-stream\r\n\r\n",
	    name);
	buf_add(&b, bytes);
	buf_add(&b, S("\r\n--xxParTxx--\r\n"));
	in.body = str_dup(a, buf_str(&b));
	buf_release(&b);
	status = app_ask(c, &in, "/import");
	return status;
}

static int
upload(struct app_case *c, const char *name, const char *text)
{
	return upload_bytes(c, name, str_of(text));
}

/* The address of the import, without its step. */
static const char *
brought(struct app_case *c, const char *name, const char *text)
{
	const char *place;
	char *end;

	if (upload(c, name, text) != 303)
		fail_msg("%s: %s", name, app_body(c));
	place = app_place(c);
	end = strchr(place + strlen("/import/"), '/');
	return str_z(&c->t->arena, end == NULL ? str_of(place) : (str){ place, (size_t)(end - place) });
}

static const char *
at(struct app_case *c, const char *base, const char *step)
{
	return str_format(&c->t->arena, "%s%s", base, step).s;
}

/* The value of the first control of that name on the page. */
static const char *
value_of(struct app_case *c, const char *name)
{
	const char *from = strstr(app_body(c), str_format(&c->t->arena, "name=\"%s\" value=\"", name).s), *end;

	assert_non_null(from);
	from = strstr(from, "value=\"") + 7;
	end = strchr(from, '"');
	return str_z(&c->t->arena, (str){ from, (size_t)(end - from) });
}

/* The value of the option whose label begins so. */
static const char *
option_of(struct app_case *c, const char *label)
{
	const char *text = app_body(c), *at = strstr(text, label), *from = at;

	if (at == NULL)
		fail_msg("no option %s:\n%s", label, text);
	while (strncmp(from, "value=\"", 7) != 0)
		from--;
	from += 7;
	return str_z(&c->t->arena, (str){ from, (size_t)(strchr(from, '"') - from) });
}

static int
send_version(struct app_case *c, const char *base, const char *step, const char *fields)
{
	const char *version;

	app_page(c, at(c, base, step));
	version = value_of(c, "version");
	return app_post(c, at(c, base, step), str_format(&c->t->arena, "version=%s&%s", version, fields).s);
}

static void
sheet_chosen(struct app_case *c, const char *base, const char *rows, const char *action)
{
	app_page(c, at(c, base, "/feuille"));
	assert_int_equal(send_version(c, base, "/feuille",
			     str_format(&c->t->arena, "feuille=0&lignes=%s&action=%s", rows, option_of(c, action)).s),
	    303);
}

static void
checked(struct app_case *c, const char *base, const char *fields)
{
	assert_int_equal(send_version(c, base, "/colonnes", fields), 303);
	assert_string_equal(app_place(c), base);
	app_page(c, base);
	app_shows(c, "The check is under way");
	assert_int_equal(app_job(c->app), APP_DONE);
	assert_int_equal(app_get(c, base), 303);
	assert_string_equal(app_place(c), at(c, base, "/controle"));
	app_page(c, at(c, base, "/controle"));
}

static void
written(struct app_case *c, const char *base)
{
	assert_int_equal(send_version(c, base, "/controle", ""), 303);
	assert_string_equal(app_place(c), base);
	assert_int_equal(app_job(c->app), APP_DONE);
	app_page(c, at(c, base, "/resultat"));
}

static int
kept_files(struct app_case *c)
{
	DIR *dir = opendir(str_format(&c->t->arena, "%s/imports", c->t->folder).s);
	struct dirent *entry;
	int n = 0;

	while (dir != NULL && (entry = readdir(dir)) != NULL)
		n += entry->d_name[0] != '.';
	if (dir != NULL)
		closedir(dir);
	return n;
}

static void
a_list_goes_through_all_its_steps(void **state)
{
	struct app_case c;
	const char *base;
	int64_t people;

	begin(&c, case_of(state));
	app_as(&c, "manager", "op");
	people = rows_of(c.t, "people");
	app_page(&c, "/import");
	app_shows(&c, "Your imports will stand here");
	app_shows(&c, "/import/modele.xlsx");
	app_hides(&c, "/export");
	base = brought(&c, "liste Noori.csv", list);
	assert_string_equal(app_place(&c), at(&c, base, "/feuille"));
	assert_int_equal(app_get(&c, base), 303);
	app_page(&c, at(&c, base, "/feuille"));
	app_shows(&c, "liste Noori.csv");
	app_shows(&c, "As guessed: People");
	app_shows(&c, "1 – Première");
	app_hides(&c, "Ailleurs");
	app_hides(&c, "<legend>Sheet of the file</legend>"); /* there is one only */
	sheet_chosen(&c, base, "", "1 – Première");
	assert_string_equal(app_place(&c), at(&c, base, "/colonnes"));
	app_page(&c, app_place(&c));
	app_shows(&c, "Date de naissance");
	app_shows(&c, "<bdi>31/08/1990</bdi>");
	app_shows(&c, "read Friday 31 August 1990");
	app_shows(&c, "read Afghanistan");
	app_shows(&c, "<option value=\"family_name\" selected>");
	checked(&c, base, "suite=verifier");
	app_shows(&c, "Nothing is written yet.");
	app_shows(&c, "Import 2 rows");
	assert_int_equal(rows_of(c.t, "people"), people);
	written(&c, base);
	app_shows(&c, "New records: 6.");
	app_shows(&c, "/personnes");
	assert_int_equal(rows_of(c.t, "people"), people + 2);
	assert_int_equal(rows_of(c.t, "mappings"), 1);
	assert_int_equal(kept_files(&c), 0);
	app_page(&c, "/import");
	app_shows(&c, "new: 6, changed: 0");
	app_shows(&c, "imported");
	/* The file's name is nowhere but in its row, and each step is in the journal. */
	assert_true(rows_of(c.t, "journal where entity = 'imports'") >= 5);
	assert_int_equal(rows_of(c.t, "journal where fields like '%Noori%'"), 0);
	assert_int_equal(rows_of(c.t, "changes where cause like '%Noori%' or actor like '%Noori%'"), 0);
	assert_int_equal(
	    rows_of(c.t, "jobs where parameters like '%Noori%' or message like '%Noori%' or place like '%Noori%'"), 0);
	app_case_close(&c);
}

static void
the_same_file_again_changes_nothing_and_says_so(void **state)
{
	struct app_case c;
	const char *base;
	int64_t journal;

	begin(&c, case_of(state));
	app_as(&c, "coordinator", NULL);
	base = brought(&c, "liste.csv", list);
	app_page(&c, at(&c, base, "/feuille"));
	app_shows(&c, "3 – Ailleurs"); /* any operator's */
	app_page(&c, at(&c, base, "/feuille"));
	sheet_chosen(&c, base, "people", "1 – Première");
	checked(&c, base, "suite=verifier");
	written(&c, base);
	base = brought(&c, "liste.csv", list);
	sheet_chosen(&c, base, "people", "1 – Première");
	app_page(&c, at(&c, base, "/colonnes"));
	app_shows(&c, "as you chose them the last time");
	checked(&c, base, "suite=verifier");
	app_shows(&c, "the import would change nothing");
	app_hides(&c, "Import 2 rows");
	journal = rows_of(c.t, "journal where entity not in ('imports', 'logins')");
	assert_int_equal(send_version(&c, base, "/colonnes", "suite=relire"), 303);
	assert_int_equal(rows_of(c.t, "journal where entity not in ('imports', 'logins')"), journal);
	app_case_close(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(a_list_goes_through_all_its_steps),
		ON_BOTH(the_same_file_again_changes_nothing_and_says_so),
	};

	return cmocka_run_group_tests_name("import_pages", tests, NULL, NULL);
}
