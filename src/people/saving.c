#include "people/saving.h"

#include "base/text.h"
#include "people/identity_check.h"
#include "sql.h"

static const struct entity *const people = &entities[ENTITY_people], *const statuses = &entities[ENTITY_statuses];

static const struct err *
not_there(const struct sight *s)
{
	return err_new(s->arena, ERR_NOTFOUND, tr("There is no such person among those you follow."), NULL,
	    tr("Look for them again, or ask whoever coordinates the contract."));
}

/* The stored record, when the viewer sees it. */
static const struct err *
read_seen(const struct sight *s, int64_t person, struct person *to)
{
	const struct err *err;
	bool seen, found = false;

	if ((err = person_seen(s, person, &seen)) != NULL)
		return err;
	if (seen)
		err = entity_by_id(s->db, s->territory, people, person, s->arena, to, &found);
	return err != NULL || found ? err : not_there(s);
}

/* Whether the values may be written; what is wrong with them is told. */
static bool
right(const struct entity *e, const void *record, uint64_t wrong, struct problem_sink *sink)
{
	entity_check(e, record, wrong, 0, sink, S(""), 0);
	return sink->faults == 0;
}

const struct err *
person_save(
    struct save *save, const struct sight *s, struct person *p, uint64_t wrong, struct problem_sink *sink, struct person *stored)
{
	const struct err *err = read_seen(s, p->record.id, stored);

	if (err != NULL)
		return err;
	identity_check(p, stored, s->today, wrong, sink);
	if (!right(people, p, wrong, sink))
		return NULL;
	return entity_save(save, people, p, stored);
}

const struct err *
person_add(struct save *save, const struct sight *s, struct person *p, uint64_t wrong, struct problem_sink *sink)
{
	const struct err *err;

	if ((err = save_reserve(save, people, &p->record.id)) != NULL)
		return err;
	if (p->ref.len == 0)
		p->ref = record_ref(s->arena, "p-", p->record.id);
	identity_check(p, NULL, s->today, wrong, sink);
	if (!right(people, p, wrong, sink))
		return NULL;
	if ((err = entity_save(save, people, p, NULL)) != NULL || s->organisation == 0)
		return err;
	return holding_add(s->db, s->territory, p->record.id, s->organisation, save->journal.cause.at, save->journal.cause.actor);
}

/* Statuses are told apart by the day they begin. */
static const struct err *
begins_already(const struct sight *s, const struct status *p, struct problem_sink *sink)
{
	struct status other = *p;
	bool found;
	const struct err *err = entity_by_key(s->db, s->territory, statuses, s->arena, &other, &found);

	if (err == NULL && found && other.record.id != p->record.id)
		problem_add(
		    sink, &(struct problem){ .level = PROBLEM_FAULT,
			      .column = S("since"),
			      .expected = str_of(tr("another day: a status that begins on this one is recorded already")) });
	return err;
}

const struct err *
status_save(
    struct save *save, const struct sight *s, struct status *p, uint64_t wrong, struct problem_sink *sink, struct status *stored)
{
	struct person person;
	bool found = false;
	const struct err *err = read_seen(s, p->person, &person);

	if (err != NULL || !right(statuses, p, wrong, sink) || (err = begins_already(s, p, sink)) != NULL || sink->faults > 0)
		return err;
	if (p->record.id == 0)
		return entity_save(save, statuses, p, NULL);
	err = entity_by_id(s->db, s->territory, statuses, p->record.id, s->arena, stored, &found);
	if (err != NULL)
		return err;
	if (!found || stored->person != p->person)
		return not_there(s);
	return entity_save(save, statuses, p, stored);
}

const struct err *
status_remove(struct save *save, const struct sight *s, int64_t person, int64_t status, int64_t version)
{
	struct status stored;
	struct person one;
	bool found = false;
	const struct err *err = read_seen(s, person, &one);

	if (err == NULL)
		err = entity_by_id(s->db, s->territory, statuses, status, s->arena, &stored, &found);
	if (err != NULL)
		return err;
	if (!found || stored.person != person)
		return not_there(s);
	return entity_remove(save, statuses, &stored, version);
}

static const struct err *
write_household(struct save *save, const struct person *stored, int64_t version, str household)
{
	struct person p = *stored;

	p.record.version = version;
	p.household_ref = household;
	return entity_save(save, people, &p, stored);
}

const struct err *
household_change(struct save *save, const struct sight *s, int64_t person, int64_t version, int64_t with)
{
	struct person one, other;
	const struct err *err;
	str household = { 0 };

	if ((err = read_seen(s, person, &one)) != NULL)
		return err;
	if (with == person)
		return NULL;
	if (with != 0) {
		if ((err = read_seen(s, with, &other)) != NULL)
			return err;
		household = other.household_ref.len > 0 ? other.household_ref : record_ref(s->arena, "m-", with);
		if (other.household_ref.len == 0)
			err = write_household(save, &other, other.record.version, household);
	}
	return err != NULL ? err : write_household(save, &one, version, household);
}
