/* embed_static OUT.c FILES... - puts the files of static/ into the program: as they are, compressed where that is shorter, and
 * under a name that changes with their content, so that browsers may keep them for ever. The table of web/static.h. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

static const struct {
	const char *ending, *type;
} types[] = {
	{ "css", "text/css; charset=utf-8" },
	{ "js", "text/javascript; charset=utf-8" },
	{ "mjs", "text/javascript; charset=utf-8" },
	{ "svg", "image/svg+xml" },
	{ "png", "image/png" },
	{ "ico", "image/x-icon" },
	{ "woff2", "font/woff2" },
	{ "txt", "text/plain; charset=utf-8" },
	{ "json", "application/json" },
	{ "webmanifest", "application/manifest+json" },
};

_Noreturn static void
fail(const char *path, const char *why)
{
	fprintf(stderr, "%s: %s\n", path, why);
	exit(1);
}

static unsigned char *
read_all(const char *path, size_t *n)
{
	FILE *in = fopen(path, "rb");
	unsigned char *bytes;
	long size;

	if (in == NULL || fseek(in, 0, SEEK_END) != 0 || (size = ftell(in)) < 0 || fseek(in, 0, SEEK_SET) != 0)
		fail(path, "cannot be read");
	bytes = malloc((size_t)size + 1);
	if (bytes == NULL || fread(bytes, 1, (size_t)size, in) != (size_t)size)
		fail(path, "cannot be read");
	fclose(in);
	*n = (size_t)size;
	return bytes;
}

/* Without name or time in it, so that the same file gives the same bytes. */
static unsigned char *
compress_all(const unsigned char *bytes, size_t n, size_t *packed)
{
	z_stream z = { 0 };
	unsigned char *to;

	if (deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK)
		fail("zlib", "cannot begin");
	*packed = deflateBound(&z, n);
	to = malloc(*packed);
	if (to == NULL)
		fail("zlib", "no memory");
	z.next_in = (Bytef *)(uintptr_t)bytes;
	z.avail_in = (uInt)n;
	z.next_out = to;
	z.avail_out = (uInt)*packed;
	if (deflate(&z, Z_FINISH) != Z_STREAM_END)
		fail("zlib", "cannot compress");
	*packed = z.total_out;
	deflateEnd(&z);
	return to;
}

static uint64_t
digest(const unsigned char *bytes, size_t n)
{
	uint64_t h = 14695981039346656037u;

	for (size_t i = 0; i < n; i++)
		h = (h ^ bytes[i]) * 1099511628211u;
	return h;
}

static void
bytes_of(FILE *to, const char *name, size_t number, const unsigned char *bytes, size_t n)
{
	fprintf(to, "static const unsigned char %s_%zu[] = {", name, number);
	for (size_t i = 0; i < n; i++)
		fprintf(to, "%s%u,", i % 32 == 0 ? "\n" : "", bytes[i]);
	fprintf(to, "%s};\n", n == 0 ? "0" : "\n");
}

static const char *
type_of(const char *path, const char *dot)
{
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		if (strcmp(dot + 1, types[i].ending) == 0)
			return types[i].type;
	}
	fail(path, "add its type to tools/embed_static.c");
}

/* The bytes to the output, and its row to the table. */
static void
embed(FILE *to, FILE *table, const char *path, size_t number)
{
	const char *slash = strrchr(path, '/'), *name = slash == NULL ? path : slash + 1, *dot = strrchr(name, '.');
	size_t n, packed;
	unsigned char *bytes = read_all(path, &n), *small = compress_all(bytes, n, &packed);
	const uint64_t h = digest(bytes, n);

	if (dot == NULL || dot == name || strpbrk(name, " \"\\%") != NULL)
		fail(path, "is not a name like page.css");
	bytes_of(to, "whole", number, bytes, n);
	if (packed >= n * 9 / 10)
		packed = 0;
	bytes_of(to, "small", number, small, packed);
	fprintf(table, "\t{ \"%s\", \"/static/%.*s.%012" PRIx64 "%s\", \"\\\"%012" PRIx64 "\\\"\", \"%s\",\n", name,
	    (int)(dot - name), name, h >> 16, dot, h >> 16, type_of(path, dot));
	fprintf(
	    table, "\t    { (const char *)whole_%zu, %zu }, { (const char *)small_%zu, %zu } },\n", number, n, number, packed);
	free(bytes);
	free(small);
}

int
main(int argc, char **argv)
{
	FILE *to, *table = tmpfile();
	size_t n = 0;
	int c;

	if (argc < 2 || table == NULL) {
		fputs("usage: embed_static OUT.c FILES...\n", stderr);
		return 2;
	}
	if ((to = fopen(argv[1], "w")) == NULL)
		fail(argv[1], "cannot be written");
	fputs("/* Made by tools/embed_static.c from static/; not edited by hand. */\n#include \"web/static.h\"\n\n", to);
	for (int i = 2; i < argc; i++) {
		if (*argv[i] != '\0')
			embed(to, table, argv[i], n++);
	}
	fputs("\nconst struct static_file static_files[] = {\n", to);
	rewind(table);
	while ((c = fgetc(table)) != EOF)
		fputc(c, to);
	fprintf(to, "\t{ 0 },\n};\nconst size_t static_count = %zu;\n", n);
	if (ferror(to) || fclose(to) != 0)
		fail(argv[1], "cannot be written");
	return 0;
}
