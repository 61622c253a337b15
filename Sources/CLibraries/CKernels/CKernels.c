#include "CKernels.h"

static int32_t dot_portable(const int8_t *a, const int8_t *b, size_t stride) {
    int32_t sum = 0;
    for (size_t i = 0; i < stride; i++) sum += (int32_t)a[i] * b[i];
    return sum;
}

static void dots_portable(const int8_t *query, const int8_t *rows, size_t stride, size_t count, int32_t *out) {
    for (size_t i = 0; i < count; i++) out[i] = dot_portable(query, rows + i * stride, stride);
}

static void four_portable(const int8_t *queries, const int8_t *rows, size_t stride, size_t count, int32_t *out) {
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < 4; j++) out[i * 4 + j] = dot_portable(queries + j * stride, rows + i * stride, stride);
}

#if defined(__x86_64__)

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))
#define VNNI __attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni")))

// Rows ahead that are asked for: the hardware's own reading ahead stops at the end of every 4 KiB page.
#define AHEAD 16

AVX2 static inline int32_t sum_avx2(__m256i v) {
    __m128i s = _mm_add_epi32(_mm256_castsi256_si128(v), _mm256_extracti128_si256(v, 1));
    s = _mm_add_epi32(s, _mm_shuffle_epi32(s, 0x4E));
    s = _mm_add_epi32(s, _mm_shuffle_epi32(s, 0xB1));
    return _mm_cvtsi128_si32(s);
}

// |a| times b with a's sign: the one multiplication of bytes takes an unsigned and a signed side. Two products make at
// most 2 * 127 * 127 = 32,258, which 16 bits hold.
AVX2 static inline __m256i step_avx2(__m256i sum, __m256i a, __m256i b) {
    __m256i pairs = _mm256_maddubs_epi16(_mm256_abs_epi8(a), _mm256_sign_epi8(b, a));
    return _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}

AVX2 static int32_t dot_avx2(const int8_t *a, const int8_t *b, size_t stride) {
    __m256i one = _mm256_setzero_si256(), two = _mm256_setzero_si256();
    for (size_t i = 0; i < stride; i += 64) {
        one = step_avx2(one, _mm256_loadu_si256((const void *)(a + i)), _mm256_loadu_si256((const void *)(b + i)));
        two = step_avx2(
            two, _mm256_loadu_si256((const void *)(a + i + 32)), _mm256_loadu_si256((const void *)(b + i + 32)));
    }
    return sum_avx2(_mm256_add_epi32(one, two));
}

AVX2 static void dots_avx2(const int8_t *query, const int8_t *rows, size_t stride, size_t count, int32_t *out) {
    for (size_t i = 0; i < count; i++) {
        const int8_t *row = rows + i * stride;
        if (i + AHEAD < count)
            for (size_t k = 0; k < stride; k += 64) _mm_prefetch((const void *)(row + AHEAD * stride + k), _MM_HINT_T0);
        out[i] = dot_avx2(query, row, stride);
    }
}

AVX2 static void four_avx2(const int8_t *queries, const int8_t *rows, size_t stride, size_t count, int32_t *out) {
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < 4; j++) out[i * 4 + j] = dot_avx2(queries + j * stride, rows + i * stride, stride);
}

// The four sums over the lanes of a, b, c and d.
VNNI static inline __m128i sums_vnni(__m512i a, __m512i b, __m512i c, __m512i d) {
    __m512i ab = _mm512_add_epi32(_mm512_unpacklo_epi32(a, b), _mm512_unpackhi_epi32(a, b));
    __m512i cd = _mm512_add_epi32(_mm512_unpacklo_epi32(c, d), _mm512_unpackhi_epi32(c, d));
    __m512i all = _mm512_add_epi32(_mm512_unpacklo_epi64(ab, cd), _mm512_unpackhi_epi64(ab, cd));
    __m256i half = _mm256_add_epi32(_mm512_castsi512_si256(all), _mm512_extracti64x4_epi64(all, 1));
    return _mm_add_epi32(_mm256_castsi256_si128(half), _mm256_extracti128_si256(half, 1));
}

// A row's bytes plus 128, which makes them unsigned; 128 times the sum of the query goes off again at the end.
VNNI static inline __m512i biased(const int8_t *row) {
    return _mm512_xor_si512(_mm512_loadu_si512(row), _mm512_set1_epi8((char)0x80));
}

VNNI static inline int32_t sum128_vnni(const int8_t *query, size_t stride) {
    __m512i sum = _mm512_setzero_si512(), bias = _mm512_set1_epi8((char)0x80);
    for (size_t k = 0; k < stride; k += 64) sum = _mm512_dpbusd_epi32(sum, bias, _mm512_loadu_si512(query + k));
    return _mm512_reduce_add_epi32(sum);
}

