/* enrolling several people at once: searched for, chosen, taken in or put down as asking; and from one person's file */
#include "base/text.h"
#include "sql.h"
#include "views.h"
#include "web/action_page.h"
#include "web/person_page.h"
#include "web/route.h"
#include "web/shown_figures.h"

static const struct entity *const kind = &entities[ENTITY_enrolments];
static const char fields[] = "entered_on group referent_account";

/* --- whom --- */

static struct candidate *
find(struct enrol_page *p, int64_t person)
{
	for (size_t i = 0; i < p->n; i++) {
		if (p->v[i].line.id == person)
			return &p->v[i];
	}
	return NULL;
}

/* What the list says of them: whether they count, and where they stand in this action. */
static const struct err *
describe(struct enrol_page *p, struct candidate *c)
{
	const struct sight *s = &p->a.sight;
	PLAN_LIST(struct status) statuses = { 0 };
	struct file_statuses_row row;
	struct db_rows rows;
	const struct err *e = file_statuses(s->db, &rows, s->territory, c->line.id);

	if (e != NULL)
		return e;
	while (file_statuses_next(&rows, &row))
		*PLAN_ADD(s->arena, &statuses) =
		    (struct status){ .status = str_dup(s->arena, row.status), .since = row.since, .until = row.until };
	c->standing = standing_on(statuses.v, statuses.n, p->a.place.eligible, s->today);
	for (size_t i = 0; i < p->a.roster.n; i++) {
		const struct enrolled *x = &p->a.roster.v[i];

		if (x->e.person == c->line.id && x->in <= IN_ACTIVE) {
			c->in = true;
			c->how = x->in;
		}
	}
	return db_done(&rows);
}

static const struct err *
candidate_add(struct enrol_page *p, const struct person_line *line, bool chosen)
{
	struct candidate *c = find(p, line->id);

	if (c != NULL) {
		c->chosen |= chosen;
		return NULL;
	}
	if (p->n == CANDIDATES)
		return NULL;
	c = &p->v[p->n++];
	*c = (struct candidate){ .line = *line, .chosen = chosen };
	return describe(p, c);
}

/* Those whose box is ticked, as far as the viewer sees them. */
static const struct err *
read_chosen(struct enrol_page *p)
{
	struct req *r = p->a.req;
	int64_t ids[CANDIDATES];
	struct person_line lines[CANDIDATES];
	size_t n = 0, found;
	const struct err *e;

	for (size_t i = 0; i < r->form.n && n < CANDIDATES; i++) {
		int64_t id = str_is(r->form.v[i].name, "personne") ? key_long(r->form.v[i].value) : 0;
		bool seen = false;

		if (id > 0 && (e = person_seen(&p->a.sight, id, &seen)) != NULL)
			return e;
		if (seen)
			ids[n++] = id;
	}
	e = n == 0 ? NULL : person_lines(&p->a.sight, ids, n, lines, &found);
	for (size_t i = 0; e == NULL && n > 0 && i < found; i++)
		e = candidate_add(p, &lines[i], true);
	return e;
}

static const struct err *
search(struct enrol_page *p)
{
	struct person_hits hits;
	const struct err *e = people_search(&p->a.sight, p->q, &hits);

	p->searched = true;
	p->more = e == NULL && hits.more;
	for (size_t i = 0; e == NULL && i < hits.n; i++)
		e = candidate_add(p, &hits.v[i].line, false);
	return e;
}

/* --- how --- */

/* The staff that may be named, and that alone. */
static const struct err *
read_referent(struct action_page *a, struct choices *choices, struct enrolment *e, struct problems *faults)
{
	const struct err *err = action_staff(a, a->req->viewer.organisation, &choices->v, &choices->n);

	choices->field = "referent_account";
	if (err != NULL || e->referent_account == NUMBER_NONE)
		return err;
	for (size_t i = 0; i < choices->n; i++) {
		if (choices->v[i].key == e->referent_account) {
			e->referent = choices->v[i].label;
			return NULL;
		}
	}
	e->referent_account = NUMBER_NONE;
	problem_add(&faults->sink,
	    &(struct problem){
		.level = PROBLEM_FAULT, .column = S("referent_account"), .expected = str_of(tr("one of the list")) });
	return NULL;
}

static void
read_hours(struct req *r, struct enrolment *e, struct problems *faults)
{
	str typed = str_trim(req_form(r, "heures"));

	e->planned_minutes = typed.len == 0 ? NUMBER_NONE : hours_read(typed);
	if (e->planned_minutes != -1)
		return;
	e->planned_minutes = NUMBER_NONE;
	problem_add(&faults->sink,
	    &(struct problem){
		.level = PROBLEM_FAULT, .column = S("planned_minutes"), .expected = str_of(tr("hours, such as 40 or 37 h 30")) });
}

