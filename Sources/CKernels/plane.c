#include "ckernels.h"

// Chosen when the program is loaded, so that one binary uses AVX2 where there is one.
#if defined(__x86_64__) && defined(__linux__)
#define WIDEST __attribute__((target_clones("avx2", "default")))
#else
#define WIDEST
#endif

WIDEST uint64_t reel_sum_u8(const uint8_t *samples, size_t count) {
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) sum += samples[i];
    return sum;
}

WIDEST uint64_t reel_count_at_most_u8(const uint8_t *samples, size_t count, uint8_t limit) {
    uint64_t n = 0;
    for (size_t i = 0; i < count; i++) n += samples[i] <= limit;
    return n;
}

WIDEST uint64_t reel_count_at_most_u16(const uint16_t *samples, size_t count, uint16_t limit) {
    uint64_t n = 0;
    for (size_t i = 0; i < count; i++) n += samples[i] <= limit;
    return n;
}
