/* act_form.h - the form of an act, made of its kind's questions (daily/act_kinds.h): a record that no .def describes, so that form.h
 * writes, reads and keeps it as any other. */
#pragma once
#include "daily/acts.h"
#include "model/plan.h"
#include "web/person_page.h"

struct act_form {
	struct req *req;
	const struct act_sort *kind;
	const struct act_place *place;
	struct act act;       /* record.id 0: a new one */
	struct entity entity; /* the date, the quantity, x_ and the code of each question, i_ for the interpreter */
	void *record;
	const char *names, *interpreter_names;
	struct choices choices[16];
	size_t n_choices;
	PLAN_LIST(struct enrolment) enrolments; /* that a question may name: key and ref alone */
	str *unread; /* of each question: the answer stored, when the form cannot show it (an import may bring any) */
	const struct problems *faults; /* NULL: shown for the first time */
};

/* Makes the form. people: whose enrolments a question may name; 0: nobody's. line: what is stored; NULL: a new act, of today. */
const struct err *act_form_make(struct act_form *f, const struct sight *s, int64_t person, const struct act_line *line);
/* Reads it back into what act_write takes; what is wrong is told to the faults. */
void act_form_read(struct act_form *f, struct act_writing *w, struct problems *faults);
struct sheaf act_form_sheaf(const struct act_form *f, bool interpreter);