static void
sheaf_of(struct enrol_page *p)
{
	p->sheaf = (struct sheaf){ .req = p->a.req, .entity = kind, .names = fields, .record = &p->record };
	p->sheaf.choices = p->choices;
	p->sheaf.n_choices = 1;
}

static const struct err *
begin(struct req *r, struct enrol_page *p, bool *found)
{
	const struct err *e = action_open(r, RIGHT_ENROL, r->parts[0], &p->a, found);

	if (e != NULL || !*found)
		return e;
	*found = p->a.place.nominal;
	entity_clear(kind, &p->record);
	p->record.entered_on = r->today;
	problems_init(&p->faults, r->arena);
	sheaf_of(p);
	return read_referent(&p->a, p->choices, &p->record, &p->faults);
}

static const struct err *
show(struct enrol_page *p)
{
	struct req *r = p->a.req;
	struct page frame = action_frame(&p->a, tr("Enrol people"));

	page_crumb(&frame, p->a.place.action.title, action_url(r->arena, p->a.place.action.ref));
	frame.fault = p->faults.sink.faults > 0;
	if (frame.fault || p->full)
		r->out->status = 422;
	p->chosen = 0;
	for (size_t i = 0; i < p->n; i++)
		p->chosen += p->v[i].chosen && !p->v[i].in;
	enrol_view(page_begin(r, &frame), p);
	return page_end(r);
}

/* ?personne=KEY: from their file, so that they are chosen already. */
const struct err *
enrol_form(struct req *r)
{
	struct enrol_page *p = ARENA_NEW(r->arena, struct enrol_page);
	int64_t person = key_long(req_query(r, "personne"));
	struct person_line line;
	bool found, seen = false;
	size_t n = 0;
	const struct err *e = begin(r, p, &found);

	if (e != NULL || !found)
		return e != NULL ? e : reply_missing(r);
	if (person > 0 && (e = person_seen(&p->a.sight, person, &seen)) == NULL && seen)
		e = person_lines(&p->a.sight, &person, 1, &line, &n);
	if (e == NULL && n == 1)
		e = candidate_add(p, &line, true);
	return e != NULL ? e : show(p);
}

/* --- from a person's file: which action --- */

static const struct err *
offer(struct person_enrol *v)
{
	const struct person_page *p = v->person;
	struct req *r = p->req;
	PLAN_LIST(struct action_choice) list = { 0 };
	struct enrol_actions_row row;
	struct db_rows rows;
	const struct err *e = enrol_actions(r->db, &rows, r->viewer.territory, p->sight.organisation);

	if (e != NULL)
		return e;
	while (enrol_actions_next(&rows, &row)) {
		struct action_choice x = { str_dup(r->arena, row.ref), str_dup(r->arena, row.title),
			str_dup(r->arena, row.sheet_number), false };

		for (size_t i = 0; i < p->file.paths_n; i++)
			x.in |= p->file.paths[i].enrolment.action == row.id &&
				standing_in(&p->file.paths[i].enrolment, r->today) <= IN_ACTIVE;
		*PLAN_ADD(r->arena, &list) = x;
	}
	v->v = list.v;
	v->n = list.n;
	return db_done(&rows);
}

const struct err *
person_enrol(struct req *r)
{
	struct person_page p;
	struct person_enrol v = { .person = &p };
	struct page frame;
	struct shown shown = { 0 };
	const struct err *e = person_open(r, RIGHT_ENROL, &p);

	if (e != NULL || (e = offer(&v)) != NULL)
		return e;
	e = shown_contract(r, (str){ 0 }, &shown);
	if (e != NULL && e->kind != ERR_NOTFOUND)
		return e;
	v.standing =
	    standing_on(p.file.statuses, p.file.statuses_n, e == NULL ? shown.contract.eligible_statuses : (str){ 0 }, r->today);
	frame = person_frame(&p, tr("Enrol in an action"));
	page_crumb(&frame, str_of(tr("File")), str_format(r->arena, "/personnes/%.*s", STR_ARG(p.key)));
	person_enrol_view(page_begin(r, &frame), &v);
	return page_end(r);
}

