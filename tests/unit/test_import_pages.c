/* Bringing a file into the records by its pages: every step, in order and out of order; whose it is; what stays and what goes. */
#include "app_case.h"
#include "grid_case.h"

#include <dirent.h>
#include <time.h>

#include "exchange/columns.h"

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
	str place, rest;

	if (upload(c, name, text) != 303)
		fail_msg("%s: %s", name, app_body(c));
	place = rest = str_of(app_place(c));
	for (int i = 0; i < 3 && rest.s != NULL; i++) /* "", "import" and the key */
		(void)str_cut(rest, '/', &rest);
	return str_z(&c->t->arena, rest.s == NULL ? place : (str){ place.s, (size_t)(rest.s - place.s) - 1 });
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

/* ---- order, others, windows ---- */

static void
steps_out_of_order_lead_back_to_where_it_stands(void **state)
{
	static const char *const later[] = { "/colonnes", "/controle", "/resultat" };
	struct app_case c;
	const char *base, *version;

	begin(&c, case_of(state));
	app_as(&c, "manager", "op");
	base = brought(&c, "liste.csv", list);
	for (size_t i = 0; i < sizeof later / sizeof *later; i++) {
		assert_int_equal(app_get(&c, at(&c, base, later[i])), 303);
		assert_string_equal(app_place(&c), at(&c, base, "/feuille"));
	}
	app_page(&c, at(&c, base, "/feuille"));
	version = str_format(&c.t->arena, "version=%s", value_of(&c, "version")).s;
	assert_int_equal(app_post(&c, at(&c, base, "/colonnes"), version), 409);
	assert_int_equal(app_post(&c, at(&c, base, "/controle"), version), 409);
	app_refuses(&c, 404, at(&c, base, "/refusees.csv"));
	app_refuses(&c, 404, at(&c, base, "/refusees.xlsx"));
	assert_int_equal(app_job(c.app), APP_NOTHING);

	sheet_chosen(&c, base, "people", "1 – Première");
	checked(&c, base, "suite=verifier");
	/* An earlier step may be opened again; what followed from it must be done anew. */
	app_page(&c, at(&c, base, "/feuille"));
	sheet_chosen(&c, base, "people", "1 – Seconde");
	assert_int_equal(app_get(&c, at(&c, base, "/controle")), 303);
	assert_string_equal(app_place(&c), at(&c, base, "/colonnes"));
	checked(&c, base, "suite=verifier");
	written(&c, base);
	assert_int_equal(rows_of(c.t, "enrolments e join actions a on a.id = e.action_id where a.ref = 'n2'"), 2);
	/* Once it is done, nothing of it is done again. */
	assert_int_equal(app_get(&c, at(&c, base, "/controle")), 303);
	assert_string_equal(app_place(&c), at(&c, base, "/resultat"));
	assert_int_equal(app_post(&c, at(&c, base, "/controle"), version), 409);
	assert_int_equal(app_job(c.app), APP_NOTHING);
	app_case_close(&c);
}

