#include "web/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/text.h"
#include "web/libseccomp.h"

/* Newer than the header of the system this is built on. */
#ifndef LANDLOCK_ACCESS_FS_REFER
#define LANDLOCK_ACCESS_FS_REFER (1ULL << 13)
#endif
#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE (1ULL << 14)
#endif
#ifndef LANDLOCK_ACCESS_FS_IOCTL_DEV
#define LANDLOCK_ACCESS_FS_IOCTL_DEV (1ULL << 15)
#endif

enum { MIB = 1 << 20 };

static const struct err *
system_err(struct arena *a, const char *what)
{
	return err_system(a, errno, what);
}

/* Reading and writing plain files and folders: no programs, devices, sockets or links. */
static const uint64_t plain_files = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_DIR |
				    LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
				    LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_REFER | LANDLOCK_ACCESS_FS_TRUNCATE;

/* What this kernel can refuse: each version of the interface added some. */
static uint64_t
known_to(long version)
{
	uint64_t known = (1ULL << 13) - 1;

	if (version >= 2)
		known |= LANDLOCK_ACCESS_FS_REFER;
	if (version >= 3)
		known |= LANDLOCK_ACCESS_FS_TRUNCATE;
	if (version >= 5)
		known |= LANDLOCK_ACCESS_FS_IOCTL_DEV;
	return known;
}

static const struct err *
allow_folder(struct arena *a, int rules, uint64_t access, const char *folder)
{
	struct landlock_path_beneath_attr beneath = { .allowed_access = access };
	const struct err *e = NULL;

	beneath.parent_fd = open(folder, O_PATH | O_CLOEXEC | O_DIRECTORY);
	if (beneath.parent_fd < 0)
		return system_err(a, str_format(a, tr("The folder %s cannot be opened."), folder).s);
	if (syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) != 0)
		e = system_err(a, tr("The server's processes cannot be confined."));
	close(beneath.parent_fd);
	return e;
}

static const struct err *
confine_files(struct arena *a, const char *const *folders, size_t n, bool *landlock)
{
	const long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	struct landlock_ruleset_attr all = { .handled_access_fs = version < 0 ? 0 : known_to(version) };
	const struct err *e = NULL;
	int rules;

	*landlock = version > 0;
	if (!*landlock)
		return NULL;
	rules = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
	if (rules < 0)
		return system_err(a, tr("The server's processes cannot be confined."));
	for (size_t i = 0; i < n && e == NULL; i++) {
		if (folders[i] != NULL)
			e = allow_folder(a, rules, plain_files & all.handled_access_fs, folders[i]);
	}
	if (e == NULL && syscall(SYS_landlock_restrict_self, rules, 0) != 0)
		e = system_err(a, tr("The server's processes cannot be confined."));
	close(rules);
	return e;
}

/* Memory, time, messages on what is open already. */
static const int for_all[] = { SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(readv), SCMP_SYS(writev), SCMP_SYS(close),
	SCMP_SYS(recvmsg), SCMP_SYS(sendmsg), SCMP_SYS(recvfrom), SCMP_SYS(sendto), SCMP_SYS(memfd_create), SCMP_SYS(fcntl),
	SCMP_SYS(fstat), SCMP_SYS(lseek), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(mlock),
	SCMP_SYS(munlock), SCMP_SYS(brk), SCMP_SYS(clock_gettime), SCMP_SYS(clock_getres), SCMP_SYS(gettimeofday), SCMP_SYS(time),
	SCMP_SYS(clock_nanosleep), SCMP_SYS(nanosleep), SCMP_SYS(getrandom), SCMP_SYS(futex), SCMP_SYS(sched_yield),
	SCMP_SYS(getpid), SCMP_SYS(getppid), SCMP_SYS(gettid), SCMP_SYS(geteuid), SCMP_SYS(getuid), SCMP_SYS(getegid),
	SCMP_SYS(getgid), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack),
	SCMP_SYS(restart_syscall), SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(getsockopt),
	SCMP_SYS(sendfile), SCMP_SYS(getrusage), SCMP_SYS(sysinfo) };

static const int for_front[] = { SCMP_SYS(accept4), SCMP_SYS(epoll_wait), SCMP_SYS(epoll_pwait), SCMP_SYS(epoll_ctl),
	SCMP_SYS(setsockopt), SCMP_SYS(shutdown) };

/* SQLite's files, and computations that share their work out over threads. */
static const int for_workers[] = { SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(stat), SCMP_SYS(lstat), SCMP_SYS(newfstatat),
	SCMP_SYS(statx), SCMP_SYS(statfs), SCMP_SYS(fstatfs), SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2),
	SCMP_SYS(pread64), SCMP_SYS(pwrite64), SCMP_SYS(ftruncate), SCMP_SYS(fallocate), SCMP_SYS(fsync), SCMP_SYS(fdatasync),
	SCMP_SYS(unlink), SCMP_SYS(unlinkat), SCMP_SYS(rename), SCMP_SYS(renameat), SCMP_SYS(renameat2), SCMP_SYS(mkdir),
	SCMP_SYS(mkdirat), SCMP_SYS(rmdir), SCMP_SYS(fchmod), SCMP_SYS(fchown), SCMP_SYS(flock), SCMP_SYS(getdents64),
	SCMP_SYS(getcwd), SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(umask), SCMP_SYS(dup), SCMP_SYS(copy_file_range),
	SCMP_SYS(sched_getaffinity), SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(clone3) };

