/* course_page.h - what the pages of levels, obstacles, goals and notes give to their templates (views/course.tmpl) */
#pragma once
#include "daily/goals.h"
#include "daily/levels.h"
#include "daily/notes.h"
#include "daily/obstacles.h"
#include "web/person_page.h"

struct levels_page {
	struct person_page person;
	struct req *req;
	struct level_line *lines;
	size_t n;
	struct sheaf sheaf, skills; /* the form */
	bool writes;
};
struct obstacles_page {
	struct person_page person;
	struct req *req;
	struct obstacle_line *lines;
	size_t n;
	struct sheaf sheaf;
	bool writes;
};
struct goals_page {
	struct person_page person;
	struct req *req;
	struct goal_line *lines;
	size_t n;
	struct sheaf goal, step;        /* a new goal; a step for one */
	const struct goal_line *chosen; /* whose step; NULL */
	bool writes;
};
struct notes_page {
	struct person_page person;
	struct req *req;
	struct note_reader reader;
	struct note_line *lines;
	size_t n, shut;
	struct sheaf sheaf;
	str text;                       /* in the form */
	str wrong;                      /* what is wrong with it; absent */
	str unnamed;                    /* what is wrong with the partners */
	const struct note_line *chosen; /* being changed; NULL: a new one */
	struct note_partner {
		str ref, name;
		bool ticked;
	} * partners;
	size_t n_partners;
	bool writes;
};
/* What one reads about oneself, beside the file: answers of acts, levels, obstacles, goals and notes. */
struct own_course {
	struct levels_page levels;
	struct obstacles_page obstacles;
	struct goals_page goals;
	struct notes_page notes;
};
const struct err *own_course_read(const struct person_page *p, struct own_course *to);
void levels_chart(struct html *h, const struct levels_page *p);
void obstacles_chart(struct html *h, const struct obstacles_page *p);

struct steps_page { /* all that one's organisation has to do */
	struct req *req;
	struct step_due *v;
	size_t n;
};
