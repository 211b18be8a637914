/* the end of a path, and the follow-up six months later */
#include "base/text.h"
#include "daily/acts.h"
#include "sql.h"
#include "views.h"
#include "web/exits_page.h"
#include "web/route.h"

static const struct entity *const enrolments = &entities[ENTITY_enrolments], *const done = &entities[ENTITY_followups],
				  *const missed = &entities[ENTITY_followups_missed];
static const char exit_fields[] = "left_on exit contract_kind contract_months";

static const char *
done_words(str word)
{
	if (str_is(word, "sortie"))
		return tr("The exit is saved. The follow-up at six months will stand on your start page.");
	if (str_is(word, "reprise"))
		return tr("The exit is taken back: the person is in the action again.");
	if (str_is(word, "suivi"))
		return tr("The follow-up is saved.");
	if (str_is(word, "non-fait"))
		return tr("It is noted that the follow-up was not done.");
	return NULL;
}

/* The enrolment that the address names, with the file of whose it is. */
static const struct err *
open_path(struct req *r, const char *page, struct exit_page *p)
{
	struct enrolment stored;
	struct action action;
	bool found = false;
	const struct err *e =
	    entity_by_id(r->db, r->viewer.territory, enrolments, key_long(r->parts[0]), r->arena, &stored, &found);

	*p = (struct exit_page){ .req = r };
	if (e != NULL)
		return e;
	if (!found)
		return reply_missing(r);
	if ((e = person_open_at(r, RIGHT_ACTS_WRITE, stored.person, &p->person)) != NULL)
		return e;
	for (size_t i = 0; i < p->person.file.paths_n; i++) {
		if (p->person.file.paths[i].enrolment.record.id == stored.record.id)
			p->path = &p->person.file.paths[i];
	}
	if (p->path == NULL || !str_is(stored.state, "active"))
		return reply_missing(r);
	((struct path *)(uintptr_t)p->path)->enrolment = stored;
	p->person.tab = PERSON_COURSE;
	p->version = stored.record.version;
	p->to = str_format(r->arena, "/inscriptions/%.*s/%s", STR_ARG(r->parts[0]), page);
	if ((e = entity_by_id(r->db, r->viewer.territory, &entities[ENTITY_actions], stored.action, r->arena, &action, &found)) !=
	    NULL)
		return e;
	p->action = action.ref;
	return followups_read(&p->person.sight, stored.record.id, &p->later);
}

static struct page
frame_of(struct exit_page *p, const char *title)
{
	struct page frame = person_frame(&p->person, title);
	struct req *r = p->req;

	page_crumb(&frame, str_of(tr("File")), person_tab_url(r->arena, p->person.key, PERSON_COURSE));
	frame.done = done_words(req_query(r, "fait"));
	frame.fault = p->sheaf.faults != NULL || p->missed.faults != NULL;
	if (frame.fault)
		r->out->status = 422;
	return frame;
}

/* --- the exit --- */

static const struct err *
exit_form(struct exit_page *p, const struct enrolment *e)
{
	struct page frame;

	p->sheaf.req = p->req;
	p->sheaf.entity = enrolments;
	p->sheaf.names = exit_fields;
	p->sheaf.record = e;
	frame = frame_of(p, tr("Exit from an action"));
	exit_view(page_begin(p->req, &frame), p);
	return page_end(p->req);
}

const struct err *
exit_show(struct req *r)
{
	struct exit_page p;
	struct enrolment *e;
	const struct err *err = open_path(r, "sortie", &p);

	if (err != NULL || p.path == NULL)
		return err;
	e = arena_copy(r->arena, &p.path->enrolment, sizeof *e);
	if (e->left_on == DAY_NONE)
		e->left_on = r->today;
	return exit_form(&p, e);
}

static const struct err *
exit_both(struct exit_page *p, struct enrolment *mine)
{
	struct person_both both = { .person = &p->person, .to = p->to };

	both.mine = (struct sheaf){ .req = p->req, .entity = enrolments, .names = exit_fields, .record = mine };
	both.stored = &p->path->enrolment;
	both.version = p->path->enrolment.record.version;
	return both_show(&both, tr("Changed by somebody else meanwhile"));
}

static const struct err *
exit_again(struct exit_page *p, struct enrolment *mine, struct problems *faults, bool conflict)
{
	int64_t version = mine->record.version;
	const struct err *e;

	if (conflict && faults->sink.faults == 0) {
		e = open_path(p->req, "sortie", p); /* as it is now */
		return e != NULL || p->path == NULL ? e : exit_both(p, mine);
	}
	if ((e = person_shown(&p->person)) != NULL)
		return e;
	p->sheaf.faults = faults;
	p->version = version;
	return exit_form(p, mine);
}

static const struct err *
take_back(struct exit_page *p)
{
	struct req *r = p->req;
	struct save s;
	const struct err *e = req_begin(r, &s, "exit taken back");

	if (e == NULL)
		e = req_end(r, &s, exit_take_back(&s, &p->person.sight, p->path->enrolment.record.id, person_version_typed(r)));
	return e != NULL ? e : reply_see(r, "/inscriptions/%.*s/sortie?fait=reprise", STR_ARG(r->parts[0]));
}

