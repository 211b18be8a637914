#include "web/figure_url.h"

static void
add_contract(struct buf *b, const struct figure_at *at)
{
	char word[SPAN_WORD];

	query_add(b, S("contrat"), at->contract);
	query_add(b, S("periode"), span_word(at->span, word));
}

str
questionnaire_query(struct arena *a, const struct shown *s)
{
	const struct figure_at at = { .contract = s->contract.ref, .span = &s->span };
	struct buf b = { 0 };

	add_contract(&b, &at);
	return buf_kept(&b, a);
}

str
questionnaire_url(struct arena *a, const struct figure_at *at)
{
	struct buf b = { 0 };

	buf_add(&b, S("/questionnaire?"));
	add_contract(&b, at);
	if (at->kind == SCOPE_SHEET)
		query_add(&b, S("fiche"), at->ref);
	return buf_kept(&b, a);
}

str
figure_url(struct arena *a, const struct figure_at *at, str indicator, enum cell cell)
{
	struct buf b = { 0 };

	if (!at->opens)
		return questionnaire_url(a, at);
	buf_add(&b, S("/questionnaire/chiffre?"));
	add_contract(&b, at);
	if (at->kind != SCOPE_CONTRACT)
		query_add(&b, at->kind == SCOPE_SHEET ? S("fiche") : S("action"), at->ref);
	query_add(&b, S("indicateur"), indicator);
	query_add(&b, S("case"), str_of(cell_names[cell]));
	return buf_kept(&b, a);
}
