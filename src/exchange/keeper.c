/* keeper.c - whose records: the number of the territory that keeps them, first column of every key */
#include "base/text.h"
#include "exchange/bundle.h"
#include "sql.h"

/* The refs a user may choose from, for the message. */
static str
choices(struct db *db, struct arena *a)
{
	struct keeper_refs_row row;
	struct buf list = { 0 };
	struct db_rows rows;

	if (keeper_refs(db, &rows) == NULL) {
		while (keeper_refs_next(&rows, &row)) {
			if (list.len > 0)
				buf_add(&list, S(", "));
			buf_add(&list, row.ref);
		}
	}
	(void)db_done(&rows);
	return buf_kept(&list, a);
}

static const struct err *
unclear(struct db *db, struct arena *a)
{
	str list = choices(db, a);

	return err_format(a, ERR_INPUT, tr("Name one with --territory REF."),
	    tr("The database keeps the records of several territories: %.*s."), STR_ARG(list));
}

/* The number when there is exactly one, 0 when there is none, -1 when there are several. */
static const struct err *
by_ref(struct db *db, str ref, int64_t *keeper)
{
	struct keeper_of_territory_row row;
	struct db_rows rows;
	const struct err *e = keeper_of_territory(db, &rows, ref);

	*keeper = 0;
	if (e != NULL)
		return e;
	while (keeper_of_territory_next(&rows, &row))
		*keeper = *keeper == 0 ? row.territory_id : -1;
	return db_done(&rows);
}

static const struct err *
only_one(struct db *db, int64_t *keeper)
{
	struct keepers_all_row row;
	struct db_rows rows;
	const struct err *e = keepers_all(db, &rows);

	*keeper = 0;
	if (e != NULL)
		return e;
	while (keepers_all_next(&rows, &row))
		*keeper = *keeper == 0 ? row.territory_id : -1;
	return db_done(&rows);
}

const struct err *
keeper_find(struct db *db, struct arena *a, str ref, int64_t *keeper)
{
	str list;
	const struct err *e = ref.len > 0 ? by_ref(db, ref, keeper) : only_one(db, keeper);

	if (e != NULL)
		return e;
	if (*keeper < 0)
		return unclear(db, a);
	if (*keeper == 0 && ref.len > 0) {
		list = choices(db, a);
		return err_format(
		    a, ERR_INPUT, NULL, tr("No territory has the reference %.*s; there are: %.*s."), STR_ARG(ref), STR_ARG(list));
	}
	if (*keeper == 0)
		return err_new(a, ERR_NOTFOUND, tr("The database holds no record yet."), NULL,
		    tr("Import a bundle first: jalon import BUNDLE"));
	return NULL;
}
