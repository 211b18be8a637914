/* words.h - the words of the interchange as small numbers. Statuses come first: each is one bit of a set.
 * Local codes (kinds of acts) and names of indicators get the numbers after these, book by book. */
#pragma once

/* The formatter never comes to rest on lists like these. */
/* clang-format off */
#define STATUS_WORDS(W) \
	W(refugee) W(stateless) W(subsidiary_protection) /* BPI */ \
	W(family_of_french) W(parent_of_french) W(family_reunification) W(worker) W(other_newcomer) /* eligible by default */ \
	W(student) W(temporary_protection) W(asylum_seeker) W(eu_citizen) W(french) W(none)

#define OTHER_WORDS(W) \
	W(F) W(M) W(X) \
	W(newcomers) W(actors) W(mixed) W(public) \
	W(requested) W(active) W(refused) W(cancelled) W(planned) W(held) \
	W(training) W(workshop) W(group) W(sport_event) W(culture_event) W(public_event) \
	W(language) W(civic) W(digital) \
	W(employment) W(dropped_out) W(moved) W(unknown) W(unreachable) W(permanent) \
	W(entry) W(interim) W(exit) \
	W(medical_consultation) W(housing_access) W(device_loan)
/* clang-format on */

enum word {
	WORD_ABSENT = -1, /* an empty field */
#define W(w) WORD_##w,
	STATUS_WORDS(W) OTHER_WORDS(W)
#undef W
	    WORDS /* how many are known to the program */
};

#define STATUS_BIT(word) (1u << (word))
#define STATUSES_BPI (STATUS_BIT(WORD_subsidiary_protection + 1) - 1)
#define STATUSES_DEFAULT (STATUS_BIT(WORD_other_newcomer + 1) - 1)
