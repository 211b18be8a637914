/* embed migrations OUT.c FILES... - puts the numbered files NNNN-name.sql into the program as the table of migrate.h. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
text(FILE *to, const char *path)
{
	FILE *in = fopen(path, "r");
	int c;

	if (in == NULL) {
		perror(path);
		exit(1);
	}
	fputs("\t    \"", to);
	while ((c = fgetc(in)) != EOF) {
		if (c == '\n')
			fputs("\\n\"\n\t    \"", to);
		else if (c == '\t')
			fputs("\\t", to);
		else if (c == '"' || c == '\\')
			fprintf(to, "\\%c", c);
		else
			fputc(c, to);
	}
	fputs("\" },\n", to);
	if (ferror(in) || fclose(in) != 0) {
		perror(path);
		exit(1);
	}
}

/* The files come in the order of their numbers. A number may be left out (another branch has it), never taken twice. Gives its number. */
static long
migration(FILE *to, const char *path, long after)
{
	const char *slash = strrchr(path, '/'), *base = slash == NULL ? path : slash + 1;
	size_t n = strlen(base);
	char *name;
	long number = strtol(base, &name, 10);

	if (n < 10 || number <= after || name != base + 4 || *name != '-' || strcmp(base + n - 4, ".sql") != 0) {
		fprintf(stderr, "%s: a file NNNN-name.sql with a number above %ld was expected here\n", path, after);
		exit(1);
	}
	fprintf(to, "\t{ %ld, \"%.*s\",\n", number, (int)(n - 9), name + 1);
	text(to, path);
	return number;
}

int
main(int argc, char **argv)
{
	FILE *to;
	long last = 0, count = 0;

	if (argc < 3 || strcmp(argv[1], "migrations") != 0) {
		fputs("usage: embed migrations OUT.c FILES...\n", stderr);
		return 2;
	}
	if ((to = fopen(argv[2], "w")) == NULL) {
		perror(argv[2]);
		return 1;
	}
	fputs("/* Made by tools/embed.c from sql/migrations/; not edited by hand. */\n#include \"db/migrate.h\"\n\n", to);
	fputs("#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n\n", to);
	fputs("const struct migration migrations[] = {\n", to);
	for (int i = 3; i < argc; i++) {
		if (*argv[i] == '\0')
			continue;
		last = migration(to, argv[i], last);
		count++;
	}
	fprintf(to, "\t{ 0, NULL, NULL },\n};\nconst size_t migration_count = %ld;\nconst int64_t migration_last = %ld;\n", count,
	    last);
	if (fclose(to) != 0) {
		perror(argv[2]);
		return 1;
	}
	return 0;
}
