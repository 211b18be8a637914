#include "web/person_page.h"

#include "access/trail.h"
#include "base/text.h"
#include "daily/act_kinds.h"
#include "model/choices.h"
#include "web/door.h"
#include "web/shown_figures.h"

const char identity_fields[] =
    "family_name given_name sex birth_date nationality languages arrived_on cir_signed_on commune phone email french_level";

static const struct {
	const char *path, *label;
	enum right right;
} tabs[PERSON_TABS] = {
#define TAB(name, path, label, right) { path, label, RIGHT_##right },
#include "web/person_tabs.def"
#undef TAB
};

const char *
person_tab_label(enum person_tab t)
{
	return tr(tabs[t].label);
}

str
person_tab_url(struct arena *a, str key, enum person_tab t)
{
	return str_format(a, "/personnes/%.*s%s", STR_ARG(key), tabs[t].path);
}

bool
person_tab_open(const struct viewer *v, enum person_tab t)
{
	return viewer_may(v, tabs[t].right);
}

str
person_name(struct arena *a, str given, str family)
{
	str name = str_trim(str_format(a, "%.*s %.*s", STR_ARG(given), STR_ARG(family)));

	return name.len > 0 ? name : str_of(tr("Without a name"));
}

int
person_age(str birth_date, day today)
{
	day born = day_parse_partial(birth_date);
	int by, bm, bd, y, m, d;

	if (born == DAY_NONE || born > today)
		return -1;
	day_split(born, &by, &bm, &bd);
	day_split(today, &y, &m, &d);
	return y - by - (m < bm || (m == bm && d < bd));
}

int64_t
person_version_typed(const struct req *r)
{
	number version = str_number(req_form(r, "version"));

	return version.ok && version.value > 0 ? version.value : -1;
}

/* --- opening --- */

struct sight
person_sight(struct req *r, enum right right)
{
	return (struct sight){ .db = r->db,
		.arena = r->arena,
		.territory = r->viewer.territory,
		.organisation = viewer_limit(&r->viewer, right),
		.today = r->today };
}

const struct err *
person_note(struct req *r, int64_t person, const char *cause, str fields)
{
	struct sight s = { .db = r->db, .arena = r->arena, .territory = r->viewer.territory, .today = r->today };
	const struct change change = req_change(r, cause);

	return person_note_reading(&s, &change, person, fields);
}

static const struct err *
note_file(struct req *r)
{
	return person_note(r, r->after_key, "file read", S("*"));
}

const struct err *
person_shown(const struct person_page *p)
{
	return p->own ? NULL : person_note(p->req, p->file.person.record.id, "file read", S("*"));
}

/* The statuses that count in the contract of today; none before there is a contract. */
static const struct err *
eligible_today(struct req *r, str *eligible)
{
	struct shown shown = { 0 };
	const struct err *e = shown_contract(r, (str){ 0 }, &shown);

	*eligible = e == NULL ? shown.contract.eligible_statuses : (str){ 0 };
	return e != NULL && (e->kind == ERR_NOTFOUND || e->kind == ERR_INPUT) ? NULL : e;
}

/* Health facts stay with whoever cares for the person: the city's team sees that there was something, not what. Kinds of act that
 * the contract added are called as it called them. */
static const struct err *
name_acts(const struct person_page *p, struct person_file *f)
{
	bool hidden = !p->own && p->sight.organisation == 0;
	struct act_kinds kinds;
	const struct err *err = act_kinds_read(p->sight.db, p->sight.arena, p->sight.territory, p->sight.today, &kinds);

	for (size_t i = 0; err == NULL && i < f->entries_n; i++) {
		struct entry *e = &f->entries[i];

		if (e->kind != ENTRY_ACT)
			continue;
		if (hidden && (e->place.health || act_kind_health(&kinds, e->word))) {
			e->word = (str){ 0 };
			e->number = NUMBER_NONE;
		}
		e->more = act_kind_label(&kinds, e->word);
	}
	return err;
}

