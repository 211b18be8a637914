/* sending_json.h - what a telephone sends of a sheet, and what it is answered (static/offline.js is the other side):
 *
 *     {"key":"...","account":"...","session":"...","at":1700000000000,"all":false,"close":false,"lines":[["person","120","0e"]]}
 *
 * key: SENDING_KEY letters of the telephone's own; account, session, person: keys as addresses show them; a line: the person, what the
 * page showed before, what is said now (presence.h). No name, and nothing about health. */
#pragma once
#include "base/buf.h"
#include "daily/attendance.h"

/* false: not of this shape, and nothing may be done with it. Texts live in the arena. */
bool sending_read(struct arena *a, str body, struct sending *to);

/* {"key":..,"result":"saved","words":"..","at":1700000000000,"place":".."}: words for people; place: where to go on. */
void sending_written(struct buf *to, const struct sending *in, const struct sending_answer *out, const char *words, str place);
