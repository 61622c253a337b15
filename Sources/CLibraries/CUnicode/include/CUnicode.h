#pragma once

// What the core needs of ICU, in plain C types.
//
// ICU's own headers are not imported into Swift: their names are version-mangled macros, and Foundation brings another
// version of the same headers, with which their types would clash.

#include <stdint.h>

/// A converter between an encoding and UTF-16.
typedef struct im_converter im_converter;

/// What one step of a conversion ended with.
enum {
    IM_UCNV_DONE = 0,         ///< all input was taken
    IM_UCNV_FULL = 1,         ///< the output is full: drain it and call again
    IM_UCNV_UNMAPPABLE = 2,   ///< the input holds something the encoding does not know; ask for it
    IM_UCNV_FAILED = 3        ///< the library failed (no memory, no such converter)
};

/// NFKC of `length` UTF-16 units into `out`. Returns the number of units needed (call again with a larger buffer if that is
/// more than `capacity`), or -1 if ICU has no normalisation data.
int32_t im_unorm_nfkc(const uint16_t *text, int32_t length, uint16_t *out, int32_t capacity);

/// Simple case folding of one code point.
int32_t im_unorm_fold(int32_t c);

/// Nonzero for letters of any script.
int im_unorm_is_letter(int32_t c);

/// Nonzero for code points that never belong in text: controls, format characters (bidi marks and the like), unassigned.
int im_unorm_is_invisible(int32_t c);

/// Nonzero for code points of the basic plane that NFKC never changes, whatever stands beside them: a text of nothing
/// else is normalised already.
int im_unorm_is_settled(int32_t c);

/// Fills `table[0..<count]` for the ideographs from `first` with the simplified form of each, or itself. Returns 0 on success.
int im_unorm_simplified(uint16_t first, int32_t count, uint16_t *table);

/// Decodes a whole text in one call; what cannot be decoded becomes U+FFFD. Returns the number of UTF-16 units, or -1 if
/// there is no such encoding or `capacity` is too small.
int32_t im_ucnv_text(const char *charset, const unsigned char *source, int32_t length, uint16_t *target, int32_t capacity);

/// Marks in `table[0..<count]`, for the code points from `first`, those the named character set can write: `bit` is or-ed in.
/// Returns 0 on success.
int im_unorm_mark_charset(const char *charset, uint16_t first, int32_t count, uint8_t bit, uint8_t *table);

/// A converter that stops at what it cannot convert instead of writing a substitute; NULL if ICU does not know the name.
im_converter *im_ucnv_open_strict(const char *name);

/// Frees it.
void im_ucnv_close(im_converter *converter);

/// Forgets what a broken-off conversion left behind.
void im_ucnv_reset(im_converter *converter);

/// Bytes to UTF-16. `taken` and `made` count what was consumed and written in this step.
int im_ucnv_decode(im_converter *converter, const unsigned char *source, int32_t length, int last,
                   uint16_t *target, int32_t capacity, int32_t *taken, int32_t *made);

/// The bytes at which decoding stopped; answers how many were written to `bytes` (room for 8).
int32_t im_ucnv_offending_bytes(im_converter *converter, unsigned char *bytes);

/// UTF-16 to bytes, like `im_ucnv_decode`.
int im_ucnv_encode(im_converter *converter, const uint16_t *source, int32_t length, int last,
                   unsigned char *target, int32_t capacity, int32_t *taken, int32_t *made);

/// NFKC of UTF-16, with case folding if `casefold`; answers the length needed, or -1 if ICU failed.
int32_t im_ucnv_nfkc(const uint16_t *source, int32_t length, int casefold, uint16_t *target, int32_t capacity);
