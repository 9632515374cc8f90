#include "sound.h"

// Chosen when the program is loaded, so that one binary uses AVX2 where there is one.
#if defined(__x86_64__) && defined(__linux__)
#define WIDEST __attribute__((target_clones("avx2", "default")))
#else
#define WIDEST
#endif

// Written so that what is no number compares as false and becomes the lowest value.
static inline float bounded(double value) { return value > -64 ? (value < 64 ? (float)value : 64) : -64; }

#define TO_FLOAT(name, type, scale, middle)                                                                            \
    WIDEST void name(float *out, const type *samples, size_t stride, size_t count) {                                   \
        if (stride == 1) {                                                                                             \
            for (size_t i = 0; i < count; i++) out[i] = bounded(((double)samples[i] - (middle)) * (scale));            \
        } else {                                                                                                       \
            for (size_t i = 0; i < count; i++) out[i] = bounded(((double)samples[i * stride] - (middle)) * (scale));   \
        }                                                                                                              \
    }

TO_FLOAT(reel_float_u8, uint8_t, 0x1p-7, 128)
TO_FLOAT(reel_float_s16, int16_t, 0x1p-15, 0)
TO_FLOAT(reel_float_s32, int32_t, 0x1p-31, 0)
TO_FLOAT(reel_float_s64, int64_t, 0x1p-63, 0)
TO_FLOAT(reel_float_f32, float, 1, 0)
TO_FLOAT(reel_float_f64, double, 1, 0)

// Sums are kept in lanes, in an order that does not depend on the processor: additions of floating point numbers are
// not reordered by the compiler, and a report has to come out the same on every machine.
enum { LANES = 8 };

WIDEST reel_sound_sums reel_sums_f32(const float *samples, size_t count) {
    reel_sound_sums sums = {0, 0, 0, 0};
    if (count == 0) return sums;
    float low[LANES], high[LANES];
    double sum[LANES] = {0}, squares[LANES] = {0};
    for (size_t lane = 0; lane < LANES; lane++) low[lane] = high[lane] = samples[0];
    size_t i = 0;
    for (; i + LANES <= count; i += LANES)
        for (size_t lane = 0; lane < LANES; lane++) {
            const float sample = samples[i + lane];
            low[lane] = sample < low[lane] ? sample : low[lane];
            high[lane] = sample > high[lane] ? sample : high[lane];
            sum[lane] += sample;
            squares[lane] += (double)sample * sample;
        }
    for (size_t lane = 0; i < count; i++, lane++) {
        const float sample = samples[i];
        low[lane] = sample < low[lane] ? sample : low[lane];
        high[lane] = sample > high[lane] ? sample : high[lane];
        sum[lane] += sample;
        squares[lane] += (double)sample * sample;
    }
    sums.low = low[0];
    sums.high = high[0];
    for (size_t lane = 0; lane < LANES; lane++) {
        sums.low = low[lane] < sums.low ? low[lane] : sums.low;
        sums.high = high[lane] > sums.high ? high[lane] : sums.high;
        sums.sum += sum[lane];
        sums.squares += squares[lane];
    }
    return sums;
}

WIDEST reel_pair_sums reel_pair_f32(const float *left, const float *right, size_t count) {
    double product[LANES] = {0};
    float most[LANES] = {0};
    size_t i = 0;
    for (; i + LANES <= count; i += LANES)
        for (size_t lane = 0; lane < LANES; lane++) {
            const float l = left[i + lane], r = right[i + lane];
            const float difference = l > r ? l - r : r - l;
            product[lane] += (double)l * r;
            most[lane] = difference > most[lane] ? difference : most[lane];
        }
    for (size_t lane = 0; i < count; i++, lane++) {
        const float difference = left[i] > right[i] ? left[i] - right[i] : right[i] - left[i];
        product[lane] += (double)left[i] * right[i];
        most[lane] = difference > most[lane] ? difference : most[lane];
    }
    reel_pair_sums sums = {0, 0};
    for (size_t lane = 0; lane < LANES; lane++) {
        sums.product += product[lane];
        sums.difference = most[lane] > sums.difference ? most[lane] : sums.difference;
    }
    return sums;
}

// The search stops at the first sample from either end that stands out, so sound costs next to nothing and only silence
// is looked through.
reel_loud_span reel_loud_f32(const float *samples, size_t count, float limit) {
    reel_loud_span span = {count, count};
    size_t first = 0;
    while (first < count && samples[first] > -limit && samples[first] < limit) first++;
    if (first == count) return span;
    size_t last = count - 1;
    while (samples[last] > -limit && samples[last] < limit) last--;
    span.first = first;
    span.last = last;
    return span;
}

static inline float magnitude(float value) { return value < 0 ? -value : value; }

