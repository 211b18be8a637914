#include "base/heap.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/err.h"

enum { LARGE_PAGE = 2 << 20 };

void
heap_for_one_pass(void)
{
	static char
	    *volatile before; /* what lies before a large page: left out, never touched, and kept for leak checkers to see */
	char *end = sbrk(0);
	const size_t gap = LARGE_PAGE - (uintptr_t)end % LARGE_PAGE;

	(void)mallopt(M_MMAP_THRESHOLD, 16 * LARGE_PAGE);
	(void)mallopt(M_TRIM_THRESHOLD, 64 * LARGE_PAGE);
	(void)mallopt(M_TOP_PAD, 3 * LARGE_PAGE);
	if ((before = malloc(gap)) == NULL)
		bug_oom(gap);
	/* Two are enough for one city. A system that has none to give keeps the small ones: nothing else changes. */
	(void)madvise(end + gap, 2 * (size_t)LARGE_PAGE, MADV_HUGEPAGE);
}
