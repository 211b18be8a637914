#include "demo/sheaf.h"

#include <errno.h>

#include "base/csvout.h"
#include "base/text.h"

void
sheaf_open(struct sheaf *s, struct arena *a, const char *folder)
{
	*s = (struct sheaf){ .arena = a, .folder = folder };
}

static void
refused(struct sheaf *s, const struct entity *e, int errnum)
{
	s->err = err_system(s->arena, errnum, str_format(s->arena, tr("%s/%s.csv cannot be written."), s->folder, e->name).s);
}

static struct buf *
file_of(struct sheaf *s, const struct entity *e)
{
	struct buf *b = &s->files[entity_number_of(e)];

	if (b->file != NULL)
		return b;
	b->file = fopen(str_format(s->arena, "%s/%s.csv", s->folder, e->name).s, "wxe");
	if (b->file == NULL) {
		refused(s, e, errno);
		return NULL;
	}
	for (size_t i = 0; i < e->n; i++) {
		if (!e->fields[i].stays)
			csv_cell(b, str_of(e->fields[i].csv), i == 0);
	}
	buf_char(b, '\n');
	return b;
}

void
sheaf_add(struct sheaf *s, enum entity_number n, const void *record, const str *refs)
{
	const struct entity *e = &entities[n];
	struct buf *b = s->err != NULL ? NULL : file_of(s, e);

	if (b == NULL)
		return;
	for (size_t i = 0; i < e->n; i++) {
		const struct field *f = &e->fields[i];

		if (f->stays)
			continue;
		if (f->kind == KIND_LINK) {
			csv_cell(b, *refs++, i == 0);
		} else if (field_is_text(f->kind)) {
			csv_cell(b, *(const str *)field_at(f, record), i == 0);
		} else {
			if (i > 0)
				buf_char(b, ',');
			field_write(f, record, b);
		}
	}
	buf_char(b, '\n');
	s->records[n]++;
	if (b->failed)
		refused(s, e, b->error);
}

const struct err *
sheaf_close(struct sheaf *s)
{
	for (size_t i = 0; i < ENTITY_COUNT; i++) {
		struct buf *b = &s->files[i];

		if (b->file == NULL)
			continue;
		if (!buf_flush(b) && s->err == NULL)
			refused(s, &entities[i], b->error);
		if (fclose(b->file) != 0 && s->err == NULL)
			refused(s, &entities[i], errno);
		buf_release(b);
	}
	return s->err;
}
