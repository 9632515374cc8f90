// The FFmpeg libraries as Swift sees them, with the smallest shim: only what the importer cannot bring over.
#ifndef REELGATE_CFFMPEG_H
#define REELGATE_CFFMPEG_H

#include <libavcodec/avcodec.h>
#include <libavfilter/avfilter.h>
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
#include <libavformat/avformat.h>
#include <libavutil/avutil.h>
#include <libavutil/channel_layout.h>
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

#endif
