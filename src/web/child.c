#include "web/child.h"

#include <errno.h>
#include <libgen.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#include "access/liboath.h"
#include "base/libicu.h"
#include "base/text.h"
#include "exchange/libexpat.h"
#include "exchange/libzip.h"
#include "figures/libxlsxwriter.h"
#include "web/confine.h"
#include "web/libqrencode.h"
#include "web/libz.h"

static void
close_others(const int *keep, size_t n)
{
	int from = 3;

	for (;;) {
		int next = -1;

		for (size_t i = 0; i < n; i++) {
			if (keep[i] >= from && (next < 0 || keep[i] < next))
				next = keep[i];
		}
		if (next < 0)
			break;
		if (next > from)
			(void)close_range((unsigned)from, (unsigned)next - 1, 0);
		from = next + 1;
	}
	(void)close_range((unsigned)from, ~0u, 0);
}

void
child_begin(const struct birth *birth, enum child_kind kind)
{
	static const int ignored[] = { SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGQUIT };
	static const char *const names[] = { "jalon: front", "jalon: worker", "jalon: job" };
	const int keep[] = { birth->start, birth->listener, birth->control, birth->socket, birth->bell,
		kind == CHILD_FRONT ? -1 : birth->setting->app.hash_slots };
	sigset_t none;

	(void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	(void)prctl(PR_SET_NAME, names[kind], 0, 0, 0);
	for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++)
		(void)signal(ignored[i], SIG_IGN);
	(void)signal(SIGCHLD, SIG_DFL);
	sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	close_others(keep, sizeof keep / sizeof *keep);
	tzset(); /* reads its file now */
}

static void
tell(const struct birth *birth, struct buf *b)
{
	ssize_t n = write(birth->start, b->s, b->len);

	(void)n; /* a supervisor that is gone has no use for it */
	close(birth->start);
	buf_release(b);
}

_Noreturn void
child_failed(const struct birth *birth, const struct err *e)
{
	const char *const texts[] = { e->what, e->detail, e->hint };
	struct buf b = { 0 };

	buf_char(&b, 'e');
	buf_char(&b, (char)e->kind);
	for (size_t i = 0; i < 3; i++) {
		buf_add(&b, str_of(texts[i]));
		buf_char(&b, '\0');
	}
	tell(birth, &b);
	_exit(1);
}

static const char *
folder_of(struct arena *a, const char *database)
{
	if (strncmp(database, "postgresql://", 13) == 0 || strncmp(database, "postgres://", 11) == 0)
		return NULL;
	return dirname((char *)(uintptr_t)str_z(a, str_of(database)));
}

/* A confined process loads no library any more; what is missing is said when it is needed. */
static void
load_libraries(struct arena *a)
{
	(void)libzip_load(a);
	(void)library_load(a, &libz_library);
	(void)library_load(a, &liboath_library);
	(void)library_load(a, &libexpat_library);
	(void)library_load(a, &libicu_library);
	(void)library_load(a, &libxlsxwriter_library);
	(void)library_load(a, &libqrencode_library);
}

void
child_ready(const struct birth *birth, enum child_kind kind, struct arena *a)
{
	const struct app_setting *app = &birth->setting->app;
	const char *folders[] = { app->data, app->database == NULL ? NULL : folder_of(a, app->database) };
	const bool front = kind == CHILD_FRONT;
	struct buf b = { 0 };
	bool landlock;
	const struct err *e;

	if (!front)
		load_libraries(a);
	e = confine(a,
	    front               ? CONFINE_FRONT
	    : kind == CHILD_JOB ? CONFINE_JOB
				: CONFINE_WORKER,
	    folders, front ? 0 : 2, &landlock);

	if (e != NULL)
		child_failed(birth, e);
	buf_char(&b, landlock ? 'r' : 'l');
	tell(birth, &b);
}
