/* save_inside.h - the parts of saving that taking out and putting back share (save.c, roll.c, remove.c, undo.c) */
#pragma once
#include "model/roll.h"
#include "model/save.h"

size_t save_bind(struct save *s, const struct entity *e, const void *record); /* into s->params, of ST_INSERT and ST_UPDATE */
const struct err *save_keep_version(struct save *s, const struct entity *e, const void *old);
const struct err *save_journal(
    struct save *s, const struct entity *e, const void *record, enum journal_action action, str fields);
/* What follows from a record that was written; record NULL: taken out. */
const struct err *save_follow(struct save *s, const struct entity *e, const void *record, const void *old);
const struct err *save_conflict(struct db *db);

/* Without asking whether something points at it: who calls did. */
const struct err *save_take_out(struct save *s, const struct entity *e, const void *old);
/* Puts a record back that was taken out, under its own key. */
const struct err *save_put_back(struct save *s, const struct entity *e, void *record);
const struct err *roll_take_out(struct save *s, const struct entity *e, const struct roll *old);
/* The version that a record gets when it is written for the first time, or again after it was taken out. */
const struct err *save_first_version(struct save *s, const struct entity *e, int64_t id, int64_t *version);