static void
nobody_else_finds_an_import(void **state)
{
	static const char *const steps[] = { "", "/feuille", "/colonnes", "/controle", "/resultat", "/refusees.csv",
		"/refusees.xlsx" };
	static const char *const forms[] = { "", "/feuille", "/colonnes", "/controle", "/abandon" };
	static const struct {
		const char *role, *of;
	} others[] = { { "manager", "autre" }, { "coordinator", NULL } };
	struct app_case c;
	const char *base;
	int files;

	begin(&c, case_of(state));
	app_as(&c, "manager", "op");
	base = brought(&c, "liste.csv", list);
	sheet_chosen(&c, base, "people", "1 – Première");
	checked(&c, base, "suite=verifier");
	files = kept_files(&c);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		app_as(&c, others[i].role, others[i].of);
		for (size_t k = 0; k < sizeof steps / sizeof *steps; k++)
			app_refuses(&c, 404, at(&c, base, steps[k]));
		for (size_t k = 0; k < sizeof forms / sizeof *forms; k++)
			assert_int_equal(app_post(&c, at(&c, base, forms[k]), "version=4"), 404);
		app_hides(&c, "Noori");
	}
	/* The coordinator sees that there is one; the other operator does not. */
	app_page(&c, "/import");
	app_shows(&c, "liste.csv");
	app_hides(&c, base);
	app_as(&c, "manager", "autre");
	app_page(&c, "/import");
	app_hides(&c, "liste.csv");
	app_as(&c, "worker", "op");
	app_refuses(&c, 403, "/import");
	app_refuses(&c, 403, base);
	app_as(&c, "state", NULL);
	app_refuses(&c, 403, "/import");
	app_refuses(&c, 403, "/export");
	assert_int_equal(kept_files(&c), files);
	assert_int_equal(rows_of(c.t, "jobs where state = 'waiting'"), 0);
	app_refuses(&c, 403, "/import/zz");
	app_as(&c, "manager", "op");
	app_refuses(&c, 404, "/import/zz");
	app_refuses(&c, 404, "/import/7zzzzzzzzzz/feuille");
	app_page(&c, at(&c, base, "/controle"));
	app_case_close(&c);
}

/* What is not offered is not taken: another operator's action, an organisation without it. */
static void
an_action_of_others_is_refused(void **state)
{
	struct app_case c;
	const char *base, *theirs, *own;

	begin(&c, case_of(state));
	app_as(&c, "coordinator", NULL);
	base = brought(&c, "liste.csv", list);
	app_page(&c, at(&c, base, "/feuille"));
	theirs = option_of(&c, "3 – Ailleurs");
	own = option_of(&c, "1 – Première");
	app_as(&c, "manager", "op");
	base = brought(&c, "liste.csv", list);
	assert_int_equal(send_version(&c, base, "/feuille", str_format(&c.t->arena, "lignes=people&action=%s", theirs).s), 422);
	app_shows(&c, "Choose whose rows they are.");
	assert_int_equal(
	    send_version(&c, base, "/feuille",
		str_format(&c.t->arena, "lignes=people&action=%.*s%s", (int)(strchr(own, '-') - own), own, strchr(theirs, '-'))
		    .s),
	    422);
	assert_int_equal(send_version(&c, base, "/feuille", "lignes=people&action="), 422);
	assert_int_equal(send_version(&c, base, "/feuille", "lignes=people&action=-&organisation=1"), 422);
	assert_int_equal(send_version(&c, base, "/feuille",
			     str_format(&c.t->arena, "lignes=attendance&action=%s", option_of(&c, "Opérateur: people only")).s),
	    422);
	app_shows(&c, "Choose the action too");
	assert_int_equal(rows_of(c.t, "imports where organisation_id is not null"), 0);
	app_case_close(&c);
}

static void
two_windows_do_not_undo_each_other(void **state)
{
	struct app_case c;
	const char *base, *first;

	begin(&c, case_of(state));
	app_as(&c, "manager", "op");
	base = brought(&c, "liste.csv", list);
	sheet_chosen(&c, base, "people", "1 – Première");
	app_page(&c, at(&c, base, "/colonnes"));
	first = str_format(&c.t->arena, "version=%s&c7=left_on&suite=relire", value_of(&c, "version")).s;
	assert_int_equal(send_version(&c, base, "/colonnes", "c7=nothing&suite=relire"), 303);
	assert_int_equal(app_post(&c, at(&c, base, "/colonnes"), first), 409);
	app_shows(&c, "in another window");
	app_page(&c, at(&c, base, "/colonnes"));
	app_shows(&c, "<bdi>Date d&#39;entrée</bdi>");
	app_shows(&c, "<option value=\"nothing\" selected>");
	/* While it is checked, a form of another window leads to the work. */
	checked(&c, base, "suite=verifier");
	assert_int_equal(send_version(&c, base, "/colonnes", "suite=verifier"), 303);
	assert_int_equal(app_post(&c, at(&c, base, "/controle"), "version=1"), 303);
	assert_string_equal(app_place(&c), base);
	assert_int_equal(app_job(c.app), APP_DONE);
	assert_int_equal(app_job(c.app), APP_NOTHING);
	app_case_close(&c);
}

