/* how a person's file came to be what it is: each change, what stood before and after */
#include "access/trail.h"
#include "base/moment.h"
#include "base/text.h"
#include "model/choices.h"
#include "model/undo.h"
#include "views.h"
#include "web/journal_page.h"
#include "web/person_page.h"
#include "web/route.h"

enum { MOST = 100 };

static bool
differs(const struct past *x, const struct field *f)
{
	if (x->before == NULL || x->after == NULL)
		return !field_absent(f, x->before != NULL ? x->before : x->after);
	return !field_equal(f, x->before, x->after);
}

/* A link to the person themselves and the outside key say nothing that people want to read. */
static bool
worth_showing(const struct field *f)
{
	return f->kind != KIND_LINK && f->kind != KIND_REF;
}

static void
choose_fields(const struct req *r, const struct past *x, struct person_past *to)
{
	size_t n = 0, closed = 0;

	to->fields = ARENA_ARRAY(r->arena, x->e->n + 1, const struct field *);
	to->closed = ARENA_ARRAY(r->arena, x->e->n + 1, const struct field *);
	for (size_t i = 0; i < x->e->n && !x->erased; i++) {
		const struct field *f = &x->e->fields[i];

		if (!worth_showing(f) || !differs(x, f))
			continue;
		if (f->sensitivity == SENS_SENSITIVE)
			to->closed[closed++] = f;
		else if (viewer_reads(&r->viewer, f->sensitivity))
			to->fields[n++] = f;
	}
	to->fields[n] = to->closed[closed] = NULL;
}

static const char *
what_words(const struct past *x)
{
	bool person = x->e == &entities[ENTITY_people];

	if (x->erased)
		return person ? tr("Changed; what it was is not kept any more")
			      : tr("A status was changed; what it was is not kept any more");
	if (x->before == NULL)
		return person ? tr("The file was opened") : tr("A status was recorded");
	if (x->after == NULL)
		return person ? tr("The file was taken out") : tr("A status was removed");
	return person ? tr("The identity was changed") : tr("A status was changed");
}

/* Of a status that was changed: which one. */
static str
which(const struct past *x)
{
	const struct status *s = x->after;

	if (x->e != &entities[ENTITY_statuses] || x->before == NULL || s == NULL)
		return (str){ 0 };
	return choice_label(entity_field(x->e, "status"), s->status);
}

/* What the machine did is no page's. Imports are taken back as a whole, from their own page. */
static bool
may_undo(const struct req *r, const struct past *x, int64_t at_ms)
{
	const struct undo act = { .at = x->at };
	enum reach reach = viewer_reach(&r->viewer, RIGHT_UNDO);

	if (reach == REACH_NO || r->viewer.looking || at_ms < 0 || undo_late(&act, r->in->now_ms))
		return false;
	if (str_is(x->cause, "import") || trail_account(x->actor) == 0)
		return false;
	return reach == REACH_ALL || trail_account(x->actor) == r->viewer.account;
}

static const struct err *
read_pasts(struct person_page *p, struct person_pasts *to)
{
	struct req *r = p->req;
	struct person_known known = { 0 };
	struct past *v;
	size_t n;
	const struct err *e = person_history(&p->sight, p->file.person.record.id, MOST + 1, &v, &n);

	*to = (struct person_pasts){ .person = p };
	if (e != NULL)
		return e;
	to->more = n > MOST;
	n -= to->more;
	to->v = ARENA_ARRAY(r->arena, n, struct person_past);
	for (size_t i = 0; i < n && e == NULL; i++) {
		struct person_past *x = &to->v[to->n++];

		*x = (struct person_past){
			.past = &v[i], .at_ms = moment_parse(v[i].at), .what = what_words(&v[i]), .of = which(&v[i])
		};
		choose_fields(r, &v[i], x);
		if (may_undo(r, &v[i], x->at_ms))
			x->undo = key_short(r->arena, v[i].change);
		e = person_who(p, &known, v[i].actor, &x->who);
	}
	return e;
}

const struct err *
person_past(struct req *r)
{
	struct person_pasts pasts;
	struct person_page p;
	struct page frame;
	const struct err *e = person_open(r, RIGHT_PEOPLE_READ, &p);

	if (e == NULL)
		e = read_pasts(&p, &pasts);
	if (e != NULL)
		return e;
	p.tab = PERSON_PAST;
	frame = person_frame(&p, tr("History of the file"));
	page_crumb(&frame, str_of(tr("File")), person_tab_url(r->arena, p.key, PERSON_COURSE));
	person_past_view(page_begin(r, &frame), &pasts);
	return page_end(r);
}
