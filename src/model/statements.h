/* statements.h - the SQL of one kind of record, made once from its description */
#pragma once
#include "db/db.h"
#include "model/entity.h"

enum statement {
	ST_INSERT,
	ST_UPDATE,
	ST_BY_ID, /* of a linked kind: the roll of an owner */
	ST_BY_REF,
	ST_BY_KEY, /* not of a linked kind */
	ST_KEY_OF_REF,
	ST_LAST_KEY,
	ST_ANY,
	ST_COUNT_ALL,
	ST_EXPORT,      /* not of a linked kind, for which there are */
	ST_ROLLS_AFTER, /* these two */
	ST_REFS_OF_WHO,
	ST_KEEP_VERSION,
	ST_REMOVE,
	ST_COUNT
};
const struct sql *statement_of(const struct entity *e, enum statement which);
/* How many columns a full select has before the link refs: id (or first link), version, then every field. */
static inline int
statement_columns(const struct entity *e)
{
	return (int)e->n + 2;
}
