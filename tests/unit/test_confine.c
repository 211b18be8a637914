/* Confinement: a child that has confined itself tries what it must not do, and tells how each went. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "web/confine.h"

static char folder[64];
static bool landlock;

/* Each gives true when it was let through. */
static bool
opens(const char *path, int flags)
{
	return open(path, flags, 0600) >= 0;
}

static bool
sends_elsewhere(void)
{
	const struct sockaddr_un to = { .sun_family = AF_UNIX, .sun_path = "/run/x" };
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_DGRAM, 0, pair) != 0)
		return false;
	return sendto(pair[0], "x", 1, 0, (const struct sockaddr *)&to, sizeof to) == 1 || errno != EPERM;
}

static bool
writes_code(void)
{
	void *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return mprotect(at, 4096, PROT_READ | PROT_EXEC) == 0;
}

static bool
gives_itself_more(void)
{
	const struct rlimit all = { RLIM_INFINITY, RLIM_INFINITY };

	return setrlimit(RLIMIT_CORE, &all) == 0 || prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) == 0 || setuid(0) == 0;
}

static const char *
let_through(enum confine_kind kind)
{
	char path[128];

	if (confine_breach(landlock || kind == CONFINE_FRONT) != NULL)
		return confine_breach(landlock || kind == CONFINE_FRONT);
	if (sends_elsewhere())
		return "sendto";
	if (writes_code())
		return "mprotect";
	if (gives_itself_more())
		return "setrlimit";
	if (chdir("/") == 0 || chroot("/") == 0 || mkfifo("/tmp/x", 0600) == 0)
		return "chdir";
	if (kill(getpid(), 0) == 0)
		return "kill";
	snprintf(path, sizeof path, "%s/kept", folder);
	if (kind == CONFINE_FRONT && opens(path, O_RDONLY))
		return "a data file, in the front";
	if (landlock && kind == CONFINE_WORKER &&
	    (opens("/usr/bin/env", O_RDONLY) || opens("/dev/null", O_RDWR) || opens("/tmp", O_RDONLY)))
		return "a file elsewhere";
	if (kind != CONFINE_FRONT && !opens(path, O_RDWR))
		return "nothing, not even its own files";
	if (kind != CONFINE_FRONT && chmod(path, 0777) == 0)
		return "chmod";
	return NULL;
}

/* In a child, since it is for good. Its exit code tells. */
static void
try_as(enum confine_kind kind)
{
	const char *const folders[] = { folder, NULL };
	int status = 0;
	const pid_t child = fork();

	if (child == 0) {
		struct arena a = { 0 };
		const struct err *e = confine(&a, kind, folders, kind == CONFINE_FRONT ? 0 : 2, &landlock);
		const char *what = e != NULL ? e->what : let_through(kind);

		if (what != NULL)
			dprintf(2, "# let through: %s\n", what);
		_exit(what == NULL ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void
the_front_opens_nothing_at_all(void **state)
{
	(void)state;
	try_as(CONFINE_FRONT);
}

static void
a_worker_opens_its_folder_only(void **state)
{
	(void)state;
	try_as(CONFINE_WORKER);
}

static void
the_job_process_opens_its_folder_only(void **state)
{
	(void)state;
	try_as(CONFINE_JOB);
}

static void
without_confinement_the_breach_is_found(void **state)
{
	(void)state;
	assert_string_equal(confine_breach(true), "open");
	assert_non_null(confine_breach(false));
}

static void
a_folder_that_is_not_there_is_an_error(void **state)
{
	const char *const folders[] = { "/no/such/folder" };
	int status = 0;
	pid_t child;

	(void)state;
	child = fork();
	if (child == 0) {
		struct arena a = { 0 };
		const struct err *e = confine(&a, CONFINE_WORKER, folders, 1, &landlock);

		_exit(e != NULL && e->kind == ERR_NOTFOUND ? 0 : landlock);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static int
make_folder(void **state)
{
	char path[128];
	int fd;

	(void)state;
	strcpy(folder, "/tmp/jalon-confine.XXXXXX");
	if (mkdtemp(folder) == NULL)
		return 1;
	snprintf(path, sizeof path, "%s/kept", folder);
	fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	return fd < 0 || close(fd) != 0;
}

static int
remove_folder(void **state)
{
	char path[128];

	(void)state;
	snprintf(path, sizeof path, "%s/kept", folder);
	return unlink(path) != 0 || rmdir(folder) != 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_front_opens_nothing_at_all),
		cmocka_unit_test(a_worker_opens_its_folder_only),
		cmocka_unit_test(the_job_process_opens_its_folder_only),
		cmocka_unit_test(without_confinement_the_breach_is_found),
		cmocka_unit_test(a_folder_that_is_not_there_is_an_error),
	};

	return cmocka_run_group_tests_name("confine", tests, make_folder, remove_folder);
}
