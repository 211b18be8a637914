/* book_read.c - fills a book from the database, kind by kind */
#include <stdlib.h>

#include "base/text.h"
#include "figures/reader.h"
#include "sql.h"

const struct err *
book_contracts_read(struct db *db, struct arena *a, struct book_contract **v, size_t *n)
{
	VEC(struct book_contract) all = { 0 };
	struct book_contracts_row row;
	struct db_rows rows;

	(void)book_contracts(db, &rows);
	while (book_contracts_next(&rows, &row)) {
		*VEC_ADD(a, &all) =
		    (struct book_contract){ row.territory_id, row.id, str_dup(a, row.ref), str_dup(a, row.title), row.signed_on,
			    row.duration_months == NOT_KNOWN ? 0 : (int)row.duration_months, str_dup(a, row.eligible_statuses) };
	}
	*v = all.v;
	*n = (size_t)all.n;
	return db_done(&rows);
}

const struct err *
book_contract_read(struct db *db, struct arena *a, int64_t keeper, int64_t id, struct book_contract *out)
{
	struct book_contract_row row;
	struct db_rows rows;
	const struct err *e;
	bool found = false;

	(void)book_contract(db, &rows, keeper, id);
	while (book_contract_next(&rows, &row)) {
		*out = (struct book_contract){ keeper, id, str_dup(a, row.ref), str_dup(a, row.title), row.signed_on,
			row.duration_months == NOT_KNOWN ? 0 : (int)row.duration_months, str_dup(a, row.eligible_statuses) };
		found = true;
	}
	if ((e = db_done(&rows)) != NULL || found)
		return e;
	return err_new(db_arena(db), ERR_NOTFOUND, tr("The contract is no longer in the database."), NULL, NULL);
}

const struct err *
book_read(struct db *db, struct arena *a, const struct book_contract *c, bool refs, struct book **out)
{
	static reading *const parts[] = {
		read_others,
		read_sheets,
		read_actions,
		read_local_indicators,
		read_sheet_indicators,
		read_aggregates,
		read_meetings,
		stretch_enrolments,
		read_enrolments,
		stretch_assessments,
		read_assessments,
		stretch_followups,
		read_followups,
		stretch_sessions,
		read_sessions,
		read_attendances,
		read_trainee_attendances,
		stretch_acts,
		read_acts,
		read_pairs,
		read_tools,
		read_expenses,
		read_members,
		stretch_people,
		read_people,
		stretch_statuses,
		read_statuses,
		stretch_trainees,
		read_trainees,
	};
	struct reader r = { .db = db, .book = book_new(a, c, refs), .arena = a, .territory = c->territory, .contract = c->id };
	const struct err *e = NULL;

	r.sheets.arena = r.actions.arena = r.enrolments.arena = r.sessions.arena = a;
	for (size_t i = 0; i < sizeof parts / sizeof *parts && e == NULL; i++)
		e = parts[i](&r);
	buf_release(&r.stretches);
	buf_release(&r.hanging);
	free(r.coming.v);
	free(r.owners.v);
	r.book->sheet_keys = r.sheets;
	r.book->action_keys = r.actions;
	r.book->session_keys = r.sessions;
	*out = e == NULL ? r.book : NULL;
	return e;
}
