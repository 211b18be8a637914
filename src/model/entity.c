#include "model/entity.h"

#include <string.h>

/* How the column and the CSV heading follow from a field's name, by kind; .column and .csv in a .def override them. */
#define COLUMN_LINK(n) n "_id"
#define HEADING_LINK(n) n "_ref"
#define SAME(n) n
#define COLUMN_REF SAME
#define COLUMN_TEXT SAME
#define COLUMN_CODE SAME
#define COLUMN_DATE SAME
#define COLUMN_PARTIAL SAME
#define COLUMN_INT SAME
#define COLUMN_BOOL SAME
#define COLUMN_ENUM SAME
#define COLUMN_SET SAME
#define COLUMN_LINKS SAME
#define COLUMN_DECIMAL SAME
#define COLUMN_MONTHS SAME
#define COLUMN_COUNTRY SAME
#define COLUMN_LANGUAGES SAME
#define COLUMN_COMMUNE SAME
#define COLUMN_TIME SAME
#define COLUMN_IBAN SAME
#define COLUMN_BIC SAME
#define COLUMN_SIRET SAME
#define HEADING_REF SAME
#define HEADING_TEXT SAME
#define HEADING_CODE SAME
#define HEADING_DATE SAME
#define HEADING_PARTIAL SAME
#define HEADING_INT SAME
#define HEADING_BOOL SAME
#define HEADING_ENUM SAME
#define HEADING_SET SAME
#define HEADING_LINKS SAME
#define HEADING_DECIMAL SAME
#define HEADING_MONTHS SAME
#define HEADING_COUNTRY SAME
#define HEADING_LANGUAGES SAME
#define HEADING_COMMUNE SAME
#define HEADING_TIME SAME
#define HEADING_IBAN SAME
#define HEADING_BIC SAME
#define HEADING_SIRET SAME

#pragma GCC diagnostic ignored "-Woverride-init"
#define FIELD(n, k, s, ...)                       \
	{ .name = #n,                             \
		.column = COLUMN_##k(#n),         \
		.csv = HEADING_##k(#n),           \
		.kind = KIND_##k,                 \
		.sensitivity = SENS_##s,          \
		.offset = offsetof(struct OF, n), \
		__VA_ARGS__ },
#define RECORD(plural) static const struct field fields_of_##plural[] = {
#define RECORD_END \
	}          \
	;
#include "model/records.inc"
#undef RECORD_END
#undef RECORD
#undef FIELD

enum { KEY_REF, KEY_NATURAL, KEY_LINKS, KEY_INNER };
#define ENTITY(plural, singular, how, text)                                  \
	[ENTITY_##plural] = { .name = #plural,                               \
		.label = text,                                               \
		.fields = fields_of_##plural,                                \
		.n = sizeof fields_of_##plural / sizeof *fields_of_##plural, \
		.size = sizeof(struct singular),                             \
		.has_ref = KEY_##how == KEY_REF,                             \
		.linked = KEY_##how == KEY_LINKS,                            \
		.inner = KEY_##how == KEY_INNER },
const struct entity entities[ENTITY_COUNT] = {
#include "model/entities.def"
};
#undef ENTITY

const struct entity *
entity_named(str name)
{
	for (size_t i = 0; i < ENTITY_COUNT; i++) {
		if (str_is(name, entities[i].name))
			return &entities[i];
	}
	return NULL;
}

const struct entity *
entity_in_bundle(str name)
{
	const struct entity *e = entity_named(name);

	return e != NULL && e->inner ? NULL : e;
}

size_t
entity_number_of(const struct entity *e)
{
	return (size_t)(e - entities);
}

const struct field *
entity_field(const struct entity *e, const char *name)
{
	for (size_t i = 0; i < e->n; i++) {
		if (strcmp(e->fields[i].name, name) == 0)
			return &e->fields[i];
	}
	return NULL;
}

void
entity_clear(const struct entity *e, void *record)
{
	memset(record, 0, e->size);
	for (size_t i = 0; i < e->n; i++)
		field_clear(&e->fields[i], record);
}

void
entity_keep(const struct entity *e, void *record, struct arena *a)
{
	for (size_t i = 0; i < e->n; i++) {
		if (field_is_text(e->fields[i].kind)) {
			str *s = field_at(&e->fields[i], record);

			*s = str_dup(a, *s);
		}
	}
}

/* Tabs, newlines and backslashes are written as \t, \n, \\, so that a line is a field whatever it holds. */
static void
escaped(struct buf *to, str s)
{
	size_t from = 0;

	for (size_t i = 0; i < s.len; i++) {
		if (s.s[i] != '\t' && s.s[i] != '\n' && s.s[i] != '\\')
			continue;
		buf_add(to, (str){ s.s + from, i - from });
		buf_add(to, s.s[i] == '\t' ? S("\\t") : s.s[i] == '\n' ? S("\\n") : S("\\\\"));
		from = i + 1;
	}
	buf_add(to, (str){ s.s + from, s.len - from });
}

void
entity_canonical(const struct entity *e, const void *record, struct buf *to)
{
	entity_canonical_from(e, 0, record, to);
}

void
entity_canonical_from(const struct entity *e, size_t first, const void *record, struct buf *to)
{
	for (size_t i = first; i < e->n; i++) {
		const struct field *f = &e->fields[i];

		if (field_absent(f, record))
			continue;
		buf_add(to, str_of(f->name));
		buf_char(to, '\t');
		if (field_is_text(f->kind))
			escaped(to, *(const str *)field_at(f, record));
		else if (f->kind == KIND_LINK)
			buf_int(to, *(const int64_t *)field_at(f, record));
		else
			field_write(f, record, to);
		buf_char(to, '\n');
	}
}
