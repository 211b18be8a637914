/* log.h - lines on standard error for whoever runs the server: no names, no addresses, no paths or keys; routes only. */
#pragma once
#include "web/http.h"

void log_line(const char *format, ...) __attribute__((format(printf, 1, 2))); /* at once */

/* Kept for a while, and written together: a system call for each request would cost more than some of them. */
void log_request(int64_t wall_ms, const char *method, const char *route, int status, size_t bytes, int64_t took_us);
void log_flush(void);
