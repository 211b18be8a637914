#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/frame.h"

/* The folder of the running program, absent when the system does not tell. */
static str
program_folder(struct arena *a)
{
	char path[4096];
	ssize_t n = readlink("/proc/self/exe", path, sizeof path);

	while (n > 0 && path[n - 1] != '/')
		n--;
	return n <= 1 || n == sizeof path ? (str){ 0 } : str_dup(a, (str){ path, (size_t)n - 1 });
}

/* A build folder says in this file which checkout it was configured from. */
static str
checkout(struct arena *a, str folder)
{
	char path[4096];
	ssize_t n;
	int fd = open(str_format(a, "%.*s/checkout.path", STR_ARG(folder)).s, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return (str){ 0 };
	n = read(fd, path, sizeof path);
	close(fd);
	return n <= 0 ? (str){ 0 } : str_dup(a, str_trim((str){ path, (size_t)n }));
}

const char *
place_catalogues(struct arena *a)
{
	str folder = program_folder(a);
	const char *built;

	if (folder.s == NULL)
		return "/usr/share/jalon/locale";
	built = str_format(a, "%.*s/po", STR_ARG(folder)).s;
	if (access(built, X_OK) == 0)
		return built;
	return str_format(a, "%.*s/../share/jalon/locale", STR_ARG(folder)).s;
}

const char *
place_database(struct arena *a)
{
	const char *named = getenv("JALON_DATABASE"), *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
	str folder = program_folder(a), source = folder.s == NULL ? folder : checkout(a, folder);

	if (named != NULL && *named != '\0')
		return named;
	if (source.s != NULL)
		return str_format(a, "%.*s/var/jalon.db", STR_ARG(source)).s;
	if (data != NULL && *data == '/')
		return str_format(a, "%s/jalon/jalon.db", data).s;
	return str_format(a, "%s/.local/share/jalon/jalon.db", home == NULL ? "" : home).s;
}
