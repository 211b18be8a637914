/* undo_inside.h - shared by the files that take an act back (undo*.c) */
#pragma once
#include "model/roll.h"
#include "model/undo.h"

struct undo_record *undo_find(const struct undo *u, const struct entity *e, int64_t id); /* NULL: the act did not write it */

static inline bool
undo_takes_out(const struct undo_record *x) /* it will not be there any more */
{
	return x != NULL && x->made && x->state == UNDO_OPEN;
}
static inline bool
undo_puts_back(const struct undo_record *x)
{
	return x != NULL && x->gone && x->state == UNDO_OPEN;
}
