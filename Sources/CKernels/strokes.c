#include "ckernels.h"

// Chosen when the program is loaded, so that one binary uses AVX2 where there is one.
#if defined(__x86_64__) && defined(__linux__)
#define WIDEST __attribute__((target_clones("avx2", "default")))
#else
#define WIDEST
#endif

#define SKETCH(name, type)                                                                                             \
    void name(const type *row, size_t step, size_t count, unsigned excess, uint8_t *out) {                             \
        for (size_t i = 0; i < count; i++) {                                                                           \
            uint32_t level = (uint32_t)row[i * step] >> excess;                                                        \
            out[i] = (uint8_t)(level > 255 ? 255 : level);                                                             \
        }                                                                                                              \
    }

SKETCH(reel_sketch_u8, uint8_t)
SKETCH(reel_sketch_u16, uint16_t)

WIDEST void reel_slopes(
    const uint8_t *row, size_t count, uint8_t limit, int16_t *sums, uint8_t *rising, uint8_t *falling) {
    for (size_t i = 1; i + 1 < count; i++) {
        int16_t slope = (int16_t)((int16_t)row[i + 1] - (int16_t)row[i - 1]);
        sums[i] = (int16_t)(sums[i] + slope);
        rising[i] = (uint8_t)(rising[i] + (slope >= (int16_t)limit));
        falling[i] = (uint8_t)(falling[i] + (-slope >= (int16_t)limit));
    }
}
