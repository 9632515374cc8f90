#include "ckernels.h"

// Chosen when the program is loaded, so that one binary uses AVX2 where there is one.
#if defined(__x86_64__) && defined(__linux__)
#define WIDEST __attribute__((target_clones("avx2", "default")))
#else
#define WIDEST
#endif

// A strip is worked through in pieces of this many columns, so that its rows stay in the nearest cache while they are
// added up and counted, and the counters of one piece, a byte each, cannot overflow: 8 rows of 8 turns.
enum { PIECE = 512, CELL = REEL_CELL, LANES = 64 };

// Column sums of eight rows, added in neighbouring pairs three times over: cells of 8 x 8.
static inline __attribute__((always_inline)) void fold(uint16_t *columns, size_t cells, uint16_t *out) {
    uint16_t pairs[PIECE / 2], fours[PIECE / 4];
    for (size_t i = 0; i < cells * 4; i++) pairs[i] = (uint16_t)(columns[2 * i] + columns[2 * i + 1]);
    for (size_t i = 0; i < cells * 2; i++) fours[i] = (uint16_t)(pairs[2 * i] + pairs[2 * i + 1]);
    for (size_t i = 0; i < cells; i++) out[i] = (uint16_t)(fours[2 * i] + fours[2 * i + 1]);
}

#define ADD_ROWS(name, type, wide, shift)                                                                              \
    static inline __attribute__((always_inline)) void name(                                                            \
        const type *samples, ptrdiff_t stride, size_t columns, unsigned excess, uint16_t *sums) {                      \
        const type *a = samples, *b = a + stride, *c = b + stride, *d = c + stride;                                    \
        const type *e = d + stride, *f = e + stride, *g = f + stride, *h = g + stride;                                 \
        for (size_t x = 0; x < columns; x++) {                                                                         \
            wide sum = (wide)((wide)a[x] + b[x] + c[x] + d[x] + e[x] + f[x] + g[x] + h[x]);                            \
            sums[x] = (uint16_t)(shift);                                                                               \
        }                                                                                                              \
    }

ADD_ROWS(add_rows_u8, uint8_t, uint16_t, sum)
ADD_ROWS(add_rows_u16, uint16_t, uint32_t, sum >> excess)

#define STRIP(name, type, add_rows, lane_count)                                                                        \
    WIDEST void name(                                                                                                  \
        const type *samples, ptrdiff_t stride, size_t width, unsigned excess, const type limits[3], uint16_t *cells,   \
        uint64_t counts[3]) {                                                                                          \
        const type dark_limit = limits[0], low_limit = limits[1], high_limit = limits[2];                              \
        for (size_t left = 0; left < width; left += PIECE) {                                                           \
            size_t columns = width - left < PIECE ? width - left : PIECE;                                              \
            size_t whole = columns / CELL;                                                                             \
            uint16_t sums[PIECE];                                                                                      \
            add_rows(samples + left, stride, columns, excess, sums);                                                   \
            fold(sums, whole, cells + left / CELL);                                                                    \
            uint64_t dark = 0, low = 0, high = 0;                                                                      \
            type dark_lanes[lane_count] = {0}, low_lanes[lane_count] = {0}, high_lanes[lane_count] = {0};              \
            for (size_t row = 0; row < CELL; row++) {                                                                  \
                const type *s = samples + left + (ptrdiff_t)row * stride;                                              \
                size_t x = 0;                                                                                          \
                for (; x + (lane_count) <= columns; x += (lane_count))                                                 \
                    for (size_t lane = 0; lane < (lane_count); lane++) {                                               \
                        dark_lanes[lane] += s[x + lane] <= dark_limit;                                                 \
                        low_lanes[lane] += s[x + lane] < low_limit;                                                    \
                        high_lanes[lane] += s[x + lane] > high_limit;                                                  \
                    }                                                                                                  \
                for (; x < columns; x++) {                                                                             \
                    dark += s[x] <= dark_limit;                                                                        \
                    low += s[x] < low_limit;                                                                           \
                    high += s[x] > high_limit;                                                                         \
                }                                                                                                      \
            }                                                                                                          \
            for (size_t lane = 0; lane < (lane_count); lane++) {                                                       \
                dark += dark_lanes[lane];                                                                              \
                low += low_lanes[lane];                                                                                \
                high += high_lanes[lane];                                                                              \
            }                                                                                                          \
            counts[0] += dark;                                                                                         \
            counts[1] += low;                                                                                          \
            counts[2] += high;                                                                                         \
        }                                                                                                              \
    }

STRIP(reel_strip_u8, uint8_t, add_rows_u8, 64)
STRIP(reel_strip_u16, uint16_t, add_rows_u16, 32)

