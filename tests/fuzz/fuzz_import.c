/* One file of a bundle into a database that holds a contract already: the first byte chooses the file, the rest is its text.
 * Everything is undone after each. Nothing may crash; a fault names a file; a row is new, changed or the same. */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "exchange/bundle.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct db *db;
static struct arena memory; /* of the connection */
static char folder[64] = "/dev/shm/jalon-fuzz-XXXXXX", key[80];

static void
remove_folder(void)
{
	for (size_t i = 0; i < ENTITY_COUNT; i++) {
		char path[256];

		snprintf(path, sizeof path, "%s/%s.csv", folder, entities[i].name);
		unlink(path);
	}
	unlink(key);
	rmdir(folder);
	db_close(db);
	arena_release(&memory);
}

static void
judge(struct problem_sink *sink, const struct problem *p)
{
	(void)sink;
	if (p->file.len == 0 || p->line < 0 || p->expected.len == 0 || !str_utf8(p->value) || !str_utf8(p->column))
		abort();
}

static struct import_report
import(const char *path, bool dry, struct problem_sink *sink)
{
	struct import_options o = { .at = S("2025-06-15T12:00:00.000Z"),
		.actor = S("fuzz"),
		.cause = S("fuzz"),
		.now_ms = 1750000000000,
		.dry_run = dry };
	struct import_report report;
	struct arena a = { 0 };

	if (bundle_import(db, &a, path, &o, sink, &report) != NULL)
		abort();
	arena_release(&a);
	return report;
}

static void
start(void)
{
	const char *source = getenv("JALON_SOURCE");
	struct problem_sink sink = { .add = judge };
	char path[4096];

	if (access("/dev/shm", W_OK) != 0)
		memcpy(folder, "/tmp/jalon-fuzz-XXXXXX", 23);
	if (mkdtemp(folder) == NULL)
		abort();
	atexit(remove_folder);
	snprintf(key, sizeof key, "%s/.key", folder); /* hidden: no file of the bundle */
	setenv("JALON_KEY", key, 1);
	if (db_open(&memory, ":memory:", DB_CREATE, &db) != NULL)
		abort();
	snprintf(path, sizeof path, "%s/tests/cases/bundle", source == NULL ? "." : source);
	(void)import(path, false, &sink);
	if (sink.faults > 0)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct problem_sink sink = { .add = judge };
	struct import_report report;
	static char last[256];
	char path[256];
	int fd;

	if (size == 0)
		return 0;
	if (db == NULL)
		start();
	snprintf(path, sizeof path, "%s/%s.csv", folder, entities[data[0] % ENTITY_COUNT].name);
	if (strcmp(last, path) != 0)
		unlink(last);
	memcpy(last, path, sizeof last);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0 || write(fd, data + 1, size - 1) != (ssize_t)size - 1)
		abort();
	close(fd);
	report = import(folder, true, &sink);
	if (sink.faults == 0 && report.all.rows != report.all.inserted + report.all.updated + report.all.unchanged)
		abort();
	return 0;
}
