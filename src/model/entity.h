/* entity.h - a kind of record as data: its fields, how to read, check, compare and write one, whatever it is */
#pragma once
#include "base/arena.h"
#include "base/buf.h"
#include "base/problem.h"
#include "model/model.h"

struct entity {
	const char *name;  /* table, and CSV file without its ending */
	const char *label; /* English, singular */
	const struct field *fields;
	size_t n;
	size_t size;  /* of the C struct */
	bool has_ref; /* the first field is its ref */
	bool linked;  /* keyed by its first two links alone (attendances), and kept as lines of a roll (roll.h) */
	bool inner;   /* never in a bundle: neither imported nor exported */
};

#define ENTITY(plural, singular, key, label) ENTITY_##plural,
enum entity_number {
#include "model/entities.def"
	ENTITY_COUNT
};
#undef ENTITY
extern const struct entity entities[ENTITY_COUNT];                          /* in the order of a bundle's reading */
const struct entity *entity_named(str name);                                /* NULL: none */
const struct entity *entity_in_bundle(str name);                            /* the same, among those that travel */
const struct field *entity_field(const struct entity *e, const char *name); /* NULL: none */
size_t entity_number_of(const struct entity *e);

/* The member of a record. */
static inline void *
field_at(const struct field *f, const void *record)
{
	return (char *)(uintptr_t)record + f->offset;
}
bool field_is_text(enum kind k); /* the member is a str */
bool field_absent(const struct field *f, const void *record);
void field_clear(const struct field *f, void *record);
bool field_equal(const struct field *f, const void *a, const void *b);
void entity_clear(const struct entity *e, void *record);                 /* every field absent */
void entity_keep(const struct entity *e, void *record, struct arena *a); /* copies its texts into the arena */

/* Reads one cell as the interchange writes it. Empty: absent. Links are not resolved here (KIND_LINK is refused).
 * NULL when it is right, else what is expected, translated. The text stays where it is. */
const char *field_read(const struct field *f, str cell, void *record, struct arena *a);
/* What is odd about a value that is kept all the same (IBAN, BIC, SIRET), or NULL. */
const char *field_oddity(const struct field *f, const void *record);
/* Writes it back the same way; a link writes nothing. */
void field_write(const struct field *f, const void *record, struct buf *to);
/* Place of a word among the choices of an ENUM or SET field, -1: none. */
int choice_index(const char *choices, str word);

/* Rules between the fields of one record: required ones, ends before starts, each entity's own.
 * Faults and warnings name the column. A bit for each field; wrong: its value was refused already, and is absent for that;
 * kept: its value is the stored one, so that a fault blames another field where it can. */
void entity_check(
    const struct entity *e, const void *record, uint64_t wrong, uint64_t kept, struct problem_sink *sink, str file, int64_t line);

/* One text that says all that the record holds: a line "name<TAB>value" per field that is present, links as keys.
 * Versions are kept in this form, and digests are taken of it. */
void entity_canonical(const struct entity *e, const void *record, struct buf *to);
/* Back from it: every field absent that it does not name. false: it cannot be made out. */
bool entity_content_read(const struct entity *e, str content, struct arena *a, void *record);
void entity_canonical_from(const struct entity *e, size_t first, const void *record, struct buf *to); /* from this field on */
