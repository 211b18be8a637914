/* demo.h - a year in the life of a contract, invented: people, paths, sessions, acts, money. It is written as a bundle of
 * record files, which then takes the one door that all records take. The same contract, seed and number of people give the
 * same bytes on any machine. Memory does not grow with the number of people. */
#pragma once
#include "model/entity.h"
#include "model/plan.h"

struct demo_options {
	uint64_t seed;
	int64_t people;
	str prefix; /* before every reference that is made: empty, or what keeps two contracts of one database apart */
	void (*progress)(void *to, int64_t done, int64_t total);
	void *progress_to;
};
struct demo_report {
	int64_t records[ENTITY_COUNT];
};

/* How many people the objectives of a contract are thought for; more people have more of everything. */
enum { DEMO_PEOPLE = 600, DEMO_PREFIX_MAX = 40 };
#define DEMO_PEOPLE_MAX INT64_C(100000000)

/* folder: exists and holds none of the files. ERR_INPUT when the contract says too little to fill it (no date, no action). */
const struct err *demo_write(
    struct arena *a, const struct plan *plan, const char *folder, const struct demo_options *o, struct demo_report *report);
