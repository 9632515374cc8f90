#include "ckernels.h"

// Chosen when the program is loaded, so that one binary uses AVX2 where there is one.
#if defined(__x86_64__) && defined(__linux__)
#define WIDEST __attribute__((target_clones("avx2", "default")))
#else
#define WIDEST
#endif

// As many columns at a time as leave their sums in the nearest cache. Rows longer than that are rare: read in pieces, they
// do not follow one another in memory, and cost more than twice as much.
enum { PIECE = 4096, CELL = REEL_CELL };

// Column sums, added in neighbouring pairs three times over: cells of 8 x 8.
static inline __attribute__((always_inline)) void fold(uint16_t *columns, size_t cells, uint16_t *out) {
    uint16_t pairs[PIECE / 2], fours[PIECE / 4];
    for (size_t i = 0; i < cells * 4; i++) pairs[i] = (uint16_t)(columns[2 * i] + columns[2 * i + 1]);
    for (size_t i = 0; i < cells * 2; i++) fours[i] = (uint16_t)(pairs[2 * i] + pairs[2 * i + 1]);
    for (size_t i = 0; i < cells; i++) out[i] = (uint16_t)(fours[2 * i] + fours[2 * i + 1]);
}

// Row after row, as they lie in memory: that is twice as fast as all eight at once, or as every second one, which the
// processor does not see coming.
#define STRIP(name, type, wide)                                                                                        \
    static inline __attribute__((always_inline)) void name(                                                            \
        const type *samples, ptrdiff_t stride, size_t width, unsigned excess, uint16_t *cells) {                       \
        for (size_t left = 0; left < width; left += PIECE) {                                                           \
            size_t columns = width - left < PIECE ? width - left : PIECE;                                              \
            wide sums[PIECE];                                                                                          \
            uint16_t narrow[PIECE];                                                                                    \
            const type *s = samples + left;                                                                            \
            for (size_t x = 0; x < columns; x++) sums[x] = s[x];                                                       \
            for (size_t row = 1; row < CELL - 1; row++) {                                                              \
                s += stride;                                                                                           \
                for (size_t x = 0; x < columns; x++) sums[x] = (wide)(sums[x] + s[x]);                                 \
            }                                                                                                          \
            s += stride;                                                                                               \
            for (size_t x = 0; x < columns; x++) narrow[x] = (uint16_t)((wide)(sums[x] + s[x]) >> excess);             \
            fold(narrow, columns / CELL, cells + left / CELL);                                                         \
        }                                                                                                              \
    }

STRIP(strip_u8, uint8_t, uint16_t)
STRIP(strip_u16, uint16_t, uint16_t)
STRIP(strip_deep_u16, uint16_t, uint32_t)

WIDEST void reel_strip_u8(
    const uint8_t *samples, ptrdiff_t stride, size_t width, unsigned excess, uint16_t *cells) {
    (void)excess;
    strip_u8(samples, stride, width, 0, cells);
}

WIDEST void reel_strip_u16(
    const uint16_t *samples, ptrdiff_t stride, size_t width, unsigned excess, uint16_t *cells) {
    // Eight samples of up to 13 bits add up to 16.
    if (excess <= 5)
        strip_u16(samples, stride, width, excess, cells);
    else
        strip_deep_u16(samples, stride, width, excess, cells);
}

#define EXTREMES(name, type)                                                                                           \
    WIDEST void name(const type *samples, ptrdiff_t stride, size_t width, type extremes[2]) {                          \
        type least = extremes[0], most = extremes[1];                                                                  \
        for (size_t row = 0; row < CELL; row++) {                                                                      \
            const type *s = samples + (ptrdiff_t)row * stride;                                                         \
            for (size_t x = 0; x < width; x++) {                                                                       \
                least = s[x] < least ? s[x] : least;                                                                   \
                most = s[x] > most ? s[x] : most;                                                                      \
            }                                                                                                          \
        }                                                                                                              \
        extremes[0] = least;                                                                                           \
        extremes[1] = most;                                                                                            \
    }

EXTREMES(reel_extremes_u8, uint8_t)
EXTREMES(reel_extremes_u16, uint16_t)

// The extremes of each column, then of neighbours three times over, as `fold` does.
#define HALVE(type, from, to, count, pick)                                                                             \
    for (size_t i = 0; i < (count); i++) {                                                                             \
        type a = (from)[2 * i], b = (from)[2 * i + 1];                                                                 \
        (to)[i] = pick;                                                                                                \
    }

#define RANGES(name, type)                                                                                             \
    WIDEST void name(const type *samples, ptrdiff_t stride, size_t width, uint16_t *ranges) {                          \
        for (size_t left = 0; left < width; left += PIECE) {                                                           \
            size_t columns = width - left < PIECE ? width - left : PIECE, cells = columns / CELL;                      \
            type least[PIECE], most[PIECE], low[PIECE / 2], high[PIECE / 2];                                           \
            for (size_t x = 0; x < columns; x++) least[x] = most[x] = samples[left + x];                               \
            for (ptrdiff_t row = 1; row < CELL; row++) {                                                               \
                const type *s = samples + left + row * stride;                                                         \
                for (size_t x = 0; x < columns; x++) {                                                                 \
                    least[x] = s[x] < least[x] ? s[x] : least[x];                                                      \
                    most[x] = s[x] > most[x] ? s[x] : most[x];                                                         \
                }                                                                                                      \
            }                                                                                                          \
            HALVE(type, least, low, cells * 4, a < b ? a : b)                                                          \
            HALVE(type, most, high, cells * 4, a > b ? a : b)                                                          \
            HALVE(type, low, least, cells * 2, a < b ? a : b)                                                          \
            HALVE(type, high, most, cells * 2, a > b ? a : b)                                                          \
            HALVE(type, least, low, cells, a < b ? a : b)                                                              \
            HALVE(type, most, high, cells, a > b ? a : b)                                                              \
            for (size_t i = 0; i < cells; i++) ranges[left / CELL + i] = (uint16_t)(high[i] - low[i]);                 \
        }                                                                                                              \
    }

RANGES(reel_ranges_u8, uint8_t)
RANGES(reel_ranges_u16, uint16_t)

WIDEST uint64_t reel_beyond(const uint16_t *cells, size_t count, uint16_t limit) {
    uint64_t total = 0;
    for (size_t from = 0; from < count; from += 65536) {
        size_t to = count - from < 65536 ? count : from + 65536;
        uint32_t sum = 0;
        for (size_t i = from; i < to; i++) sum += cells[i] > limit ? (uint32_t)(cells[i] - limit) : 0;
        total += sum;
    }
    return total;
}

void reel_square_means(
    const uint16_t *cells, size_t columns, size_t wide, size_t high, size_t count, float *means) {
    const float scale = 1.0f / ((float)(wide * high) * (CELL * CELL));
    for (size_t i = 0; i < count; i++) {
        const uint16_t *square = cells + i * wide;
        uint32_t sum = 0;
        for (size_t y = 0; y < high; y++)
            for (size_t x = 0; x < wide; x++) sum += square[y * columns + x];
        means[i] = (float)sum * scale;
    }
}

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
