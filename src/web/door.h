/* door.h - who comes in: the cookie of a sign-in, the language, the token that every form of a sign-in carries, and what
 * happens to a form that was sent too late */
#pragma once
#include "access/throttle.h"
#include "web/req.h"

/* Fills r->viewer from the cookie; nobody when there is none or it is over. */
const struct err *door_recognise(struct req *r);
/* The account's, else the one chosen at the door, else the browser's; one that the program speaks. */
const char *door_language_of(const struct req *r);
/* Nobody is signed in, or only half: to the sign-in page and back here afterwards. */
const struct err *door_send(struct req *r);
/* To a page of the door, which sends on to that place once the sign-in is complete. */
const struct err *door_reply(struct req *r, const char *page, str place);
/* Decodes the body into r->form; refuses one that was not sent from a page of ours to this very sign-in. */
const struct err *door_form(struct req *r);
/* The same for what a script of ours sends (JSON, which no form of another site can be): it must say that it comes from here. There is no
 * token in it, for it may have waited longer than the page that it was typed in. */
const struct err *door_json(struct req *r);
/* Nobody is signed in, in an answer for a script. */
const struct err *door_json_closed(struct req *r);
/* The hidden field "jeton" that lets a form in; absent when nobody is signed in. Written anew on each page. */
str door_token(const struct req *r);

void door_keep_language(struct req *r, str language); /* in this browser, for a year */
void door_cookie(struct req *r, str token);           /* sets it; absent: takes it away */
struct visitor door_visitor(const struct req *r);
/* A place of this server that a person may be sent back to ("/personnes?q=..."); else the start page. */
str door_place(str place);
/* "Too many attempts. Try again in 2 minutes." */
const char *door_wait_words(struct req *r, int64_t ms);

/* "Voir comme": the pages as another role sees them. It lives in a cookie of the browser, beside the sign-in: it only takes away,
 * so whoever changes it gains nothing, and it ends with the sign-in. role -1: back to oneself. */
void door_look(struct req *r, int role, int64_t organisation);
