#define LIBEXPAT_ITSELF
#include "exchange/libexpat.h"

#define X(name) #name,
static const char *const names[] = { LIBEXPAT_FUNCTIONS(X) };
#undef X

struct libexpat libexpat;
struct library libexpat_library = {
	.file = "libexpat.so.1", .package = "libexpat1", .names = names, .n = sizeof names / sizeof *names, .functions = &libexpat
};
