#include "ckernels.h"

// The search stops at the first sample from either end that stands out, so sound costs next to nothing and only silence
// is looked through. Each loop is written for numbers in the samples' own scale; `middle` is what silence is there.
#define LOUD(name, type, wide, middle)                                                                                 \
    reel_loud_span name(const type *samples, size_t count, double limit) {                                             \
        const wide high = (wide)limit, low = -(wide)limit;                                                             \
        reel_loud_span span = {count, count};                                                                          \
        for (size_t i = 0; i < count; i++) {                                                                           \
            const wide sample = (wide)samples[i] - (middle);                                                           \
            if (!(sample > low && sample < high)) {                                                                    \
                span.first = i;                                                                                        \
                break;                                                                                                 \
            }                                                                                                          \
        }                                                                                                              \
        if (span.first == count) return span;                                                                          \
        for (size_t i = count; i-- > span.first;) {                                                                    \
            const wide sample = (wide)samples[i] - (middle);                                                           \
            if (!(sample > low && sample < high)) {                                                                    \
                span.last = i;                                                                                         \
                break;                                                                                                 \
            }                                                                                                          \
        }                                                                                                              \
        return span;                                                                                                   \
    }

LOUD(reel_loud_u8, uint8_t, double, 128)
LOUD(reel_loud_s16, int16_t, double, 0)
LOUD(reel_loud_s32, int32_t, double, 0)
LOUD(reel_loud_s64, int64_t, double, 0)
LOUD(reel_loud_f32, float, float, 0)
LOUD(reel_loud_f64, double, double, 0)
