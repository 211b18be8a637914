/* jobs.h - what the functions of job_kinds.def share */
#pragma once
#include "base/buf.h"
#include "db/journal.h"
#include "web/jobs_table.h"

/* One row in the journal, in a transaction of its own: that this work was done ("checks", "backups"), and for whom. */
const struct err *job_trail(struct job_work *w, const char *what, enum journal_action action);

#define JOB(name, label, right, again, run) const struct err *run(struct job_work *w);
#include "web/job_kinds.def"
#undef JOB
