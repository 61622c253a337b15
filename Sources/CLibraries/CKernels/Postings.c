#include "Postings.h"

#include <string.h>

static void add_bits_portable(uint16_t *sums, const uint16_t *bits, size_t documents, uint16_t weight) {
    for (size_t i = 0; i < documents; i += 16) {
        uint16_t word = bits[i / 16];
        if (word == 0) continue;
        for (int j = 0; j < 16; j++) sums[i + j] += (uint16_t)(-((word >> j) & 1)) & weight;
    }
}

static size_t collect_portable(const uint16_t *sums, const uint16_t *norms, size_t first, size_t documents,
                               uint16_t more, uint16_t least, uint16_t always, uint16_t *found) {
    size_t count = 0;
    for (size_t i = first; i < first + documents; i++) {
        uint32_t sum = sums[i];
        if (sum == 0) continue;
        uint32_t high = sum + more > 65535 ? 65535 : sum + more;
        found[count] = (uint16_t)i;
        count += sum >= always || (high * norms[i]) >> 16 >= least;
    }
    return count;
}

#if defined(__x86_64__)

#include <immintrin.h>

#define WIDE __attribute__((target("avx512f,avx512bw,avx512vl,bmi")))

WIDE static void add_bits_wide(uint16_t *sums, const uint16_t *bits, size_t documents, uint16_t weight) {
    const __m512i w = _mm512_set1_epi16((short)weight);
    for (size_t i = 0; i < documents; i += 64) {
        uint64_t word;
        memcpy(&word, bits + i / 16, 8);
        __m512i one = _mm512_loadu_si512(sums + i), two = _mm512_loadu_si512(sums + i + 32);
        _mm512_storeu_si512(sums + i, _mm512_mask_add_epi16(one, (__mmask32)word, one, w));
        _mm512_storeu_si512(sums + i + 32, _mm512_mask_add_epi16(two, (__mmask32)(word >> 32), two, w));
    }
}

WIDE static inline __mmask32 passing(const uint16_t *sums, const uint16_t *norms, __m512i more, __m512i least,
                                     __m512i always) {
    __m512i sum = _mm512_loadu_si512(sums);
    __m512i high = _mm512_mulhi_epu16(_mm512_adds_epu16(sum, more), _mm512_loadu_si512(norms));
    return _mm512_test_epi16_mask(sum, sum) &
           (_mm512_cmpge_epu16_mask(high, least) | _mm512_cmpge_epu16_mask(sum, always));
}

WIDE static size_t collect_wide(const uint16_t *sums, const uint16_t *norms, size_t first, size_t documents,
                                uint16_t more, uint16_t least, uint16_t always, uint16_t *found) {
    const __m512i m = _mm512_set1_epi16((short)more), l = _mm512_set1_epi16((short)least),
                  a = _mm512_set1_epi16((short)always);
    size_t count = 0;
    for (size_t i = first; i < first + documents; i += 64) {
        uint64_t hits = passing(sums + i, norms + i, m, l, a) |
                        (uint64_t)passing(sums + i + 32, norms + i + 32, m, l, a) << 32;
        for (; hits != 0; hits &= hits - 1) found[count++] = (uint16_t)(i + (size_t)__builtin_ctzll(hits));
    }
    return count;
}

int im_lists_wide(void) {
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("bmi");
}

void im_lists_add_bits(int wide, uint16_t *sums, const uint16_t *bits, size_t documents, uint16_t weight) {
    if (wide) add_bits_wide(sums, bits, documents, weight);
    else add_bits_portable(sums, bits, documents, weight);
}

size_t im_lists_collect(int wide, const uint16_t *sums, const uint16_t *norms, size_t first, size_t documents,
                        uint16_t more, uint16_t least, uint16_t always, uint16_t *found) {
    if (wide) return collect_wide(sums, norms, first, documents, more, least, always, found);
    return collect_portable(sums, norms, first, documents, more, least, always, found);
}

#else

int im_lists_wide(void) { return 0; }

void im_lists_add_bits(int wide, uint16_t *sums, const uint16_t *bits, size_t documents, uint16_t weight) {
    (void)wide;
    add_bits_portable(sums, bits, documents, weight);
}

size_t im_lists_collect(int wide, const uint16_t *sums, const uint16_t *norms, size_t first, size_t documents,
                        uint16_t more, uint16_t least, uint16_t always, uint16_t *found) {
    (void)wide;
    return collect_portable(sums, norms, first, documents, more, least, always, found);
}

#endif
