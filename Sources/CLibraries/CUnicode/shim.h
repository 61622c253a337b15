#pragma once
#include <unicode/ucnv.h>
#include <unicode/uchar.h>
#include <unicode/uset.h>
#include <unicode/utrans.h>
#include <unicode/unorm2.h>

// MARK: Text normalisation (Lexicon). ICU's names are version-mangled macros, which Swift cannot see; these are plain functions.

/// NFKC of `length` UTF-16 units into `out`. Returns the number of units needed (call again with a larger buffer if that is
/// more than `capacity`), or -1 if ICU has no normalisation data.
static inline int32_t im_unorm_nfkc(const UChar *text, int32_t length, UChar *out, int32_t capacity) {
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&error);
    if (U_FAILURE(error)) return -1;
    int32_t needed = unorm2_normalize(nfkc, text, length, out, capacity, &error);
    if (U_FAILURE(error) && error != U_BUFFER_OVERFLOW_ERROR) return -1;
    return needed;
}

/// Simple case folding of one code point.
static inline UChar32 im_unorm_fold(UChar32 c) { return u_foldCase(c, U_FOLD_CASE_DEFAULT); }

/// Nonzero for letters of any script.
static inline int im_unorm_is_letter(UChar32 c) { return u_isalpha(c) ? 1 : 0; }

/// Nonzero for code points that never belong in text: controls, format characters (bidi marks and the like), unassigned.
static inline int im_unorm_is_invisible(UChar32 c) {
    int8_t type = u_charType(c);
    return type == U_CONTROL_CHAR || type == U_FORMAT_CHAR || type == U_UNASSIGNED || type == U_SURROGATE;
}

/// Fills `table[0..<count]` for the ideographs from `first` with the simplified form of each, or itself. Returns 0 on success.
static inline int im_unorm_simplified(uint16_t first, int32_t count, uint16_t *table) {
    UErrorCode error = U_ZERO_ERROR;
    static const UChar name[] = {'T', 'r', 'a', 'd', 'i', 't', 'i', 'o', 'n', 'a', 'l', '-',
                                 'S', 'i', 'm', 'p', 'l', 'i', 'f', 'i', 'e', 'd', 0};
    for (int32_t i = 0; i < count; i++) table[i] = (uint16_t)(first + i);
    UTransliterator *t = utrans_openU(name, -1, UTRANS_FORWARD, 0, 0, 0, &error);
    if (U_FAILURE(error)) return -1;
    for (int32_t i = 0; i < count; i++) {
        UChar one[4] = {(UChar)(first + i), 0, 0, 0};
        int32_t length = 1, limit = 1;
        error = U_ZERO_ERROR;
        utrans_transUChars(t, one, &length, 4, 0, &limit, &error);
        if (U_SUCCESS(error) && length == 1) table[i] = one[0];
    }
    utrans_close(t);
    return 0;
}

/// Marks in `table[0..<count]`, for the code points from `first`, those the named character set can write: `bit` is or-ed in.
/// Returns 0 on success.
static inline int im_unorm_mark_charset(const char *charset, uint16_t first, int32_t count, uint8_t bit, uint8_t *table) {
    UErrorCode error = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(charset, &error);
    if (U_FAILURE(error)) return -1;
    USet *set = uset_openEmpty();
    ucnv_getUnicodeSet(converter, set, UCNV_ROUNDTRIP_SET, &error);
    for (int32_t i = 0; U_SUCCESS(error) && i < count; i++)
        if (uset_contains(set, first + i)) table[i] |= bit;
    uset_close(set);
    ucnv_close(converter);
    return U_SUCCESS(error) ? 0 : -1;
}

// ---- Tabular: character converters and compatibility folding (prefix im_ucnv_) ----
// ICU mangles its names with its version by macros, which Swift cannot see; these wrappers can be imported.

#ifndef IM_UCNV_SHIMS
#define IM_UCNV_SHIMS