/* Everybody chosen, as one ask; who became what is told by numbers. */
static const struct err *
take_in(struct enrol_page *p)
{
	struct req *r = p->a.req;
	enum enrol_why *why = ARENA_ARRAY(r->arena, p->n + 1, enum enrol_why);
	int64_t *people = ARENA_ARRAY(r->arena, p->n + 1, int64_t);
	struct enrol_ask ask = { .people = people,
		.request = p->request,
		.over = str_is(req_form(r, "au_dela"), "inscrire"),
		.entered_on = p->record.entered_on,
		.planned_minutes = p->record.planned_minutes,
		.group = p->record.group,
		.referent = p->record.referent,
		.referent_account = p->record.referent_account };
	int done = 0, waiting = 0;
	struct save s;
	const struct err *e;

	for (size_t i = 0; i < p->n; i++) {
		if (p->v[i].chosen && !p->v[i].in)
			people[ask.n++] = p->v[i].line.id;
	}
	if ((e = req_begin(r, &s, "enrolment added")) == NULL)
		e = req_end(r, &s, enrol_several(&s, &p->a.sight, &p->a.place, &ask, why));
	for (size_t i = 0; e == NULL && i < ask.n; i++) {
		done += why[i] == ENROL_DONE;
		waiting += why[i] == ENROL_WAITING;
	}
	return e != NULL ? e
			 : reply_see(r, "/actions/%.*s?fait=%s&n=%d&a=%d", STR_ARG(p->a.place.action.ref),
			       p->request ? "demandes" : "inscrits", done, waiting);
}

static void
check(struct enrol_page *p, uint64_t wrong)
{
	struct req *r = p->a.req;
	str how = req_form(r, "comme");
	size_t chosen = 0;

	p->asked_how = str_is(how, "demande") || str_is(how, "inscription");
	p->request = str_is(how, "demande");
	for (size_t i = 0; i < p->n; i++)
		chosen += p->v[i].chosen && !p->v[i].in;
	if (chosen == 0)
		problem_add(&p->faults.sink,
		    &(struct problem){ .level = PROBLEM_FAULT,
			.expected = str_of(tr("Choose one person at least: search for them, then tick their box.")) });
	if (!p->asked_how)
		problem_add(&p->faults.sink,
		    &(struct problem){
			.level = PROBLEM_FAULT, .column = S("state"), .expected = str_of(tr("a request, or an enrolment")) });
	if (p->record.entered_on == DAY_NONE && (wrong & 1) == 0 && p->faults.sink.faults == 0)
		problem_add(&p->faults.sink,
		    &(struct problem){ .level = PROBLEM_FAULT, .column = S("entered_on"), .expected = str_of(tr("the day")) });
	p->beyond = p->a.left == NUMBER_NONE || (int64_t)chosen <= p->a.left ? 0
		    : p->a.left <= 0                                         ? chosen
									     : chosen - (size_t)p->a.left;
	p->full = !p->request && p->beyond > 0 && req_form(r, "au_dela").len == 0;
}

const struct err *
enrol_send(struct req *r)
{
	struct enrol_page *p = ARENA_NEW(r->arena, struct enrol_page);
	bool found, searching = str_is(req_form(r, "etape"), "chercher");
	uint64_t wrong;
	const struct err *e = begin(r, p, &found);

	if (e != NULL || !found)
		return e != NULL ? e : reply_missing(r);
	p->q = req_form(r, "q");
	p->hours = req_form(r, "heures");
	wrong = form_read(r, kind, fields, &p->record, &p->faults);
	read_hours(r, &p->record, &p->faults);
	if ((e = read_chosen(p)) != NULL || (e = read_referent(&p->a, p->choices, &p->record, &p->faults)) != NULL)
		return e;
	if (searching) {
		problems_init(
		    &p->faults, r->arena); /* nothing is saved yet: what was typed is kept as far as it was understood */
		p->request = str_is(req_form(r, "comme"), "demande");
		p->asked_how = req_form(r, "comme").len > 0;
		return (e = search(p)) != NULL ? e : show(p);
	}
	check(p, wrong);
	if (p->faults.sink.faults == 0 && !p->full)
		return take_in(p);
	if (p->faults.sink.faults > 0)
		p->sheaf.faults = &p->faults;
	if (p->q.len > 0 && (e = search(p)) != NULL)
		return e;
	return show(p);
}

/* --- one enrolment: the answer to a request, and what is agreed --- */

static const char answer_fields[] = "entered_on group referent_account reason";

