/* Messages between the front and a worker: what is written is read back, and what does not add up is refused. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "web/wire.h"

static struct wire_request
some_request(void)
{
	return (struct wire_request){ .in = { .method = METHOD_POST,
					  .path = S("/été"),
					  .query = S(""),
					  .cookie = S("s=1"),
					  .host = S("localhost"),
					  .peer = S("::1"),
					  .secure = true,
					  .now_ms = 1700000000000 },
		.length = 3,
		.gzip = true };
}

static void
a_request_is_read_back(void **state)
{
	const struct wire_request sent = some_request();
	struct wire_request got;
	struct buf b = { 0 };

	(void)state;
	wire_request_write(&b, &sent);
	buf_add(&b, S("a=1"));
	assert_true(wire_request_read(buf_str(&b), &got));
	assert_true(got.in.method == METHOD_POST && got.in.secure && got.gzip && !got.beside && !got.probe);
	assert_true(str_is(got.in.path, "/été") && str_is(got.in.cookie, "s=1") && str_is(got.in.body, "a=1"));
	assert_non_null(got.in.query.s); /* sent and empty */
	assert_null(got.in.origin.s);    /* not sent */
	assert_int_equal(got.in.now_ms, 1700000000000);
	for (size_t n = 0; n < b.len; n++) /* cut anywhere */
		assert_false(wire_request_read((str){ b.s, n }, &got));
	buf_char(&b, 'x');
	assert_false(wire_request_read(buf_str(&b), &got));
	buf_release(&b);
}

static void
an_answer_is_read_back(void **state)
{
	struct wire_answer sent = { .status = 200, .type = S("text/html"), .length = 5, .compressed = true, .n = 2 }, got;
	struct buf b = { 0 };

	(void)state;
	sent.headers[0] = (struct header){ S("Location"), S("/x") };
	sent.headers[1] = (struct header){ S("X-Empty"), S("") };
	wire_answer_write(&b, &sent);
	buf_add(&b, S("hello"));
	assert_true(wire_answer_read(buf_str(&b), &got));
	assert_true(got.status == 200 && got.compressed && !got.leave && got.n == 2 && str_is(got.type, "text/html"));
	assert_true(str_is(got.headers[0].value, "/x") && got.headers[1].value.len == 0 && str_is(got.body, "hello"));
	for (size_t n = 0; n < b.len; n++)
		assert_false(wire_answer_read((str){ b.s, n }, &got));
	buf_release(&b);
}

/* Nobody who took over a worker can add a header of his own to an answer, or a second answer behind it. */
static void
line_breaks_are_refused(void **state)
{
	static const char *const bad[] = { "a\r\nSet-Cookie: x", "a\nb", "a\rb", "\x7f", "\xe9" };
	struct wire_answer got;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		for (int where = 0; where < 3; where++) {
			struct wire_answer sent = { .status = 200, .type = S("text/html"), .n = 1 };
			struct buf b = { 0 };
			const str odd = str_of(bad[i]);

			sent.headers[0] = (struct header){ where == 0 ? odd : S("X"), where == 1 ? odd : S("y") };
			if (where == 2)
				sent.type = odd;
			wire_answer_write(&b, &sent);
			assert_false(wire_answer_read(buf_str(&b), &got));
			buf_release(&b);
		}
	}
}

static void
a_file_travels_beside(void **state)
{
	const str message = S("message"), parts[] = { { "mess", 4 }, { "age", 3 } };
	char room[100];
	int pair[2], file, got;
	str mapped;

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair), 0);
	file = wire_file(S("content"));
	assert_true(file >= 0);
	assert_int_equal(wire_send(pair[0], parts, 2, file), 7);
	close(file);
	assert_int_equal(wire_receive(pair[1], room, sizeof room, &got), 7);
	assert_memory_equal(room, message.s, 7);
	mapped = wire_map(got, 7);
	assert_true(str_is(mapped, "content"));
	wire_unmap(mapped);
	assert_null(wire_map(got, 8).s);
	assert_null(wire_map(got, 0).s);
	assert_int_equal(write(got, "x", 1), -1);
	assert_int_equal(ftruncate(got, 0), -1);
	close(got);
	close(pair[0]);
	close(pair[1]);
}

/* A file that could shrink while it is read would end who reads it. */
static void
a_file_that_may_change_is_not_mapped(void **state)
{
	const int file = memfd_create("x", MFD_CLOEXEC | MFD_ALLOW_SEALING), plain = open("/etc/passwd", O_RDONLY | O_CLOEXEC);

	(void)state;
	assert_int_equal(write(file, "content", 7), 7);
	assert_null(wire_map(file, 7).s);
	assert_true(wire_seal(file));
	wire_unmap(wire_map(file, 7));
	assert_null(wire_map(plain, 7).s);
	close(file);
	close(plain);
}

static void
a_message_too_large_is_refused_whole(void **state)
{
	char room[4];
	const str message = S("message");
	int pair[2], file;

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair), 0);
	assert_int_equal(wire_send(pair[0], &message, 1, pair[0]), 7);
	assert_int_equal(wire_receive(pair[1], room, sizeof room, &file), -1);
	assert_int_equal(errno, EPROTO);
	assert_int_equal(file, -1);
	close(pair[0]);
	assert_int_equal(wire_receive(pair[1], room, sizeof room, &file), 0); /* the file that came along was closed too */
	close(pair[1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_request_is_read_back),
		cmocka_unit_test(an_answer_is_read_back),
		cmocka_unit_test(line_breaks_are_refused),
		cmocka_unit_test(a_file_travels_beside),
		cmocka_unit_test(a_file_that_may_change_is_not_mapped),
		cmocka_unit_test(a_message_too_large_is_refused_whole),
	};

	return cmocka_run_group_tests_name("wire", tests, NULL, NULL);
}