static const struct err *
open_file(struct req *r, int64_t person, struct person_page *p)
{
	bool found = false;
	str eligible;
	const struct err *e = eligible_today(r, &eligible);

	if (e == NULL && person > 0)
		e = person_file(&p->sight, person, eligible, &p->file, &found);
	if (e != NULL)
		return e;
	if (!found)
		return reply_missing(r);
	if ((e = name_acts(p, &p->file)) != NULL)
		return e;
	p->name = person_name(r->arena, p->file.person.given_name, p->file.person.family_name);
	p->key = key_short(r->arena, person);
	return NULL;
}

const struct err *
person_open(struct req *r, enum right right, struct person_page *p)
{
	return person_open_at(r, right, key_long(r->parts[0]), p);
}

const struct err *
person_open_at(struct req *r, enum right right, int64_t person, struct person_page *p)
{
	const struct err *e;

	*p = (struct person_page){ .req = r, .sight = person_sight(r, right), .why = asked_of(r) };
	if (r->viewer.looking && right != RIGHT_PEOPLE_READ)
		return reply_missing(r); /* who looks as another role changes nothing */
	if ((e = open_file(r, person, p)) != NULL)
		return e;
	r->after = note_file;
	r->after_key = p->file.person.record.id;
	return NULL;
}

/* Everything about them, whoever recorded it; of the others of the household there is only how many they are. */
const struct err *
person_open_own(struct req *r, struct person_page *p)
{
	*p = (struct person_page){ .req = r, .own = true };
	if (r->viewer.role != ROLE_beneficiary)
		return reply_missing(r);
	p->sight = (struct sight){ .db = r->db, .arena = r->arena, .territory = r->viewer.territory, .today = r->today };
	return open_file(r, r->viewer.person, p);
}

struct page
person_frame(const struct person_page *p, const char *title)
{
	struct page frame = { .title = str_of(title), .heading = p->name, .menu = MENU_PEOPLE };

	if (!p->own)
		page_crumb(&frame, str_of(tr("People")), S("/personnes"));
	return frame;
}

/* --- words of the timeline --- */

const char *
minutes_words(struct arena *a, int64_t minutes)
{
	if (minutes < 60)
		return str_format(a, tr("%d min"), (int)minutes).s;
	if (minutes % 60 == 0)
		return str_format(a, tr("%d h"), (int)(minutes / 60)).s;
	return str_format(a, tr("%d h %02d"), (int)(minutes / 60), (int)(minutes % 60)).s;
}

static str
word_of(enum entity_number what, const char *field, str word)
{
	return word.len == 0 ? word : choice_label(entity_field(&entities[what], field), word);
}

str
entry_words(struct arena *a, const struct entry *e)
{
	str word;

	switch (e->kind) {
	case ENTRY_STATUS:
	case ENTRY_STATUS_END:
		return word_of(ENTITY_statuses, "status", e->word);
	case ENTRY_ENROLLED:
		return word_of(ENTITY_enrolments, "state", e->word);
	case ENTRY_LEFT:
		return word_of(ENTITY_enrolments, "exit", e->word);
	case ENTRY_SESSION:
		word = word_of(ENTITY_sessions, "kind", e->word);
		return e->number == NUMBER_NONE ? word : str_format(a, "%.*s, %s", STR_ARG(word), minutes_words(a, e->number));
	case ENTRY_ASSESSMENT:
		word = word_of(ENTITY_assessments, "moment", e->more);
		return str_format(a, "%.*s (%.*s)", STR_ARG(e->word), STR_ARG(word));
	case ENTRY_ACT:
		word = e->word.len == 0 ? e->word : e->more;
		return e->number == NUMBER_NONE || e->number == 1 ? word
								  : str_format(a, "%.*s × %d", STR_ARG(word), (int)e->number);
	case ENTRY_FOLLOWUP:
		word = word_of(ENTITY_followups, "situation", e->word);
		return e->number == NUMBER_NONE ? word
						: str_format(a, tr("%.*s, after %d months"), STR_ARG(word), (int)e->number);
	default:
		return (str){ 0 };
	}
}