/* The enrolment of the address, with its action, when this viewer's right reaches it. */
static const struct err *
open_answer(struct req *r, struct answer_page *p, bool *found)
{
	struct action action = { 0 };
	const struct err *e = entity_by_id(r->db, r->viewer.territory, kind, key_long(r->parts[0]), r->arena, &p->e, found);

	if (e == NULL && *found)
		e = entity_by_id(r->db, r->viewer.territory, &entities[ENTITY_actions], p->e.action, r->arena, &action, found);
	if (e == NULL && *found)
		e = action_open(r, RIGHT_ENROL, action.ref, &p->a, found);
	if (e != NULL || !*found)
		return e;
	for (size_t i = 0; i < p->a.roster.n; i++) {
		if (p->a.roster.v[i].e.record.id == p->e.record.id)
			p->who = &p->a.roster.v[i];
	}
	*found = p->who != NULL && !r->viewer.looking;
	problems_init(&p->faults, r->arena);
	p->answer = VERDICTS;
	p->hours = hours_written(r->arena, p->e.planned_minutes);
	p->sheaf = (struct sheaf){ .req = r, .entity = kind, .names = answer_fields, .record = &p->e };
	p->sheaf.choices = p->choices;
	p->sheaf.n_choices = 1;
	p->choices[0].field = "referent_account";
	return action_staff(&p->a, r->viewer.organisation, &p->choices[0].v, &p->choices[0].n);
}

static const struct err *
show_answer(struct answer_page *p)
{
	struct req *r = p->a.req;
	struct page frame = action_frame(&p->a, tr("Enrolment"));

	frame.heading = person_name(r->arena, p->who->given_name, p->who->family_name);
	page_crumb(&frame, p->a.place.action.title, action_url(r->arena, p->a.place.action.ref));
	frame.fault = p->faults.sink.faults > 0;
	if (p->stale)
		r->out->status = 409;
	else if (frame.fault || p->full)
		r->out->status = 422;
	enrolment_view(page_begin(r, &frame), p);
	return page_end(r);
}

const struct err *
enrolment_form(struct req *r)
{
	struct answer_page *p = ARENA_NEW(r->arena, struct answer_page);
	bool found;
	const struct err *e = open_answer(r, p, &found);

	return e != NULL ? e : found ? show_answer(p) : reply_missing(r);
}

static const struct err *
write_answer(struct answer_page *p, int answer, uint64_t wrong, bool *conflict)
{
	struct req *r = p->a.req;
	bool over = str_is(req_form(r, "au_dela"), "inscrire");
	struct enrolment kept = p->e;
	struct save s;
	const struct err *e = req_begin(r, &s, answer == VERDICT_CHANGE ? "enrolment changed" : "enrolment answered");

	if (e == NULL)
		e = req_end(r, &s,
		    enrol_answer(
			&s, &p->a.sight, &p->a.place, &p->e, (enum verdict)answer, over, wrong, &p->faults.sink, &p->full));
	*conflict = e != NULL && e->kind == ERR_CONFLICT;
	if (p->full || *conflict || p->faults.sink.faults > 0)
		p->e = kept; /* as it was typed, nothing was answered */
	return *conflict ? NULL : e;
}

const struct err *
enrolment_send(struct req *r)
{
	struct answer_page *p = ARENA_NEW(r->arena, struct answer_page);
	int answer = verdict_named(req_form(r, "reponse"));
	bool found, conflict = false;
	uint64_t wrong;
	const struct err *e = open_answer(r, p, &found);

	if (e != NULL || !found || answer < 0 || !verdict_fits((enum verdict)answer, p->who->in))
		return e != NULL              ? e
		       : found && answer >= 0 ? reply_see(r, "/inscriptions/%.*s", STR_ARG(r->parts[0]))
					      : reply_missing(r);
	p->answer = (enum verdict)answer;
	p->hours = req_form(r, "heures");
	wrong = form_read(r, kind, answer_fields, &p->e, &p->faults);
	read_hours(r, &p->e, &p->faults);
	if (p->e.referent_account == NUMBER_NONE && req_form(r, "referent_account").s != NULL && p->choices[0].n > 0)
		p->e.referent = (str){ 0 };
	if ((e = read_referent(&p->a, p->choices, &p->e, &p->faults)) != NULL)
		return e;
	p->e.record.version = person_version_typed(r);
	if (p->faults.sink.faults == 0 && (e = write_answer(p, answer, wrong, &conflict)) != NULL)
		return e;
	if (p->faults.sink.faults == 0 && !p->full && !conflict)
		return reply_see(r, "/actions/%.*s?fait=%.*s", STR_ARG(p->a.place.action.ref), STR_ARG(req_form(r, "reponse")));
	p->stale = conflict;
	if (p->faults.sink.faults > 0)
		p->sheaf.faults = &p->faults;
	return show_answer(p);
}
