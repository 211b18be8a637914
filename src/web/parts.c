#include "web/parts.h"

const char *const flag_classes[] = { "flag", "flag good", "flag warn", "flag bad", "flag info" };
