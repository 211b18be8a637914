/* workbook_people.c - whose row it is: by reference, by the operator's file number, or by name and birth date among the people whom
 * the operator follows. A person who is not known gets a ref that follows from who they are, so that the same file imported twice
 * changes nothing. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "exchange/fold.h"
#include "exchange/workbook_inside.h"
#include "sql.h"

/* ---- refs ---- */

static void
add_part(crypto_generichash_state *h, str part)
{
	uint64_t len = part.len;

	crypto_generichash_update(h, (const unsigned char *)&len, sizeof len);
	if (part.len > 0)
		crypto_generichash_update(h, (const unsigned char *)part.s, part.len);
}

/* "p-" and 80 bits of a keyed hash: nobody without the installation's key can tell a name from it. */
str
derived_ref(struct making *m, const char *kind, const str *parts, size_t n)
{
	static const char digits[] = "abcdefghijkmnpqrstuvwxyz23456789";
	unsigned char hash[16];
	char text[17] = { 0 };
	crypto_generichash_state h;
	unsigned bits = 0, value = 0;
	size_t at = 0;

	crypto_generichash_init(&h, m->key, sizeof m->key, sizeof hash);
	add_part(&h, str_of(kind));
	add_part(&h, m->o->organisation);
	for (size_t i = 0; i < n; i++)
		add_part(&h, parts[i]);
	crypto_generichash_final(&h, hash, sizeof hash);
	for (size_t i = 0; i < 10; i++) {
		value = value << 8 | hash[i];
		for (bits += 8; bits >= 5; bits -= 5)
			text[at++] = digits[value >> (bits - 5) & 31];
		value &= 0xff;
	}
	return str_format(&m->round_arena, "%s-%s", kind, text);
}

/* ---- who is known ---- */

static int
by_bytes(const void *a, const void *b)
{
	return str_cmp(*(const str *)a, *(const str *)b);
}

/* The words of both names in order: "NOORI Ahmad" and "Ahmad Noori" are the same person. */
static str
names_key(struct arena *a, str family, str given)
{
	str words[24], word;
	struct buf b = { 0 };
	size_t n = 0;

	for (str rest = fold(a, family); n < 24 && fold_word(&rest, &word);)
		words[n++] = word;
	for (str rest = fold(a, given); n < 24 && fold_word(&rest, &word);)
		words[n++] = word;
	qsort(words, n, sizeof *words, by_bytes);
	for (size_t i = 0; i < n; i++) {
		buf_add(&b, words[i]);
		buf_char(&b, ' ');
	}
	return buf_kept(&b, a);
}

static size_t *
slot(const struct making *m, size_t *table, bool names, str key)
{
	size_t i = (size_t)str_hash(key, 7) & (m->table_cap - 1);

	while (table[i] != 0 && !str_eq(names ? m->people[table[i] - 1].names : m->people[table[i] - 1].ref, key))
		i = (i + 1) & (m->table_cap - 1);
	return &table[i];
}

static void
index_person(struct making *m, size_t place)
{
	struct known_person *p = &m->people[place - 1];
	size_t *names = slot(m, m->by_names, true, p->names);

	p->next = *names;
	*names = place;
	*slot(m, m->by_ref, false, p->ref) = place;
}

static void
grow_tables(struct making *m)
{
	m->people_cap = m->people_cap == 0 ? 256 : m->people_cap * 2;
	m->table_cap = m->people_cap * 2;
	m->people = realloc(m->people, m->people_cap * sizeof *m->people);
	free(m->by_names);
	free(m->by_ref);
	m->by_names = calloc(m->table_cap, sizeof *m->by_names);
	m->by_ref = calloc(m->table_cap, sizeof *m->by_ref);
	if (m->people == NULL || m->by_names == NULL || m->by_ref == NULL)
		bug_oom(m->people_cap * sizeof *m->people);
	for (size_t i = 1; i <= m->people_n; i++)
		index_person(m, i);
}

