#include "daily/act_kinds_write.h"

#include "base/text.h"
#include "model/fold.h"

static const struct entity *const kinds = &entities[ENTITY_act_kinds], *const fields = &entities[ENTITY_act_fields],
				  *const indicators = &entities[ENTITY_local_indicators],
				  *const carried = &entities[ENTITY_sheet_indicators],
				  *const childcare = &entities[ENTITY_childcare_places];

enum { CODE_MOST = 40 };

/* "Visite d'entreprise" as a code: visite-dentreprise. Empty when nothing of it is a letter or a digit. */
static str
code_of(struct arena *a, str label)
{
	struct folded f = { 0 };
	struct buf b = { 0 };
	str plain;

	folded_add(&f, label);
	plain = folded_str(&f);
	for (size_t i = 0; i < plain.len && b.len < CODE_MOST; i++) {
		char c = plain.s[i];
		bool known = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');

		if (known || (b.len > 0 && b.s[b.len - 1] != '-'))
			buf_char(&b, known ? c : '-');
	}
	while (b.len > 0 && b.s[b.len - 1] == '-')
		b.len--;
	return buf_kept(&b, a);
}

/* One that no other kind has. */
static const struct err *
free_ref(struct db *db, struct arena *a, int64_t territory, str label, str *ref)
{
	str code = code_of(a, label);
	int64_t taken = 0;
	const struct err *e;

	if (code.len == 0)
		code = S("genre");
	for (int i = 1;; i++) {
		*ref = i == 1 ? code : str_format(a, "%.*s-%d", STR_ARG(code), i);
		if ((e = entity_key_of_ref(db, territory, kinds, *ref, &taken)) != NULL)
			return e;
		if (taken == 0 && !act_kind_built_in(*ref))
			return NULL;
	}
}

static const struct err *
carry(struct save *save, struct db *db, struct arena *a, const struct plan *plan, int64_t sheet, str indicator)
{
	struct sheet_indicator x = { .sheet = sheet, .indicator = indicator }, old = x;
	bool found;
	const struct err *e = entity_by_key(db, plan->keeper, carried, a, &old, &found);

	return e != NULL || found ? e : entity_save(save, carried, &x, NULL);
}

static const struct err *
feed(struct save *save, struct db *db, struct arena *a, const struct plan *plan, const struct kind_writing *w)
{
	struct local_indicator x = { .contract = plan->contract.record.id,
		.indicator = str_format(a, "local.%.*s", STR_ARG(w->kind.ref)),
		.label = w->kind.label,
		.measure = w->measure,
		.match = w->kind.ref };
	const struct err *e = entity_save(save, indicators, &x, NULL);

	for (size_t i = 0; e == NULL && i < plan->sheets.n; i++) {
		const struct sheet *s = &plan->sheets.v[i];
		bool chosen = w->kind.sheet == NUMBER_NONE ? str_is(s->kind, "action") : s->record.id == w->kind.sheet;

		if (chosen)
			e = carry(save, db, a, plan, s->record.id, x.indicator);
	}
	return e;
}

const struct err *
act_kind_add(
    struct save *save, struct db *db, struct arena *a, const struct plan *plan, struct kind_writing *w, struct problem_sink *sink)
{
	const struct err *e = free_ref(db, a, plan->keeper, w->kind.label, &w->kind.ref);

	if (e != NULL)
		return e;
	if (w->kind.sheet != NUMBER_NONE && plan_sheet(plan, w->kind.sheet) == NULL)
		problem_add(
		    sink, &(struct problem){
			      .level = PROBLEM_FAULT, .column = S("sheet_ref"), .expected = str_of(tr("one of the list")) });
	entity_check(kinds, &w->kind, w->wrong, 0, sink, (str){ 0 }, 0);
	if (sink->faults > 0)
		return NULL;
	e = entity_save(save, kinds, &w->kind, NULL);
	return e != NULL || w->measure.len == 0 ? e : feed(save, db, a, plan, w);
}

/* A list needs answers to choose from; they are told apart by ';'. */
static void
check_answers(struct act_field *f, struct problem_sink *sink)
{
	if (!str_is(f->type, "choice"))
		f->choices = (str){ 0 };
	else if (str_trim(f->choices).len == 0)
		problem_add(sink, &(struct problem){ .level = PROBLEM_FAULT,
				      .column = S("choices"),
				      .expected = str_of(tr("the answers: a list has at least one")) });
}

const struct err *
act_ask_add(struct save *save, struct db *db, struct arena *a, int64_t territory, struct act_field *f, size_t asked,
    uint64_t wrong, struct problem_sink *sink)
{
	str code = code_of(a, f->label);
	bool found = true;
	const struct err *e = NULL;

	if (code.len == 0)
		code = S("question");
	for (int i = 1; found && e == NULL; i++) {
		struct act_field other = *f;

		other.field = f->field = i == 1 ? code : str_format(a, "%.*s-%d", STR_ARG(code), i);
		e = entity_by_key(db, territory, fields, a, &other, &found);
	}
	if (e != NULL)
		return e;
	f->position = (int64_t)asked + 1;
	if (asked >= 12)
		problem_add(sink, &(struct problem){ .level = PROBLEM_FAULT,
				      .column = S("label"),
				      .expected = str_of(tr("no further question: a kind of act has at most twelve")) });
	check_answers(f, sink);
	entity_check(fields, f, wrong, 0, sink, (str){ 0 }, 0);
	return sink->faults > 0 ? NULL : entity_save(save, fields, f, NULL);
}

const struct err *
act_kind_end(
    struct save *save, struct db *db, struct arena *a, int64_t territory, const struct act_kind *kind, day on, int64_t version)
{
	struct act_kind old, x;
	bool found;
	const struct err *e = entity_by_id(db, territory, kinds, kind->record.id, a, &old, &found);

	if (e != NULL || !found)
		return e;
	x = old;
	x.record.version = version;
	x.ended_on = on;
	return entity_save(save, kinds, &x, &old);
}

const struct err *
childcare_save(struct save *save, struct db *db, struct arena *a, int64_t territory, struct childcare_place *p, uint64_t wrong,
    struct problem_sink *sink)
{
	struct childcare_place old = *p;
	bool found = false;
	const struct err *e;

	if (p->age_from != NUMBER_NONE && p->age_to != NUMBER_NONE && p->age_to < p->age_from)
		problem_add(sink, &(struct problem){ .level = PROBLEM_FAULT,
				      .column = S("age_to"),
				      .expected = str_of(tr("an age that is not below the first")) });
	entity_check(childcare, p, wrong, 0, sink, (str){ 0 }, 0);
	if (sink->faults > 0)
		return NULL;
	if ((e = entity_by_key(db, territory, childcare, a, &old, &found)) != NULL)
		return e;
	p->record = (struct record){ 0 };
	return entity_save(save, childcare, p, found ? &old : NULL);
}
