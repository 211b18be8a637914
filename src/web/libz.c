#define LIBZ_ITSELF
#include "web/libz.h"

#define X(name) #name,
static const char *const names[] = { LIBZ_FUNCTIONS(X) };
#undef X

struct libz libz;
struct library libz_library = {
	.file = "libz.so.1", .package = "zlib1g", .names = names, .n = sizeof names / sizeof *names, .functions = &libz
};
