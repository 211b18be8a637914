/* libzip.h - the library of archives, loaded when one is opened or made: few commands need it, or the cryptography behind it,
 * which takes longer to start than the program itself. The functions keep their names: zip_open is libzip.zip_open. */
#pragma once
#include <zip.h>

#include "base/err.h"

/* clang-format off */
#define LIBZIP_FUNCTIONS(X) \
	X(zip_close) X(zip_discard) X(zip_error_code_system) X(zip_error_fini) X(zip_error_init_with_code) \
	X(zip_error_strerror) X(zip_error_system_type) X(zip_fclose) X(zip_fdopen) X(zip_file_add) \
	X(zip_file_set_dostime) X(zip_file_strerror) X(zip_fopen) X(zip_fopen_index) X(zip_fread) X(zip_get_error) \
	X(zip_get_num_entries) X(zip_name_locate) X(zip_open) X(zip_source_file) X(zip_source_free) X(zip_stat) \
	X(zip_stat_index) X(zip_strerror)
/* clang-format on */

#define X(name) __typeof__(name) *name##_;
extern struct libzip {
	LIBZIP_FUNCTIONS(X)
} libzip;
#undef X

/* Once per process; ERR_WORLD with what to install when it is not there. */
const struct err *libzip_load(struct arena *a);

#ifndef LIBZIP_ITSELF
#define zip_close libzip.zip_close_
#define zip_discard libzip.zip_discard_
#define zip_error_code_system libzip.zip_error_code_system_
#define zip_error_fini libzip.zip_error_fini_
#define zip_error_init_with_code libzip.zip_error_init_with_code_
#define zip_error_strerror libzip.zip_error_strerror_
#define zip_error_system_type libzip.zip_error_system_type_
#define zip_fclose libzip.zip_fclose_
#define zip_fdopen libzip.zip_fdopen_
#define zip_file_add libzip.zip_file_add_
#define zip_file_set_dostime libzip.zip_file_set_dostime_
#define zip_file_strerror libzip.zip_file_strerror_
#define zip_fopen libzip.zip_fopen_
#define zip_fopen_index libzip.zip_fopen_index_
#define zip_fread libzip.zip_fread_
#define zip_get_error libzip.zip_get_error_
#define zip_get_num_entries libzip.zip_get_num_entries_
#define zip_name_locate libzip.zip_name_locate_
#define zip_open libzip.zip_open_
#define zip_source_file libzip.zip_source_file_
#define zip_source_free libzip.zip_source_free_
#define zip_stat libzip.zip_stat_
#define zip_stat_index libzip.zip_stat_index_
#define zip_strerror libzip.zip_strerror_
#endif
