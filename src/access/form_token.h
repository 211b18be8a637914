/* form_token.h - what proves that a form was ours: a secret of the sign-in (viewer.form_token), written differently on each page, so
 * that compressing a page which also repeats a visitor's text tells nothing about it. */
#pragma once
#include "access/viewer.h"
#include "base/arena.h"

enum { FORM_TOKEN = 43 }; /* letters of a masked one */

str form_token_mask(struct arena *a, const struct viewer *v); /* for a hidden field; absent without a sign-in */
bool form_token_check(const struct viewer *v, str sent);      /* in constant time; false without a sign-in */
str form_token_of(struct arena *a, str login_token);          /* what viewer.form_token is made of; absent: no token */
