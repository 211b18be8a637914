#define LIBQRENCODE_ITSELF
#include "web/libqrencode.h"

#define X(name) #name,
static const char *const names[] = { LIBQRENCODE_FUNCTIONS(X) };
#undef X

struct libqrencode libqrencode;
struct library libqrencode_library = { .file = "libqrencode.so.4",
	.package = "libqrencode4",
	.names = names,
	.n = sizeof names / sizeof *names,
	.functions = &libqrencode };
