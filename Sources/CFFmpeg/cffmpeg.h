// The FFmpeg libraries as Swift sees them, with the smallest shim: only what the importer cannot bring over.
#ifndef REELGATE_CFFMPEG_H
#define REELGATE_CFFMPEG_H

#include <stdarg.h>

#include <libavcodec/avcodec.h>
#include <libavfilter/avfilter.h>
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
#include <libavformat/avformat.h>
#include <libavutil/avutil.h>
#include <libavutil/channel_layout.h>
#include <libavutil/cpu.h>
#include <libavutil/display.h>
#include <libavutil/error.h>
#include <libavutil/imgutils.h>
#include <libavutil/log.h>
#include <libavutil/mastering_display_metadata.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>

// Function-like macros and casts are not imported; constants of them are.
static const int reel_averror_eof = AVERROR_EOF;
static const int reel_averror_again = AVERROR(EAGAIN);
static const int reel_averror_io = AVERROR(EIO);
static const int reel_averror_invalid_data = AVERROR_INVALIDDATA;
static const int reel_averror_no_memory = AVERROR(ENOMEM);
static const int reel_averror_exit = AVERROR_EXIT;
static const int reel_averror_option_not_found = AVERROR_OPTION_NOT_FOUND;
static const int64_t reel_nopts = AV_NOPTS_VALUE;

// Swift cannot receive a `va_list`: the library's log callback is turned into one that is given the finished line.
// Without the usual prefix, which holds an address, so that the same input gives the same words.
typedef void (*reel_log_sink)(void *context, int level, const char *line);

// A variable of the header's own would not be emitted with the functions that Swift takes from it; this one is.
static inline reel_log_sink *reel_log_current(void) {
    static reel_log_sink current;
    return &current;
}

static inline void reel_log_line(void *context, int level, const char *format, va_list arguments) {
    char line[1024];
    int prefix = 0;
    if (level > AV_LOG_WARNING || !*reel_log_current()) return;
    av_log_format_line2(context, level, format, arguments, line, sizeof line, &prefix);
    (*reel_log_current())(context, level, line);
}

/// Sends every line of level warning or worse to `sink`, from whichever thread logs it; nothing goes to standard error.
static inline void reel_log_install(reel_log_sink sink) {
    *reel_log_current() = sink;
    av_log_set_callback(reel_log_line);
}

// Deprecated, because all callbacks will have to be so; until then a decoder with several threads waits for this one
// thread with each buffer that it asks for.
static inline void reel_allow_any_thread(AVCodecContext *context) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
#if FF_API_THREAD_SAFE_CALLBACKS
    context->thread_safe_callbacks = 1;
#endif
#pragma GCC diagnostic pop
}

#endif
