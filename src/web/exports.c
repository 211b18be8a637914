#include "web/exports.h"

#include <dirent.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"
#include "web/req.h"

static const int64_t kept_ms = INT64_C(24) * 3600 * 1000;

const char *
export_folder(struct arena *a, const char *data)
{
	return str_format(a, "%s/exports", data).s;
}

const char *
export_path(struct arena *a, const char *data, int64_t job)
{
	str key = key_short(a, job);

	return str_format(a, "%s/exports/%.*s.zip", data, STR_ARG(key)).s;
}

void
exports_sweep(struct arena *a, const char *data, int64_t now_ms)
{
	DIR *dir = opendir(export_folder(a, data));
	struct dirent *entry;
	struct stat st;

	if (dir == NULL)
		return;
	while ((entry = readdir(dir)) != NULL) {
		const char *path = str_format(a, "%s/exports/%s", data, entry->d_name).s;

		if (stat(path, &st) == 0 && S_ISREG(st.st_mode) && (int64_t)st.st_mtime * 1000 < now_ms - kept_ms)
			(void)unlink(path);
	}
	(void)closedir(dir);
}