VNNI static void dots_vnni(const int8_t *query, const int8_t *rows, size_t stride, size_t count, int32_t *out) {
    const int32_t excess = sum128_vnni(query, stride);
    const __m128i off = _mm_set1_epi32(excess);
    size_t i = 0;
    for (; i + 4 <= count; i += 4) {
        const int8_t *row = rows + i * stride;
        __m512i a = _mm512_setzero_si512(), b = a, c = a, d = a;
        for (size_t k = 0; k < stride; k += 64) {
            const int8_t *ahead = row + AHEAD * stride + k;
            if (i + AHEAD + 4 <= count) {
                _mm_prefetch((const void *)ahead, _MM_HINT_T0);
                _mm_prefetch((const void *)(ahead + stride), _MM_HINT_T0);
                _mm_prefetch((const void *)(ahead + 2 * stride), _MM_HINT_T0);
                _mm_prefetch((const void *)(ahead + 3 * stride), _MM_HINT_T0);
            }
            __m512i q = _mm512_loadu_si512(query + k);
            a = _mm512_dpbusd_epi32(a, biased(row + k), q);
            b = _mm512_dpbusd_epi32(b, biased(row + k + stride), q);
            c = _mm512_dpbusd_epi32(c, biased(row + k + 2 * stride), q);
            d = _mm512_dpbusd_epi32(d, biased(row + k + 3 * stride), q);
        }
        _mm_storeu_si128((void *)(out + i), _mm_sub_epi32(sums_vnni(a, b, c, d), off));
    }
    for (; i < count; i++) {
        __m512i sum = _mm512_setzero_si512();
        for (size_t k = 0; k < stride; k += 64)
            sum = _mm512_dpbusd_epi32(sum, biased(rows + i * stride + k), _mm512_loadu_si512(query + k));
        out[i] = _mm512_reduce_add_epi32(sum) - excess;
    }
}

VNNI static void four_vnni(const int8_t *queries, const int8_t *rows, size_t stride, size_t count, int32_t *out) {
    const int8_t *q0 = queries, *q1 = q0 + stride, *q2 = q1 + stride, *q3 = q2 + stride;
    const __m128i off = _mm_setr_epi32(sum128_vnni(q0, stride), sum128_vnni(q1, stride), sum128_vnni(q2, stride),
                                       sum128_vnni(q3, stride));
    for (size_t i = 0; i < count; i++) {
        const int8_t *row = rows + i * stride;
        __m512i a = _mm512_setzero_si512(), b = a, c = a, d = a;
        for (size_t k = 0; k < stride; k += 64) {
            __m512i r = biased(row + k);
            a = _mm512_dpbusd_epi32(a, r, _mm512_loadu_si512(q0 + k));
            b = _mm512_dpbusd_epi32(b, r, _mm512_loadu_si512(q1 + k));
            c = _mm512_dpbusd_epi32(c, r, _mm512_loadu_si512(q2 + k));
            d = _mm512_dpbusd_epi32(d, r, _mm512_loadu_si512(q3 + k));
        }
        _mm_storeu_si128((void *)(out + 4 * i), _mm_sub_epi32(sums_vnni(a, b, c, d), off));
    }
}

int im_kernel_best(void) {
    // Asks the processor, and whether the system saves the wide registers.
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vnni"))
        return IM_KERNEL_AVX512_VNNI;
    return __builtin_cpu_supports("avx2") ? IM_KERNEL_AVX2 : IM_KERNEL_PORTABLE;
}

void im_dots_i8(int variant, const int8_t *query, const int8_t *rows, size_t stride, size_t count, int32_t *out) {
    switch (variant) {
    case IM_KERNEL_AVX512_VNNI: dots_vnni(query, rows, stride, count, out); break;
    case IM_KERNEL_AVX2: dots_avx2(query, rows, stride, count, out); break;
    default: dots_portable(query, rows, stride, count, out);
    }
}

void im_dots_i8_four(int variant, const int8_t *queries, const int8_t *rows, size_t stride, size_t count,
                     int32_t *out) {
    switch (variant) {
    case IM_KERNEL_AVX512_VNNI: four_vnni(queries, rows, stride, count, out); break;
    case IM_KERNEL_AVX2: four_avx2(queries, rows, stride, count, out); break;
    default: four_portable(queries, rows, stride, count, out);
    }
}

#else

int im_kernel_best(void) { return IM_KERNEL_PORTABLE; }

void im_dots_i8(int variant, const int8_t *query, const int8_t *rows, size_t stride, size_t count, int32_t *out) {
    (void)variant;
    dots_portable(query, rows, stride, count, out);
}

void im_dots_i8_four(int variant, const int8_t *queries, const int8_t *rows, size_t stride, size_t count,
                     int32_t *out) {
    (void)variant;
    four_portable(queries, rows, stride, count, out);
}

#endif
