#include "daily/expected.h"

#include "sql.h"

/* Doubles as it fills; what was taken before stays with the arena. */
static struct expected *
one_more(struct arena *a, struct expected **v, size_t *n, size_t *cap)
{
	if (*n == *cap) {
		struct expected *more = ARENA_ARRAY(a, *cap == 0 ? 16 : *cap * 2, struct expected);

		if (*n > 0)
			memcpy(more, *v, *n * sizeof *more);
		*cap = *cap == 0 ? 16 : *cap * 2;
		*v = more;
	}
	return &(*v)[(*n)++];
}

const struct err *
expected_at(const struct sight *s, const struct session *session, struct expected **to, size_t *n)
{
	struct attendance_expected_row row;
	struct db_rows rows;
	size_t cap = 0;
	const struct err *err =
	    attendance_expected(s->db, &rows, s->territory, session->action, session->held_on, session->group);

	*to = NULL;
	*n = 0;
	if (err != NULL)
		return err;
	while (attendance_expected_next(&rows, &row)) {
		if (*n > 0 && (*to)[*n - 1].person == row.person_id)
			continue; /* enrolled twice: the latest counts */
		*one_more(s->arena, to, n, &cap) = (struct expected){ .person = row.person_id,
			.given_name = str_dup(s->arena, row.given_name),
			.family_name = str_dup(s->arena, row.family_name),
			.entered_on = row.entered_on,
			.planned_minutes = row.planned_minutes };
	}
	return db_done(&rows);
}
