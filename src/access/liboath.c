#define LIBOATH_ITSELF
#include "access/liboath.h"

#define X(name) #name,
static const char *const names[] = { LIBOATH_FUNCTIONS(X) };
#undef X

struct liboath liboath;
struct library liboath_library = {
	.file = "liboath.so.0", .package = "liboath0", .names = names, .n = sizeof names / sizeof *names, .functions = &liboath
};
