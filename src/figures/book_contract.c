/* book_contract.c - the contract half of a book: sheets, actions, indicators, returns, meetings */
#include "base/decimal.h"
#include "figures/directory.h"
#include "figures/reader.h"
#include "sql.h"

static void
sheet(void *to, const struct book_sheets_row *row)
{
	struct reader *r = to;

	*VEC_ADD(r->arena, &r->book->sheets) = (struct book_sheet){ .id = row->id,
		.ref = reader_text(r, row->ref),
		.number = reader_text(r, row->number),
		.title = reader_text(r, row->title),
		.kind = reader_word(r, row->kind),
		.audience = reader_word(r, row->audience),
		.aggregate = str_is(row->recording, "aggregate"),
		.objective = row->objective,
		.objective_actors = row->objective_actors };
	(void)keys_number(&r->sheets, row->id);
}

const struct err *
read_sheets(struct reader *r)
{
	return READ_FEW(r, sheets, sheet);
}

static void
action(void *to, const struct book_actions_row *row)
{
	struct reader *r = to;
	struct book_action *x = owned_by(r, &r->sheets, row->sheet_id);

	if (x != NULL)
		*x = (struct book_action){ .id = row->id,
			.ref = reader_text(r, row->ref),
			.title = reader_text(r, row->title),
			.sheet = r->last,
			.objective = row->objective,
			.objective_actors = row->objective_actors };
}

const struct err *
read_actions(struct reader *r)
{
	struct book *b = r->book;
	const struct err *e;

	owned_begin(r, sizeof *b->actions.v);
	e = READ_FEW(r, actions, action);
	OWNED_END(r, &b->actions, b->sheets.n);
	for (int i = 0; i < b->sheets.n; i++) {
		b->sheets.v[i].first_action = r->first[i];
		b->sheets.v[i].end_action = r->first[i + 1];
	}
	for (int i = 0; i < b->actions.n; i++)
		(void)keys_number(&r->actions, b->actions.v[i].id);
	*VEC_ADD(r->arena, &b->actions) = (struct book_action){ 0 }; /* ends the records of the last */
	b->actions.n--;
	return e;
}

static void
local_indicator(void *to, const struct book_local_indicators_row *row)
{
	struct reader *r = to;
	const struct indicator *measure = directory_measure(row->measure);

	if (measure != NULL) /* else of a newer program */
		*VEC_ADD(r->arena, &r->book->indicators) = (struct book_indicator){ measure, reader_text(r, row->indicator),
			reader_text(r, row->label), reader_word(r, row->indicator), reader_word(r, row->match_code) };
}

const struct err *
read_local_indicators(struct reader *r)
{
	const struct err *e = READ_FEW(r, local_indicators, local_indicator);

	book_sort_indicators(r->book);
	return e;
}

static void
sheet_indicator(void *to, const struct book_sheet_indicators_row *row)
{
	struct reader *r = to;
	struct book *b = r->book;
	const int sheet = keys_known(&r->sheets, row->sheet_id);

	for (int i = 0; sheet >= 0 && i < b->indicators.n; i++) {
		if (str_eq(b->indicators.v[i].name, row->indicator))
			b->carried[sheet * b->indicators.n + i] = true;
	}
}

const struct err *
read_sheet_indicators(struct reader *r)
{
	struct book *b = r->book;

	b->carried = ARENA_ARRAY(r->arena, b->sheets.n * b->indicators.n, bool);
	return READ_FEW(r, sheet_indicators, sheet_indicator);
}

static void
aggregate(void *to, const struct book_aggregates_row *row)
{
	struct reader *r = to;
	struct book_aggregate *x = owned_by(r, &r->sheets, row->sheet_id);

	if (x != NULL)
		*x = (struct book_aggregate){ { row->from_date, row->to_date }, reader_word(r, row->indicator),
			reader_word(r, row->cell), decimal_parse(row->value).value };
}

const struct err *
read_aggregates(struct reader *r)
{
	struct book *b = r->book;
	const struct err *e;

	owned_begin(r, sizeof *b->aggregates.v);
	e = READ_FEW(r, aggregates, aggregate);
	OWNED_END(r, &b->aggregates, b->sheets.n);
	for (int i = 0; i < b->sheets.n; i++) {
		b->sheets.v[i].first_aggregate = r->first[i];
		b->sheets.v[i].end_aggregate = r->first[i + 1];
	}
	return e;
}

static void
meeting(void *to, const struct book_meetings_row *row)
{
	struct reader *r = to;

	*VEC_ADD(r->arena, &r->book->meetings) =
	    (struct book_meeting){ row->id, reader_ref(r, row->ref), row->on_date, str_is(row->state, "held") };
}

const struct err *
read_meetings(struct reader *r)
{
	return READ_FEW(r, meetings, meeting);
}
