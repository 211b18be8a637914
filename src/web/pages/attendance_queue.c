/* what telephones had in their queues: one sheet at a time, each answered for good by the key that the telephone made for it */
#include "base/shown.h"
#include "base/text.h"
#include "web/attendance_page.h"
#include "web/person_page.h"
#include "web/route.h"
#include "web/sending_json.h"

/* "Saved on the server: 31/08/2025 at 14:07", or why not. */
static const char *
words_of(struct req *r, const struct sending_answer *out)
{
	if (out->result == SENDING_REFUSED)
		return sending_reason_words(out->reason);
	return str_format(r->arena, tr("Saved on the server: %s"), html_moment(&r->html, out->received_ms)).s;
}

static const struct err *
answer(struct req *r, const struct sending *in, const struct sending_answer *out)
{
	str key = key_short(r->arena, in->session), kept = key_short(r->arena, out->received_ms);
	const char *word = out->unclosed ? "incomplet" : in->close ? "clos" : "enregistre";

	buf_clear(&r->out->body);
	sending_written(&r->out->body, in, out, words_of(r, out),
	    out->result == SENDING_REFUSED
		? str_format(r->arena, "/seances/%.*s/emargement", STR_ARG(key))
		: str_format(r->arena, "/seances/%.*s/emargement?fait=%s&a=%.*s", STR_ARG(key), word, STR_ARG(kept)));
	r->out->type = "application/json";
	return NULL;
}

const struct err *
attendance_send(struct req *r)
{
	struct sight sight = person_sight(r, RIGHT_ATTENDANCE);
	struct sending in;
	struct sending_answer out = { .result = SENDING_REFUSED, .reason = REASON_ACCOUNT, .received_ms = r->in->now_ms };
	struct save s;
	const struct err *e;

	if (!sending_read(r->arena, r->in->body, &in))
		return err_new(r->arena, ERR_INPUT, tr("This cannot be read."), NULL, NULL);
	if (in.account != r->viewer.account)
		return answer(r, &in, &out);
	e = req_begin(r, &s, sending_cause(&in));
	if (e == NULL)
		e = req_end(r, &s, attendance_write(&s, &sight, &in, r->in->now_ms, &out));
	return e != NULL ? e : answer(r, &in, &out);
}