/* ---- columns ---- */

static void
choices_of_columns_are_kept_and_checked(void **state)
{
	struct app_case c;
	const char *base;

	begin(&c, case_of(state));
	app_as(&c, "manager", "op");
	base = brought(&c, "liste.csv", list);
	sheet_chosen(&c, base, "people", "1 – Première");
	assert_int_equal(send_version(&c, base, "/colonnes", "c1=given_name&suite=verifier"), 422);
	app_shows(&c, "is taken for the same");
	assert_int_equal(send_version(&c, base, "/colonnes", "c0=nothing&c1=nothing&suite=verifier"), 422);
	app_shows(&c, "No column says whose the rows are");
	assert_int_equal(send_version(&c, base, "/colonnes", "c1=session&suite=verifier"), 422);
	assert_int_equal(send_version(&c, base, "/colonnes", "c1=zzz&suite=verifier"), 422);
	assert_int_equal(send_version(&c, base, "/colonnes", "c7=nothing&entree=hier%3F&suite=verifier"), 422);
	app_shows(&c, "value=\"hier?\"");
	assert_int_equal(send_version(&c, base, "/colonnes", "c7=nothing&entree=1/9/24&suite=relire"), 303);
	app_page(&c, at(&c, base, "/colonnes"));
	app_shows(&c, "value=\"2024-09-01\"");
	checked(&c, base, "entree=1/9/24&suite=verifier");
	written(&c, base);
	assert_int_equal(rows_of(c.t, "enrolments where entered_on = '2024-09-01'"), 6); /* four are there before */
	base = brought(&c, "liste.csv", list);
	sheet_chosen(&c, base, "people", "1 – Première");
	app_page(&c, at(&c, base, "/colonnes"));
	app_shows(&c, "as you chose them the last time");
	app_case_close(&c);
}

/* ---- refused rows ---- */

static const char wrong_list[] = "N° dossier;Nom;Prénom;Date de naissance;Nationalité;Statut;Date du statut;Tél;Date d'entrée\r\n"
				 "A1;Noori;Ahmad;32/13/1990;Afghane;Réfugié;03/04/2024;+33 6 12 34 56 78;15/09/2024\r\n"
				 "A2;Diallo;Fatou;1995;Guinée;Regroupement familial;02/05/2024;;16/09/2024\r\n"
				 "A3;Kone;Awa;1996;Martienne;Réfugiée;02/05/2024;;16/09/2024\r\n";

static str
mended(struct app_case *c, str text)
{
	struct buf b = { 0 };
	str out, rest = text;

	for (;;) {
		const char *at = strstr(str_z(&c->t->arena, rest), "32/13/1990");
		size_t n = at == NULL ? rest.len : strlen(str_z(&c->t->arena, rest)) - strlen(at);

		buf_add(&b, (str){ rest.s, n });
		if (at == NULL)
			break;
		buf_add(&b, S("31/12/1990"));
		rest = (str){ rest.s + n + 10, rest.len - n - 10 };
	}
	out = str_dup(&c->t->arena, buf_str(&b));
	buf_release(&b);
	return out;
}

