/* journal_words.c - the words of the journal, which are the program's own, as people read them */
#include "access/trail.h"
#include "base/text.h"
#include "model/entity.h"
#include "web/journal_page.h"

const struct cause_word cause_words[] = {
#define CAUSE(word, label) { word, label },
#include "web/causes.def"
#undef CAUSE
};
const size_t cause_words_n = sizeof cause_words / sizeof cause_words[0];

const struct cause_word trail_words[] = {
	{ "logins", N_("Sign-in") },
	{ "refusals", N_("Refused sign-in") },
	{ "passwords", N_("Password") },
	{ "second_factors", N_("Second step") },
	{ "recovery_codes", N_("Recovery codes") },
	{ "invitations", N_("Code on paper") },
	{ "checks", N_("Verification") },
	{ "backups", N_("Backup") },
};
const size_t trail_words_n = sizeof trail_words / sizeof trail_words[0];

static const char *
label_of(const struct cause_word *v, size_t n, str word)
{
	for (size_t i = 0; i < n; i++)
		if (str_is(word, v[i].word))
			return v[i].label;
	return NULL;
}

str
journal_cause(str word)
{
	const char *label = label_of(cause_words, cause_words_n, word);

	return label == NULL ? word : str_of(tr(label));
}

str
journal_kind(str entity)
{
	const struct entity *e = entity_named(entity);
	const char *label = e != NULL ? e->label : label_of(trail_words, trail_words_n, entity);

	return label == NULL ? entity : str_of(tr(label));
}

const char *
journal_action_words(str action)
{
	if (str_is(action, "insert"))
		return tr("addition");
	if (str_is(action, "update"))
		return tr("change");
	return str_is(action, "delete") ? tr("removal") : tr("reading");
}

str
journal_fields(struct arena *a, str entity, str fields)
{
	const struct entity *e = entity_named(entity);
	struct buf b = { 0 };
	str left = fields, name;

	if (e == NULL || str_is(fields, "*"))
		return (str){ 0 };
	while ((name = str_cut(left, ',', &left)).s != NULL) {
		const struct field *f = entity_field(e, str_z(a, name));

		if (name.len == 0)
			continue;
		buf_add(&b, b.len > 0 ? S(", ") : S(""));
		buf_add(&b, f == NULL ? name : str_of(tr(f->label)));
	}
	return buf_kept(&b, a);
}

str
journal_who(const struct journal_page *p, str actor)
{
	const int64_t account = trail_account(actor);

	for (size_t i = 0; i < p->n_holders; i++)
		if (p->holders[i].id == account)
			return p->holders[i].words;
	if (account != 0)
		return str_of(tr("an access that is not here any more"));
	if (str_is(actor, "nobody"))
		return str_of(tr("nobody who is signed in"));
	return str_format(p->req->arena, tr("%.*s, on the command line"), STR_ARG(actor));
}

str
journal_holder_words(const struct journal_page *p)
{
	for (size_t i = 0; i < p->n_holders; i++)
		if (p->holders[i].id == p->account)
			return p->holders[i].words;
	return str_of(tr("an access that is not here any more"));
}
