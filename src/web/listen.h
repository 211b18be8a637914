/* listen.h - the place where the server is reached: an address and port, or a socket in the file system. */
#pragma once
#include "base/arena.h"
#include "base/err.h"

struct listener {
	int fd;
	const char *address; /* "http://127.0.0.1:8080", "unix:/run/jalon/socket" */
	bool local;          /* only this machine can reach it */
	bool is_unix;
};
/* where: "127.0.0.1:8080", "[::1]:8080", "localhost:8080", "8080", "unix:PATH"; port 0: any free one. A public address is refused
 * unless allowed. A socket that nobody listens to any more is replaced; any other file of that name is left alone. */
const struct err *listener_open(struct arena *a, const char *where, bool allow_public, struct listener *out);