static void
refused_rows_come_back_and_go_in_once_mended(void **state)
{
	struct app_case c;
	const char *base;
	str refused, place;

	begin(&c, case_of(state));
	app_as(&c, "manager", "op");
	base = brought(&c, "liste.csv", wrong_list);
	sheet_chosen(&c, base, "people", "1 – Première");
	app_page(&c, at(&c, base, "/colonnes"));
	app_shows(&c, "1 value not understood");
	app_shows(&c, "32/13/1990");
	checked(&c, base, "c4=nationality&suite=verifier");
	app_shows(&c, "Import 1 row");
	app_shows(&c, "Row 2");
	app_shows(&c, "D · <bdi>Date de naissance</bdi>");
	app_shows(&c, "<bdi>32/13/1990</bdi>");
	app_shows(&c, "<bdi>Martienne</bdi>");
	app_shows(&c, "refusees.xlsx");
	written(&c, base);
	app_shows(&c, "New records: 3.");
	app_shows(&c, "kept for 7 days");
	assert_int_equal(app_get(&c, at(&c, base, "/refusees.xlsx")), 200);
	assert_memory_equal(c.out.body.s, "PK", 2);
	refused = str_dup(&c.t->arena, buf_str(&c.out.body)); /* the workbook as it is goes through, with its reasons */
	assert_int_equal(upload_bytes(&c, "refusees.xlsx", refused), 303);
	place = str_of(app_place(&c));
	assert_true(str_starts(place, S("/import/")));
	assert_int_equal(app_get(&c, at(&c, base, "/refusees.csv")), 200);
	refused = str_dup(&c.t->arena, buf_str(&c.out.body));
	app_shows(&c, "Why it was refused");
	app_hides(&c, "Diallo");
	base = brought(&c, "refusees.csv", str_z(&c.t->arena, mended(&c, refused)));
	sheet_chosen(&c, base, "people", "1 – Première");
	app_page(&c, at(&c, base, "/colonnes"));
	app_shows(&c, "as you chose them the last time");
	app_shows(&c, "read 06 12 34 56 78");
	checked(&c, base, "suite=verifier");
	app_shows(&c, "Import 1 row");
	app_hides(&c, "<bdi>31/12/1990</bdi>");
	written(&c, base);
	assert_int_equal(rows_of(c.t, "people where birth_date = '1990-12-31'"), 1);
	app_case_close(&c);
}

static void
a_long_list_of_faults_has_pages(void **state)
{
	struct app_case c;
	struct buf b = { 0 };
	const char *base;

	begin(&c, case_of(state));
	app_as(&c, "manager", "op");
	buf_add(&b, S("Nom;Prénom;Date de naissance;Statut\n"));
	for (int i = 0; i < 120; i++)
		buf_format(&b, "Nom%d;Awa;jamais%d;réfugié\n", i, i);
	buf_char(&b, '\0');
	base = brought(&c, "liste.csv", b.s);
	buf_release(&b);
	sheet_chosen(&c, base, "people", "1 – Première");
	checked(&c, base, "c2=birth_date&suite=verifier");
	app_shows(&c, "No row can be imported as it is.");
	app_hides(&c, "<button class=\"button main\">");
	app_shows(&c, "Page 1 of 3");
	app_shows(&c, "<bdi>jamais0</bdi>");
	app_hides(&c, "<bdi>jamais60</bdi>");
	app_page(&c, at(&c, base, "/controle?page=2"));
	app_shows(&c, "<bdi>jamais60</bdi>");
	app_page(&c, at(&c, base, "/controle?page=99"));
	app_shows(&c, "<bdi>jamais119</bdi>");
	app_page(&c, at(&c, base, "/controle?page=-1"));
	app_shows(&c, "<bdi>jamais0</bdi>");
	app_case_close(&c);
}

/* ---- the work ---- */

/* Its process died under way: it begins again, and nothing is there twice. */
static void
work_that_was_killed_is_found_again(void **state)
{
	struct app_case c;
	const char *base;

	begin(&c, case_of(state));
	app_as(&c, "manager", "op");
	base = brought(&c, "liste.csv", list);
	sheet_chosen(&c, base, "people", "1 – Première");
	checked(&c, base, "suite=verifier");
	assert_int_equal(send_version(&c, base, "/controle", ""), 303);
	behind(c.t, "update jobs set state = 'running', started_ms = 1, told_ms = 1, tries = 1 where state = 'waiting'");
	app_page(&c, base);
	app_shows(&c, "The import is under way");
	app_case_close(&c);
	app_case_open(&c, c.t);
	c.now_ms = clock_ms();
	app_as(&c, "manager", "op");
	assert_int_equal(app_job(c.app), APP_DONE);
	app_page(&c, at(&c, base, "/resultat"));
	app_shows(&c, "New records: 6.");
	app_case_close(&c);
}

