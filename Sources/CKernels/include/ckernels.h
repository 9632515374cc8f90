// Pixel and sample loops that need the processor's widest vectors. Pure functions over plain buffers.
#ifndef REELGATE_CKERNELS_H
#define REELGATE_CKERNELS_H

#include <stddef.h>
#include <stdint.h>

/// The sum of `count` 8-bit samples.
uint64_t reel_sum_u8(const uint8_t *samples, size_t count);

/// How many of `count` 8-bit samples are at most `limit`.
uint64_t reel_count_at_most_u8(const uint8_t *samples, size_t count, uint8_t limit);

/// How many of `count` 16-bit samples are at most `limit`.
uint64_t reel_count_at_most_u16(const uint16_t *samples, size_t count, uint16_t limit);

/// Two rows of 8-bit samples, blended: `above * (256 - weight) + below * weight`, with `weight` from 0 to 256.
void reel_blend_rows_u8(
    uint16_t *blended, const uint8_t *above, const uint8_t *below, uint32_t weight, size_t count);

/// `count` samples between those of a row that `reel_blend_rows_u8` made: sample `i` lies between `left[i]` and the
/// next one, at `weight[i]` 256ths of the way. `left[i] + 1` must be in the row.
void reel_resample_row_u8(
    uint8_t *row, const uint16_t *blended, const uint32_t *left, const uint16_t *weight, size_t count);

#endif
