#include "access/hashing.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/err.h"

enum { SLOTS = 2, MEMORY = 64 * 1024 * 1024, TURNS = 2 };

int
hashing_slots(void)
{
	return memfd_create("jalon-hashing", MFD_CLOEXEC);
}

struct hashing
hashing_of(int slots)
{
	return (struct hashing){ .slots = slots, .memory = MEMORY, .turns = TURNS };
}

/* A slot is a locked byte: these locks belong to a process, and go with it. */
static bool
lock_byte(int fd, int command, short type, int at)
{
	struct flock l = { .l_type = type, .l_whence = SEEK_SET, .l_start = at, .l_len = 1 };

	while (fcntl(fd, command, &l) != 0) {
		if (errno != EINTR)
			return false;
	}
	return true;
}

static int
slot_take(const struct hashing *h)
{
	int mine = (int)(getpid() % SLOTS);

	if (h->slots < 0)
		return 0;
	for (int i = 0; i < SLOTS; i++) {
		if (lock_byte(h->slots, F_SETLK, F_WRLCK, (mine + i) % SLOTS))
			return (mine + i) % SLOTS;
	}
	(void)lock_byte(h->slots, F_SETLKW, F_WRLCK, mine);
	return mine;
}

static void
slot_drop(const struct hashing *h, int slot)
{
	if (h->slots >= 0)
		(void)lock_byte(h->slots, F_SETLK, F_UNLCK, slot);
}

str
hash_make(struct hashing *h, struct arena *a, str secret)
{
	char text[crypto_pwhash_STRBYTES];
	int slot = slot_take(h), failed;

	h->done++;
	failed = crypto_pwhash_str_alg(text, secret.s, secret.len, h->turns, h->memory, crypto_pwhash_ALG_ARGON2ID13);
	slot_drop(h, slot);
	if (failed != 0)
		bug_oom(h->memory);
	return str_dup(a, str_of(text));
}

/* Costs what a check costs, when there is nothing to check against. */
static void
work_for_nothing(const struct hashing *h, str secret)
{
	static const unsigned char salt[crypto_pwhash_SALTBYTES] = { 0 };
	unsigned char out[32];

	if (crypto_pwhash(out, sizeof out, secret.s, secret.len, salt, h->turns, h->memory, crypto_pwhash_ALG_ARGON2ID13) != 0)
		bug_oom(h->memory);
}

bool
hash_check(struct hashing *h, str stored, str secret, bool *renew)
{
	char text[crypto_pwhash_STRBYTES] = "";
	bool known = stored.len > 0 && stored.len < sizeof text, right = false;
	int slot = slot_take(h);

	h->done++;
	if (known) {
		memcpy(text, stored.s, stored.len);
		right = crypto_pwhash_str_verify(text, secret.s, secret.len) == 0;
	} else {
		work_for_nothing(h, secret);
	}
	slot_drop(h, slot);
	if (renew != NULL)
		*renew = right && crypto_pwhash_str_needs_rehash(text, h->turns, h->memory) != 0;
	return right;
}
