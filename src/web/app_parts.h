/* app_parts.h - what pages share of their process: things that are opened or reckoned once and used by many requests */
#pragma once
#include "access/hashing.h"
#include "demo/accounts.h"
#include "figures/shelf.h"
#include "web/req.h"

struct hashing *app_hashing(struct app *app);
struct shelf *app_shelf(struct app *app);
struct people_memory *app_people(struct app *app);
/* Of a demonstration database, as it was when the process began; none in any other. */
const struct demo_account *app_demo_accounts(const struct app *app, size_t *n);
/* The day on which a demonstration stands still, which its pages take for today; DAY_NONE in any other database. */
day app_demo_day(const struct app *app);

/* Runs the page that a POST to this path would have, with the form that r holds: route and rights are looked up anew. */
const struct err *app_follow(struct req *r, str path);
