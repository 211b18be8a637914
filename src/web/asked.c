#include "web/asked.h"

#include <string.h>

#include "access/login.h"
#include "base/text.h"
#include "web/app_parts.h"
#include "web/door.h"

struct asked
asked_of(struct req *r)
{
	return (struct asked){ .req = r, .token = door_token(r) };
}

void
asked_fault(struct asked *f, const char *id, const char *label, str words)
{
	if (f->n < ASKED_FAULTS)
		f->faults[f->n++] = (struct fault_line){ id, label, str_dup(f->req->arena, words) };
}

str
asked_why(const struct asked *f, const char *id)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->faults[i].id != NULL && strcmp(f->faults[i].id, id) == 0)
			return f->faults[i].words;
	return (str){ 0 };
}

str
asked_described(const struct asked *f, const char *id, bool hint)
{
	struct arena *a = f->req->arena;

	if (asked_why(f, id).len == 0)
		return hint ? str_format(a, "%s-h", id) : (str){ 0 };
	return hint ? str_format(a, "%s-e %s-h", id, id) : str_format(a, "%s-e", id);
}

const struct err *
asked_confirm(struct asked *f, bool *right)
{
	struct req *r = f->req;
	const struct visitor visitor = door_visitor(r);
	struct login_answer answer;
	const struct err *e =
	    login_confirm(r->db, r->arena, app_hashing(r->app), &visitor, &r->viewer, req_form(r, "mot_de_passe"), &answer);

	*right = e == NULL && answer.outcome == LOGIN_DONE;
	if (e == NULL && answer.outcome == LOGIN_WAIT)
		asked_fault(f, "mot_de_passe", N_("Your password"), str_of(door_wait_words(r, answer.wait_ms)));
	else if (e == NULL && !*right)
		asked_fault(f, "mot_de_passe", N_("Your password"), str_of(tr("this is not the password of this account")));
	return e;
}
