/* somebody new: the form, the question whether they are known already, the record */
#include <string.h>

#include "base/text.h"
#include "match/match.h"
#include "model/save.h"
#include "people/saving.h"
#include "views.h"
#include "web/person_page.h"
#include "web/route.h"

static const struct entity *const kind = &entities[ENTITY_people];

static const struct err *
show_form(struct person_form *f)
{
	struct page frame = { .title = str_of(tr("New person")), .menu = MENU_PEOPLE };

	page_crumb(&frame, str_of(tr("People")), S("/personnes"));
	frame.fault = f->sheaf.faults != NULL && f->sheaf.faults->sink.faults > 0;
	if (frame.fault)
		f->req->out->status = 422;
	person_new_view(page_begin(f->req, &frame), f);
	return page_end(f->req);
}

const struct err *
person_new(struct req *r)
{
	struct person_form f = { .req = r, .sheaf = { .req = r, .entity = kind, .names = identity_fields } };

	return show_form(&f);
}

/* --- who it may be --- */

enum { FOUND_MOST = 60 };
struct found {
	int64_t v[FOUND_MOST];
	struct person_line lines[FOUND_MOST];
	bool called[FOUND_MOST]; /* has the phone or the e-mail */
	size_t n;
};

static void
join(struct found *to, const struct person_hits *from)
{
	for (size_t i = 0; i < from->n && to->n < FOUND_MOST; i++) {
		size_t k = 0;

		while (k < to->n && to->v[k] != from->v[i].line.id)
			k++;
		if (k == to->n) {
			to->v[to->n] = from->v[i].line.id;
			to->lines[to->n++] = from->v[i].line;
		}
		to->called[k] |= from->v[i].why == HIT_PHONE || from->v[i].why == HIT_EMAIL;
	}
}

/* Those among the people the viewer sees who have that name in any order, one of the names and the year of birth, that phone or
 * e-mail, or nearly. */
static const struct err *
search_found(const struct sight *s, const struct person *p, struct found *found)
{
	const str year = { p->birth_date.s, p->birth_date.len < 4 ? 0 : 4 };
	const str asked[] = { str_trim(str_format(s->arena, "%.*s %.*s", STR_ARG(p->given_name), STR_ARG(p->family_name))),
		year.len > 0 && p->given_name.len > 0 ? str_format(s->arena, "%.*s %.*s", STR_ARG(p->given_name), STR_ARG(year))
						      : S(""),
		year.len > 0 && p->family_name.len > 0 ? str_format(s->arena, "%.*s %.*s", STR_ARG(p->family_name), STR_ARG(year))
						       : S(""),
		p->phone, p->email };
	struct person_hits hits;
	const struct err *e = NULL;

	for (size_t i = 0; i < sizeof asked / sizeof *asked && e == NULL; i++) {
		if (asked[i].len == 0)
			continue;
		e = people_search(s, asked[i], &hits);
		if (e == NULL)
			join(found, &hits);
	}
	return e;
}

/* What may be compared aloud: of the AGDREF number nothing is said here, it is opened with a reason. */
static void
compared_values(const struct person *p, str to[MATCH_FIELDS])
{
	memset(to, 0, MATCH_FIELDS * sizeof *to);
	to[MATCH_FAMILY] = p->family_name;
	to[MATCH_GIVEN] = p->given_name;
	to[MATCH_BIRTH] = p->birth_date;
	to[MATCH_SEX] = p->sex;
	to[MATCH_NATIONALITY] = p->nationality;
	to[MATCH_PHONE] = p->phone;
	to[MATCH_EMAIL] = p->email;
}

static void
put_likely(struct likely *to, const struct person_line *line, double probability, str why)
{
	size_t i = to->n;

	if (to->n == LIKELY_MOST && to->v[LIKELY_MOST - 1].probability >= probability)
		return;
	if (to->n < LIKELY_MOST)
		to->n++;
	else
		i--;
	for (; i > 0 && to->v[i - 1].probability < probability; i--)
		to->v[i] = to->v[i - 1];
	to->v[i].line = *line;
	to->v[i].probability = probability;
	to->v[i].why = why;
}

/* Whoever is unlikely by all that both files say is left out: of a hundred who have one of the names, few are asked about. */
static const struct err *
search_likely(const struct sight *s, const struct person *p, struct likely *likely)
{
	const double least = 0.02;
	struct found *found = ARENA_NEW(s->arena, struct found);
	str typed[MATCH_FIELDS], stored[MATCH_FIELDS];
	struct person other;
	const struct err *e = search_found(s, p, found);

	*likely = (struct likely){ 0 };
	compared_values(p, typed);
	for (size_t i = 0; i < found->n && e == NULL; i++) {
		struct buf why = { 0 };
		double probability;
		bool there;

		e = entity_by_id(s->db, s->territory, kind, found->v[i], s->arena, &other, &there);
		if (e != NULL || !there)
			continue;
		compared_values(&other, stored);
		probability = match_two(typed, stored, &why);
		if (probability >= least || found->called[i])
			put_likely(likely, &found->lines[i], probability, buf_kept(&why, s->arena));
		buf_release(&why);
	}
	return e;
}

/* What is wrong, all at once; the reference is made when the person is added. */
static uint64_t
read_new(struct req *r, struct person *p, struct problems *faults)
{
	struct person whole;
	uint64_t wrong;

	entity_clear(kind, p);
	p->record = (struct record){ 0 };
	problems_init(faults, r->arena);
	wrong = form_read(r, kind, identity_fields, p, faults);
	whole = *p;
	whole.ref = S("new");
	entity_check(kind, &whole, wrong, 0, &faults->sink, (str){ 0 }, 0);
	if (p->family_name.len == 0 && p->given_name.len == 0)
		problem_add(&faults->sink, &(struct problem){ .level = PROBLEM_FAULT,
					       .column = S("family_name"),
					       .expected = str_of(tr("a name, the family name or the given name")) });
	return wrong;
}

static const struct err *
add(struct req *r, const struct sight *s, struct person *p)
{
	struct problem_sink sink = problem_silence();
	struct save save;
	str key;
	const struct err *e = req_begin(r, &save, "person added");

	if (e == NULL)
		e = req_end(r, &save, person_add(&save, s, p, 0, &sink));
	if (e == NULL && sink.faults > 0)
		bug("a new person is refused after they were checked");
	if (e != NULL)
		return e;
	key = key_short(r->arena, p->record.id);
	return reply_see(r, "/personnes/%.*s?fait=ajoutee%s", STR_ARG(key), req_act(r, &save));
}

const struct err *
person_create(struct req *r)
{
	const struct sight s = person_sight(r, RIGHT_PEOPLE_WRITE);
	struct person_form f = { .req = r };
	struct likely likely;
	struct problems faults;
	struct person p;
	const struct err *e;

	(void)read_new(r, &p, &faults);
	f.sheaf = (struct sheaf){ .req = r, .entity = kind, .names = identity_fields, .record = &p, .faults = &faults };
	if (faults.sink.faults > 0)
		return show_form(&f);
	if (!str_is(req_form(r, "autre"), "1")) {
		if ((e = search_likely(&s, &p, &likely)) != NULL)
			return e;
		if (likely.n > 0) {
			f.likely = &likely;
			return show_form(&f);
		}
	}
	return add(r, &s, &p);
}
