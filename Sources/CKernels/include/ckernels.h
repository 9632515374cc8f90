// Pixel and sample loops that need the processor's widest vectors. Pure functions over plain buffers.
#ifndef REELGATE_CKERNELS_H
#define REELGATE_CKERNELS_H

#include <stddef.h>
#include <stdint.h>

/// The sum of `count` 8-bit samples.
uint64_t reel_sum_u8(const uint8_t *samples, size_t count);

/// How many of `count` 8-bit samples are at most `limit`.
uint64_t reel_count_at_most_u8(const uint8_t *samples, size_t count, uint8_t limit);

#endif