#define CELLS(name, type)                                                                                              \
    WIDEST void name(const type *samples, ptrdiff_t stride, size_t width, unsigned excess, uint16_t *cells) {          \
        const type *a = samples, *b = a + 2 * stride, *c = b + 2 * stride, *d = c + 2 * stride;                        \
        for (size_t left = 0; left < width; left += PIECE) {                                                           \
            size_t columns = width - left < PIECE ? width - left : PIECE;                                              \
            uint16_t sums[PIECE];                                                                                      \
            for (size_t x = 0; x < columns; x++) {                                                                     \
                uint32_t sum = (uint32_t)a[left + x] + b[left + x] + c[left + x] + d[left + x];                        \
                sums[x] = (uint16_t)((2 * sum) >> excess);                                                             \
            }                                                                                                          \
            fold(sums, columns / CELL, cells + left / CELL);                                                           \
        }                                                                                                              \
    }

CELLS(reel_cells_u8, uint8_t)
CELLS(reel_cells_u16, uint16_t)

WIDEST reel_extent reel_extent_of(const uint16_t *cells, size_t count) {
    reel_extent extent = {UINT16_MAX, 0, 0};
    uint16_t least = UINT16_MAX, most = 0;
    uint64_t sum = 0;
    // As many as a sum of 32 bits holds.
    for (size_t from = 0; from < count; from += 65536) {
        size_t to = count - from < 65536 ? count : from + 65536;
        uint32_t part = 0;
        for (size_t i = from; i < to; i++) {
            uint16_t cell = cells[i];
            least = cell < least ? cell : least;
            most = cell > most ? cell : most;
            part += cell;
        }
        sum += part;
    }
    extent.least = least;
    extent.most = most;
    extent.sum = sum;
    return extent;
}

WIDEST reel_difference reel_difference_of(
    const uint16_t *a, const uint16_t *b, size_t count, uint16_t little, uint16_t much) {
    reel_difference difference = {0, 0, 0};
    for (size_t from = 0; from < count; from += 65536) {
        size_t to = count - from < 65536 ? count : from + 65536;
        uint32_t sum = 0, beyond_little = 0, beyond_much = 0;
        for (size_t i = from; i < to; i++) {
            uint16_t high = a[i] > b[i] ? a[i] : b[i], low = a[i] > b[i] ? b[i] : a[i];
            uint16_t apart = (uint16_t)(high - low);
            sum += apart;
            beyond_little += apart > little;
            beyond_much += apart > much;
        }
        difference.sum += sum;
        difference.beyond_little += beyond_little;
        difference.beyond_much += beyond_much;
    }
    return difference;
}

WIDEST uint64_t reel_bend_of(const uint16_t *a, const uint16_t *b, const uint16_t *c, size_t count) {
    uint64_t total = 0;
    for (size_t from = 0; from < count; from += 16384) {
        size_t to = count - from < 16384 ? count : from + 16384;
        uint32_t sum = 0;
        for (size_t i = from; i < to; i++) {
            int32_t bend = (int32_t)a[i] - 2 * (int32_t)b[i] + (int32_t)c[i];
            sum += (uint32_t)(bend < 0 ? -bend : bend);
        }
        total += sum;
    }
    return total;
}

WIDEST reel_products reel_products_of(const uint16_t *a, const uint16_t *b, size_t count) {
    reel_products products = {0, 0, 0};
    for (size_t i = 0; i < count; i++) {
        uint32_t x = a[i] >> 2, y = b[i] >> 2;
        products.ab += x * y;
        products.aa += x * x;
        products.bb += y * y;
    }
    return products;
}

WIDEST void reel_raise(uint16_t *most, const uint16_t *cells, size_t count) {
    for (size_t i = 0; i < count; i++) most[i] = cells[i] > most[i] ? cells[i] : most[i];
}

WIDEST uint64_t reel_count_within(const uint16_t *cells, size_t count, uint16_t least, uint16_t most) {
    uint64_t n = 0;
    for (size_t from = 0; from < count; from += 65536) {
        size_t to = count - from < 65536 ? count : from + 65536;
        uint32_t part = 0;
        for (size_t i = from; i < to; i++) part += cells[i] >= least && cells[i] <= most;
        n += part;
    }
    return n;
}

WIDEST uint64_t reel_count_both_at_most(const uint16_t *a, const uint16_t *b, size_t count, uint16_t limit) {
    uint64_t n = 0;
    for (size_t from = 0; from < count; from += 65536) {
        size_t to = count - from < 65536 ? count : from + 65536;
        uint32_t part = 0;
        for (size_t i = from; i < to; i++) part += (a[i] <= limit) & (b[i] <= limit);
        n += part;
    }
    return n;
}

// Of eight samples each, as a bar's rows and columns are told by what stands beside one another in them.
#define LIT_PARTS(name, type)                                                                                          \
    size_t name(const type *samples, ptrdiff_t stride, size_t count, uint32_t limit) {                                 \
        size_t lit = 0;                                                                                                \
        for (size_t i = 0; i + CELL <= count; i += CELL) {                                                             \
            const type *part = samples + (ptrdiff_t)i * stride;                                                        \
            uint32_t sum = 0;                                                                                          \
            for (ptrdiff_t k = 0; k < CELL; k++) sum += part[k * stride];                                              \
            lit += sum > limit;                                                                                        \
        }                                                                                                              \
        return lit;                                                                                                    \
    }

LIT_PARTS(reel_lit_parts_u8, uint8_t)
LIT_PARTS(reel_lit_parts_u16, uint16_t)
