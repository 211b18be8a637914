/* job.h - the job process, as the other processes know it. */
#pragma once
#include "web/serve.h"

extern int job_bell; /* -1: none */

/* The engine's temporary files go to the data folder: no other is open to it. */
void job_environment(const struct serve_setting *setting);
