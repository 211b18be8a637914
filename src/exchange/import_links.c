#include "base/text.h"
#include "exchange/importing.h"

#include <stdlib.h>
#include <string.h>

enum { CACHE_LEAST = 1 << 10, CACHE_MOST = 1 << 20 };

static uint64_t
fingerprint(const struct importing *im, const struct entity *e, str ref)
{
	uint64_t h = str_hash(ref, im->seed + entity_number_of(e) * 0x9e3779b97f4a7c15u);

	return h + (h == 0);
}

/* Where the link with this hash is noted in pending_at, or would be. */
static size_t *
pending_place(const struct importing *im, uint64_t hash)
{
	const size_t mask = im->pending_cap * 2 - 1;
	size_t i = (size_t)hash & mask;

	while (im->pending_at[i] != 0 && im->pending[im->pending_at[i] - 1].hash != hash)
		i = (i + 1) & mask;
	return &im->pending_at[i];
}

static struct pending_link *
pending_of(const struct importing *im, uint64_t hash)
{
	size_t at = im->pending_n == 0 ? 0 : *pending_place(im, hash);

	return at == 0 ? NULL : &im->pending[at - 1];
}

static void
meet(struct importing *im, const struct entity *e, uint64_t hash)
{
	struct pending_link *p = e == im->entity ? pending_of(im, hash) : NULL;

	if (p != NULL)
		p->met = true;
}

static void
grow_cache(struct importing *im)
{
	struct ref_slot *old = im->refs;
	size_t cap = im->refs_cap;

	im->refs_cap = cap == 0 ? CACHE_LEAST : cap * 2;
	im->refs = calloc(im->refs_cap, sizeof *im->refs);
	if (im->refs == NULL)
		bug_oom(im->refs_cap * sizeof *im->refs);
	for (size_t i = 0; i < cap; i++)
		im->refs[old[i].hash & (im->refs_cap - 1)] = old[i];
	free(old);
}

void
import_learn(struct importing *im, const struct entity *e, str ref, int64_t id)
{
	uint64_t h = fingerprint(im, e, ref);

	if (im->learned++ * 2 >= im->refs_cap && im->refs_cap < CACHE_MOST)
		grow_cache(im);
	im->refs[h & (im->refs_cap - 1)] = (struct ref_slot){ h, id };
	meet(im, e, h);
}

void
import_block(struct importing *im, const struct entity *e, str ref)
{
	uint64_t h = fingerprint(im, e, ref);

	(void)set_add(&im->blocked, h);
	meet(im, e, h);
}

bool
import_blocked(const struct importing *im, const struct entity *e, str ref)
{
	return im->incomplete[entity_number_of(e)] || set_has(&im->blocked, fingerprint(im, e, ref));
}

int64_t
import_expected(struct importing *im, str ref)
{
	struct pending_link *p = im->pending_n == 0 ? NULL : pending_of(im, fingerprint(im, im->entity, ref));

	return p == NULL ? 0 : p->id;
}

static void
grow_pending(struct importing *im)
{
	im->pending_cap = im->pending_cap == 0 ? 64 : im->pending_cap * 2;
	im->pending = realloc(im->pending, im->pending_cap * sizeof *im->pending);
	free(im->pending_at);
	im->pending_at = calloc(im->pending_cap * 2, sizeof *im->pending_at);
	if (im->pending == NULL || im->pending_at == NULL)
		bug_oom(im->pending_cap * sizeof *im->pending);
	for (size_t i = 0; i < im->pending_n; i++)
		*pending_place(im, im->pending[i].hash) = i + 1;
}

/* A row may point to a later row of its own file: it gets the key that this one will have. */
static const struct err *
expect(struct importing *im, uint64_t hash, str ref, str column, int64_t *id)
{
	struct pending_link *p = pending_of(im, hash);
	const struct err *err = NULL;

	if (p == NULL) {
		if (im->pending_n == im->pending_cap)
			grow_pending(im);
		p = &im->pending[im->pending_n];
		*p = (struct pending_link){ .hash = hash, .line = im->line, .ref = str_dup(im->arena, ref), .column = column };
		*pending_place(im, hash) = ++im->pending_n;
		err = save_reserve(&im->save, im->entity, &p->id);
	}
	*id = p->id;
	return err;
}

const struct err *
import_resolve(struct importing *im, const struct entity *to, str ref, str column, int64_t *id)
{
	uint64_t h = fingerprint(im, to, ref);
	const struct err *err;

	if (im->refs != NULL && im->refs[h & (im->refs_cap - 1)].hash == h) {
		*id = im->refs[h & (im->refs_cap - 1)].id;
		return NULL;
	}
	if ((err = entity_key_of_ref(im->db, im->keeper, to, ref, id)) != NULL)
		return err;
	if (*id != 0)
		import_learn(im, to, ref, *id);
	else if (import_blocked(im, to, ref))
		*id = -1;
	else if (to == im->entity)
		return expect(im, h, ref, column, id);
	return NULL;
}

const struct err *
import_settle(struct importing *im)
{
	for (size_t i = 0; i < im->pending_n; i++) {
		const struct pending_link *p = &im->pending[i];

		if (!p->met && !im->incomplete[entity_number_of(im->entity)])
			import_fault(im, PROBLEM_FAULT, p->line, p->column, p->ref,
			    tr("the reference of a record of the bundle or of the database"));
	}
	im->pending_n = 0;
	if (im->pending_at != NULL)
		memset(im->pending_at, 0, im->pending_cap * 2 * sizeof *im->pending_at);
	return NULL;
}

void
import_links_release(struct importing *im)
{
	free(im->refs);
	free(im->pending);
	free(im->pending_at);
	set_clear(&im->blocked);
}