static void
work_that_died_too_often_says_so_and_can_be_begun_again(void **state)
{
	struct app_case c;
	const char *base;
	int64_t people;

	begin(&c, case_of(state));
	app_as(&c, "manager", "op");
	people = rows_of(c.t, "people");
	base = brought(&c, "liste.csv", list);
	sheet_chosen(&c, base, "people", "1 – Première");
	checked(&c, base, "suite=verifier");
	assert_int_equal(send_version(&c, base, "/controle", ""), 303);
	behind(c.t, "update jobs set state = 'running', started_ms = 1, told_ms = 1, tries = 3 where state = 'waiting'");
	assert_int_equal(app_job(c.app), APP_NOTHING);
	app_page(&c, at(&c, base, "/controle"));
	app_shows(&c, "This was interrupted, and nothing was written.");
	app_shows(&c, "Error:");
	assert_int_equal(rows_of(c.t, "people"), people);
	written(&c, base);
	assert_int_equal(rows_of(c.t, "people"), people + 2);
	app_case_close(&c);
}

static void
what_waits_can_be_stopped(void **state)
{
	struct app_case c;
	const char *base, *stop;
	char *end;

	begin(&c, case_of(state));
	app_as(&c, "manager", "op");
	base = brought(&c, "liste.csv", list);
	sheet_chosen(&c, base, "people", "1 – Première");
	checked(&c, base, "suite=verifier");
	assert_int_equal(send_version(&c, base, "/controle", ""), 303);
	assert_int_equal(app_post(&c, at(&c, base, "/abandon"), ""), 303); /* not under the hands of the work */
	assert_int_equal(rows_of(c.t, "imports where state = 'dropped'"), 0);
	app_page(&c, base);
	stop = strstr(app_body(&c), "/travaux/");
	assert_non_null(stop);
	end = strchr(stop, '"');
	assert_int_equal(app_post(&c, str_z(&c.t->arena, (str){ stop, (size_t)(end - stop) }), ""), 303);
	assert_int_equal(app_job(c.app), APP_NOTHING);
	app_page(&c, at(&c, base, "/controle"));
	app_shows(&c, "It was stopped: nothing was written.");
	app_case_close(&c);
}

/* ---- what stays on the server ---- */

static void
files_go_when_their_owner_says_so_or_after_a_week(void **state)
{
	struct app_case c;
	const char *base;

	begin(&c, case_of(state));
	app_as(&c, "manager", "op");
	base = brought(&c, "liste.csv", list);
	assert_true(kept_files(&c) > 0);
	assert_int_equal(app_post(&c, at(&c, base, "/abandon"), ""), 303);
	app_page(&c, app_place(&c));
	app_shows(&c, "The file is deleted from the server.");
	assert_int_equal(kept_files(&c), 0);
	assert_int_equal(app_get(&c, base), 303);
	assert_int_equal(app_get(&c, at(&c, base, "/feuille")), 303);
	assert_int_equal(rows_of(c.t, "journal where entity = 'imports' and action = 'delete'"), 1);

	base = brought(&c, "liste.csv", list);
	app_case_close(&c);
	app_case_open(&c, c.t);
	c.now_ms = clock_ms();
	assert_int_equal(app_job(c.app), APP_NOTHING);
	assert_true(kept_files(&c) > 0);
	app_case_close(&c);
	behind(c.t, "update imports set changed_ms = changed_ms - 8 * 24 * 3600000.0");
	app_case_open(&c, c.t);
	c.now_ms = clock_ms();
	app_as(&c, "manager", "op");
	assert_int_equal(app_job(c.app), APP_NOTHING);
	assert_int_equal(kept_files(&c), 0);
	assert_int_equal(app_get(&c, base), 303);
	assert_string_equal(app_place(&c), "/import?fait=efface");
	app_case_close(&c);
}

