/* jobs_page.h - what the pages of long work show (views/jobs.tmpl) */
#pragma once
#include "base/moment.h"
#include "web/jobs_table.h"
#include "web/parts.h"
#include "web/req.h"

struct jobs_page {
	struct req *req;
	str token;
	const struct job *v;
	size_t n;
};
const char *job_state_label(enum job_state s); /* translated */
enum flag job_state_flag(enum job_state s);
bool job_open(const struct job *job); /* waits or is under way */
/* One line of what came of it: how far, or how it ended. */
const char *job_words(struct html *h, const struct job *job);
str job_url(struct arena *a, int64_t id);
/* Of the verification: whether everything held. */
bool job_check_holds(const struct job *job);
