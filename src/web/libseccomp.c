#define LIBSECCOMP_ITSELF
#include "web/libseccomp.h"

#define X(name) #name,
static const char *const names[] = { LIBSECCOMP_FUNCTIONS(X) };
#undef X

struct libseccomp libseccomp;
struct library libseccomp_library = { .file = "libseccomp.so.2",
	.package = "libseccomp2",
	.names = names,
	.n = sizeof names / sizeof *names,
	.functions = &libseccomp };
