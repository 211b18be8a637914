/* an action: its places, its people, those who ask */
#include "base/text.h"
#include "model/choices.h"
#include "sql.h"
#include "views.h"
#include "web/action_page.h"
#include "web/person_page.h"
#include "web/route.h"

const char *const roster_words[ROSTER_PARTS] = { "", "demandes", "attente", "inscrits", "anciens" };

str
action_url(struct arena *a, str ref)
{
	return str_format(a, "/actions/%.*s", STR_ARG(ref));
}

const struct err *
action_open(struct req *r, enum right right, str ref, struct action_page *p, bool *found)
{
	const struct err *e;

	*p = (struct action_page){ .req = r, .sight = person_sight(r, right), .left = NUMBER_NONE };
	if ((e = action_place(&p->sight, ref, &p->place, found)) != NULL || !*found)
		return e;
	p->enrols = viewer_may(&r->viewer, RIGHT_ENROL) && !r->viewer.looking;
	p->plans = viewer_may(&r->viewer, RIGHT_PLANNING) && !r->viewer.looking;
	if ((e = roster_read(&p->sight, &p->place, &p->roster)) != NULL)
		return e;
	p->left = places_left(&p->place.action, (int64_t)p->roster.count[IN_ACTIVE]);
	return NULL;
}

struct page
action_frame(const struct action_page *p, const char *title)
{
	struct arena *a = p->req->arena;
	struct page frame = { .title = str_of(title), .menu = MENU_CONTRACT };

	page_crumb(&frame, str_format(a, tr("Sheet %.*s"), STR_ARG(p->place.sheet_number)),
	    str_format(a, "/fiches/%.*s", STR_ARG(p->place.sheet_ref)));
	return frame;
}

const struct err *
action_staff(struct action_page *p, int64_t organisation, const struct choice **v, size_t *n)
{
	struct req *r = p->req;
	PLAN_LIST(struct choice) list = { 0 };
	struct enrol_staff_row row;
	struct db_rows rows;
	const struct err *e =
	    enrol_staff(r->db, &rows, r->viewer.territory, p->place.action.record.id, organisation > 0 ? organisation : 0);

	if (e != NULL)
		return e;
	while (enrol_staff_next(&rows, &row))
		*PLAN_ADD(r->arena, &list) = (struct choice){ row.id, str_dup(r->arena, row.name) };
	*v = list.v;
	*n = list.n;
	return db_done(&rows);
}

/* --- why somebody counts --- */

const char *
standing_short(const struct standing *s)
{
	switch (s->eligible) {
	case ELIGIBLE_YES:
		return s->bpi ? tr("eligible, BPI") : tr("eligible");
	case ELIGIBLE_NO_STATUS:
		return tr("status missing");
	case ELIGIBLE_ENDED:
	case ELIGIBLE_OTHER:
		break;
	}
	return tr("not eligible");
}

enum flag
standing_flag(const struct standing *s)
{
	return s->eligible == ELIGIBLE_YES ? FLAG_GOOD : s->eligible == ELIGIBLE_NO_STATUS ? FLAG_WARN : FLAG_PLAIN;
}

str
standing_words(struct arena *a, const struct standing *s)
{
	char on[DAY_TEXT];
	str word = { 0 };

	if (s->by == NULL)
		return str_of(tr("No residence status is recorded: ask for the residence permit or the OFPRA decision."));
	word = choice_label(entity_field(&entities[ENTITY_statuses], "status"), s->by->status);
	if (s->eligible == ELIGIBLE_ENDED) {
		if (s->by->until == DAY_NONE)
			return str_format(a, tr("The status “%.*s” begins on %s: nothing counts before."), STR_ARG(word),
			    day_shown(s->by->since, on).s);
		return str_format(a, tr("The status “%.*s” ended on %s: ask for the permit that followed."), STR_ARG(word),
		    day_shown(s->by->until, on).s);
	}
	if (s->eligible == ELIGIBLE_OTHER)
		return str_format(a, tr("“%.*s” since %s is not among the statuses that the contract counts."), STR_ARG(word),
		    day_shown(s->by->since, on).s);
	return str_format(a, tr("“%.*s” since %s."), STR_ARG(word), day_shown(s->by->since, on).s);
}

