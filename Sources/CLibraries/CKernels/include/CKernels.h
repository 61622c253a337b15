#ifndef INDUSTRYMIX_CKERNELS_H
#define INDUSTRYMIX_CKERNELS_H

#include <stddef.h>
#include <stdint.h>

#include "Postings.h"

// Exact dot products of vectors of signed bytes. All variants give the same integers.
//
// A vector takes `stride` bytes, a multiple of 64, zero behind its last value; every value is in -127...127, and stride
// is at most 131,072, so that no sum leaves 32 bits. Alignment is not asked for.

// Variants, from the one that runs everywhere to the fastest.
enum { IM_KERNEL_PORTABLE = 0, IM_KERNEL_AVX2 = 1, IM_KERNEL_AVX512_VNNI = 2 };

// The fastest variant that this processor runs; .
int im_kernel_best(void);

// out[i] = query . rows[i] for i < count, by a variant that is at most im_kernel_best().
void im_dots_i8(int variant, const int8_t *query, const int8_t *rows, size_t stride, size_t count, int32_t *out);

// The same for four queries at once, each row read once: out[i * 4 + j] = queries[j] . rows[i].
void im_dots_i8_four(int variant, const int8_t *queries, const int8_t *rows, size_t stride, size_t count,
                     int32_t *out);

#endif
