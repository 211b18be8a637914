/* wire.h - what the front and a worker say to each other: one message a request, one an answer, over a socket pair that keeps
 * messages whole. Numbers are the machine's own, since both ends are the same program. A body too large for the message
 * travels as a file (memfd) beside it. Neither end believes the other: what does not add up is refused. */
#pragma once
#include "web/http.h"

enum {
	WIRE_INLINE = 64 * 1024,                /* bytes of a body inside the message */
	WIRE_MESSAGE = WIRE_INLINE + 32 * 1024, /* of a whole message */
	WIRE_FIELDS = 11,
};

struct wire_request {
	struct request in; /* body: absent when it travels beside */
	size_t length;     /* of the body, wherever it is */
	bool beside;       /* the body comes as a file */
	bool gzip;         /* the answer may be compressed */
	bool probe;        /* the worker answers by itself: it lives */
};

struct wire_answer {
	int status;
	str type; /* absent: no body */
	str body; /* absent when beside */
	size_t length;
	bool beside, leave, compressed, again;
	struct header headers[sizeof((struct answer *)0)->headers / sizeof(struct header)];
	size_t n;
};

/* Everything but the body, whose bytes follow when it is not beside. */
void wire_request_write(struct buf *to, const struct wire_request *r);
void wire_answer_write(struct buf *to, const struct wire_answer *a);

/* Views into the message; false when it is not one. Texts are valid UTF-8 without line breaks, lengths add up. */
bool wire_request_read(str message, struct wire_request *out);
bool wire_answer_read(str message, struct wire_answer *out);

/* One message and at most one file (-1: none). Receiving gives the message's length; 0 at the end; -1 with errno: EAGAIN among
 * others, EPROTO for a message or more files than there may be. */
ssize_t wire_send(int fd, const struct str *parts, size_t n, int file);
ssize_t wire_receive(int fd, void *room, size_t size, int *file);

/* A body beside: n bytes that can no longer change under who reads them. Gives the file or -1 with errno. */
int wire_file(str bytes);
bool wire_seal(int file);
/* Mapped for reading; absent when it does not have that length, or could still shrink. */
str wire_map(int file, size_t length);
void wire_unmap(str mapped);
