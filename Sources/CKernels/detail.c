#include "ckernels.h"

// Chosen when the program is loaded, so that one binary uses AVX2 where there is one.
#if defined(__x86_64__) && defined(__linux__)
#define WIDEST __attribute__((target_clones("avx2", "default")))
#else
#define WIDEST
#endif

// Sixteen neighbours at a time: two turns of the eight phases. What coding leaves at the edges of its blocks is small;
// an edge that was drawn is not counted with the phases.
#define DETAIL(name, type)                                                                                             \
    WIDEST void name(                                                                                                  \
        const type *row, size_t count, unsigned excess, uint32_t most, uint32_t phases[8], uint32_t totals[2]) {       \
        uint32_t steps[16] = {0}, small[16] = {0}, bends[16] = {0};                                                    \
        for (size_t x = 1; x + 16 < count; x += 16)                                                                    \
            for (size_t lane = 0; lane < 16; lane++) {                                                                 \
                int32_t before = row[x + lane - 1], here = row[x + lane], after = row[x + lane + 1];                   \
                int32_t step = here - before, turn = before - 2 * here + after;                                        \
                uint32_t size = (uint32_t)(step < 0 ? -step : step);                                                   \
                steps[lane] += size;                                                                                   \
                small[lane] += size <= most ? size : 0;                                                                \
                bends[lane] += (uint32_t)(turn < 0 ? -turn : turn);                                                    \
            }                                                                                                          \
        for (size_t lane = 0; lane < 16; lane++) {                                                                     \
            phases[(lane + 1) % 8] += small[lane] >> excess;                                                           \
            totals[0] += steps[lane] >> excess;                                                                        \
            totals[1] += bends[lane] >> excess;                                                                        \
        }                                                                                                              \
    }

DETAIL(reel_detail_u8, uint8_t)
DETAIL(reel_detail_u16, uint16_t)

// A sample stands out against both rows beside it where it is brighter than the brighter of them, or darker than the
// darker, by more than the limit.
#define COMBED(name, type)                                                                                             \
    WIDEST uint32_t name(const type *above, const type *row, const type *below, size_t count, uint32_t limit) {        \
        uint32_t n = 0;                                                                                                \
        for (size_t x = 0; x < count; x++) {                                                                           \
            int32_t a = above[x], b = row[x], c = below[x];                                                            \
            int32_t high = a > c ? a : c, low = a > c ? c : a;                                                         \
            n += (b - high > (int32_t)limit) | (low - b > (int32_t)limit);                                             \
        }                                                                                                              \
        return n;                                                                                                      \
    }

COMBED(reel_combed_u8, uint8_t)
COMBED(reel_combed_u16, uint16_t)

// Up, down and up again, or the other way round, each time by more than the limit.
#define TURNS(a, b, c, d)                                                                                              \
    (((b - a > most) & (b - c > most) & (d - c > most)) | ((a - b > most) & (c - b > most) & (c - d > most)))

#define ZIGZAGS(name, type)                                                                                            \
    WIDEST void name(const type *row, ptrdiff_t stride, size_t count, uint32_t limit, uint32_t counts[2]) {            \
        const type *above = row - stride, *next = row + stride, *below = next + stride;                                \
        const int32_t most = (int32_t)limit;                                                                           \
        uint32_t straight = 0, swapped = 0;                                                                            \
        for (size_t x = 0; x < count; x++) {                                                                           \
            const int32_t a = above[x], b = row[x], c = next[x], d = below[x];                                         \
            straight += (uint32_t)TURNS(a, b, c, d);                                                                   \
            swapped += (uint32_t)TURNS(a, b, d, c);                                                                    \
        }                                                                                                              \
        counts[0] += straight;                                                                                         \
        counts[1] += swapped;                                                                                          \
    }

ZIGZAGS(reel_zigzags_u8, uint8_t)
ZIGZAGS(reel_zigzags_u16, uint16_t)

// Twice what the rows beside tell of a row, against twice that row in this picture and in the one before.
#define FIELDS(name, type)                                                                                             \
    WIDEST void name(                                                                                                  \
        const type *row, ptrdiff_t stride, const type *before, const type *next_before, size_t count,                  \
        uint32_t apart[4]) {                                                                                           \
        const type *above = row - stride, *next = row + stride, *below = next + stride;                                \
        uint32_t here = 0, then = 0, next_here = 0, next_then = 0;                                                     \
        for (size_t x = 0; x < count; x++) {                                                                           \
            const int32_t a = (int32_t)above[x] + next[x], b = (int32_t)row[x] + below[x];                             \
            const int32_t c = a - 2 * (int32_t)row[x], d = a - 2 * (int32_t)before[x];                                 \
            const int32_t e = b - 2 * (int32_t)next[x], f = b - 2 * (int32_t)next_before[x];                           \
            here += (uint32_t)(c < 0 ? -c : c);                                                                        \
            then += (uint32_t)(d < 0 ? -d : d);                                                                        \
            next_here += (uint32_t)(e < 0 ? -e : e);                                                                   \
            next_then += (uint32_t)(f < 0 ? -f : f);                                                                   \
        }                                                                                                              \
        apart[0] = here;                                                                                               \
        apart[1] = then;                                                                                               \
        apart[2] = next_here;                                                                                          \
        apart[3] = next_then;                                                                                          \
    }

FIELDS(reel_fields_u8, uint8_t)
FIELDS(reel_fields_u16, uint16_t)
