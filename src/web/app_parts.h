/* app_parts.h - what pages share of their process: things that are opened or reckoned once and used by many requests */
#pragma once
#include "access/hashing.h"
#include "figures/shelf.h"
#include "web/req.h"

struct hashing *app_hashing(struct app *app);
struct shelf *app_shelf(struct app *app);
