// Loops over samples of sound.
#ifndef REELGATE_SOUND_KERNELS_H
#define REELGATE_SOUND_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/// Every `stride`-th of the samples as a number whose full scale is 1, `count` of them. What is larger than 64 (+36
/// dBFS) becomes 64, and what is no number -64, so that damage stands out and never spreads.
void reel_float_u8(float *out, const uint8_t *samples, size_t stride, size_t count);
void reel_float_s16(float *out, const int16_t *samples, size_t stride, size_t count);
void reel_float_s32(float *out, const int32_t *samples, size_t stride, size_t count);
void reel_float_s64(float *out, const int64_t *samples, size_t stride, size_t count);
void reel_float_f32(float *out, const float *samples, size_t stride, size_t count);
void reel_float_f64(float *out, const double *samples, size_t stride, size_t count);

/// Sums over `count` samples of one channel: the lowest and the highest, their sum and the sum of their squares. All
/// are 0 where `count` is.
typedef struct {
    float low;
    float high;
    double sum;
    double squares;
} reel_sound_sums;

reel_sound_sums reel_sums_f32(const float *samples, size_t count);

/// Sums over two channels: of their products, and the largest difference between two samples of the same time.
typedef struct {
    double product;
    float difference;
} reel_pair_sums;

reel_pair_sums reel_pair_f32(const float *left, const float *right, size_t count);

/// Where sound stands out from silence: the places of the first and the last of `count` samples whose magnitude is at
/// least `limit`. Both are `count` where there is none.
typedef struct {
    size_t first;
    size_t last;
} reel_loud_span;

reel_loud_span reel_loud_f32(const float *samples, size_t count, float limit);

/// Runs of at least `shortest` samples at `edge` or beyond that reach `peak` and whose sides are steep: half of the run's
/// length away from either end the sample is at `foot` or lower.
typedef struct {
    size_t runs;
    size_t samples;
    size_t first;
    size_t last;
} reel_clipped_runs;

reel_clipped_runs reel_clipped_f32(
    const float *samples, size_t count, float edge, float peak, float foot, size_t shortest);

/// What a crest looks like that was cut off, as shares of its own height but for `peak` and `foot`, which are magnitudes.
typedef struct {
    /// How high it has to be.
    float peak;
    /// From the first to the last sample that reaches this lies the flat part.
    float edge;
    /// What no sample of the flat part is below.
    float dip;
    /// What it has fallen to half of the flat part's length away from either end.
    float foot;
} reel_crest_shape;

/// The hump that goes on at the end of some samples: which side of zero it is on (0 where there is none), how long it is
/// so far, and how high.
typedef struct {
    int side;
    size_t length;
    float most;
} reel_hump;

/// Crests that were cut off: how many, the samples of their flat parts, and where the first of them begins and the last
/// ends. They are counted from the first of the samples at hand, and lie before it where the hump began earlier.
typedef struct {
    size_t runs;
    size_t samples;
    ptrdiff_t first;
    ptrdiff_t last;
} reel_clipped_crests;

/// Adds the crests of that shape that end among `count` samples, their flat parts at least `shortest` samples long.
/// `hump` holds `capacity` samples of what goes on, and stays with `open` from one call to the next; longer humps are not
/// told of.
void reel_crests_f32(
    const float *samples, size_t count, const reel_crest_shape *shape, size_t shortest, float *hump, size_t capacity,
    reel_hump *open, reel_clipped_crests *found);

/// Two second-order filters, one after the other, each as `b0 b1 b2 a1 a2` with `a0` 1.
typedef struct {
    double first[5];
    double second[5];
} reel_filter_pair;

/// What such filters remember of two channels.
typedef struct {
    double memory[4][2];
} reel_filter_memory;

/// Filters `count` samples of two channels and adds up the squares of what comes out, for each.
void reel_filtered_energy(
    const reel_filter_pair *filters, reel_filter_memory *memory, const float *left, const float *right, size_t count,
    double *left_energy, double *right_energy);

/// The largest magnitude between samples: at `count` places, `phases` values each, the sum of `taps` samples from
/// there on times a phase's row of `rows`. Places that cannot pass `floor` are left out: `gain` is the largest sum of
/// a row's magnitudes. `samples` holds `count + taps - 1`.
float reel_interpolated_peak(
    const float *samples, size_t count, const float *rows, size_t phases, size_t taps, float gain, float floor);

#endif
