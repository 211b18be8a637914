#include "web/import_files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/text.h"

static const char *const parts[] = { "", ".sheets", ".columns", ".guesses", ".faults", ".refused" };
enum { RANDOM = 16 };

static const struct err *
unwritable(struct arena *a)
{
	return err_system(a, errno, tr("The file cannot be kept on the server."));
}

const char *
import_file_path(struct arena *a, const char *data, str name, const char *part)
{
	return str_format(a, "%s/imports/%.*s%s", data, STR_ARG(name), part).s;
}

static const struct err *
write_all(struct arena *a, int fd, str bytes)
{
	while (bytes.len > 0) {
		ssize_t n = write(fd, bytes.s, bytes.len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return unwritable(a);
		bytes = (str){ bytes.s + n, bytes.len - (size_t)n };
	}
	return NULL;
}

const struct err *
import_file_write(struct arena *a, const char *data, str name, const char *part, str bytes)
{
	const char *path = import_file_path(a, data, name, part);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	const struct err *e = fd < 0 ? unwritable(a) : write_all(a, fd, bytes);

	if (fd >= 0 && close(fd) != 0 && e == NULL)
		e = unwritable(a);
	if (e != NULL && fd >= 0)
		(void)unlink(path);
	return e;
}

const struct err *
import_file_keep(struct arena *a, const char *data, str bytes, str *name)
{
	const char *folder = str_format(a, "%s/imports", data).s;
	unsigned char random[RANDOM];
	char hex[RANDOM * 2 + 1];

	if (mkdir(folder, 0700) != 0 && errno != EEXIST)
		return unwritable(a);
	randombytes_buf(random, sizeof random);
	(void)sodium_bin2hex(hex, sizeof hex, random, sizeof random);
	*name = str_dup(a, str_of(hex));
	return import_file_write(a, data, *name, "", bytes);
}

int
import_file_open(struct arena *a, const char *data, str name, const char *part)
{
	return name.len == 0 ? -1 : open(import_file_path(a, data, name, part), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
}

const struct err *
import_file_read(struct arena *a, const char *data, str name, const char *part, str *bytes, bool *found)
{
	int fd = import_file_open(a, data, name, part);
	struct stat st;
	ssize_t n = -1;
	char *to;

	*bytes = S("");
	*found = fd >= 0;
	if (fd < 0)
		return errno == ENOENT || name.len == 0 ? NULL : err_system(a, errno, tr("The file cannot be read."));
	if (fstat(fd, &st) == 0) {
		to = arena_alloc(a, (size_t)st.st_size + 1);
		n = read(fd, to, (size_t)st.st_size);
		*bytes = (str){ to, n < 0 ? 0 : (size_t)n };
	}
	(void)close(fd);
	return n < 0 ? err_system(a, errno, tr("The file cannot be read.")) : NULL;
}

void
import_file_drop(struct arena *a, const char *data, str name, const char *part)
{
	if (name.len > 0)
		(void)unlink(import_file_path(a, data, name, part));
}

void
import_files_drop(struct arena *a, const char *data, str name)
{
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		import_file_drop(a, data, name, parts[i]);
}

void
import_files_sweep(struct arena *a, const char *data, int64_t before_ms)
{
	DIR *dir = opendir(str_format(a, "%s/imports", data).s);
	struct dirent *entry;
	struct stat st;

	if (dir == NULL)
		return;
	while ((entry = readdir(dir)) != NULL) {
		const char *path = str_format(a, "%s/imports/%s", data, entry->d_name).s;

		if (entry->d_name[0] != '.' && stat(path, &st) == 0 && S_ISREG(st.st_mode) &&
		    (int64_t)st.st_mtime * 1000 < before_ms)
			(void)unlink(path);
	}
	(void)closedir(dir);
}
