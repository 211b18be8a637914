/* exports.h - bundles made by the job process, waiting in the data folder until who asked fetches them: once, within a day */
#pragma once
#include <stdint.h>

#include "base/arena.h"

const char *export_folder(struct arena *a, const char *data);
const char *export_path(struct arena *a, const char *data, int64_t job);
void exports_sweep(struct arena *a, const char *data, int64_t now_ms);
