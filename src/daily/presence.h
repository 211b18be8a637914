/* presence.h - what was said of somebody at a session, and what becomes of two people's answers. Pure: no database. */
#pragma once
#include "base/arena.h"
#include "model/field.h"

struct presence {
	int64_t minutes; /* NUMBER_NONE: nobody has answered; 0: absent */
	bool excused;    /* absent, and said so */
};
static inline bool
presence_answered(struct presence m)
{
	return m.minutes != NUMBER_NONE;
}
bool presence_equal(struct presence a, struct presence b);

/* As forms and telephones write it: "" not answered, "120" minutes, "0" absent, "0e" excused. false: none of these. */
bool presence_read(str written, struct presence *to);
str presence_written(struct arena *a, struct presence m);

/* Somebody saw `before`, and says `sent`; meanwhile `stored` stands on the sheet. */
enum presence_end {
	PRESENCE_STAYS,    /* nothing new was said, or the same */
	PRESENCE_TAKEN,    /* what was sent stands now: nobody else had changed it */
	PRESENCE_REFUSED,  /* somebody else said otherwise meanwhile, and that stays; what was sent is put aside */
	PRESENCE_REPLACED, /* what was sent stands now, for it comes from the session's own trainer; what stood is put aside */
};
enum presence_end presence_merge(struct presence before, struct presence stored, struct presence sent, bool trainer);
