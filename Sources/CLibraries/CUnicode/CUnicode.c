#include "CUnicode.h"

#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/unorm2.h>
#include <unicode/uset.h>
#include <unicode/utrans.h>

int32_t im_unorm_nfkc(const uint16_t *text, int32_t length, uint16_t *out, int32_t capacity) {
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&error);
    if (U_FAILURE(error)) return -1;
    int32_t needed = unorm2_normalize(nfkc, text, length, out, capacity, &error);
    if (U_FAILURE(error) && error != U_BUFFER_OVERFLOW_ERROR) return -1;
    return needed;
}

int32_t im_unorm_fold(int32_t c) { return u_foldCase(c, U_FOLD_CASE_DEFAULT); }

int im_unorm_is_letter(int32_t c) { return u_isalpha(c) ? 1 : 0; }

int im_unorm_is_invisible(int32_t c) {
    int8_t type = u_charType(c);
    return type == U_CONTROL_CHAR || type == U_FORMAT_CHAR || type == U_UNASSIGNED || type == U_SURROGATE;
}

int im_unorm_is_settled(int32_t c) {
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&error);
    if (U_FAILURE(error) || c > 0xFFFF) return 0;
    UChar one = (UChar)c;
    return unorm2_quickCheck(nfkc, &one, 1, &error) == UNORM_YES && U_SUCCESS(error)
        && unorm2_getCombiningClass(nfkc, c) == 0;
}

int im_unorm_simplified(uint16_t first, int32_t count, uint16_t *table) {
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

int im_unorm_mark_charset(const char *charset, uint16_t first, int32_t count, uint8_t bit, uint8_t *table) {
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

int32_t im_ucnv_text(const char *charset, const unsigned char *source, int32_t length, uint16_t *target, int32_t capacity) {
    UErrorCode error = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(charset, &error);
    if (U_FAILURE(error)) return -1;
    int32_t made = ucnv_toUChars(converter, (UChar *)target, capacity, (const char *)source, length, &error);
    ucnv_close(converter);
    return U_SUCCESS(error) && made <= capacity ? made : -1;
}

static int im_ucnv_status(UErrorCode error) {
    if (U_SUCCESS(error)) return IM_UCNV_DONE;
    if (error == U_BUFFER_OVERFLOW_ERROR) return IM_UCNV_FULL;
    if (error == U_INVALID_CHAR_FOUND || error == U_ILLEGAL_CHAR_FOUND || error == U_TRUNCATED_CHAR_FOUND
        || error == U_ILLEGAL_ESCAPE_SEQUENCE || error == U_UNSUPPORTED_ESCAPE_SEQUENCE) return IM_UCNV_UNMAPPABLE;
    return IM_UCNV_FAILED;
}

im_converter *im_ucnv_open_strict(const char *name) {
    UErrorCode error = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(name, &error);
    if (U_FAILURE(error)) return NULL;
    ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &error);
    ucnv_setFromUCallBack(converter, UCNV_FROM_U_CALLBACK_STOP, NULL, NULL, NULL, &error);
    if (U_FAILURE(error)) {
        ucnv_close(converter);
        return NULL;
    }
    return (im_converter *)converter;
}

void im_ucnv_close(im_converter *converter) { ucnv_close((UConverter *)converter); }

void im_ucnv_reset(im_converter *converter) { ucnv_reset((UConverter *)converter); }

int im_ucnv_decode(im_converter *converter, const unsigned char *source, int32_t length, int last,
                                 uint16_t *target, int32_t capacity, int32_t *taken, int32_t *made) {
    UErrorCode error = U_ZERO_ERROR;
    const char *from = (const char *)source;
    UChar *to = (UChar *)target;
    ucnv_toUnicode((UConverter *)converter, &to, (UChar *)target + capacity, &from, (const char *)source + length, NULL,
                   (UBool)last, &error);
    *taken = (int32_t)(from - (const char *)source);
    *made = (int32_t)(to - (UChar *)target);
    return im_ucnv_status(error);
}

int32_t im_ucnv_offending_bytes(im_converter *converter, unsigned char *bytes) {
    UErrorCode error = U_ZERO_ERROR;
    int8_t length = 8;
    ucnv_getInvalidChars((UConverter *)converter, (char *)bytes, &length, &error);
    return U_SUCCESS(error) ? length : 0;
}

int im_ucnv_encode(im_converter *converter, const uint16_t *source, int32_t length, int last,
                                 unsigned char *target, int32_t capacity, int32_t *taken, int32_t *made) {
    UErrorCode error = U_ZERO_ERROR;
    const UChar *from = (const UChar *)source;
    char *to = (char *)target;
    ucnv_fromUnicode((UConverter *)converter, &to, (char *)target + capacity, &from, (const UChar *)source + length, NULL,
                     (UBool)last, &error);
    *taken = (int32_t)(from - (const UChar *)source);
    *made = (int32_t)(to - (char *)target);
    return im_ucnv_status(error);
}

int32_t im_ucnv_nfkc(const uint16_t *source, int32_t length, int casefold,
                                   uint16_t *target, int32_t capacity) {
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *form = casefold ? unorm2_getNFKCCasefoldInstance(&error) : unorm2_getNFKCInstance(&error);
    if (U_FAILURE(error)) return -1;
    int32_t needed = unorm2_normalize(form, (const UChar *)source, length, (UChar *)target, capacity, &error);
    return (U_SUCCESS(error) || error == U_BUFFER_OVERFLOW_ERROR) ? needed : -1;
}
