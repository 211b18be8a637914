/* file_readers.c - who looked at a file or changed it, and the note that it was read */
#include "db/journal.h"
#include "model/save.h"
#include "people/file.h"
#include "sql.h"

const struct err *
person_readings(const struct sight *s, int64_t person, size_t most, struct opening **to, size_t *n)
{
	struct arena *a = s->arena;
	struct file_readings_row row;
	struct db_rows rows;
	const struct err *err = file_readings(s->db, &rows, s->territory, person, (int64_t)most);

	*n = 0;
	*to = ARENA_ARRAY(a, most, struct opening);
	if (err != NULL)
		return err;
	while (*n < most && file_readings_next(&rows, &row))
		(*to)[(*n)++] = (struct opening){ str_dup(a, row.at), str_dup(a, row.actor), str_dup(a, row.cause),
			str_dup(a, row.action), str_dup(a, row.entity), str_dup(a, row.fields) };
	return db_done(&rows);
}

static const struct err *
noted_today(const struct sight *s, const struct change *change, int64_t person, str fields, bool *noted)
{
	struct file_read_since_row row;
	struct db_rows rows;
	str since = { change->at.s, change->at.len < 10 ? change->at.len : 10 }; /* the day, as moments are written */
	const struct err *err = file_read_since(s->db, &rows, s->territory, person, change->actor, since, fields);

	if (err != NULL)
		return err;
	*noted = file_read_since_next(&rows, &row);
	return db_done(&rows);
}

static const struct err *
note(const struct sight *s, const struct change *change, int64_t person, str fields)
{
	const struct entity *e = &entities[ENTITY_people];
	struct journal journal;
	struct person p;
	bool found, noted;
	const struct err *err;

	if ((err = noted_today(s, change, person, fields, &noted)) != NULL || noted)
		return err;
	err = entity_by_id(s->db, s->territory, e, person, s->arena, &p, &found);
	if (err != NULL || !found || (err = journal_open(s->db, change, &journal)) != NULL)
		return err;
	return journal_add(&journal, &(struct journal_row){ .entity = e->name,
					 .record = person,
					 .action = JOURNAL_READ,
					 .version = p.record.version,
					 .fields = fields,
					 .content = S("") });
}

const struct err *
person_note_reading(const struct sight *s, const struct change *change, int64_t person, str fields)
{
	const struct err *err;
	bool noted;

	if ((err = noted_today(s, change, person, fields, &noted)) != NULL || noted)
		return err;
	if ((err = db_begin_write(s->db)) != NULL)
		return err;
	return db_end(s->db, note(s, change, person, fields));
}
