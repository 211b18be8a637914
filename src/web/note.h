/* note.h - what a worker is doing, in memory that it shares with the supervisor: read by the log after a crash. */
#pragma once

struct note {
	char route[64]; /* empty: none yet */
};
extern struct note *note_mine; /* NULL outside a worker */
