/* notes.h - notes about a person. The text is sealed at rest (db/seal.h): a copy of the database alone does not give it, and no bundle
 * holds it. Who may read one stands in the note: its author, the author's organisation, named partners; and always the person whom it
 * is about, who reads all that is held on them. Nobody else, the city's team included. */
#pragma once
#include "model/save.h"
#include "people/who.h"

enum { NOTE_MOST = 8000 }; /* bytes of a text */

struct note_reader { /* who asks */
	struct sight sight;
	int64_t organisation; /* theirs, whatever the sight reaches; 0: none */
	int64_t account;
	bool own; /* the person whom the notes are about */
};
struct note_line {
	struct note_record note;
	str text; /* unsealed */
	str organisation_name, author_name;
	bool mine; /* written by this account: may be changed */
};
/* Those that the reader may read, the latest first; shut: how many others there are. */
const struct err *notes_of(const struct note_reader *r, int64_t person, struct note_line **to, size_t *n, size_t *shut);

/* A new note (record.id 0), or one's own changed. readers stands as organisations' refs, separated by ';'. */
const struct err *note_save(struct save *save, const struct note_reader *r, struct note_record *note, str text, uint64_t wrong,
    struct problem_sink *sink);
