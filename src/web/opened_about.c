/* opened_about.c - what a record behind a figure is about, in a few words */
#include "base/text.h"
#include "daily/act_kinds.h"
#include "model/choices.h"
#include "model/model.h"
#include "model/save.h"
#include "web/opened.h"

/* The record itself; *found false: it is gone meanwhile. */
static const struct err *
read_it(struct req *r, const struct opened *o, enum entity_number e, int64_t key, void *to, bool *found)
{
	return entity_by_id(r->db, o->shown.contract.territory, &entities[e], key, r->arena, to, found);
}

/* Recorded by an operator of health: why people come there is not told to the city's team. */
static bool
closed(struct req *r, const struct opened *o, const struct explained *x)
{
	if (viewer_limit(&r->viewer, RIGHT_PEOPLE_READ) != 0)
		return false;
	for (size_t i = 0; i < o->plan->actions.n; i++) {
		const struct action *a = &o->plan->actions.v[i];
		const struct organisation *by = plan_organisation(o->plan, a->operator);

		if (str_eq(a->ref, x->action))
			return by != NULL && str_is(by->category, "health");
	}
	return true;
}

static const struct err *
act_about(struct req *r, const struct opened *o, const struct explained *x, str *about)
{
	struct act_kinds kinds;
	struct act a;
	bool found;
	const struct err *e = read_it(r, o, ENTITY_acts, x->key, &a, &found);

	if (e == NULL && found)
		e = act_kinds_read(r->db, r->arena, o->shown.contract.territory, r->today, &kinds);
	if (e != NULL || !found)
		return e;
	if (closed(r, o, x) || (viewer_limit(&r->viewer, RIGHT_PEOPLE_READ) == 0 && act_kind_health(&kinds, a.kind)))
		*about = str_of(tr("Appointment"));
	else
		*about = act_kind_label(&kinds, a.kind);
	return NULL;
}

/* A theme is told of a session alone, not of who came to it. */
static const struct err *
session_about(struct req *r, const struct opened *o, const struct explained *x, bool theme, str *about)
{
	const struct entity *e = &entities[ENTITY_sessions];
	struct session s;
	bool found;
	const struct err *err = read_it(r, o, ENTITY_sessions, x->key, &s, &found);

	if (err != NULL || !found || (!theme && closed(r, o, x)))
		return err;
	*about = choice_label(entity_field(e, "kind"), s.kind);
	if (theme && s.theme.len > 0) {
		str word = choice_label(entity_field(e, "theme"), s.theme);

		*about = str_format(r->arena, "%.*s · %.*s", STR_ARG(*about), STR_ARG(word));
	}
	return NULL;
}

static const struct err *
expense_about(struct req *r, const struct opened *o, const struct explained *x, str *about)
{
	struct expense p;
	bool found;
	const struct err *e = read_it(r, o, ENTITY_expenses, x->key, &p, &found);

	if (e != NULL || !found)
		return e;
	*about = p.label;
	if (p.account != NUMBER_NONE)
		*about = str_format(r->arena, tr("%.*s (account %lld)"), STR_ARG(p.label), (long long)p.account);
	return NULL;
}

const struct err *
opened_about(struct req *r, const struct opened *o, const struct explained *x, str *about)
{
	str kind = str_of(x->kind);

	if (str_is(kind, "tools"))
		*about = x->ref;
	else if (str_is(kind, "expenses"))
		return expense_about(r, o, x, about);
	else if (str_is(kind, "acts"))
		return act_about(r, o, x, about);
	else if (str_is(kind, "sessions"))
		return session_about(r, o, x, true, about);
	else if (str_is(kind, "attendances") || str_is(kind, "trainee_attendances"))
		return session_about(r, o, x, false, about);
	return NULL;
}
