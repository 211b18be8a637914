/* import_seen.c - the same key twice in one file. A file in order of its keys, as exports are, costs nothing: two equal keys
 * stand together. When the order breaks, the fingerprints of all keys so far are gathered by reading the file again. */
#include "exchange/importing.h"

static bool
is_key(const struct importing *im, const struct field *f)
{
	return f != NULL && (im->entity->has_ref ? f->kind == KIND_REF : f->key);
}

/* The key's cells one after the other, whatever the order of columns in the file. */
static void
join_key(const struct importing *im, const str *cells, struct buf *to)
{
	buf_clear(to);
	for (size_t k = 0; k < im->entity->n; k++) {
		if (!is_key(im, &im->entity->fields[k]))
			continue;
		for (size_t i = 0; i < im->width; i++) {
			if (im->columns[i] == &im->entity->fields[k])
				buf_add(to, cells[i]);
		}
		buf_char(to, '\0');
	}
}

static const struct err *
gather(struct importing *im, int64_t before)
{
	struct problem_sink silent = problem_silence();
	struct csv_source *source;
	struct csv_reader *csv;
	struct buf key = { 0 };
	const struct err *err;
	struct csv_record row;

	if ((err = bundle_file(im->bundle, im->entity, &source)) != NULL)
		return err;
	csv = csv_open(im->arena, source, im->file, &silent);
	(void)csv_next(csv, &row, &err); /* the header */
	while (err == NULL && csv_next(csv, &row, &err) && row.line < before) {
		if (row.wrong)
			continue;
		join_key(im, row.cells, &key);
		(void)set_add(&im->seen, str_hash(buf_str(&key), im->seed));
	}
	buf_release(&key);
	csv_close(csv);
	bundle_file_close(source);
	return err;
}

const struct err *
import_seen(struct importing *im, const str *cells, bool *again)
{
	const struct err *err;
	struct buf swap;
	int order;

	*again = false;
	join_key(im, cells, &im->key);
	if (im->in_order) {
		order = im->last_key.len == 0 ? 1 : str_cmp(buf_str(&im->key), buf_str(&im->last_key));
		*again = order == 0;
		swap = im->last_key;
		im->last_key = im->key;
		im->key = swap;
		if (order >= 0)
			return NULL;
		im->in_order = false;
		if ((err = gather(im, im->line)) != NULL)
			return err;
		*again = !set_add(&im->seen, str_hash(buf_str(&im->last_key), im->seed));
		return NULL;
	}
	*again = !set_add(&im->seen, str_hash(buf_str(&im->key), im->seed));
	return NULL;
}
