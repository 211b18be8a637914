#define LIBICU_ITSELF
#include "base/libicu.h"

#define X(name) #name "_" U_ICU_VERSION_SHORT,
static const char *const names[] = { LIBICU_FUNCTIONS(X) };
#undef X

struct libicu libicu;
struct library libicu_library = { .file = "libicuuc.so." U_ICU_VERSION_SHORT,
	.package = "libicu" U_ICU_VERSION_SHORT,
	.names = names,
	.n = sizeof names / sizeof *names,
	.functions = &libicu };
