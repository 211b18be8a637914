#define LIBXLSXWRITER_ITSELF
#include "figures/libxlsxwriter.h"

#define X(name) #name,
static const char *const names[] = { LIBXLSXWRITER_FUNCTIONS(X) };
#undef X

struct libxlsxwriter libxlsxwriter;
struct library libxlsxwriter_library = { .file = "libxlsxwriter.so.4",
	.package = "libxlsxwriter4",
	.names = names,
	.n = sizeof names / sizeof *names,
	.functions = &libxlsxwriter };
