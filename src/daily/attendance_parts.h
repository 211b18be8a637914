/* attendance_parts.h - what the files attendance*.c share */
#pragma once
#include "daily/attendance.h"
#include "model/roll.h"

struct presence presence_of(const struct attendance *line);
/* Whether this account is the session's own trainer, whose word counts first. */
static inline bool
session_trainer(const struct session *s, int64_t account)
{
	return s->trainer_account != NUMBER_NONE && s->trainer_account == account;
}
/* The session and where it belongs, when it is within the sight's organisation. */
const struct err *session_within(const struct sight *s, int64_t session, struct attendance_sheet *to, bool *found);

/* A copy with room for so many more lines; one line of it as it should stand (unanswered: taken out). Not saved yet. */
struct roll roll_copy(struct arena *a, const struct roll *old, size_t more);
void roll_set(struct roll *r, int64_t person, struct presence m);
