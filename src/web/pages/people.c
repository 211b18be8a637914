/* people: a list with filters, a page at a time; and those found by what is typed, which never stands in an address */
#include "base/text.h"
#include "model/choices.h"
#include "model/entity.h"
#include "model/save.h"
#include "views.h"
#include "web/app_parts.h"
#include "web/door.h"
#include "web/page.h"
#include "web/people_page.h"
#include "web/reach.h"
#include "web/route.h"
#include "web/shown_figures.h"

/* The filters as addresses hold them. */
static const char *const parameters[] = { "action", "fiche", "organisme", "statut", "bpi", "sexe", "moins-de-25", "manque",
	"cohorte", "menage", "ordre" };
enum { PARAMETERS = sizeof parameters / sizeof *parameters };

static struct sight
sight_of(struct req *r)
{
	return (struct sight){ .db = r->db,
		.arena = r->arena,
		.territory = r->viewer.territory,
		.organisation = viewer_limit(&r->viewer, RIGHT_PEOPLE_READ),
		.today = r->today,
		.memory = db_is_reading(r->db) ? app_people(r->app) : NULL };
}

/* The same list with one filter left out, and from another place. */
static str
address(struct req *r, const char *without, const char *name, str value)
{
	struct buf b = { 0 };

	buf_add(&b, S("/personnes?"));
	for (int i = 0; i < PARAMETERS; i++) {
		str given = req_query(r, parameters[i]);

		if (given.len > 0 && !str_is(str_of(parameters[i]), without))
			query_add(&b, str_of(parameters[i]), given);
	}
	if (name != NULL && value.len > 0)
		query_add(&b, str_of(name), value);
	return buf_kept(&b, r->arena);
}

static void
chip(struct people_view *v, const char *parameter, str words)
{
	if (v->n_chips < (int)(sizeof v->chips / sizeof *v->chips))
		v->chips[v->n_chips++] = (struct people_chip){ words, address(v->req, parameter, NULL, (str){ 0 }) };
}

/* What people call a sheet, an action, an organisation, a contract. */
static const struct err *
called(struct people_view *v, enum entity_number e, int64_t key, str *name)
{
	union {
		struct sheet sheet;
		struct action action;
		struct organisation organisation;
		struct contract contract;
	} x;
	struct req *r = v->req;
	bool found;
	const struct err *err = entity_by_id(r->db, r->viewer.territory, &entities[e], key, r->arena, &x, &found);

	if (err != NULL || !found)
		return err;
	if (e == ENTITY_sheets)
		*name = str_format(r->arena, "%.*s %.*s", STR_ARG(x.sheet.number), STR_ARG(x.sheet.title));
	else
		*name = e == ENTITY_actions ? x.action.title : e == ENTITY_organisations ? x.organisation.name : x.contract.title;
	return NULL;
}

/* A record of the contract half that the address names by its ref: its key, and its words in a chip. 0 asks for nobody. */
static const struct err *
by_ref(struct people_view *v, const char *parameter, enum entity_number e, int64_t *key, const char *label)
{
	struct req *r = v->req;
	str ref = req_query(r, parameter), name = ref;
	const struct err *err;

	if (ref.len == 0)
		return NULL;
	err = entity_key_of_ref(r->db, r->viewer.territory, &entities[e], ref, key);
	if (err == NULL && *key == 0)
		return reply_missing(r);
	if (err == NULL)
		err = called(v, e, *key, &name);
	chip(v, parameter, str_format(r->arena, tr("%s: %.*s"), label, STR_ARG(name)));
	return err;
}

static void
read_words(struct people_view *v)
{
	struct req *r = v->req;
	str sex = req_query(r, "sexe"), missing = req_query(r, "manque"), status = req_query(r, "statut");
	const struct field *f = entity_field(&entities[ENTITY_statuses], "status");

	if (choice_index(f->choices, status) >= 0) {
		v->filter.status = status;
		chip(v, "statut", choice_label(f, status));
	}
	if (str_is(req_query(r, "bpi"), "oui")) {
		v->filter.bpi = true;
		chip(v, "bpi", S("BPI"));
	}
	if (str_is(sex, "F") || str_is(sex, "M") || str_is(sex, "X")) {
		v->filter.sex = sex.s[0];
		chip(v, "sexe", choice_label(entity_field(&entities[ENTITY_people], "sex"), sex));
	}
	if (str_is(req_query(r, "moins-de-25"), "oui")) {
		v->filter.under25 = true;
		chip(v, "moins-de-25", str_of(tr("Under 25")));
	}
	if (str_is(missing, "sexe") || str_is(missing, "naissance") || str_is(missing, "statut")) {
		v->filter.missing = str_is(missing, "sexe")        ? MISSING_SEX
				    : str_is(missing, "naissance") ? MISSING_BIRTH
								   : MISSING_STATUS;
		chip(v, "manque",
		    str_of(str_is(missing, "sexe")        ? tr("Sex not known")
			   : str_is(missing, "naissance") ? tr("Birth date not known")
							  : tr("No status")));
	}
	v->filter.household = req_query(r, "menage");
	if (v->filter.household.len > 0)
		chip(v, "menage", str_of(tr("One household")));
	v->order = str_is(req_query(r, "ordre"), "nouveaux") ? LIST_NEWEST : LIST_BY_NAME;
}

