#include "db/key.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <pwd.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/text.h"

/* In the file: hexadecimal and a line end, so that it can be copied by hand, printed and kept in a safe. */
enum { WRITTEN = KEY_SIZE * 2 + 1 };

static const char *
variable(const char *name)
{
	const char *v = getenv(name);

	return v == NULL || *v == '\0' ? NULL : v;
}

static const char *
key_path(struct arena *a)
{
	const struct passwd *account;
	const char *v;

	if ((v = variable("JALON_KEY")) != NULL)
		return v;
	if ((v = variable("XDG_CONFIG_HOME")) != NULL)
		return str_format(a, "%s/jalon/key", v).s;
	if ((v = variable("HOME")) == NULL && (account = getpwuid(geteuid())) != NULL)
		v = account->pw_dir; /* a service started without its environment */
	return v == NULL ? NULL : str_format(a, "%s/.config/jalon/key", v).s;
}

static const struct err *
refused(struct arena *a, int code, const char *path)
{
	const struct err *e = err_system(a, code, str_format(a, tr("The key file %s cannot be read or made."), path).s);

	return err_new(
	    a, e->kind, e->what, e->detail, tr("Make its folder writable, or give the file's place in the variable JALON_KEY."));
}

/* The folders above path, for their owner alone. */
static void
make_folders(struct arena *a, const char *path)
{
	char *folder = (char *)(uintptr_t)str_z(a, str_of(path));

	for (char *p = strchr(folder + 1, '/'); p != NULL; p = strchr(p + 1, '/')) {
		*p = '\0';
		(void)mkdir(folder, 0700); /* what cannot be made shows when the file is */
		*p = '/';
	}
}

static bool
written(int fd, const char *folder)
{
	unsigned char key[KEY_SIZE];
	char text[WRITTEN + 1];
	int at;
	bool ok;

	randombytes_buf(key, sizeof key);
	sodium_bin2hex(text, sizeof text, key, sizeof key);
	memcpy(text + WRITTEN - 1, "\n", 2);
	ok = write(fd, text, WRITTEN) == WRITTEN && fsync(fd) == 0;
	sodium_memzero(key, sizeof key);
	sodium_memzero(text, sizeof text);
	at = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (at >= 0) {
		(void)fsync(at);
		close(at);
	}
	return ok;
}

/* Written whole under another name first: a second process that makes it at the same moment finds all of it or nothing,
 * and whoever comes second takes the first one's. */
static const struct err *
make(struct arena *a, const char *path)
{
	const char *draft = str_format(a, "%s.%ld", path, (long)getpid()).s;
	int fd, code = 0;

	make_folders(a, path);
	fd = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return refused(a, errno, path);
	if (!written(fd, dirname((char *)(uintptr_t)str_z(a, str_of(path)))) || close(fd) != 0 ||
	    (link(draft, path) != 0 && errno != EEXIST))
		code = errno == 0 ? EIO : errno;
	unlink(draft);
	return code == 0 ? NULL : refused(a, code, path);
}

static const struct err *
read_file(struct arena *a, const char *path, unsigned char key[KEY_SIZE])
{
	char text[WRITTEN + 1];
	struct stat st;
	size_t size;
	ssize_t n;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return refused(a, errno, path);
	n = read(fd, text, sizeof text);
	if (fstat(fd, &st) != 0 || (st.st_mode & (S_IROTH | S_IWOTH)) != 0) {
		close(fd);
		return err_new(a, ERR_INPUT, str_format(a, tr("Everybody can read the key file %s."), path).s, NULL,
		    str_format(a, tr("Close it to others: chmod 600 %s"), path).s);
	}
	close(fd);
	if (n < WRITTEN - 1 || n > WRITTEN || sodium_hex2bin(key, KEY_SIZE, text, WRITTEN - 1, NULL, &size, NULL) != 0 ||
	    size != KEY_SIZE)
		return err_new(a, ERR_DAMAGED, str_format(a, tr("%s does not hold a key."), path).s, NULL,
		    tr("It is one line of 64 hexadecimal digits: put back the copy that was kept."));
	sodium_memzero(text, sizeof text);
	return NULL;
}

const struct err *
key_read(struct arena *a, bool may_make, unsigned char key[KEY_SIZE])
{
	const char *path = key_path(a);
	const struct err *e;

	if (path == NULL)
		return err_new(
		    a, ERR_INPUT, tr("There is no place for the key file."), NULL, tr("Give it in the variable JALON_KEY."));
	if (access(path, F_OK) == 0)
		return read_file(a, path, key);
	if (!may_make)
		return refused(a, errno, path);
	e = make(a, path);
	return e == NULL ? read_file(a, path, key) : e;
}