static void
what_is_no_spreadsheet_is_refused_and_leaves_nothing(void **state)
{
	static const char picture[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
	struct app_case c;

	begin(&c, case_of(state));
	app_as(&c, "manager", "op");
	assert_int_equal(upload_bytes(&c, "photo.xlsx", (str){ picture, sizeof picture }), 422);
	app_shows(&c, "class=\"faults\"");
	assert_int_equal(kept_files(&c), 0);
	assert_int_equal(upload(&c, "vide.csv", ""), 422);
	app_shows(&c, "This file is empty.");
	assert_int_equal(upload(&c, "", "x"), 422);
	app_shows(&c, "Choose a file");
	assert_int_equal(app_post(&c, "/import", "fichier=liste.csv"), 422);
	assert_int_equal(upload(&c, "ville.ZIP", "PK\3\4rest"), 422);
	app_shows(&c, "the coordinator imports it");
	assert_int_equal(kept_files(&c), 0);
	for (int i = 0; i < 10; i++)
		(void)brought(&c, "liste.csv", list);
	assert_int_equal(upload(&c, "liste.csv", list), 422);
	app_shows(&c, "Ten of your files are under way already.");
	app_case_close(&c);
}

/* A larger one is read by the job process. */
static void
a_large_file_is_read_beside(void **state)
{
	struct app_case c;
	struct buf b = { 0 };
	const char *base;

	begin(&c, case_of(state));
	app_as(&c, "manager", "op");
	buf_add(&b, S("Nom;Prénom;Date de naissance;Statut;Remarques\n"));
	for (int i = 0; i < 2000; i++)
		buf_format(&b, "Nom%d;Awa;01/02/1990;réfugié;%0600d\n", i, i);
	buf_char(&b, '\0');
	assert_true(b.len > 1 << 20);
	base = brought(&c, "grande.csv", b.s);
	buf_release(&b);
	assert_string_equal(app_place(&c), base);
	app_page(&c, base);
	app_shows(&c, "The file is being read");
	assert_int_equal(app_get(&c, at(&c, base, "/feuille")), 303);
	assert_string_equal(app_place(&c), base);
	assert_int_equal(app_job(c.app), APP_DONE);
	sheet_chosen(&c, base, "people", "1 – Première");
	assert_string_equal(app_place(&c), base);
	assert_int_equal(app_job(c.app), APP_DONE);
	app_page(&c, at(&c, base, "/colonnes"));
	app_shows(&c, "read Thursday 1 February 1990");
	app_case_close(&c);
}

/* ---- everything at once ---- */

static str
exported(struct app_case *c)
{
	const char *fetch;
	struct buf b = { 0 };
	char piece[4096];
	ssize_t n;
	str out;

	assert_int_equal(app_post(c, "/export", ""), 303);
	app_page(c, "/export");
	assert_int_equal(app_job(c->app), APP_DONE);
	app_page(c, "/export");
	app_shows(c, "names everybody");
	fetch = strstr(app_body(c), "action=\"/export/");
	assert_non_null(fetch);
	fetch = str_z(&c->t->arena, (str){ fetch + 8, (size_t)(strchr(fetch + 8, '"') - fetch - 8) });
	assert_int_equal(app_post(c, fetch, ""), 200);
	assert_true(c->out.file >= 0);
	while ((n = read(c->out.file, piece, sizeof piece)) > 0)
		buf_add(&b, (str){ piece, (size_t)n });
	close(c->out.file);
	out = str_dup(&c->t->arena, buf_str(&b));
	buf_release(&b);
	assert_int_equal(app_post(c, fetch, ""), 303); /* once */
	app_page(c, "/export");
	app_hides(c, "Fetch the .zip");
	return out;
}

static void
everything_goes_out_and_comes_in_as_a_bundle(void **state)
{
	struct app_case c;
	const char *base;
	str zip;

	begin(&c, case_of(state));
	app_as(&c, "coordinator", NULL);
	zip = exported(&c);
	assert_memory_equal(zip.s, "PK", 2);
	assert_int_equal(rows_of(c.t, "journal where entity = 'exports'"), 2);
	behind(c.t, "update people set family_name = 'Autre' where ref = 'connu'");
	assert_int_equal(upload_bytes(&c, "ville.zip", zip), 303);
	base = str_z(&c.t->arena, str_of(app_place(&c)));
	assert_int_equal(app_job(c.app), APP_DONE);
	app_page(&c, at(&c, base, "/controle"));
	app_shows(&c, "Nothing is written yet.");
	assert_int_equal(rows_of(c.t, "people where family_name = 'Autre'"), 1);
	written(&c, base);
	app_shows(&c, "Changed: 1.");
	assert_int_equal(rows_of(c.t, "people where family_name = 'Haidari'"), 1);
	app_as(&c, "manager", "op");
	app_refuses(&c, 404, base);
	assert_int_equal(app_post(&c, "/export", ""), 403);
	app_case_close(&c);
}

static void
a_bundle_with_faults_is_not_imported(void **state)
{
	struct app_case c;
	const char *base;
	struct grid_case zip = { .file = -1 };
	char bytes[4096];
	ssize_t n;

	begin(&c, case_of(state));
	app_as(&c, "coordinator", NULL);
	file_of_parts(&zip, (const char *[]){ "people.csv", "ref,family_name,birth_date\np9,Planté,32/13/1990\n", NULL });
	n = pread(zip.file, bytes, sizeof bytes, 0);
	close(zip.file);
	assert_int_equal(upload_bytes(&c, "ville.zip", (str){ bytes, (size_t)n }), 303);
	base = str_z(&c.t->arena, str_of(app_place(&c)));
	assert_int_equal(app_job(c.app), APP_DONE);
	app_page(&c, at(&c, base, "/controle"));
	app_shows(&c, "There is 1 fault: nothing can be imported.");
	app_shows(&c, "<bdi>people.csv</bdi> · line 2");
	app_shows(&c, "<bdi>32/13/1990</bdi>");
	app_hides(&c, "<button class=\"button main\">");
	app_hides(&c, c.t->folder);
	/* A form made by hand does not import it either. */
	assert_int_equal(app_post(&c, at(&c, base, "/controle"), str_format(&c.t->arena, "version=%d", 3).s), 303);
	assert_int_equal(app_job(c.app), APP_NOTHING);
	assert_int_equal(upload(&c, "cassee.zip", "PK\3\4 no archive"), 303);
	base = str_z(&c.t->arena, str_of(app_place(&c)));
	assert_int_equal(app_job(c.app), APP_DONE);
	app_page(&c, base);
	app_shows(&c, "cassee.zip is not a zip file that can be read.");
	app_hides(&c, c.t->folder);
	app_case_close(&c);
}

/* The template's headings are understood as they are meant, in both languages. */
static void
the_template_is_understood(void **state)
{
	static const char *const languages[] = { "en", "fr" };
	static const char *const wants[] = { "number", "family_name", "given_name", "sex", "birth_date", "nationality",
		"languages", "status", "status_since", "french_level", "phone", "email", "commune", "entered_on", "left_on",
		"exit" };
	struct app_case c;

	begin(&c, case_of(state));
	app_as(&c, "manager", "op");
	for (size_t i = 0; i < 2; i++) {
		struct grid *g;
		struct columns columns;
		int file = memfd_create("model", MFD_CLOEXEC);

		c.language = languages[i];
		behind(c.t, i == 0 ? "update accounts set language = 'en'" : "update accounts set language = 'fr'");
		app_page(&c, "/import/modele.xlsx");
		assert_int_equal(write(file, c.out.body.s, c.out.body.len), (ssize_t)c.out.body.len);
		ok(grid_open(&c.t->arena, file, S("model"), &g));
		ok(columns_guess(&c.t->arena, g, 0, AS_PEOPLE, day_of(2025, 6, 15), &columns));
		assert_int_equal(columns.n, sizeof wants / sizeof *wants);
		for (size_t k = 0; k < columns.n; k++)
			assert_string_equal(want_names[columns.v[k].want], wants[k]);
		ok(columns_guess(&c.t->arena, g, 1, AS_ATTENDANCE, day_of(2025, 6, 15), &columns));
		assert_int_equal(columns.n, 8);
		for (size_t k = 0; k < columns.n; k++)
			assert_int_not_equal(columns.v[k].want, WANT_NOTHING);
		grid_close(g);
		close(file);
	}
	app_case_close(&c);
}

static int64_t
newest_person(struct app_case *c)
{
	static const struct sql newest = { "newest_person", "select max(id) from people", NULL };

	return case_int(c->t->db, &newest);
}

static const char *
imported_list(struct app_case *c)
{
	const char *base = brought(c, "liste.csv", list);

	sheet_chosen(c, base, "", "1 – Première");
	checked(c, base, "suite=verifier");
	written(c, base);
	return base;
}

static void
a_whole_import_is_taken_back(void **state)
{
	struct db_case *t = case_of(state);
	struct app_case c;
	const char *base;
	int64_t before;

	begin(&c, t);
	app_as(&c, "manager", "op");
	before = rows_of(c.t, "people");
	base = imported_list(&c);
	assert_int_equal(rows_of(c.t, "people"), before + 2);
	app_shows(&c, "/annulation\"");
	app_as(&c, "coordinator", NULL);
	app_refuses(&c, 404, at(&c, base, "/annulation"));
	app_as(&c, "manager", "op");
	assert_int_equal(send_version(&c, base, "/annulation", ""), 303);
	assert_int_equal(app_job(c.app), APP_DONE);
	app_page(&c, at(&c, base, "/annulation"));
	app_shows(&c, "was taken back");
	assert_int_equal(rows_of(c.t, "people"), before);
	app_case_close(&c);
}

static void
what_was_changed_since_the_import_stays(void **state)
{
	struct db_case *t = case_of(state);
	struct person p, now;
	struct app_case c;
	const char *base;
	int64_t before;
	struct save s;
	bool found;

	begin(&c, t);
	app_as(&c, "manager", "op");
	before = rows_of(c.t, "people");
	base = imported_list(&c);
	ok(entity_by_id(t->db, 1, &entities[ENTITY_people], newest_person(&c), &t->arena, &p, &found));
	now = p;
	now.phone = S("0601020304");
	ok(db_begin_write(t->db));
	ok(save_open(&s, t->db, &(struct change){ .territory = 1, .at = S("2025-06-15T12:00:00.000Z") }, c.now_ms));
	ok(entity_save(&s, &entities[ENTITY_people], &now, &p));
	save_close(&s);
	ok(db_end(t->db, NULL));
	app_page(&c, at(&c, base, "/annulation"));
	app_shows(&c, "changed since: stays as it is");
	assert_int_equal(send_version(&c, base, "/annulation", ""), 303);
	assert_int_equal(app_job(c.app), APP_DONE);
	assert_int_equal(rows_of(c.t, "people"), before + 1);
	app_case_close(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(a_list_goes_through_all_its_steps),
		ON_BOTH(the_same_file_again_changes_nothing_and_says_so),
		ON_BOTH(steps_out_of_order_lead_back_to_where_it_stands),
		ON_BOTH(nobody_else_finds_an_import),
		ON_BOTH(an_action_of_others_is_refused),
		ON_BOTH(two_windows_do_not_undo_each_other),
		ON_BOTH(choices_of_columns_are_kept_and_checked),
		ON_BOTH(refused_rows_come_back_and_go_in_once_mended),
		ON_SQLITE(a_long_list_of_faults_has_pages),
		ON_BOTH(work_that_was_killed_is_found_again),
		ON_BOTH(work_that_died_too_often_says_so_and_can_be_begun_again),
		ON_BOTH(what_waits_can_be_stopped),
		ON_BOTH(files_go_when_their_owner_says_so_or_after_a_week),
		ON_BOTH(what_is_no_spreadsheet_is_refused_and_leaves_nothing),
		ON_SQLITE(a_large_file_is_read_beside),
		ON_BOTH(everything_goes_out_and_comes_in_as_a_bundle),
		ON_BOTH(a_bundle_with_faults_is_not_imported),
		ON_SQLITE(the_template_is_understood),
		ON_BOTH(a_whole_import_is_taken_back),
		ON_BOTH(what_was_changed_since_the_import_stays),
	};

	return cmocka_run_group_tests_name("import_pages", tests, NULL, NULL);
}
