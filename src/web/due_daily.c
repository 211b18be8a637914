/* due_daily.c - what one's organisation agreed with people, and has not done yet */
#include "base/text.h"
#include "daily/goals.h"
#include "web/due.h"
#include "web/person_page.h"

const struct err *
due_steps(struct due_list *to, const struct due_ask *ask)
{
	struct sight s = person_sight(ask->req, RIGHT_ACTS_WRITE);
	struct step_due *v;
	size_t n;
	const struct err *e = steps_due_by(&s, ask->req->today + 7, &v, &n);

	if (e != NULL || n == 0)
		return e;
	due_add(to,
	    &(struct due){ .object = due_text(to, tr_n("%zu step of a goal to be done", "%zu steps of goals to be done", n), n),
		.detail = str_of(tr("As agreed with the people")),
		.on = v[0].due,
		.act = tr("See the steps"),
		.url = S("/etapes") });
	return NULL;
}
