#define LIBZIP_ITSELF
#include "exchange/libzip.h"

#include "base/library.h"

#define X(name) #name,
static const char *const names[] = { LIBZIP_FUNCTIONS(X) };
#undef X

struct libzip libzip;
static struct library library = {
	.file = "libzip.so.4", .package = "libzip4", .names = names, .n = sizeof names / sizeof *names, .functions = &libzip
};

const struct err *
libzip_load(struct arena *a)
{
	return library_load(a, &library);
}
