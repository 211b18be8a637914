/* book_contract.c - the contract half of a book: sheets, actions, indicators, returns, meetings */
#include "base/decimal.h"
#include "figures/directory.h"
#include "figures/reader.h"
#include "sql.h"

const struct err *
read_sheets(struct reader *r)
{
	struct book_sheets_row row;
	struct db_rows rows;

	(void)book_sheets(r->db, &rows, r->territory, r->contract);
	while (book_sheets_next(&rows, &row)) {
		*VEC_ADD(r->arena, &r->book->sheets) = (struct book_sheet){ .id = row.id,
			.ref = reader_text(r, row.ref),
			.number = reader_text(r, row.number),
			.title = reader_text(r, row.title),
			.kind = reader_word(r, row.kind),
			.audience = reader_word(r, row.audience),
			.aggregate = str_is(row.recording, "aggregate"),
			.objective = row.objective,
			.objective_actors = row.objective_actors };
		(void)keys_number(&r->sheets, row.id);
	}
	return db_done(&rows);
}

const struct err *
read_actions(struct reader *r)
{
	struct book *b = r->book;
	struct book_actions_row row;
	struct book_action *x;
	struct db_rows rows;

	owned_begin(r, sizeof *x);
	(void)book_actions(r->db, &rows, r->territory, r->contract);
	while (book_actions_next(&rows, &row)) {
		if ((x = owned_by(r, &r->sheets, row.sheet_id)) == NULL)
			continue;
		*x = (struct book_action){ .id = row.id,
			.ref = reader_text(r, row.ref),
			.title = reader_text(r, row.title),
			.sheet = r->last,
			.objective = row.objective,
			.objective_actors = row.objective_actors };
	}
	OWNED_END(r, &b->actions, b->sheets.n);
	for (int i = 0; i < b->sheets.n; i++) {
		b->sheets.v[i].first_action = r->first[i];
		b->sheets.v[i].end_action = r->first[i + 1];
	}
	for (int i = 0; i < b->actions.n; i++)
		(void)keys_number(&r->actions, b->actions.v[i].id);
	*VEC_ADD(r->arena, &b->actions) = (struct book_action){ 0 }; /* ends the records of the last */
	b->actions.n--;
	return db_done(&rows);
}

const struct err *
read_local_indicators(struct reader *r)
{
	struct book *b = r->book;
	struct book_local_indicators_row row;
	struct db_rows rows;

	(void)book_local_indicators(r->db, &rows, r->territory, r->contract);
	while (book_local_indicators_next(&rows, &row)) {
		const struct indicator *measure = directory_measure(row.measure);

		if (measure == NULL)
			continue; /* of a newer program */
		*VEC_ADD(r->arena, &b->indicators) = (struct book_indicator){ measure, reader_text(r, row.indicator),
			reader_text(r, row.label), reader_word(r, row.indicator), reader_word(r, row.match_code) };
	}
	book_sort_indicators(b);
	return db_done(&rows);
}

const struct err *
read_sheet_indicators(struct reader *r)
{
	struct book *b = r->book;
	struct book_sheet_indicators_row row;
	struct db_rows rows;

	b->carried = ARENA_ARRAY(r->arena, b->sheets.n * b->indicators.n, bool);
	(void)book_sheet_indicators(r->db, &rows, r->territory, r->contract);
	while (book_sheet_indicators_next(&rows, &row)) {
		int sheet = keys_number(&r->sheets, row.sheet_id);

		for (int i = 0; i < b->indicators.n; i++) {
			if (str_eq(b->indicators.v[i].name, row.indicator))
				b->carried[sheet * b->indicators.n + i] = true;
		}
	}
	return db_done(&rows);
}

const struct err *
read_aggregates(struct reader *r)
{
	struct book *b = r->book;
	struct book_aggregates_row row;
	struct book_aggregate *x;
	struct db_rows rows;

	owned_begin(r, sizeof *x);
	(void)book_aggregates(r->db, &rows, r->territory, r->contract);
	while (book_aggregates_next(&rows, &row)) {
		if ((x = owned_by(r, &r->sheets, row.sheet_id)) == NULL)
			continue;
		*x = (struct book_aggregate){ { row.from_date, row.to_date }, reader_word(r, row.indicator),
			reader_word(r, row.cell), decimal_parse(row.value).value };
	}
	OWNED_END(r, &b->aggregates, b->sheets.n);
	for (int i = 0; i < b->sheets.n; i++) {
		b->sheets.v[i].first_aggregate = r->first[i];
		b->sheets.v[i].end_aggregate = r->first[i + 1];
	}
	return db_done(&rows);
}

const struct err *
read_meetings(struct reader *r)
{
	struct book_meetings_row row;
	struct db_rows rows;

	(void)book_meetings(r->db, &rows, r->territory, r->contract);
	while (book_meetings_next(&rows, &row))
		*VEC_ADD(r->arena, &r->book->meetings) =
		    (struct book_meeting){ row.id, reader_ref(r, row.ref), row.on_date, str_is(row.state, "held") };
	return db_done(&rows);
}
