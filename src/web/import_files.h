/* import_files.h - what a file on its way into the records holds, in the data folder: the file itself, under a name that says nothing,
 * and beside it what was read of it. They name people: nobody but this server's user reads them, and they are taken away with it.
 *     NAME            as it was uploaded
 *     NAME.sheets     lines (import_lines.h): its sheets
 *     NAME.columns    lines: the columns of the chosen sheet, with samples and how they are read
 *     NAME.guesses    lines: values that could be read in more than one way
 *     NAME.faults     lines: what the last check or import found
 *     NAME.refused    the refused rows, as CSV */
#pragma once
#include "base/arena.h"
#include "base/err.h"

/* Keeps the bytes under a new name, in the arena. */
const struct err *import_file_keep(struct arena *a, const char *data, str bytes, str *name);
/* part: "", ".sheets"... */
const char *import_file_path(struct arena *a, const char *data, str name, const char *part);
const struct err *import_file_write(struct arena *a, const char *data, str name, const char *part, str bytes);
/* found: it is there, and of this server. */
const struct err *import_file_read(struct arena *a, const char *data, str name, const char *part, str *bytes, bool *found);
int import_file_open(struct arena *a, const char *data, str name, const char *part); /* -1: it is gone */
void import_file_drop(struct arena *a, const char *data, str name, const char *part);
void import_files_drop(struct arena *a, const char *data, str name); /* with all its parts */
/* Those that were not touched since: nobody knows them any more. */
void import_files_sweep(struct arena *a, const char *data, int64_t before_ms);
