/* file_read.h - a file while it is read; shared by the files that read it (file*.c) */
#pragma once
#include "people/file.h"

struct reading_file {
	const struct sight *s;
	struct person_file *to;
	size_t entries_cap, paths_cap, lacks_cap;
	struct { /* places met so far, by action */
		struct file_place *v;
		size_t n, cap;
	} places;
};

struct entry *entry_add(struct reading_file *r, enum entry_kind kind, day on, int64_t record);
const struct err *place_read(struct reading_file *r, int64_t action, struct file_place *to);

const struct err *file_records(struct reading_file *r);  /* file_records.c: what was recorded, as entries and paths */
const struct err *file_sessions(struct reading_file *r); /* file_sessions.c: what was attended */
void file_summary(struct reading_file *r, str eligible); /* file_summary.c: what follows */
