#include "web/quest_words.h"

#include "base/text.h"
#include "web/chart.h"

const char *
figure_words(struct html *h, const struct figure *f, int64_t value)
{
	enum indicator_unit unit = f->indicator->rule->unit;

	if (value == NOT_KNOWN)
		return "";
	if (unit == UNIT_EUROS)
		return html_money(h, value);
	return unit == UNIT_HOURS || unit == UNIT_MONTHS ? html_decimal(h, value) : html_number(h, value);
}

bool
figure_checked(const struct figure *f)
{
	for (int c = 0; c < CELLS; c++)
		if (f->sent && f->check[c] != NOT_KNOWN)
			return true;
	return false;
}

const char *
quest_span(struct html *h, const struct quest *q)
{
	char word[SPAN_WORD];

	return html_cz(h, span_word(&q->shown.span, word));
}

/* How many of the sheets that have an objective reached it: the finding that the picture shows. */
static str
finding(const struct quest *q, struct arena *a)
{
	unsigned long with = 0, reached = 0;

	for (size_t i = 0; i < q->n; i++) {
		const struct quest_sheet *s = &q->sheets[i];

		if (s->objective == NOT_KNOWN || s->achieved == NOT_KNOWN)
			continue;
		with++;
		reached += s->achieved >= s->objective;
	}
	return str_format(a,
	    tr_n("%lu sheet out of %lu has reached its objective", "%lu sheets out of %lu have reached their objective", reached),
	    reached, with);
}

void
quest_chart(struct html *h, const struct quest *q)
{
	struct chart_bar *v = ARENA_ARRAY(h->arena, q->n, struct chart_bar);
	struct chart chart = { .id = "objectives", .title = finding(q, h->arena) };
	size_t n = 0;

	for (size_t i = 0; i < q->n; i++) {
		const struct quest_sheet *s = &q->sheets[i];

		if (s->objective == NOT_KNOWN || s->achieved == NOT_KNOWN)
			continue;
		v[n++] = (struct chart_bar){ str_format(h->arena, "%.*s %.*s", STR_ARG(s->book->number), STR_ARG(s->book->title)),
			s->achieved, s->objective,
			str_format(h->arena, tr("%s of %s"), html_number(h, s->achieved), html_number(h, s->objective)) };
	}
	if (n > 0)
		chart_bars(h, &chart, str_of(tr("Achieved")), str_of(tr("Objective")), v, n);
}

static void
add_indicators(const struct book_indicator **v, size_t *n, const struct quest_line *lines, size_t n_lines)
{
	for (size_t i = 0; i < n_lines; i++) {
		size_t k = 0;

		while (k < *n && v[k] != lines[i].figure->indicator)
			k++;
		if (k == *n)
			v[(*n)++] = lines[i].figure->indicator;
	}
}

const struct book_indicator **
quest_indicators(struct arena *a, const struct quest *q, size_t *n)
{
	size_t most = q->n_whole;
	const struct book_indicator **v;

	*n = 0;
	for (size_t i = 0; i < q->n; i++)
		most += q->sheets[i].n;
	v = ARENA_ARRAY(a, most, const struct book_indicator *);
	add_indicators(v, n, q->whole, q->n_whole);
	for (size_t i = 0; i < q->n; i++)
		add_indicators(v, n, q->sheets[i].lines, q->sheets[i].n);
	return v;
}

const char *
cell_label(enum cell c)
{
	static const char *const labels[CELLS] = { N_("Total"), N_("Men"), N_("Women"), N_("Under 25"), N_("BPI"), N_("BPI men"),
		N_("BPI women"), N_("BPI under 25") };

	return tr(labels[c]);
}