/* --- the page --- */

static const char *
done_words(struct req *r)
{
	str word = req_query(r, "fait");
	number n = str_number(req_query(r, "n")), wait = str_number(req_query(r, "a"));
	int64_t in = n.ok && n.value >= 0 && n.value < 1000 ? n.value : 0, waiting = wait.ok && wait.value >= 0 ? wait.value : 0;

	if (str_is(word, "inscrits") && waiting > 0 && waiting < 1000)
		return str_format(r->arena, tr("Enrolled: %d. Put on the waiting list: %d."), (int)in, (int)waiting).s;
	if (str_is(word, "inscrits"))
		return str_format(r->arena, tr_n("%d person is enrolled.", "%d people are enrolled.", (unsigned long)in), (int)in)
		    .s;
	if (str_is(word, "demandes"))
		return str_format(
		    r->arena, tr_n("%d request is recorded.", "%d requests are recorded.", (unsigned long)in), (int)in)
		    .s;
	if (str_is(word, "accepter"))
		return tr("The request is accepted.");
	if (str_is(word, "attente"))
		return tr("The request is on the waiting list.");
	if (str_is(word, "refuser"))
		return tr("The request is refused.");
	if (str_is(word, "annuler"))
		return tr("The enrolment is cancelled.");
	if (str_is(word, "modifier"))
		return tr("The enrolment is changed.");
	if (str_is(word, "places"))
		return tr("The number of places is saved.");
	return NULL;
}

static const struct err *
show(struct action_page *p)
{
	struct req *r = p->req;
	struct page frame = action_frame(p, tr("Action"));

	frame.own_heading = true;
	frame.done = done_words(r);
	frame.fault = p->places.faults != NULL;
	if (frame.fault)
		r->out->status = 422;
	p->places.req = r;
	p->places.entity = &entities[ENTITY_actions];
	p->places.names = "capacity";
	p->places.record = &p->place.action;
	action_view(page_begin(r, &frame), p);
	return page_end(r);
}

const struct err *
action_show(struct req *r)
{
	struct action_page p;
	bool found;
	const struct err *e = action_open(r, RIGHT_AGENDA, r->parts[0], &p, &found);

	if (e != NULL)
		return e;
	if (!found)
		return reply_missing(r);
	for (int i = 1; i < ROSTER_PARTS; i++) {
		if (str_is(req_query(r, "voir"), roster_words[i]))
			p.part = (enum roster_part)i;
	}
	return show(&p);
}

/* How many it takes: a matter of rooms and staff, not of the contract, so no amendment is asked for. */
const struct err *
action_places(struct req *r)
{
	const struct entity *kind = &entities[ENTITY_actions];
	struct action_page p;
	struct action changed;
	struct problems faults;
	struct save s;
	uint64_t wrong;
	bool found;
	const struct err *e = action_open(r, RIGHT_ENROL, r->parts[0], &p, &found);

	if (e != NULL)
		return e;
	if (!found)
		return reply_missing(r);
	problems_init(&faults, r->arena);
	changed = p.place.action;
	wrong = form_read(r, kind, "capacity", &changed, &faults);
	entity_check(kind, &changed, wrong, 0, &faults.sink, (str){ 0 }, 0);
	changed.record.version = person_version_typed(r);
	if (faults.sink.faults > 0) {
		p.places.faults = &faults;
		return show(&p);
	}
	if ((e = req_begin(r, &s, "places changed")) == NULL)
		e = req_end(r, &s, entity_save(&s, kind, &changed, &p.place.action));
	return e != NULL ? e : reply_see(r, "/actions/%.*s?fait=places", STR_ARG(p.place.action.ref));
}
