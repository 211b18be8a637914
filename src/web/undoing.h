/* undoing.h - taking back one's own changes, by its pages (/annulations/{key}; views/undo.tmpl). The key is the number of the change.
 * A page that wrote something adds req_act() to the address it sends to (reply_see): the banner there offers to take it back. */
#pragma once
#include "model/undo.h"
#include "web/page.h"

enum undo_bar { /* why it cannot be taken back */
	UNDO_BAR_NONE,
	UNDO_BAR_LATE,
	UNDO_BAR_KIND, /* it wrote a kind that no page takes back */
	UNDO_BAR_KEPT  /* something depends on it, or was changed since */
};

struct undo_line { /* so many records of a kind to which the same happened */
	const struct entity *e;
	const char *did; /* translated: addition, change, removal */
	int64_t n;
	const char *why; /* translated: why it stays; NULL: it can be taken back */
};
enum { UNDO_LINES = 24 };

struct undoing {
	struct req *req;
	struct undo undo;
	enum undo_bar bar;
	bool own; /* one's own change */
	str key;  /* of the address */
	int64_t at_ms;
	int64_t person; /* the one person whom it is about; 0: nobody, several, or one who is not seen */
	struct undo_line v[UNDO_LINES];
	size_t n;
};
/* The change of that number, as it stands now. Inside a transaction. ERR_NOTFOUND: none, or none of this viewer's. */
const struct err *undoing_open(struct req *r, int64_t change, struct undoing *to);
/* Whether this viewer may write that kind of record: with a right that reaches one's own only, own says that it is. */
bool undoing_may_write(const struct viewer *v, const struct entity *e, bool own);
/* The lines of an undo that was checked, alike ones together. */
void undoing_lines(const struct undo *u, struct undo_line *v, size_t most, size_t *n);