const struct err *
exit_write(struct req *r)
{
	struct exit_page p;
	struct problems faults;
	struct enrolment *mine, stored;
	struct save s;
	uint64_t wrong;
	bool conflict;
	const struct err *e = open_path(r, "sortie", &p);

	if (e != NULL || p.path == NULL)
		return e;
	if (req_form(r, "reprise").len > 0)
		return take_back(&p);
	mine = arena_copy(r->arena, &p.path->enrolment, sizeof *mine);
	problems_init(&faults, r->arena);
	wrong = form_read(r, enrolments, both_wanted(r, exit_fields), mine, &faults);
	mine->record.version = person_version_typed(r);
	conflict = mine->record.version != p.version;
	if (!conflict) {
		if ((e = req_begin(r, &s, "exit")) == NULL)
			e = req_end(r, &s, exit_save(&s, &p.person.sight, mine, wrong, &faults.sink, &stored));
		conflict = e != NULL && e->kind == ERR_CONFLICT;
		if (e != NULL && !conflict)
			return e;
	}
	if (conflict || faults.sink.faults > 0)
		return exit_again(&p, mine, &faults, conflict);
	return reply_see(r, "/inscriptions/%.*s/sortie?fait=sortie%s", STR_ARG(r->parts[0]), req_act(r, &s));
}

/* --- six months later --- */

static const struct err *
followup_form(struct exit_page *p)
{
	struct page frame = frame_of(p, tr("Follow-up at six months"));

	p->sheaf.req = p->missed.req = p->req;
	p->sheaf.entity = done;
	p->sheaf.names = "on situation";
	p->missed.entity = missed;
	p->missed.names = "reason";
	if (p->sheaf.record == NULL)
		p->sheaf.record = &p->later.done;
	if (p->missed.record == NULL && p->later.missed.record.id != 0)
		p->missed.record = &p->later.missed;
	followup_view(page_begin(p->req, &frame), p);
	return page_end(p->req);
}

const struct err *
followup_show(struct req *r)
{
	struct exit_page p;
	const struct err *e = open_path(r, "suivi", &p);

	if (e != NULL || p.path == NULL)
		return e;
	if (p.path->enrolment.left_on == DAY_NONE)
		return reply_see(r, "/inscriptions/%.*s/sortie", STR_ARG(r->parts[0]));
	if (p.later.done.record.id == 0)
		p.later.done.on = r->today;
	return followup_form(&p);
}

/* What the first form says: it was done. Else what the second says: it was not, and why. */
static const struct err *
write_one(struct exit_page *p, struct problems *faults, bool not_done)
{
	struct req *r = p->req;
	struct followup *f = ARENA_NEW(r->arena, struct followup);
	struct followup_missed *m = ARENA_NEW(r->arena, struct followup_missed);
	struct save s;
	const struct err *e;
	uint64_t wrong;

	*f = p->later.done;
	*m = p->later.missed;
	wrong = not_done ? form_read(r, missed, "reason", m, faults) : form_read(r, done, "on situation", f, faults);
	p->sheaf.record = not_done ? NULL : f;
	p->missed.record = not_done ? m : NULL;
	f->record.version = m->record.version = person_version_typed(r) > 0 ? person_version_typed(r) : 0;
	if ((e = req_begin(r, &s, "follow-up")) != NULL)
		return e;
	return req_end(r, &s,
	    not_done ? followup_miss(&s, &p->person.sight, m, wrong, &faults->sink)
		     : followup_save(&s, &p->person.sight, f, wrong, &faults->sink));
}

const struct err *
followup_write(struct req *r)
{
	struct exit_page p;
	struct problems faults;
	bool not_done = req_form(r, "non_fait").len > 0;
	const struct err *e = open_path(r, "suivi", &p);

	if (e != NULL || p.path == NULL)
		return e;
	problems_init(&faults, r->arena);
	if ((e = write_one(&p, &faults, not_done)) != NULL)
		return e;
	if (faults.sink.faults == 0)
		return reply_see(r, "/inscriptions/%.*s/suivi?fait=%s", STR_ARG(r->parts[0]), not_done ? "non-fait" : "suivi");
	if ((e = person_shown(&p.person)) != NULL)
		return e;
	*(not_done ? &p.missed.faults : &p.sheaf.faults) = &faults;
	return followup_form(&p);
}

/* --- all that are due in an action --- */

static const struct err *
read_due(struct followups_page *p)
{
	struct req *r = p->req;
	struct followups_due_row row;
	struct db_rows rows;

	(void)followups_due(
	    r->db, &rows, r->viewer.territory, p->action.record.id, day_add_months(r->today + 7, -FOLLOWUP_MONTHS));
	while (followups_due_next(&rows, &row))
		*PLAN_ADD(r->arena, &p->v) = (struct followup_line){ .enrolment = row.id,
			.person = row.person_id,
			.due = day_add_months(row.left_on, FOLLOWUP_MONTHS),
			.exit = str_dup(r->arena, row.exit),
			.name = person_name(r->arena, row.given_name, row.family_name) };
	return db_done(&rows);
}

const struct err *
followups_due_show(struct req *r)
{
	struct followups_page p = { .req = r };
	struct page frame = { .title = str_of(tr("Follow-ups at six months")), .menu = MENU_PEOPLE };
	struct sight s = person_sight(r, RIGHT_ACTS_WRITE);
	bool found, seen = false;
	const struct err *e = entity_by_ref(
	    r->db, r->viewer.territory, &entities[ENTITY_actions], req_query(r, "action"), r->arena, &p.action, &found);

	if (e == NULL && found)
		e = action_seen(&s, p.action.record.id, &seen);
	if (e != NULL)
		return e;
	if (!seen)
		return reply_missing(r);
	if ((e = read_due(&p)) != NULL)
		return e;
	page_crumb(&frame, str_of(tr("People")), S("/personnes"));
	followups_due_view(page_begin(r, &frame), &p);
	return page_end(r);
}
