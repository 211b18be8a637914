/* saving.h - what a form about a person changes, through the one door (entity_save), inside the caller's transaction.
 * The record handed over is the stored one with the form's values over it, and the version that the form was made from:
 * when somebody saved meanwhile, ERR_CONFLICT comes back and `stored` says what stands there now, so that a page shows both.
 * What is wrong with the values is told to the sink, and nothing is written then: ask sink->faults. */
#pragma once
#include "model/save.h"
#include "people/who.h"

/* Whoever does not see a person cannot change them: ERR_NOTFOUND, as for somebody who is not there.
 * wrong: bits of the fields whose values were refused when they were read (entity_check). */
const struct err *person_save(
    struct save *save, const struct sight *s, struct person *p, uint64_t wrong, struct problem_sink *sink, struct person *stored);
/* Somebody new: an absent ref is made. When the viewer is limited to an organisation, it opened this file, and sees it. */
const struct err *person_add(
    struct save *save, const struct sight *s, struct person *p, uint64_t wrong, struct problem_sink *sink);
/* A status of p->person: a new one when its record.id is 0. A second one since the same day is a fault that says so. */
const struct err *status_save(
    struct save *save, const struct sight *s, struct status *p, uint64_t wrong, struct problem_sink *sink, struct status *stored);

/* Takes a status out; version: as read. A person without a status is not counted: the page says so. */
const struct err *status_remove(struct save *save, const struct sight *s, int64_t person, int64_t status, int64_t version);

/* The person goes to live with another: takes over their household, which is made when there is none. with 0: lives apart
 * from now on. version: of the person's record, as read. */
const struct err *household_change(struct save *save, const struct sight *s, int64_t person, int64_t version, int64_t with);
