/* Which passwords are taken (tests/cases/access/passwords.txt), and the slow hashes. */
#include "access_case.h"

#include <fcntl.h>

#include "access/password.h"

/* "taken", "short", "guessable", "long" by what the rule says. */
static const char *
verdict(struct arena *a, const char *role, str password)
{
	struct password_about whom = { .name = S("Aïcha Benoît-Roche"),
		.email = S("a.benoit@essor63.fr"),
		.city = S("Clermont-Ferrand"),
		.organisation = S("Centre ESSOR 63") };
	struct problems got;

	whom.role = (enum role)role_named(str_of(role));
	problems_init(&got, a);
	password_check(password, &whom, &got.sink);
	if (got.n == 0)
		return "taken";
	assert_int_equal(got.n, 1);
	assert_true(str_is(got.v[0].column, "password"));
	assert_int_equal(got.v[0].value.len, 0);
	return str_starts(got.v[0].expected, S("at least"))        ? "short"
	       : str_starts(got.v[0].expected, S("a password of")) ? "long"
								   : "guessable";
}

static void
passwords_are_judged_as_the_table_says(void **state)
{
	struct arena a = { 0 };
	const char *source = getenv("JALON_SOURCE");
	str rest = get_file(&a, str_format(&a, "%s/tests/cases/access/passwords.txt", source == NULL ? "." : source).s);
	int n = 0, wrong = 0;

	(void)state;
	while (rest.len > 0) {
		str line = str_cut(rest, '\n', &rest), tail, wanted = str_cut(line, ' ', &tail), role;

		if (line.len == 0 || line.s[0] == '#')
			continue;
		role = str_cut(str_trim(tail), ' ', &tail);
		n++;
		if (str_is(wanted, verdict(&a, str_z(&a, role), str_trim(tail))))
			continue;
		wrong++;
		print_error("%.*s: not %s\n", STR_ARG(line), verdict(&a, str_z(&a, role), str_trim(tail)));
	}
	assert_int_equal(wrong, 0);
	assert_true(n > 40);
	arena_release(&a);
}

static void
lengths_are_counted_in_characters(void **state)
{
	struct arena a = { 0 };
	struct buf b = { 0 };

	(void)state;
	for (int i = 0; i < 200; i++)
		buf_format(&b, "%c", "kvtxqjwzgbhpmdfyrc"[(i * 7 + i / 5 + i * i) % 18]);
	assert_string_equal(verdict(&a, "worker", buf_str(&b)), "taken");
	buf_char(&b, 'a');
	assert_string_equal(verdict(&a, "worker", buf_str(&b)), "long");
	buf_clear(&b);
	for (int i = 0; i < 200; i++)
		buf_add(&b, i % 2 == 0 ? S("ሰ") : S("ፈ"));
	assert_string_equal(verdict(&a, "worker", buf_str(&b)), "guessable");
	buf_add(&b, S("a"));
	assert_string_equal(verdict(&a, "worker", buf_str(&b)), "long");
	assert_string_equal(verdict(&a, "worker", S("trois chevaux\xff bleus")), "long");
	assert_string_equal(verdict(&a, "worker", S("")), "short");
	buf_release(&b);
	arena_release(&a);
}

/* ---- hashes ---- */

static void
a_hash_knows_its_password_and_no_other(void **state)
{
	struct arena a = { 0 };
	struct hashing h = quick_hashing(), product = hashing_of(-1);
	str one = hash_make(&h, &a, S("trois chevaux bleus")), two = hash_make(&h, &a, S("trois chevaux bleus"));
	bool renew;

	(void)state;
	assert_false(str_eq(one, two));
	assert_true(hash_check(&h, one, S("trois chevaux bleus"), &renew));
	assert_false(renew);
	assert_false(hash_check(&h, one, S("trois chevaux bleu"), &renew));
	assert_false(hash_check(&h, one, S(""), NULL));
	assert_false(hash_check(&h, (str){ 0 }, S("trois chevaux bleus"), &renew));
	assert_false(renew);
	assert_false(hash_check(&h, S("$argon2id$nonsense"), S("trois chevaux bleus"), NULL));
	assert_int_equal(h.done, 7);
	/* One made with less is made again. */
	assert_true(hash_check(&product, one, S("trois chevaux bleus"), &renew));
	assert_true(renew);
	assert_true(str_starts(hash_make(&product, &a, S("x")), S("$argon2id$v=19$m=65536,t=2,p=1$")));
	arena_release(&a);
}

static void
lock_slots(int fd, short type)
{
	struct flock l = { .l_type = type, .l_whence = SEEK_SET, .l_start = 0, .l_len = 2 };

	assert_int_equal(fcntl(fd, F_SETLK, &l), 0);
}

static pid_t
hash_in_a_child(int slots)
{
	pid_t pid = fork();

	if (pid == 0) {
		struct hashing h = quick_hashing();
		struct arena a = { 0 };

		h.slots = slots;
		(void)hash_make(&h, &a, S("x"));
		_exit(0);
	}
	return pid;
}

static void
a_third_hash_waits_for_a_slot(void **state)
{
	int slots = hashing_slots(), status;
	pid_t waiting;

	(void)state;
	assert_true(slots >= 0);
	lock_slots(slots, F_WRLCK);
	waiting = hash_in_a_child(slots);
	usleep(200 * 1000);
	assert_int_equal(waitpid(waiting, &status, WNOHANG), 0);
	lock_slots(slots, F_UNLCK);
	assert_int_equal(waitpid(waiting, &status, 0), waiting);
	assert_true(WIFEXITED(status));
	close(slots);
}

static void
a_process_that_dies_gives_its_slot_back(void **state)
{
	int slots = hashing_slots(), status, ready[2];
	char c;
	pid_t holder;

	(void)state;
	assert_int_equal(pipe(ready), 0);
	if ((holder = fork()) == 0) {
		lock_slots(slots, F_WRLCK);
		if (write(ready[1], "x", 1) == 1)
			pause();
		_exit(1);
	}
	assert_int_equal(read(ready[0], &c, 1), 1);
	kill(holder, SIGKILL);
	assert_int_equal(waitpid(holder, &status, 0), holder);
	holder = hash_in_a_child(slots);
	assert_int_equal(waitpid(holder, &status, 0), holder);
	assert_int_equal(WEXITSTATUS(status), 0);
	close(ready[0]);
	close(ready[1]);
	close(slots);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(passwords_are_judged_as_the_table_says),
		cmocka_unit_test(lengths_are_counted_in_characters),
		cmocka_unit_test(a_hash_knows_its_password_and_no_other),
		cmocka_unit_test(a_third_hash_waits_for_a_slot),
		cmocka_unit_test(a_process_that_dies_gives_its_slot_back),
	};

	return cmocka_run_group_tests_name("password", tests, NULL, NULL);
}
