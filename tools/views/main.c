/* viewgen FOLDER FILES.tmpl... - writes views.h and FILE.tmpl.c for each template into the folder (views.h says more).
 * A file whose content stays the same is left alone, so that only what changed is compiled again. */
#include <stdlib.h>
#include <string.h>

#include "views.h"

static _Noreturn void
stop(const char *path)
{
	perror(path);
	exit(1);
}

static bool
read_file(const char *path, struct buf *to)
{
	FILE *f = fopen(path, "r");
	char piece[4096];
	size_t n;

	if (f == NULL)
		return false;
	while ((n = fread(piece, 1, sizeof piece, f)) > 0)
		buf_add(to, (str){ piece, n });
	if (ferror(f))
		stop(path);
	fclose(f);
	return true;
}

static void
write_file(const char *folder, const char *name, str content)
{
	struct buf path = { 0 }, old = { 0 };
	FILE *f;

	buf_format(&path, "%s/%s%c", folder, name, '\0');
	if (!read_file(path.s, &old) || !str_eq(buf_str(&old), content)) {
		f = fopen(path.s, "w");
		if (f == NULL || fwrite(content.s, 1, content.len, f) != content.len || fclose(f) != 0)
			stop(path.s);
	}
	buf_release(&path);
	buf_release(&old);
}

static bool
one(const char *folder, const char *path, struct buf *names, struct buf *header)
{
	struct buf text = { 0 }, source = { 0 }, name = { 0 };
	const char *slash = strrchr(path, '/');
	char fault[FAULT];
	bool done;

	if (!read_file(path, &text))
		stop(path);
	buf_add(&source, S("/* Made by tools/views from the template of this name; not edited by hand. */\n"));
	done = views_translate(path, buf_str(&text), names, header, &source, fault);
	if (done) {
		buf_format(&name, "%s.c%c", slash == NULL ? path : slash + 1, '\0');
		write_file(folder, name.s, buf_str(&source));
	} else {
		fprintf(stderr, "%s\n", fault);
	}
	buf_release(&name);
	buf_release(&source);
	buf_release(&text);
	return done;
}

int
main(int argc, char **argv)
{
	struct buf names = { 0 }, header = { 0 };
	bool done = true;

	if (argc < 2) {
		fputs("usage: viewgen FOLDER FILES.tmpl...\n", stderr);
		return 2;
	}
	buf_add(&header,
	    S("/* Made by tools/views from the templates; not edited by hand. */\n#pragma once\n#include \"web/html.h\"\n\n"));
	for (int i = 2; i < argc; i++)
		done = one(argv[1], argv[i], &names, &header) && done;
	if (done)
		write_file(argv[1], "views.h", buf_str(&header));
	buf_release(&names);
	buf_release(&header);
	return done ? 0 : 1;
}
