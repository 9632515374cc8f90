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

// MARK: Pictures, in cells

/// Samples along each side of a cell.
#define REEL_CELL 8

/// Eight rows of a plane. `cells` receives, for each whole cell, the sum of its 64 samples shifted down by `excess`
/// bits: on the scale of 8 bits where `excess` is what a sample has beyond 8. `stride` is in samples.
void reel_strip_u8(const uint8_t *samples, ptrdiff_t stride, size_t width, unsigned excess, uint16_t *cells);
void reel_strip_u16(const uint16_t *samples, ptrdiff_t stride, size_t width, unsigned excess, uint16_t *cells);

/// Lowers `extremes[0]` to the least of the samples of eight rows, and raises `extremes[1]` to the most.
void reel_extremes_u8(const uint8_t *samples, ptrdiff_t stride, size_t width, uint8_t extremes[2]);
void reel_extremes_u16(const uint16_t *samples, ptrdiff_t stride, size_t width, uint16_t extremes[2]);

/// Eight rows of a plane. `ranges` receives, for each whole cell, its most sample less its least.
void reel_ranges_u8(const uint8_t *samples, ptrdiff_t stride, size_t width, uint16_t *ranges);
void reel_ranges_u16(const uint16_t *samples, ptrdiff_t stride, size_t width, uint16_t *ranges);

/// By how much cells are more than `limit`, added up.
uint64_t reel_beyond(const uint16_t *cells, size_t count, uint16_t limit);

/// The mean level, on the scale of 8 bits, of each of `count` squares of `wide` x `high` cells that stand side by side;
/// `columns` cells lie between one row and the next.
void reel_square_means(
    const uint16_t *cells, size_t columns, size_t wide, size_t high, size_t count, float *means);

/// Of `count` samples in a line, `stride` from one to the next: how many parts of eight add up to more than `limit`.
size_t reel_lit_parts_u8(const uint8_t *samples, ptrdiff_t stride, size_t count, uint32_t limit);
size_t reel_lit_parts_u16(const uint16_t *samples, ptrdiff_t stride, size_t count, uint32_t limit);

typedef struct {
    uint16_t least;
    uint16_t most;
    uint64_t sum;
} reel_extent;

/// The least and the most of some cells, and their sum.
reel_extent reel_extent_of(const uint16_t *cells, size_t count);

typedef struct {
    uint64_t sum;
    uint64_t beyond_little;
    uint64_t beyond_much;
} reel_difference;

/// How far the cells of two pictures lie apart in all, and how many by more than `little` and than `much`.
reel_difference reel_difference_of(
    const uint16_t *a, const uint16_t *b, size_t count, uint16_t little, uint16_t much);

/// How far the cells of three pictures in a row are from changing evenly: the sum of |a - 2b + c|.
uint64_t reel_bend_of(const uint16_t *a, const uint16_t *b, const uint16_t *c, size_t count);

/// Sums of products of the cells of two pictures, each cell divided by 4.
typedef struct {
    uint64_t ab;
    uint64_t aa;
    uint64_t bb;
} reel_products;

reel_products reel_products_of(const uint16_t *a, const uint16_t *b, size_t count);

/// Raises each of `most` to the cell at its place.
void reel_raise(uint16_t *most, const uint16_t *cells, size_t count);

/// How many cells are from `least` to `most`.
uint64_t reel_count_within(const uint16_t *cells, size_t count, uint16_t least, uint16_t most);

/// In how many places the cells of both are at most `limit`.
uint64_t reel_count_both_at_most(const uint16_t *a, const uint16_t *b, size_t count, uint16_t limit);

// MARK: Pictures, sample by sample

/// Along a part of a row that begins at a multiple of 8. `phases[p]` grows by the differences between the samples before
/// and at the places that are `p` modulo 8, without those of more than `most`; `totals[0]` by all of them, `totals[1]` by
/// |before - 2 * here + after|; on the scale of 8 bits.
void reel_detail_u8(
    const uint8_t *row, size_t count, unsigned excess, uint32_t most, uint32_t phases[8], uint32_t totals[2]);
void reel_detail_u16(
    const uint16_t *row, size_t count, unsigned excess, uint32_t most, uint32_t phases[8], uint32_t totals[2]);

/// How many samples of a row are brighter than those above and below, or darker than both, by more than `limit`.
uint32_t reel_combed_u8(
    const uint8_t *above, const uint8_t *row, const uint8_t *below, size_t count, uint32_t limit);
uint32_t reel_combed_u16(
    const uint16_t *above, const uint16_t *row, const uint16_t *below, size_t count, uint32_t limit);

/// In how many columns four rows, from the one above `row` on, go up, down and up, or down, up and down, each time by more
/// than `limit`: added to `counts[0]`; to `counts[1]`, the same with the third and the fourth row in each other's place.
void reel_zigzags_u8(const uint8_t *row, ptrdiff_t stride, size_t count, uint32_t limit, uint32_t counts[2]);
void reel_zigzags_u16(const uint16_t *row, ptrdiff_t stride, size_t count, uint32_t limit, uint32_t counts[2]);

/// How far two rows, one below the other, are from what the rows beside each tell of it: twice the sum over `count`
/// samples, of the first row in this picture, of the same row in the picture before (`before`), and both again of the
/// second row. There are a row above and one below.
void reel_fields_u8(
    const uint8_t *row, ptrdiff_t stride, const uint8_t *before, const uint8_t *next_before, size_t count,
    uint32_t apart[4]);
void reel_fields_u16(
    const uint16_t *row, ptrdiff_t stride, const uint16_t *before, const uint16_t *next_before, size_t count,
    uint32_t apart[4]);

/// Every `step`-th sample of a row, `count` of them, shifted down by `excess` bits: on the scale of 8 bits.
void reel_sketch_u8(const uint8_t *row, size_t step, size_t count, unsigned excess, uint8_t *out);
void reel_sketch_u16(const uint16_t *row, size_t step, size_t count, unsigned excess, uint8_t *out);

/// Adds the slope at each of `count` samples of a row, from the one before to the one after, to `sums`; counts in `rising`
/// and `falling` those of at least `limit`, up and down. Not more than 128 rows may be added to one another.
void reel_slopes(
    const uint8_t *row, size_t count, uint8_t limit, int16_t *sums, uint8_t *rising, uint8_t *falling);

#endif
