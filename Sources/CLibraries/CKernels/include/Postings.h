#ifndef INDUSTRYMIX_POSTINGS_H
#define INDUSTRYMIX_POSTINGS_H

#include <stddef.h>
#include <stdint.h>

// Sums over lists of documents, 16 bits a document. Lists of bits and sums come in whole groups of 64 documents.

// Whether this processor runs the wide variant (AVX-512BW) of the functions below.
int im_lists_wide(void);

// Adds `weight` to the sum of each document whose bit is set; document 16 * i + j is bit j of bits[i]. Sums must not
// exceed 65,535.
void im_lists_add_bits(int wide, uint16_t *sums, const uint16_t *bits, size_t documents, uint16_t weight);

// The documents with a sum above 0 for which (sum + more) * norm / 65,536 is at least `least`, or the sum is at least
// `always`; writes their numbers in rising order, returns how many. `found` has room for all of them.
size_t im_lists_collect(int wide, const uint16_t *sums, const uint16_t *norms, size_t first, size_t documents,
                        uint16_t more, uint16_t least, uint16_t always, uint16_t *found);

// Place of the last of `count` rising numbers that is not above `wanted`, 0 if there is none. Documents mostly come in no
// order, so that a number stands about as far along a long list as it stands along all 65,536: if that neighbourhood holds
// it, few lines of memory are read. Without branches: which half to take is a guess that would be wrong every other time.
static inline size_t im_lists_find(const uint16_t *numbers, size_t count, uint16_t wanted) {
    const uint16_t *place = numbers;
    if (count > 512) {
        size_t guess = ((size_t)wanted * count) >> 16;
        size_t from = guess > 128 ? guess - 128 : 0;
        size_t to = guess + 128 < count ? guess + 128 : count;
        if (numbers[from] <= wanted && (to == count || numbers[to] > wanted)) {
            place += from;
            count = to - from;
        }
    }
    while (count > 1) {
        size_t half = count / 2;
        place = __builtin_unpredictable(place[half] <= wanted) ? place + half : place;
        count -= half;
    }
    return (size_t)(place - numbers);
}

#endif
