/* backups.h - where the backup made by the job process waits to be downloaded: one at a time, in the data folder */
#pragma once
#include "web/jobs_table.h"

const char *backup_path(struct arena *a, const char *data, int64_t job);
