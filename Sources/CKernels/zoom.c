#include "ckernels.h"

// Chosen when the program is loaded, so that one binary uses AVX2 where there is one.
#if defined(__x86_64__) && defined(__linux__)
#define WIDEST __attribute__((target_clones("avx2", "default")))
#else
#define WIDEST
#endif

WIDEST void reel_blend_rows_u8(
    uint16_t *blended, const uint8_t *above, const uint8_t *below, uint32_t weight, size_t count) {
    uint16_t a = (uint16_t)(256 - weight), b = (uint16_t)weight;
    for (size_t i = 0; i < count; i++) blended[i] = (uint16_t)(above[i] * a + below[i] * b);
}

WIDEST void reel_resample_row_u8(
    uint8_t *row, const uint16_t *blended, const uint32_t *left, const uint16_t *weight, size_t count) {
    for (size_t i = 0; i < count; i++) {
        uint32_t a = blended[left[i]], b = blended[left[i] + 1];
        row[i] = (uint8_t)((a * (256u - weight[i]) + b * weight[i] + (1u << 15)) >> 16);
    }
}
