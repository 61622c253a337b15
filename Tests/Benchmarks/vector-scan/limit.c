// The machine's limit: a plain loop of int8 dot products over one block of memory, as the compiler vectorises it for
// this processor; and the same bytes only read. CPU milliseconds, the median of several.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double cpu(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static int order(const void *a, const void *b) { return (*(double *)a > *(double *)b) - (*(double *)a < *(double *)b); }

int main(int count, char **arguments) {
    size_t rows = atol(arguments[1]), width = atol(arguments[2]), rounds = atol(arguments[3]);
    int8_t *bytes = aligned_alloc(64, rows * width);
    int8_t query[4096];
    int32_t *out = malloc(rows * sizeof *out);
    for (size_t i = 0; i < rows * width; i++) bytes[i] = (int8_t)((i * 2654435761u >> 24) % 255 - 127);
    for (size_t i = 0; i < width; i++) query[i] = (int8_t)(i * 37 % 255 - 127);
    double dots[99], reads[99];
    volatile uint64_t sink = 0;
    for (size_t round = 0; round < rounds; round++) {
        double start = cpu();
        for (size_t r = 0; r < rows; r++) {
            int32_t sum = 0;
            for (size_t i = 0; i < width; i++) sum += (int32_t)bytes[r * width + i] * query[i];
            out[r] = sum;
        }
        dots[round] = cpu() - start;
        sink += out[round % rows];
        start = cpu();
        uint64_t all = 0;
        for (size_t i = 0; i < rows * width / 8; i++) all += ((uint64_t *)bytes)[i];
        reads[round] = cpu() - start;
        sink += all;
    }
    qsort(dots, rounds, sizeof *dots, order);
    qsort(reads, rounds, sizeof *reads, order);
    printf("{\"limit_ms\": %f, \"read_ms\": %f, \"sink\": %d}\n", dots[rounds / 2], reads[rounds / 2], (int)(sink & 1));
    (void)count;
    return 0;
}
