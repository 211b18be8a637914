/* form.h - forms made from the description of a record (the .def files): the controls, the reading back, the faults beside
 * the fields. A page names the fields it shows; a field that the viewer may not read is neither shown nor read. */
#pragma once
#include "model/entity.h"
#include "web/req.h"

struct choice { /* of a LINK: the records that may be chosen */
	int64_t key;
	str label;
};
struct choices {
	const char *field;
	const struct choice *v;
	size_t n;
	const char *only; /* of an ENUM: the words that may be chosen here, with a blank between them; NULL: all of it */
};

struct sheaf { /* a form on its way: made by the page, filled again after a fault */
	const struct req *req;
	const struct entity *entity;
	const char *names;             /* of the fields, in their order on the page: "family_name given_name sex" */
	const void *record;            /* what stands in it; NULL: a new one */
	const struct problems *faults; /* NULL: shown for the first time; else what was typed is shown again */
	const struct choices *choices; /* of its LINK fields, and of ENUM fields that are narrowed */
	size_t n_choices;
};

/* The controls of all its fields, with their labels, hints and faults. */
void form_fields(struct html *h, const struct sheaf *s);
/* The list of all faults at the top of the page, each leading to its field; nothing when there is none. */
void form_summary(struct html *h, const struct sheaf *s);
/* The fields as label and value, for reading; those without a value are left out unless empty says what stands instead. */
void form_values(struct html *h, const struct sheaf *s, const char *empty);
/* One value as people read it: dates, choices, amounts, by the field's kind. */
void form_value(struct html *h, const struct field *f, const void *record);

/* Reads the named fields of r->form into the record: only those that this viewer may read and that the form holds; the others
 * keep their value. What is wrong becomes a fault that names the field, all at once; the bits of the refused fields are
 * given for entity_check. Dates come as three fields (birth_date.d, .m, .y); texts without the blanks around them. */
uint64_t form_read(struct req *r, const struct entity *e, const char *names, void *record, struct problems *faults);

/* What was typed for a field, or for a part of it ("d"); for controls. */
str form_typed(const struct sheaf *s, const struct field *f, const char *part);
/* Why a field was refused; absent: it was not. */
str form_fault(const struct sheaf *s, const struct field *f);