static const struct err *
read_filter(struct people_view *v)
{
	const struct err *e = by_ref(v, "action", ENTITY_actions, &v->filter.action, tr("Action"));

	if (e == NULL)
		e = by_ref(v, "fiche", ENTITY_sheets, &v->filter.sheet, tr("Sheet"));
	if (e == NULL)
		e = by_ref(v, "organisme", ENTITY_organisations, &v->filter.organisation, tr("Operator"));
	if (e == NULL)
		e = by_ref(v, "cohorte", ENTITY_contracts, &v->filter.cohort, tr("Restricted cohort"));
	if (e == NULL)
		read_words(v);
	return e;
}

static struct people_choice
choice_of(struct people_view *v, const char *parameter, str value, str label)
{
	return (struct people_choice){ value, label, str_eq(req_query(v->req, parameter), value) };
}

/* What the form of filters offers: of the contract in force, what this viewer reaches. */
static const struct err *
offer(struct people_view *v)
{
	struct req *r = v->req;
	struct shown shown = { 0 };
	const struct plan *p;
	const struct field *f = entity_field(&entities[ENTITY_statuses], "status");
	str left = str_of(f->choices), word;
	const struct err *e = shown_contract(r, (str){ 0 }, &shown);

	v->statuses = ARENA_ARRAY(r->arena, 20, struct people_choice);
	while ((word = str_cut(left, ' ', &left)).len > 0)
		v->statuses[v->n_statuses++] = choice_of(v, "statut", word, choice_label(f, word));
	if (e != NULL && e->kind == ERR_NOTFOUND)
		return NULL; /* no contract yet: nothing to filter by */
	if (e == NULL)
		e = shelf_plan(app_shelf(r->app), r->db, shown.contract.territory, shown.contract.id, &p);
	if (e != NULL)
		return e;
	v->actions = ARENA_ARRAY(r->arena, p->actions.n, struct people_choice);
	v->sheets = ARENA_ARRAY(r->arena, p->sheets.n, struct people_choice);
	for (size_t i = 0; i < p->actions.n; i++)
		if (reaches_action(&r->viewer, RIGHT_PEOPLE_READ, p, &p->actions.v[i]))
			v->actions[v->n_actions++] = choice_of(v, "action", p->actions.v[i].ref, p->actions.v[i].title);
	for (size_t i = 0; i < p->sheets.n; i++)
		if (reaches_sheet(&r->viewer, RIGHT_PEOPLE_READ, p, p->sheets.v[i].record.id))
			v->sheets[v->n_sheets++] = choice_of(v, "fiche", p->sheets.v[i].ref,
			    str_format(r->arena, "%.*s %.*s", STR_ARG(p->sheets.v[i].number), STR_ARG(p->sheets.v[i].title)));
	return NULL;
}

static const struct err *
read_page(struct people_view *v)
{
	struct req *r = v->req;
	struct sight s = sight_of(r);
	int64_t after = key_long(req_query(r, "apres")), before = key_long(req_query(r, "avant"));
	const struct err *e = people_list(&s, &v->filter, v->order, after, before, LIST_PAGE, &v->page);

	if (e == NULL)
		e = people_count(&s, &v->filter, &v->count);
	if (e != NULL || v->page.n == 0)
		return e;
	if (v->page.before)
		v->before = address(r, "", "avant", key_short(r->arena, v->page.v[0].id));
	if (v->page.after)
		v->after = address(r, "", "apres", key_short(r->arena, v->page.v[v->page.n - 1].id));
	return NULL;
}

static void
begin(struct people_view *v, struct req *r)
{
	*v = (struct people_view){ .req = r, .token = door_token(r) };
	v->add = viewer_may(&r->viewer, RIGHT_PEOPLE_WRITE);
	v->all = viewer_limit(&r->viewer, RIGHT_PEOPLE_READ) == 0;
}

const struct err *
people_show(struct req *r)
{
	struct page p = { .title = str_of(tr("People")), .menu = MENU_PEOPLE, .own_heading = true };
	struct people_view v;
	const struct err *e;

	if (r->viewer.role == ROLE_beneficiary)
		return reply_see(r, "/mon-dossier");
	begin(&v, r);
	if ((e = read_filter(&v)) != NULL || (e = offer(&v)) != NULL || (e = read_page(&v)) != NULL)
		return e;
	v.by_name = address(r, "ordre", NULL, (str){ 0 });
	v.by_newest = address(r, "ordre", "ordre", S("nouveaux"));
	people_listed(page_begin(r, &p), &v);
	return page_end(r);
}

/* A form that is sent, not an address: names stay out of histories, logs and links. */
const struct err *
people_find(struct req *r)
{
	struct page p = { .title = str_of(tr("People found")), .menu = MENU_PEOPLE };
	struct people_view v;
	struct sight s;
	const struct err *e = db_begin_read(r->db);

	if (e != NULL)
		return e;
	begin(&v, r);
	s = sight_of(r);
	v.typed = str_trim(req_form(r, "q"));
	if ((e = db_end(r->db, people_search(&s, v.typed, &v.hits))) != NULL)
		return e;
	page_crumb(&p, str_of(tr("People")), S("/personnes"));
	people_found(page_begin(r, &p), &v);
	return page_end(r);
}
