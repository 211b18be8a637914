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

/* The files come in the order of their numbers: each one more than the one before, so that none is forgotten. */
static void
migration(FILE *to, const char *path, long number)
{
	const char *slash = strrchr(path, '/'), *base = slash == NULL ? path : slash + 1;
	size_t n = strlen(base);
	char *name;

	if (n < 10 || strtol(base, &name, 10) != number || name != base + 4 || *name != '-' ||
	    strcmp(base + n - 4, ".sql") != 0) {
		fprintf(stderr, "%s: the file %04ld-name.sql was expected here\n", path, number);
		exit(1);
	}
	fprintf(to, "\t{ %ld, \"%.*s\",\n", number, (int)(n - 9), name + 1);
	text(to, path);
}

int
main(int argc, char **argv)
{
	FILE *to;
	long number = 0;

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
		if (*argv[i] != '\0')
			migration(to, argv[i], ++number);
	}
	fprintf(to, "\t{ 0, NULL, NULL },\n};\nconst size_t migration_count = %ld;\n", number);
	if (fclose(to) != 0) {
		perror(argv[2]);
		return 1;
	}
	return 0;
}
