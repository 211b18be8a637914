/* undo.c - an act taken back: what it made is taken out, what it changed is as before, what it took out is put back */
#include "model/undo.h"

#include <stdlib.h>

#include "model/save_inside.h"
#include "model/undo_inside.h"

static const struct err *
read_now(const struct undo *u, const struct undo_record *x, struct arena *a, void **now)
{
	struct roll *r;
	bool found;

	if (x->e->linked) {
		*now = r = ARENA_NEW(a, struct roll);
		return roll_read(u->db, u->territory, x->e, x->id, a, r);
	}
	*now = arena_alloc(a, x->e->size);
	return entity_by_id(u->db, u->territory, x->e, x->id, a, *now, &found);
}

static const struct err *
take_out(struct undo *u, struct save *s, const struct undo_record *x, struct arena *a)
{
	void *now;
	const struct err *err = read_now(u, x, a, &now);

	if (err != NULL)
		return err;
	return x->e->linked ? roll_take_out(s, x->e, now) : save_take_out(s, x->e, now);
}

static const struct err *
set_back(struct undo *u, struct save *s, const struct undo_record *x, struct arena *a)
{
	struct record *r = x->before;
	void *now;
	const struct err *err = read_now(u, x, a, &now);

	if (err != NULL)
		return err;
	if (x->e->linked)
		return roll_save(s, x->e, x->before, now);
	r->version = 0;
	return entity_save(s, x->e, x->before, now);
}

static const struct err *
put_back(struct save *s, const struct undo_record *x)
{
	const struct roll none = { .owner = x->id };

	return x->e->linked ? roll_save(s, x->e, x->before, &none) : save_put_back(s, x->e, x->before);
}

/* Removals go from what points to what is pointed at, and leave room for keys that were given to others meanwhile. */
const struct err *
undo_apply(struct undo *u, struct save *s)
{
	struct arena scratch = { 0 };
	const struct err *err = NULL;

	for (size_t i = u->n; i-- > 0 && err == NULL; arena_clear(&scratch)) {
		if (undo_takes_out(&u->v[i]))
			err = take_out(u, s, &u->v[i], &scratch);
	}
	for (size_t i = 0; i < u->n && err == NULL; i++, arena_clear(&scratch)) {
		if (u->v[i].state == UNDO_OPEN && !u->v[i].made && !u->v[i].gone)
			err = set_back(u, s, &u->v[i], &scratch);
	}
	for (size_t i = 0; i < u->n && err == NULL; i++) {
		if (undo_puts_back(&u->v[i]))
			err = put_back(s, &u->v[i]);
	}
	arena_release(&scratch);
	return err;
}
