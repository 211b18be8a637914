#include "daily/act_kinds.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/decimal.h"
#include "base/shown.h"
#include "base/text.h"
#include "model/choices.h"
#include "model/entity.h"
#include "model/plan.h"
#include "sql.h"

#define ASK(name, kind, text, codes)                                                                  \
	{                                                                                             \
		.field = { name, sizeof name - 1 }, .type = ASK_##kind, .label = text, .words = codes \
	}
#define ACT_KIND(kind, text, counted, about_health, ...) static const struct act_ask asks_of_##kind[] = { __VA_ARGS__ };
#include "daily/act_kinds.def"
#undef ACT_KIND

#define ACT_KIND(kind, text, counted, about_health, ...) \
	{ .code = { #kind, sizeof #kind - 1 },           \
		.label = text,                           \
		.unit = counted,                         \
		.health = about_health,                  \
		.asks = asks_of_##kind,                  \
		.n = sizeof asks_of_##kind / sizeof(struct act_ask) },
static const struct act_sort built_in[] = {
#include "daily/act_kinds.def"
};
#undef ACT_KIND
#undef ASK
enum { BUILT_IN = sizeof built_in / sizeof *built_in };

static enum ask_type
type_of(str word)
{
	static const char *const words[] = { [ASK_TEXT] = "text",
		[ASK_NUMBER] = "number",
		[ASK_HOURS] = "hours",
		[ASK_AMOUNT] = "amount",
		[ASK_DATE] = "date",
		[ASK_YES_NO] = "yes_no",
		[ASK_CHOICE] = "choice" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (str_is(word, words[i]))
			return (enum ask_type)i;
	}
	return ASK_TEXT;
}

struct local_ask {
	int64_t kind;
	struct act_ask ask;
};
struct local_asks {
	PLAN_LIST(struct local_ask) v;
};

/* The questions of all local kinds, each kind's in their order. */
static const struct err *
read_asks(struct db *db, struct arena *a, int64_t territory, struct local_asks *to)
{
	struct act_fields_all_row row;
	struct db_rows rows;

	(void)act_fields_all(db, &rows, territory);
	while (act_fields_all_next(&rows, &row)) {
		struct local_ask *x = PLAN_ADD(a, &to->v);

		x->kind = row.act_kind_id;
		x->ask = (struct act_ask){ .field = str_dup(a, row.field),
			.type = type_of(row.type),
			.label = str_z(a, row.label),
			.answers = str_dup(a, row.choices),
			.required = row.required == 1 };
	}
	return db_done(&rows);
}

static void
take_asks(struct arena *a, struct act_sort *k, const struct local_asks *from)
{
	struct act_ask *v = ARENA_ARRAY(a, from->v.n, struct act_ask);

	k->asks = v;
	for (size_t i = 0; i < from->v.n; i++) {
		if (from->v.v[i].kind == k->id)
			v[k->n++] = from->v.v[i].ask;
	}
}

static int
by_label(const void *x, const void *y)
{
	const struct act_sort *a = x, *b = y;
	int c = str_cmp(str_of(a->label), str_of(b->label));

	return c != 0 ? c : str_cmp(a->code, b->code);
}

const struct err *
act_kinds_read(struct db *db, struct arena *a, int64_t territory, day today, struct act_kinds *to)
{
	struct local_asks asks = { 0 };
	struct act_kinds_all_row row;
	struct act_sort *v = ARENA_ARRAY(a, BUILT_IN, struct act_sort);
	struct db_rows rows;
	size_t n = BUILT_IN, cap = BUILT_IN;
	const struct err *e = read_asks(db, a, territory, &asks);

	if (e != NULL)
		return e;
	memcpy(v, built_in, sizeof built_in);
	(void)act_kinds_all(db, &rows, territory);
	while (act_kinds_all_next(&rows, &row)) {
		if (n == cap)
			v = memcpy(ARENA_ARRAY(a, cap *= 2, struct act_sort), v, n * sizeof *v);
		v[n] = (struct act_sort){ .code = str_dup(a, row.ref),
			.label = str_z(a, row.label),
			.unit = row.unit.len == 0 ? NULL : str_z(a, row.unit),
			.health = row.health == 1,
			.id = row.id,
			.sheet = row.sheet_id == NUMBER_NONE ? 0 : row.sheet_id,
			.ended = row.ended_on != DAY_NONE && row.ended_on <= today };
		take_asks(a, &v[n++], &asks);
	}
	qsort(v + BUILT_IN, n - BUILT_IN, sizeof *v, by_label);
	*to = (struct act_kinds){ v, n };
	return db_done(&rows);
}

const struct act_sort *
act_kind_named(const struct act_kinds *kinds, str code)
{
	for (size_t i = 0; i < kinds->n; i++) {
		if (str_eq(kinds->v[i].code, code))
			return &kinds->v[i];
	}
	return NULL;
}

const struct act_ask *
act_ask_named(const struct act_sort *kind, str field)
{
	for (size_t i = 0; i < kind->n; i++) {
		if (str_eq(kind->asks[i].field, field))
			return &kind->asks[i];
	}
	return NULL;
}

bool
act_kind_built_in(str code)
{
	return act_kind_named(&(struct act_kinds){ built_in, BUILT_IN }, code) != NULL;
}

str
act_kind_label(const struct act_kinds *kinds, str code)
{
	const struct act_sort *k = act_kind_named(kinds, code);

	if (k == NULL)
		return choice_label(entity_field(&entities[ENTITY_acts], "kind"), code);
	return str_of(k->id == 0 ? tr(k->label) : k->label);
}

bool
act_kind_health(const struct act_kinds *kinds, str code)
{
	const struct act_sort *k = act_kind_named(kinds, code);

	return k != NULL && k->health;
}

str
act_answer_words(struct arena *a, const struct act_ask *ask, str value)
{
	struct buf b = { 0 };
	struct field f = { 0 };
	number n = str_number(value);
	char text[DAY_TEXT];

	switch (ask->type) {
	case ASK_HOURS:
		shown_decimal(&b, decimal_parse(value).value);
		return str_format(a, tr("%.*s h"), STR_ARG(buf_kept(&b, a)));
	case ASK_AMOUNT:
		if (n.ok)
			shown_money(&b, n.value);
		return buf_kept(&b, a);
	case ASK_DATE:
		return str_dup(a, day_shown(day_parse(value), text));
	case ASK_YES_NO:
		return str_of(str_is(value, "yes") ? tr("Yes") : tr("No"));
	case ASK_CHOICE:
		f.name = str_format(a, "x_%.*s", STR_ARG(ask->field)).s;
		return ask->words == NULL ? value : choice_label(&f, value);
	default:
		return value;
	}
}
