/* match_file.h - a list of people in a CSV file, for jalon match */
#pragma once
#include "cli/command.h"
#include "match/match.h"

enum { MATCH_FILE_COLUMNS = 8 }; /* of the file, for one field: an address in several columns */
struct match_headers {
	str of[MATCH_FIELDS][MATCH_FILE_COLUMNS]; /* the headings of each field; absent after the last */
};
extern const char *const match_field_names[MATCH_FIELDS];

/* The columns of people.csv, then what --columns says: "ref=rec_id,address=street+suburb". An exit_code, after a message. */
int match_headers_read(struct cli *cli, struct match_headers *to);
/* Adds every row of the file. All faults of all rows are told before it is refused. An exit_code. */
int match_file_read(struct cli *cli, const char *path, int side, const struct match_headers *headers, struct match *to);
