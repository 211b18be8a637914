/* The application, until its pages come: it answers that there is none. */
#include "web/app.h"

#include "web/plain.h"

struct app {
	int nothing;
};

const struct err *
app_open(struct arena *a, const struct app_setting *setting, struct app **out)
{
	plain_make(setting->catalogues);
	*out = ARENA_NEW(a, struct app);
	return NULL;
}

void
app_answer(struct app *app, const struct request *in, struct answer *out)
{
	(void)app;
	out->status = 404;
	out->type = "text/html; charset=utf-8";
	buf_add(&out->body, plain_page(404, plain_english(in->accept_language)));
}

bool
app_job(struct app *app)
{
	(void)app;
	return false;
}

void
app_idle(struct app *app)
{
	(void)app;
}

void
app_close(struct app *app)
{
	(void)app;
}