/// What one step of a conversion ended with.
enum {
    IM_UCNV_DONE = 0,         ///< all input was taken
    IM_UCNV_FULL = 1,         ///< the output is full: drain it and call again
    IM_UCNV_UNMAPPABLE = 2,   ///< the input holds something the encoding does not know; ask for it
    IM_UCNV_FAILED = 3        ///< the library failed (no memory, no such converter)
};

static inline int im_ucnv_status(UErrorCode error) {
    if (U_SUCCESS(error)) return IM_UCNV_DONE;
    if (error == U_BUFFER_OVERFLOW_ERROR) return IM_UCNV_FULL;
    if (error == U_INVALID_CHAR_FOUND || error == U_ILLEGAL_CHAR_FOUND || error == U_TRUNCATED_CHAR_FOUND
        || error == U_ILLEGAL_ESCAPE_SEQUENCE || error == U_UNSUPPORTED_ESCAPE_SEQUENCE) return IM_UCNV_UNMAPPABLE;
    return IM_UCNV_FAILED;
}

/// A converter that stops at what it cannot convert instead of writing a substitute; NULL if ICU does not know the name.
static inline UConverter *im_ucnv_open_strict(const char *name) {
    UErrorCode error = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(name, &error);
    if (U_FAILURE(error)) return NULL;
    ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &error);
    ucnv_setFromUCallBack(converter, UCNV_FROM_U_CALLBACK_STOP, NULL, NULL, NULL, &error);
    if (U_FAILURE(error)) { ucnv_close(converter); return NULL; }
    return converter;
}

static inline void im_ucnv_close(UConverter *converter) { ucnv_close(converter); }

static inline void im_ucnv_reset(UConverter *converter) { ucnv_reset(converter); }

/// Bytes to UTF-16. `taken` and `made` count what was consumed and written in this step.
static inline int im_ucnv_decode(UConverter *converter, const unsigned char *source, int32_t length, int last,
                                 uint16_t *target, int32_t capacity, int32_t *taken, int32_t *made) {
    UErrorCode error = U_ZERO_ERROR;
    const char *from = (const char *)source;
    UChar *to = (UChar *)target;
    ucnv_toUnicode(converter, &to, (UChar *)target + capacity, &from, (const char *)source + length, NULL,
                   (UBool)last, &error);
    *taken = (int32_t)(from - (const char *)source);
    *made = (int32_t)(to - (UChar *)target);
    return im_ucnv_status(error);
}

/// The bytes at which decoding stopped; answers how many were written to `bytes` (room for 8).
static inline int32_t im_ucnv_offending_bytes(UConverter *converter, unsigned char *bytes) {
    UErrorCode error = U_ZERO_ERROR;
    int8_t length = 8;
    ucnv_getInvalidChars(converter, (char *)bytes, &length, &error);
    return U_SUCCESS(error) ? length : 0;
}

/// UTF-16 to bytes, like `im_ucnv_decode`.
static inline int im_ucnv_encode(UConverter *converter, const uint16_t *source, int32_t length, int last,
                                 unsigned char *target, int32_t capacity, int32_t *taken, int32_t *made) {
    UErrorCode error = U_ZERO_ERROR;
    const UChar *from = (const UChar *)source;
    char *to = (char *)target;
    ucnv_fromUnicode(converter, &to, (char *)target + capacity, &from, (const UChar *)source + length, NULL,
                     (UBool)last, &error);
    *taken = (int32_t)(from - (const UChar *)source);
    *made = (int32_t)(to - (char *)target);
    return im_ucnv_status(error);
}

/// NFKC of UTF-16, with case folding if `casefold`; answers the length needed, or -1 if ICU failed.
static inline int32_t im_ucnv_nfkc(const uint16_t *source, int32_t length, int casefold,
                                   uint16_t *target, int32_t capacity) {
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *form = casefold ? unorm2_getNFKCCasefoldInstance(&error) : unorm2_getNFKCInstance(&error);
    if (U_FAILURE(error)) return -1;
    int32_t needed = unorm2_normalize(form, (const UChar *)source, length, (UChar *)target, capacity, &error);
    return (U_SUCCESS(error) || error == U_BUFFER_OVERFLOW_ERROR) ? needed : -1;
}

#endif
