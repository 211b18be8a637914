/* account_page.h - what the pages of one's own account show (views/account.tmpl) */
#pragma once
#include "access/factor.h"
#include "access/login.h"
#include "model/model.h"
#include "web/asked.h"
#include "web/parts.h"

struct account_page {
	struct req *req;
	struct asked form; /* its token serves every form of the page */
	struct account account;
	str name; /* of the page's holder as titles may not say it */
	int64_t password_ms;
	bool second;
	int64_t codes_left;
	const struct login_line *logins;
	size_t n_logins;
	struct factor_offer offer;
	const str *codes;  /* RECOVERY_CODES of them, shown this once */
	const char *least; /* how long a password must be, in words */
};
/* The record and what proves it; false when the account is gone. */
const struct err *account_page_read(struct account_page *p, struct req *r);
