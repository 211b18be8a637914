/* serve.h - the server: a parent that looks after its children. The front speaks HTTP and holds no data; each worker answers one
 * request at a time; the job process does long work. Every child is confined (confine.h). */
#pragma once
#include "web/app.h"

struct serve_limits {
	int connections, per_address; /* at once; beyond, the one that has been idle longest goes */
	int queue, per_asker;         /* requests that wait for a worker: all, and of one address */
	size_t form, upload;          /* bytes of a body; of one with files */
	size_t bodies;                /* bytes of all bodies held at once */
	int head_ms, idle_ms;         /* for a request's head to come; between two requests */
	int body_ms, write_ms;        /* for a body, an answer to pass, besides the time of its length at the slowest pace */
	int slowest;                  /* that pace, in bytes a ms */
	int wait_ms, answer_ms;       /* for a worker to be free; for its answer: then it is replaced */
	int stop_ms;                  /* for what is under way when the server stops */
};
extern const struct serve_limits serve_usual;

struct serve_setting {
	struct app_setting app;
	const char *listen; /* "127.0.0.1:8080", "[::1]:8080", "unix:/run/jalon/socket"; port 0: any that is free */
	int workers;        /* 0: as many as processors, at least two */
	bool proxy;         /* behind one, which is believed about the client's address and TLS */
	bool exposed;       /* an address that other machines can reach was asked for knowingly */
	bool quiet;         /* requests are not logged */
	struct serve_limits limits;
	void (*ready)(void *to, const char *address); /* called once, when it answers: "http://127.0.0.1:8080" */
	void *to;
};

/* Serves until SIGTERM or SIGINT; SIGHUP replaces the workers one by one. NULL: it ended as asked. */
const struct err *serve(struct arena *a, const struct serve_setting *setting);
