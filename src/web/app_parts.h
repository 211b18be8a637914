/* app_parts.h - what pages share of their process: things that are opened or reckoned once and used by many requests */
#pragma once
#include "access/hashing.h"
#include "demo/accounts.h"
#include "figures/shelf.h"
#include "web/req.h"

struct hashing *app_hashing(struct app *app);
struct shelf *app_shelf(struct app *app);
/* Of a demonstration database, as it was when the process began; none in any other. */
const struct demo_account *app_demo_accounts(const struct app *app, size_t *n);