reel_clipped_runs reel_clipped_f32(
    const float *samples, size_t count, float edge, float peak, float foot, size_t shortest) {
    reel_clipped_runs found = {0, 0, count, count};
    size_t i = 0;
    while (i < count) {
        if (magnitude(samples[i]) < edge) {
            i++;
            continue;
        }
        const int up = samples[i] > 0;
        const float sign = up ? 1 : -1;
        const size_t start = i;
        float most = 0;
        for (; i < count && magnitude(samples[i]) >= edge && (samples[i] > 0) == up; i++)
            most = magnitude(samples[i]) > most ? magnitude(samples[i]) : most;
        const size_t length = i - start, away = (length + 1) / 2;
        if (length < shortest || most < peak) continue;
        // What lies outside these samples is not known and takes no part.
        if (start >= away && sign * samples[start - away] > foot) continue;
        if (i - 1 + away < count && sign * samples[i - 1 + away] > foot) continue;
        if (start < away && i - 1 + away >= count && length < count) continue;
        if (found.runs == 0) found.first = start;
        found.last = i - 1;
        found.runs++;
        found.samples += length;
    }
    return found;
}

// A hump is what lies on one side of zero, beyond the foot. Only of humps that are high enough anything is told, and that
// is known at their end; so they are kept until then.
void reel_crests_f32(
    const float *samples, size_t count, const reel_crest_shape *shape, size_t shortest, float *hump, size_t capacity,
    reel_hump *open, reel_clipped_crests *found) {
    for (size_t i = 0; i < count; i++) {
        const float sample = samples[i];
        const int side = sample > shape->foot ? 1 : sample < -shape->foot ? -1 : 0;
        if (open->side != 0 && side != open->side) {
            const size_t length = open->length;
            const float most = open->most, edge = shape->edge * most, dip = shape->dip * most;
            if (most >= shape->peak && length <= capacity) {
                size_t first = 0, last = length - 1;
                while (hump[first] < edge) first++;
                while (hump[last] < edge) last--;
                const size_t run = last - first + 1, away = (run + 1) / 2;
                int whole = run >= shortest && first < away && length - 1 - last < away;
                for (size_t k = first; whole && k <= last; k++) whole = hump[k] >= dip;
                if (whole) {
                    const ptrdiff_t start = (ptrdiff_t)i - (ptrdiff_t)length;
                    if (found->runs == 0) found->first = start + (ptrdiff_t)first;
                    found->last = start + (ptrdiff_t)last;
                    found->runs++;
                    found->samples += run;
                }
            }
            open->side = 0;
        }
        if (side == 0) continue;
        if (open->side == 0) {
            open->side = side;
            open->length = 0;
            open->most = 0;
        }
        const float height = magnitude(sample);
        // A longer one is no crest, and is never told of.
        if (open->length < capacity) hump[open->length] = height;
        open->length++;
        open->most = height > open->most ? height : open->most;
    }
}

// Two channels side by side: one step of a filter waits for the step before, and two of them wait no longer than one.
typedef double pair __attribute__((vector_size(16)));

void reel_filtered_energy(
    const reel_filter_pair *filters, reel_filter_memory *memory, const float *left, const float *right, size_t count,
    double *left_energy, double *right_energy) {
    const double *f = filters->first, *g = filters->second;
    pair m0 = {memory->memory[0][0], memory->memory[0][1]}, m1 = {memory->memory[1][0], memory->memory[1][1]};
    pair m2 = {memory->memory[2][0], memory->memory[2][1]}, m3 = {memory->memory[3][0], memory->memory[3][1]};
    pair energy = {0, 0};
    for (size_t i = 0; i < count; i++) {
        const pair x = {left[i], right[i]};
        const pair y = f[0] * x + m0;
        m0 = f[1] * x - f[3] * y + m1;
        m1 = f[2] * x - f[4] * y;
        const pair z = g[0] * y + m2;
        m2 = g[1] * y - g[3] * z + m3;
        m3 = g[2] * y - g[4] * z;
        energy += z * z;
    }
    // What rings out goes on for ever, in numbers that processors are slow with.
    const pair memories[4] = {m0, m1, m2, m3};
    for (int k = 0; k < 4; k++)
        for (int lane = 0; lane < 2; lane++) {
            const double value = memories[k][lane];
            memory->memory[k][lane] = value < 1e-30 && value > -1e-30 ? 0 : value;
        }
    *left_energy += energy[0];
    *right_energy += energy[1];
}

enum { PIECE = 64 };

WIDEST float reel_interpolated_peak(
    const float *samples, size_t count, const float *rows, size_t phases, size_t taps, float gain, float floor) {
    float peak = floor;
    for (size_t start = 0; start < count; start += PIECE) {
        const size_t length = count - start < PIECE ? count - start : PIECE;
        float most = 0;
        for (size_t i = 0; i < length + taps - 1; i++) {
            const float value = magnitude(samples[start + i]);
            most = value > most ? value : most;
        }
        if (most * gain <= peak) continue;
        for (size_t phase = 0; phase < phases; phase++) {
            float values[PIECE] = {0};
            for (size_t tap = 0; tap < taps; tap++) {
                const float factor = rows[phase * taps + tap];
                const float *from = samples + start + tap;
                if (length == PIECE) {
                    for (size_t i = 0; i < PIECE; i++) values[i] += factor * from[i];
                } else {
                    for (size_t i = 0; i < length; i++) values[i] += factor * from[i];
                }
            }
            for (size_t i = 0; i < length; i++) {
                const float value = magnitude(values[i]);
                peak = value > peak ? value : peak;
            }
        }
    }
    return peak;
}
