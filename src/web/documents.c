#include "web/documents_page.h"

#include "base/text.h"
#include "views.h"
#include "web/control.h"

const char document_fields[] = "kind label";
static const struct entity *const kind = &entities[ENTITY_documents];

const char *
document_size(struct arena *a, int64_t bytes)
{
	if (bytes < 1000000)
		return str_format(a, tr("%d kB"), (int)((bytes + 999) / 1000)).s;
	return str_format(a, tr("%d MB"), (int)((bytes + 500000) / 1000000)).s;
}

/* The file, when it is one that is taken: what is kept of it. */
static enum document_type
read_file(struct req *r, struct document_form *form, struct buf *kept)
{
	const struct form_field *file = form_file(&r->form, "fichier");

	if (file == NULL || file->filename.len == 0) {
		form->file_wrong = tr("Choose a file, or take a photo, first.");
		return DOCUMENT_REFUSED;
	}
	return document_check(file->value, kept, &form->file_wrong);
}

static const struct err *
write(struct req *r, struct document *d, enum document_type type, str content, const char **act)
{
	struct save s;
	const struct err *e = req_begin(r, &s, "document added");

	if (e != NULL)
		return e;
	if ((e = req_end(r, &s, document_add(&s, r->arena, d, type, content, r->today))) == NULL)
		*act = req_act(r, &s);
	return e;
}

const struct err *
documents_take(
    struct req *r, struct document *d, struct document_form *form, struct problems *faults, const char **act, bool *taken)
{
	struct buf kept = { 0 };
	enum document_type type;
	const struct err *e = NULL;

	problems_init(faults, r->arena);
	(void)form_read(r, kind, document_fields, d, faults);
	if (d->kind.len == 0 && faults->sink.faults == 0)
		problem_add(&faults->sink,
		    &(struct problem){
			.level = PROBLEM_FAULT, .column = S("kind"), .expected = str_of(tr("what kind of document it is")) });
	type = read_file(r, form, &kept);
	*taken = type != DOCUMENT_REFUSED && faults->sink.faults == 0;
	if (*taken)
		e = write(r, d, type, buf_str(&kept), act);
	buf_release(&kept);
	return e;
}

void
document_faults(struct html *h, const struct document_form *form)
{
	struct fault_line v[8];
	const struct problems *faults = form->sheaf.faults;
	size_t n = 0;

	if (form->file_wrong != NULL)
		v[n++] = (struct fault_line){ .id = "fichier", .label = N_("File or photo"), .words = str_of(form->file_wrong) };
	for (size_t i = 0; faults != NULL && i < faults->n && n < sizeof v / sizeof *v; i++) {
		const struct field *f = entity_field(kind, str_z(h->arena, faults->v[i].column));

		if (f != NULL)
			v[n++] = (struct fault_line){ .id = f->name, .label = f->label, .words = faults->v[i].expected };
	}
	if (n > 0)
		form_faults(h, v, n);
}

const struct err *
document_may_open(struct req *r, const struct document *d, bool *yes)
{
	const struct viewer *v = &r->viewer;
	struct sight s = person_sight(r, RIGHT_PEOPLE_READ);
	struct organisation o;
	bool found = false;
	const struct err *e = NULL;

	if (v->role == ROLE_beneficiary) {
		*yes = d->person == v->person;
		return NULL;
	}
	*yes = s.organisation == 0 || d->organisation == s.organisation;
	if (!*yes)
		return NULL;
	if (s.organisation == 0 && d->organisation != NUMBER_NONE)
		e = entity_by_id(s.db, s.territory, &entities[ENTITY_organisations], d->organisation, s.arena, &o, &found);
	if (found && str_is(o.category, "health"))
		*yes = false;
	return e == NULL && *yes && d->person != NUMBER_NONE ? person_seen(&s, d->person, yes) : e;
}
