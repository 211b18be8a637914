#include "web/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/text.h"

enum { BACKLOG = 1024 };

static const struct err *
cannot(struct arena *a, int error, const char *where)
{
	const char *what = str_format(a, tr("The server cannot listen on %s."), where).s;

	if (error == EADDRINUSE)
		return err_new(a, ERR_INPUT, what, NULL, tr("Another program does: choose another port with --listen."));
	if (error == EACCES || error == EPERM)
		return err_new(a, ERR_INPUT, what, tr(strerror(error)), tr("Ports below 1024 need rights: choose another port."));
	return err_system(a, error, what);
}

/* Left behind by a server that was killed: nobody answers there. */
static void
remove_stale(const struct sockaddr_un *at)
{
	struct stat st;
	int fd;

	if (stat(at->sun_path, &st) != 0 || !S_ISSOCK(st.st_mode) || (fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) < 0)
		return;
	if (connect(fd, (const struct sockaddr *)at, sizeof *at) != 0 && errno == ECONNREFUSED)
		(void)unlink(at->sun_path);
	close(fd);
}

static const struct err *
open_unix(struct arena *a, const char *path, struct listener *out)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	mode_t mask;
	int bad;

	out->address = str_format(a, "unix:%s", path).s;
	out->local = out->is_unix = true;
	if (*path == '\0' || strlen(path) >= sizeof at.sun_path)
		return cannot(a, ENAMETOOLONG, out->address);
	memcpy(at.sun_path, path, strlen(path));
	remove_stale(&at);
	out->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	mask = umask(0117); /* the server's user and group: the proxy is of that group */
	bad = out->fd < 0 || bind(out->fd, (struct sockaddr *)&at, sizeof at) != 0 || listen(out->fd, BACKLOG) != 0 ? errno : 0;
	umask(mask);
	return bad == 0 ? NULL : cannot(a, bad, out->address);
}

static bool
loopback(const struct sockaddr *at)
{
	if (at->sa_family == AF_INET)
		return (ntohl(((const struct sockaddr_in *)(const void *)at)->sin_addr.s_addr) >> 24) == 127;
	return IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)(const void *)at)->sin6_addr);
}

/* As it came to be: with the port that the system chose. */
static const char *
address_of(struct arena *a, int fd)
{
	struct sockaddr_storage at;
	socklen_t size = sizeof at;
	char host[64], port[8];

	if (getsockname(fd, (struct sockaddr *)&at, &size) != 0 ||
	    getnameinfo((struct sockaddr *)&at, size, host, sizeof host, port, sizeof port, NI_NUMERICHOST | NI_NUMERICSERV) != 0)
		return "http://?";
	return str_format(a, at.ss_family == AF_INET6 ? "http://[%s]:%s" : "http://%s:%s", host, port).s;
}

static const struct err *
bind_to(struct arena *a, const struct addrinfo *at, const char *where, struct listener *out)
{
	const int on = 1;

	out->fd = socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (out->fd < 0 || setsockopt(out->fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
	    bind(out->fd, at->ai_addr, at->ai_addrlen) != 0 || listen(out->fd, BACKLOG) != 0)
		return cannot(a, errno, where);
	out->local = loopback(at->ai_addr);
	out->address = address_of(a, out->fd);
	return NULL;
}

/* "host:port", "[host]:port" or a port alone; absent host: loopback. */
static void
split(struct arena *a, const char *where, const char **host, const char **port)
{
	const char *colon = strrchr(where, ':');
	str name = colon == NULL ? (str){ 0 } : (str){ where, (size_t)(colon - where) };

	if (name.len > 1 && name.s[0] == '[' && name.s[name.len - 1] == ']')
		name = (str){ name.s + 1, name.len - 2 };
	*host = name.len == 0 || str_is(name, "localhost") ? "127.0.0.1" : str_z(a, name);
	*port = colon == NULL ? where : colon + 1;
}

const struct err *
listener_open(struct arena *a, const char *where, bool allow_public, struct listener *out)
{
	const struct addrinfo wanted = { .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE, .ai_socktype = SOCK_STREAM };
	struct addrinfo *found = NULL;
	const char *host, *port;
	const struct err *e;

	*out = (struct listener){ .fd = -1 };
	if (strncmp(where, "unix:", 5) == 0)
		return open_unix(a, where + 5, out);
	split(a, where, &host, &port);
	if (*port == '\0' || getaddrinfo(host, port, &wanted, &found) != 0)
		return err_new(a, ERR_INPUT, str_format(a, tr("%s is not an address to listen on."), where).s, NULL,
		    tr("It is written like 127.0.0.1:8080, [::1]:8080 or unix:/run/jalon/socket."));
	if (!allow_public && !loopback(found->ai_addr))
		e = err_new(a, ERR_INPUT,
		    str_format(a, tr("Other machines can reach %s, and nothing would be encrypted."), where).s, NULL,
		    tr("Listen on 127.0.0.1 and put nginx in front (packaging/nginx.conf). Behind a proxy on another machine add "
		       "--proxy; to accept the risk on a network of your own add --expose."));
	else
		e = bind_to(a, found, where, out);
	freeaddrinfo(found);
	return e;
}
