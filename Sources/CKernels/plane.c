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

// Counts are kept in lanes as narrow as the samples, and added up before they can overflow: four times as fast as
// widening each comparison (46 against 10.6 GB/s with AVX2).
#define COUNT_AT_MOST(name, type, lane_count, most_turns)                                                              \
    WIDEST uint64_t name(const type *samples, size_t count, type limit) {                                              \
        uint64_t n = 0;                                                                                                \
        size_t i = 0;                                                                                                  \
        while (count - i >= (lane_count)) {                                                                            \
            type lanes[lane_count] = {0};                                                                              \
            size_t turns = (count - i) / (lane_count);                                                                 \
            if (turns > (most_turns)) turns = (most_turns);                                                            \
            for (size_t turn = 0; turn < turns; turn++, i += (lane_count))                                             \
                for (size_t lane = 0; lane < (lane_count); lane++) lanes[lane] += samples[i + lane] <= limit;          \
            for (size_t lane = 0; lane < (lane_count); lane++) n += lanes[lane];                                       \
        }                                                                                                              \
        for (; i < count; i++) n += samples[i] <= limit;                                                               \
        return n;                                                                                                      \
    }

COUNT_AT_MOST(reel_count_at_most_u8, uint8_t, 64, UINT8_MAX)
COUNT_AT_MOST(reel_count_at_most_u16, uint16_t, 32, UINT16_MAX)
