#pragma once

// The console's templates, style sheet, script and texts, embedded in the program, so that it runs alone.
//
// `#embed` copies the bytes at compile time; a Swift array literal of the same bytes takes the compiler half a minute.

#include <stddef.h>

/// One embedded file.
typedef struct {
    const char *name;            ///< such as "templates/home.mustache"
    const unsigned char *bytes;  ///< not terminated
    size_t count;
} im_console_file;

/// How many files there are.
size_t im_console_file_count(void);

/// The file at an index below the count; it lives as long as the program.
const im_console_file *im_console_file_at(size_t index);
