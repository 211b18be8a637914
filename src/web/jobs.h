/* jobs.h - long work that outlives a request: imports, exports, reports. A worker writes into the database what is to be done,
 * then rings; the job process does one thing after another (app_job). Once a minute it looks by itself, so that nothing is
 * lost when nobody rang. */
#pragma once
#include <stdbool.h>

/* Rings, after the transaction that left the work. Outside the server (tests, command line) it does nothing. */
void jobs_ring(void);

/* In the job process: the server is about to stop. Long work looks now and then, and leaves itself in a state from which it can
 * go on; after some seconds it is killed. */
bool jobs_stopping(void);
