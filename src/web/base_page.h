/* base_page.h - the state of the database and its upkeep, as their page shows them (views/base.tmpl) */
#pragma once
#include "web/jobs_page.h"

struct base_page {
	struct req *req;
	str token;
	bool server; /* PostgreSQL */
	int64_t bytes, free, schema;
	str head; /* of the journal: the print of its last row, in groups */
	int64_t rows;
	struct job check, backup; /* the last that ended well */
	bool checked, backed;
	bool there;        /* the file of the last backup can be downloaded */
	struct job *works; /* of these kinds, the newest first */
	size_t n;
};
/* How old is too old. */
enum { BACKUP_DAYS = 7, CHECK_DAYS = 30 };
bool base_old(const struct base_page *p, const struct job *job, int days);
