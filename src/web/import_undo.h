/* import_undo.h - what taking back a whole import would do, as its page shows it (views/import_undo.tmpl) */
#pragma once
#include "web/import_page.h"
#include "web/undoing.h"

struct import_undo {
	struct import_page page;
	struct undo undo;
	bool late, can; /* can: something is left to take back */
	struct undo_line v[UNDO_LINES];
	size_t n;
};