static struct known_person *
add_person(struct making *m, str ref, str family, str given, str birth)
{
	struct known_person *p;

	if (m->people_n == m->people_cap)
		grow_tables(m);
	p = &m->people[m->people_n++];
	*p = (struct known_person){ .ref = str_dup(m->arena, ref),
		.names = names_key(m->arena, family, given),
		.birth = str_dup(m->arena, birth),
		.entered_on = DAY_NONE };
	index_person(m, m->people_n);
	return p;
}

static struct known_person *
person_by_ref(const struct making *m, str ref)
{
	size_t place = m->people_n == 0 ? 0 : *slot(m, m->by_ref, false, ref);

	return place == 0 ? NULL : &m->people[place - 1];
}

static void
add_status(struct making *m, struct known_person *p, str status)
{
	if (p != NULL)
		p->statuses = str_format(m->arena, "%.*s %.*s ", STR_ARG(p->statuses), STR_ARG(status));
}

static const struct err *
load_statuses(struct making *m)
{
	struct statuses_of_operator_row row;
	struct db_rows rows;
	const struct err *err = statuses_of_operator(m->db, &rows, m->keeper, m->organisation_id);

	if (err != NULL)
		return err;
	while (statuses_of_operator_next(&rows, &row))
		add_status(m, person_by_ref(m, row.person), row.status);
	return db_done(&rows);
}

static const struct err *
load_enrolments(struct making *m)
{
	struct enrolments_of_action_row row;
	struct db_rows rows;
	const struct err *err = enrolments_of_action(m->db, &rows, m->keeper, m->action_id);

	if (err != NULL)
		return err;
	while (enrolments_of_action_next(&rows, &row)) { /* the latest one stays */
		struct known_person *p = person_by_ref(m, row.person);

		if (p != NULL) {
			p->enrolment = str_dup(m->arena, row.ref);
			p->entered_on = row.entered_on;
		}
	}
	return db_done(&rows);
}

const struct err *
people_known_load(struct making *m)
{
	struct people_of_operator_row row;
	struct db_rows rows;
	const struct err *err = people_of_operator(m->db, &rows, m->keeper, m->organisation_id);

	if (err != NULL)
		return err;
	while (people_of_operator_next(&rows, &row))
		(void)add_person(m, row.ref, row.family_name, row.given_name, row.birth_date);
	if ((err = db_done(&rows)) != NULL || (err = load_statuses(m)) != NULL)
		return err;
	return m->action_id == 0 ? NULL : load_enrolments(m);
}

void
people_known_release(struct making *m)
{
	free(m->people);
	free(m->by_names);
	free(m->by_ref);
}

/* Somebody of an earlier import who is enrolled nowhere: known by the derived ref alone. */
static struct known_person *
person_stored(struct making *m, str ref)
{
	struct known_person *p = person_by_ref(m, ref);
	struct person_statuses_row status;
	struct person_named_row row;
	struct db_rows rows;

	if (p != NULL || m->err != NULL || (m->err = person_named(m->db, &rows, m->keeper, ref)) != NULL)
		return p;
	if (person_named_next(&rows, &row))
		p = add_person(m, ref, row.family_name, row.given_name, row.birth_date);
	m->err = db_done(&rows);
	if (p == NULL || m->err != NULL || (m->err = person_statuses(m->db, &rows, m->keeper, ref)) != NULL)
		return p;
	while (person_statuses_next(&rows, &status))
		add_status(m, p, status.status);
	m->err = db_done(&rows);
	return p;
}

/* ---- whose row ---- */

/* 1990 and 1990-05-17 may be the same person; 1990-05-17 and 1990-06-17 are not. */
static bool
births_agree(str a, str b)
{
	size_t n = a.len < b.len ? a.len : b.len;

	return n == 0 || memcmp(a.s, b.s, n) == 0;
}

static void
read_names(struct making *m, struct who *who)
{
	const struct column *c = m->of[WANT_name];
	struct understood_name n;

	who->family = m->value[WANT_family_name];
	who->given = m->value[WANT_given_name];
	if (c != NULL && (who->family.len == 0 || who->given.len == 0)) {
		n = understand_name(&m->reading, row_text(m, WANT_name), c->given_first);
		if (n.sense == SENSE_GUESSED && n.say != NULL)
			making_guess(m, c->at, row_text(m, WANT_name), n.say);
		who->family = n.family;
		who->given = n.given;
	}
	who->names = names_key(&m->row_arena, who->family, who->given);
}

