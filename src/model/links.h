/* links.h - which records point at others: by a link, by a list of refs, or by being on their register */
#pragma once
#include "db/db.h"
#include "model/entity.h"

/* id: of the record that points (of a register: its owner); target: what it points at. */
typedef void links_found(void *with, const struct entity *from, int64_t id, int64_t target);
/* Calls found() for every link to a record of this kind whose key lies between first and last. Inside a transaction. */
const struct err *links_to(
    struct db *db, int64_t territory, const struct entity *to, int64_t first, int64_t last, links_found *found, void *with);