static int
allow(scmp_filter_ctx filter, const int *calls, size_t n)
{
	int bad = 0;

	for (size_t i = 0; i < n && bad == 0; i++) {
		/* A call that this processor does not have needs no rule. */
		if (calls[i] == SCMP_SYS(clone3))
			bad = seccomp_rule_add(
			    filter, SCMP_ACT_ERRNO(ENOSYS), calls[i], 0); /* its flags cannot be seen: clone is used */
		else if (calls[i] >= 0)
			bad = seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0);
	}
	return bad;
}

/* Memory never becomes code; a signal only for oneself (abort); a thread, never a process. */
static int
allow_within_bounds(scmp_filter_ctx filter, enum confine_kind kind)
{
	const struct scmp_arg_cmp no_code = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
	int bad = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, no_code);

	if (bad == 0)
		bad = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, no_code);
	if (bad == 0)
		bad = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid()));
	if (bad == 0 && kind != CONFINE_FRONT)
		bad = seccomp_rule_add(
		    filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1, SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD));
	return bad;
}

static const struct err *
confine_calls(struct arena *a, enum confine_kind kind)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	int bad;

	if (filter == NULL)
		bug_oom(0);
	bad = seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2); /* a tree: every call goes through it */
	if (bad == 0)
		bad = allow(filter, for_all, sizeof for_all / sizeof *for_all);
	if (bad == 0 && kind == CONFINE_FRONT)
		bad = allow(filter, for_front, sizeof for_front / sizeof *for_front);
	if (bad == 0 && kind != CONFINE_FRONT)
		bad = allow(filter, for_workers, sizeof for_workers / sizeof *for_workers);
	if (bad == 0)
		bad = allow_within_bounds(filter, kind);
	if (bad == 0)
		bad = seccomp_load(filter);
	seccomp_release(filter);
	return bad == 0 ? NULL : err_system(a, -bad, tr("The server's processes cannot be confined."));
}

static void
bound(int what, rlim_t most)
{
	struct rlimit had = { 0 }, now = { most, most };

	if (getrlimit((__rlimit_resource_t)what, &had) == 0 && had.rlim_max != RLIM_INFINITY && had.rlim_max < most)
		now = (struct rlimit){ had.rlim_max, had.rlim_max };
	(void)setrlimit((__rlimit_resource_t)what, &now);
}

static void
bound_all(enum confine_kind kind)
{
	bound(RLIMIT_CORE, 0);
#ifndef __SANITIZE_ADDRESS__ /* its shadow is as large as the address space */
	/* Room for a file of 64 MB being read and a password being checked, with a wide margin. */
	bound(RLIMIT_AS, (rlim_t)(kind == CONFINE_JOB ? 2048 : 1024) * MIB);
#endif
	if (kind != CONFINE_FRONT)
		bound(RLIMIT_NOFILE, 128);
}

static bool
opened(const char *path, int flags)
{
	const int fd = open(path, flags | O_CLOEXEC);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static bool
connected(int family)
{
	const int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static bool
forked(void)
{
	const long child = syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, 0);

	if (child == 0)
		_exit(0);
	return child > 0;
}

static bool
runs_programs(void)
{
	char *const none[] = { NULL };

	/* A name that no file has: without confinement the answer is another one, and nothing is run. */
	return execve("/no/such/program", none, none) == 0 || errno != EPERM;
}

static bool
made_code(void)
{
	void *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (at != MAP_FAILED)
		munmap(at, 4096);
	return at != MAP_FAILED;
}

const char *
confine_breach(bool files)
{
	if (files && (opened("/", O_RDONLY | O_DIRECTORY) || opened("/etc/passwd", O_RDONLY) || opened("/proc/self/mem", O_RDWR)))
		return "open";
	if (runs_programs())
		return "execve";
	if (connected(AF_INET) || connected(AF_INET6) || connected(AF_UNIX))
		return "socket";
	if (forked())
		return "fork";
	if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0)
		return "ptrace";
	if (kill(getppid(), 0) == 0)
		return "kill";
	return made_code() ? "mmap" : NULL;
}

const struct err *
confine(struct arena *a, enum confine_kind kind, const char *const *folders, size_t n, bool *landlock)
{
	const struct err *e;
	const char *breach;

	if ((e = library_load(a, &libseccomp_library)) != NULL) /* no library can be opened later */
		return e;
	bound_all(kind);
	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return system_err(a, tr("The server's processes cannot be confined."));
	if ((e = confine_files(a, folders, n, landlock)) != NULL || (e = confine_calls(a, kind)) != NULL)
		return e;
	breach = confine_breach(*landlock || kind == CONFINE_FRONT);
	if (breach == NULL)
		return NULL;
	return err_new(a, ERR_WORLD, tr("The confinement of the server's processes does not hold on this system."), breach,
	    tr("It needs Linux 5.13 or newer with seccomp; in a container, the host must allow it."));
}
