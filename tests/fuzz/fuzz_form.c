/* What a browser sends: a form (the first line is its content type), its query, its cookies. What is read is fit to use,
 * and a query written from it reads the same. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "web/form_data.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_fields(const struct form *f)
{
	for (size_t i = 0; i < f->n; i++) {
		const struct form_field *v = &f->v[i];

		if (v->name.s == NULL || v->value.s == NULL || v->name.len > FORM_NAME || !str_utf8(v->name) ||
		    !str_utf8(v->type))
			abort();
		if (v->filename.s == NULL && (v->value.len > FORM_VALUE || !str_utf8(v->value)))
			abort();
		if (v->filename.s != NULL && (!str_utf8(v->filename) || v->filename.len > FORM_NAME))
			abort();
	}
}

static void
check_again(struct arena *a, const struct form *first)
{
	struct buf b = { 0 };
	struct form again;

	for (size_t i = 0; i < first->n; i++)
		query_add(&b, first->v[i].name, first->v[i].value);
	if (query_decode(a, buf_str(&b), &again) != NULL || again.n != first->n)
		abort();
	for (size_t i = 0; i < again.n; i++) {
		if (!str_eq(again.v[i].name, first->v[i].name) || !str_eq(again.v[i].value, first->v[i].value))
			abort();
	}
	buf_release(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct form form;
	str body, type;

	/* A copy of the exact size: reading past its end shows. */
	type = str_cut((str){ arena_copy(&a, data, size), size }, '\n', &body);
	if (form_decode(&a, type, body, &form) == NULL)
		check_fields(&form);
	if (query_decode(&a, body, &form) == NULL) {
		check_fields(&form);
		check_again(&a, &form);
	}
	(void)cookie_get(body, "s");
	arena_release(&a);
	return 0;
}
