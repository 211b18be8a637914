/* key.h - the secret of this installation: 32 bytes in a file of its own, apart from the data */
#pragma once
#include <stdbool.h>

#include "base/err.h"

enum { KEY_SIZE = 32 };

/* $JALON_KEY, else $XDG_CONFIG_HOME/jalon/key, else ~/.config/jalon/key. Makes it when it is not there, if told to;
 * a missing one is ERR_NOTFOUND. */
const struct err *key_read(struct arena *a, bool make, unsigned char key[KEY_SIZE]);
