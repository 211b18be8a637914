/* heap.h - memory for a process that does one thing and ends */
#pragma once

/* Called once, before the work: what is given back is kept for what comes next instead of going back to the system, and the heap
 * grows by large pages where the system has them. Meeting a page of 4 KiB for the first time costs 1.5 microseconds, and
 * a questionnaire of one city met seven hundred: an eighth of its time. Not for a server, whose memory is to stay small. */
void heap_for_one_pass(void);
