#include "web/publication.h"

#include <string.h>

#include "base/text.h"
#include "sql.h"

static const struct entity *const kind = &entities[ENTITY_publications];

enum { SEX_CELLS = 1 << EIGHT_MEN | 1 << EIGHT_WOMEN | 1 << EIGHT_BPI_MEN | 1 << EIGHT_BPI_WOMEN };

/* A table holds when every person is a man or a woman. Where some are neither, or it is not known, nothing is said by sex, and the
 * table is kept as if all were women: no printed number depends on it. */
static struct eight
without_sex(const struct eight *figures, bool *sex_unknown)
{
	struct eight e = *figures;

	*sex_unknown = !eight_holds(figures);
	if (!*sex_unknown)
		return e;
	e.of[EIGHT_MEN] = e.of[EIGHT_BPI_MEN] = 0;
	e.of[EIGHT_WOMEN] = e.of[EIGHT_TOTAL];
	e.of[EIGHT_BPI_WOMEN] = e.of[EIGHT_BPI];
	return e;
}

static const struct err *
read_one(struct req *r, int64_t territory, int64_t id, struct released *to)
{
	const struct publication *p = &to->record;
	str rest, word;
	bool there, unused;
	const struct err *e = entity_by_id(r->db, territory, kind, id, r->arena, &to->record, &there);

	if (e != NULL)
		return e;
	to->table =
	    (struct eight){ { p->total, p->men, p->women, p->under25, p->bpi, p->bpi_men, p->bpi_women, p->bpi_under25 } };
	to->table = without_sex(&to->table, &unused);
	for (rest = p->empty; rest.len > 0;) {
		word = str_cut(rest, ';', &rest);
		for (int i = 0; i < EIGHT; i++)
			to->hidden |= (uint8_t)(str_is(word, eight_names[i]) ? 1 << i : 0);
	}
	return NULL;
}

static struct released *
add(struct req *r, struct releases *to)
{
	struct released *more = to->v;

	if ((to->n & (to->n - 1)) == 0) { /* full at every power of two */
		more = ARENA_ARRAY(r->arena, to->n * 2 + 1, struct released);
		if (to->n > 0)
			memcpy(more, to->v, to->n * sizeof *more);
		to->v = more;
	}
	return &to->v[to->n++];
}

const struct err *
released_of(struct req *r, int64_t contract, struct releases *out)
{
	struct publications_of_row row;
	struct db_rows rows;
	const struct err *e;

	*out = (struct releases){ 0 };
	(void)publications_of(r->db, &rows, r->viewer.territory, contract);
	while (publications_of_next(&rows, &row))
		add(r, out)->record.record.id = row.id;
	if ((e = db_done(&rows)) != NULL)
		return e;
	for (size_t i = 0; e == NULL && i < out->n; i++)
		e = read_one(r, r->viewer.territory, out->v[i].record.record.id, &out->v[i]);
	return e;
}

const struct err *
released_public(struct req *r, struct releases *out)
{
	struct publications_public_row row;
	struct db_rows rows;
	const struct err *e;
	int64_t *territories;

	*out = (struct releases){ 0 };
	(void)publications_public(r->db, &rows);
	while (publications_public_next(&rows, &row)) {
		struct released *one = add(r, out);

		one->record.record.id = row.id;
		one->record.contract = row.territory; /* until the record itself is read */
		one->city = str_dup(r->arena, row.city);
		one->contract = str_dup(r->arena, row.contract);
		one->title = str_dup(r->arena, row.title);
	}
	if ((e = db_done(&rows)) != NULL)
		return e;
	territories = ARENA_ARRAY(r->arena, out->n + 1, int64_t);
	for (size_t i = 0; e == NULL && i < out->n; i++) {
		territories[i] = out->v[i].record.contract;
		e = read_one(r, territories[i], out->v[i].record.record.id, &out->v[i]);
	}
	return e;
}

struct eight
published_figures(const struct view *v)
{
	struct eight e = { 0 };

	_Static_assert(
	    (int)EIGHT == (int)CELLS && (int)EIGHT_BPI_UNDER25 == (int)CELL_BPI_UNDER25, "the same cells in the same order");
	for (int i = 0; i < v->contract.n; i++) {
		for (int cell = 0; cell < EIGHT; cell++)
			e.of[cell] += v->contract.v[i].cells >> cell & 1;
	}
	return e;
}

static struct eight
printed_of(const struct eight *table, uint8_t hidden)
{
	struct eight e;

	for (int i = 0; i < EIGHT; i++)
		e.of[i] = (hidden >> i & 1) != 0 ? EIGHT_EMPTY : table->of[i];
	return e;
}

void
publication_prepare(
    struct arena *a, const struct releases *before, int64_t threshold, const struct eight *figures, struct publishable *out)
{
	struct eight tables[PROTECT_DATES], printed[PROTECT_DATES];
	uint8_t hidden[PROTECT_DATES];
	size_t last = 0;
	struct audit_found found;

	*out = (struct publishable){ .threshold = threshold, .figures = *figures };
	out->table = without_sex(figures, &out->sex_unknown);
	for (; last < before->n && last < RELEASES_MOST; last++) {
		tables[last] = before->v[last].table;
		hidden[last] = before->v[last].hidden;
	}
	if (last < before->n)
		bug("%zu releases of one contract", before->n);
	tables[last] = out->table;
	hidden[last] = out->sex_unknown ? SEX_CELLS : 0;
	protect(protector_new(a, threshold), last + 1, tables, last, hidden);
	for (size_t i = 0; i <= last; i++)
		printed[i] = printed_of(&tables[i], hidden[i]);
	out->hidden = hidden[last];
	out->safe = audit(a, threshold, last + 1, tables, printed, &found);
	out->bpi = protect_all_bpi(&out->table, out->hidden);
}

const char *
publication_why(struct arena *a, const struct eight *table, uint8_t hidden, int64_t threshold)
{
	if (hidden == 0)
		return NULL;
	if (hidden == EIGHT_ALL)
		return str_format(a,
		    tr("Nothing is published of this period: there are fewer than %d people, or what could be read with the other figures "
		       "would tell a number below %d."),
		    (int)threshold, (int)threshold)
		    .s;
	if ((hidden | 1 << EIGHT_TOTAL) == EIGHT_ALL && table->of[EIGHT_TOTAL] < 2 * threshold)
		return str_format(
		    a, tr("The total alone is published: any part of it could be fewer than %d people."), (int)threshold)
		    .s;
	return str_format(a,
	    tr("The cells left empty would tell a number below %d, or let it be worked out from the others or from what was published "
	       "before."),
	    (int)threshold)
	    .s;
}