/* Among those of these names; NULL and *several when it could be more than one. */
static struct known_person *
by_names(const struct making *m, str names, str birth, bool *several)
{
	struct known_person *found = NULL;

	for (size_t i = names.len == 0 || m->people_n == 0 ? 0 : *slot(m, m->by_names, true, names); i > 0;
	     i = m->people[i - 1].next) {
		struct known_person *p = &m->people[i - 1];

		if (!births_agree(p->birth, birth))
			continue;
		if (birth.len > 0 && str_eq(p->birth, birth)) {
			*several = false;
			return p;
		}
		*several = found != NULL;
		found = p;
	}
	return *several ? NULL : found;
}

static bool
refuse(struct making *m, enum want want, const char *expected)
{
	making_fault(m, PROBLEM_FAULT, want, expected);
	return false;
}

/* A ref that the sheet itself gives: of somebody the operator follows, or of nobody yet. */
static bool
by_given_ref(struct making *m, struct who *who)
{
	int64_t stored = 0;

	who->known = person_by_ref(m, who->ref);
	if (who->known != NULL || m->err != NULL)
		return m->err == NULL;
	m->err = entity_key_of_ref(m->db, m->keeper, &entities[ENTITY_people], who->ref, &stored);
	if (stored != 0 && m->err == NULL)
		return refuse(m, WANT_ref, tr("the reference of somebody whom this operator follows"));
	return m->err == NULL;
}

/* A file number stays with the person; a name that has nothing in common with the stored one is a mistake of the sheet. */
static bool
by_number(struct making *m, struct who *who, str file_number)
{
	str parts[] = { S("number"), fold(&m->row_arena, file_number) }, birth = m->value[WANT_birth_date];

	who->ref = derived_ref(m, "p", parts, 2);
	who->known = person_stored(m, who->ref);
	if (who->known != NULL && who->names.len > 0 && who->known->names.len > 0 && !str_eq(who->known->names, who->names) &&
	    !(births_agree(who->known->birth, birth) && birth.len > 0 && who->known->birth.len > 0))
		return refuse(m, WANT_number, tr("one file number for one person: this one belongs to somebody of another name"));
	return m->err == NULL;
}

static bool
by_identity(struct making *m, struct who *who)
{
	str parts[] = { S("name"), who->names, m->value[WANT_birth_date] };
	bool several = false;

	who->known = by_names(m, who->names, m->value[WANT_birth_date], &several);
	if (several)
		return refuse(m, m->of[WANT_birth_date] != NULL ? WANT_birth_date : WANT_NOTHING,
		    tr("a birth date, or a file number: several people have this name"));
	if (who->known != NULL) {
		who->ref = who->known->ref;
		return true;
	}
	who->ref = derived_ref(m, "p", parts, 3);
	who->known = person_stored(m, who->ref);
	return m->err == NULL;
}

/* Somebody known before they had a file number. */
static void
known_without_number(struct making *m, struct who *who)
{
	str birth = m->value[WANT_birth_date];
	bool several = false;
	struct known_person *p = who->names.len == 0 || birth.len == 0 ? NULL : by_names(m, who->names, birth, &several);

	if (p == NULL)
		return;
	who->known = p;
	who->ref = p->ref;
}

bool
row_person(struct making *m, struct who *who)
{
	str file_number = m->value[WANT_number];

	*who = (struct who){ .ref = m->value[WANT_ref] };
	read_names(m, who);
	if (who->ref.len > 0)
		return by_given_ref(m, who);
	if (who->names.len == 0 && file_number.len == 0)
		return refuse(m,
		    m->of[WANT_family_name] != NULL ? WANT_family_name
		    : m->of[WANT_name] != NULL      ? WANT_name
						    : WANT_number,
		    tr("a name, or a file number: whose row is it?"));
	if (file_number.len == 0)
		return by_identity(m, who);
	if (!by_number(m, who, file_number))
		return false;
	if (who->known == NULL)
		known_without_number(m, who);
	return true;
}
