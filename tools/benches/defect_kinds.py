"""The list of defects: each entry is one kind, with the rules that have to find it. `tools/bench defects` walks it.

A kind says how a good file is spoilt, by one of
    picture   a chain of ffmpeg filters for the picture, which is encoded anew
    sound     a chain of ffmpeg filters for the sound, which is encoded anew; the picture is copied
    remux     arguments for ffmpeg between input and output, where nothing is decoded
    bytes     a function that changes the file's bytes (content, random, strength)
and for which strengths. In the texts {a} and {b} are the place in seconds, {s} the strength, {w} and {h} the size, {draft} the
path of a draft of the whole length that orders a title in that place.

`rules`: any of them is a find, the first is what the kind is counted under. `also`: what may fire besides without being a
false alarm. `length`: seconds the defect lasts, for kinds with a place; a finding's span is held against it. `whole`: the
place is the whole file. `moving`: only pictures in which something moves all along, `lively`: only those that move as a
whole. `size`: of the pictures, where the kind needs another than all have. `pictures`: the only ones that can have it. `takes`: whether a sound can have the defect.
`order`: options of `verify`.
"""
from dataclasses import dataclass, field
from typing import Callable, Optional


@dataclass
class Kind:
    name: str
    rules: list
    strengths: list
    picture: Optional[str] = None
    sound: Optional[str] = None
    remux: Optional[list] = None
    bytes: Optional[Callable] = None
    encode: list = field(default_factory=list)
    also: list = field(default_factory=list)
    length: Optional[Callable] = None
    place: Optional[Callable] = None
    whole: bool = False
    moving: bool = False
    lively: bool = False
    size: Optional[tuple] = None
    pictures: Optional[list] = None
    takes: Callable = lambda strength, sound: True
    order: list = field(default_factory=list)
    timed: bool = True


DAMAGE = [
    "decode-error", "broken-framing", "zeroed-range", "frames-short", "truncated", "samples-outside-file",
    "garbage-frames", "frozen-inside", "timestamp-gap", "video-ends-early", "audio-ends-early", "silence-inside",
    "black-inside", "single-color-inside", "stutter", "stray-frames", "blockiness", "blur", "flicker", "level-steps",
    "clipping", "sound-stops", "channel-dead", "combed", "levels-out-of-range", "true-peak-high", "parts-broken",
    "index-damaged", "duration-implausible", "lengths-apart", "phase-inverted", "dangerous-flashing", "sound-drift",
    "dc-offset", "bars-around", "missing-parameter-sets", "empty-edge", "timestamps-not-monotonic", "loudness-off", "frame-rate-varies",
]


def cut(data, rng, share):
    del data[int(len(data) * share):]


def zero(data, rng, share):
    start, end = media(data)
    count = max(int(len(data) * share), 4096)
    at = rng.randrange(start, max(end - count, start + 1))
    data[at:at + count] = bytes(min(count, end - at))


def flip(data, rng, count):
    start, end = media(data)
    for _ in range(int(count)):
        at = rng.randrange(start, end)
        data[at] ^= 1 << rng.randrange(8)


def noise(data, rng, count):
    start, end = media(data)
    at = rng.randrange(start, max(end - int(count), start + 1))
    data[at:at + int(count)] = bytes(rng.randrange(256) for _ in range(int(count)))


def swap(data, rng, count):
    start, end = media(data)
    size = int(count)
    one = rng.randrange(start, start + (end - start) // 2 - size)
    two = rng.randrange(start + (end - start) // 2, end - size)
    data[one:one + size], data[two:two + size] = data[two:two + size], data[one:one + size]


def media(data):
    """Where the media data lies in an MP4."""
    at = 0
    while at + 8 <= len(data):
        size = int.from_bytes(data[at:at + 4], "big")
        if data[at + 4:at + 8] == b"mdat":
            return at + 8, at + size
        at += max(size, 8)
    return 0, len(data)


# What is true of every file here, and no false alarm: no generator signs them.
EVERYWHERE = ["generated-unmarked"]

seconds = lambda s: s
between = "between(t,{a},{b}-0.001)"

# White with a thin dark edge, in the lower third, as long as something else does not say when.
TITLE = "text='Urban Dreams':fontsize=h/11:fontcolor=white:borderw=1:bordercolor=black@0.45:x=(w-tw)/2:y=h*0.78"

KINDS = [
    # Damage of bytes: the four of which three pass ffprobe and plain decoding, and their kin.
    Kind("truncated", ["truncated", "samples-outside-file"], [0.2, 0.4, 0.6, 0.8, 0.95, 0.99], bytes=cut, also=DAMAGE),
    Kind("zeroed range", ["zeroed-range"], [0.005, 0.02, 0.05, 0.1], bytes=zero, also=DAMAGE),
    Kind("flipped bits", ["decode-error", "broken-framing"], [20, 50, 200], bytes=flip, also=DAMAGE),
    Kind("overwritten", ["decode-error", "broken-framing"], [500, 2000, 10000], bytes=noise, also=DAMAGE),
    Kind("swapped pieces", ["broken-framing", "decode-error"], [1000, 5000], bytes=swap, also=DAMAGE),
    # Lengths.
    Kind("short sound", ["audio-ends-early"], [0.4, 0.6, 0.8, 0.93], remux=["short-sound"],
         also=["lengths-apart", "sound-drift", "sound-stops"]),
    Kind("short picture", ["video-ends-early"], [0.4, 0.6, 0.8, 0.9], remux=["short-picture"],
         also=["lengths-apart", "frames-short"]),
    Kind("gap in the sound", ["timestamp-gap", "silence-inside", "sound-drift"], [0.5, 1, 1.5], remux=["gap"], length=seconds,
         also=["sound-drift", "frame-rate-varies"]),
    # Sound.
    Kind("all silent", ["sound-silent"], [0, 0.0003], sound="volume={s}", whole=True, also=["loudness-off", "mono-in-stereo"]),
    Kind("silence inside", ["silence-inside"], [1.1, 1.5, 2, 2.5],
         sound="volume=0:enable='" + between + "'", length=seconds, also=["level-steps"]),
    Kind("sound stops", ["sound-stops"], [1.2, 2, 3], sound="volume=0:enable='gte(t,{a})'",
         place=lambda s, d: (d - s, d), also=["level-steps"]),
    Kind("sound late", ["sound-late"], [1.2, 2], sound="volume=0:enable='lt(t,{b})'", place=lambda s, d: (0, s),
         also=["level-steps"]),
    Kind("sound track late", ["sound-late"], [0.2, 0.4, 0.8], remux=["sound-late"], place=lambda s, d: (0, s),
         also=["edits-significant", "video-ends-early", "lengths-apart"]),
    Kind("dead channel", ["channel-dead"], ["left", "right"], sound="pan=stereo|{s}", whole=True, also=["loudness-off"]),
    Kind("channel drops out", ["channel-dead"], [1.2, 2, 3],
         sound="channelsplit[l][r];[l]volume=0:enable='" + between + "'[m];[m][r]join=inputs=2:channel_layout=stereo",
         length=seconds, also=["level-steps", "phase-inverted"]),
    Kind("clipping", ["clipping"], [9, 10, 12, 16, 22], sound="volume={s}dB,aformat=sample_fmts=s16", also=["true-peak-high", "loudness-off", "level-steps", "dc-offset", "sound-drift"], timed=False,
         takes=lambda strength, sound: sound != "noise" or strength >= 16),
    Kind("offset", ["dc-offset"], [0.02, 0.05, 0.1], sound="dcshift={s}", also=["mono-in-stereo", "true-peak-high", "clipping"], whole=True),
    Kind("inverted phase", ["phase-inverted"], [1, 0.8], sound="pan=stereo|c0=c0|c1=-{s}*c0", whole=True, also=["loudness-off"]),
    Kind("mono on two channels", ["mono-in-stereo"], [1, 0.5], sound="pan=stereo|c0={s}*c0+0*c1|c1={s}*c0+0*c1", whole=True),
    Kind("much too quiet", ["loudness-off", "sound-silent"], [-32, -38], sound="volume={s}dB", whole=True,
         also=["sound-silent", "loudness-off", "mono-in-stereo"]),
    Kind("true peak too high", ["true-peak-high"], [5.4, 5.8], sound="volume={s}dB", whole=True, timed=False, also=["clipping"]),
    Kind("level steps", ["level-steps"], [-26, -20], sound="volume={s}dB:enable='gte(t,{a})'",
         place=lambda s, d: (2.4, 2.4), also=["sound-stops"], takes=lambda strength, sound: sound != "beat" and not sound.startswith("speech")),
    # How the stream is coded and tagged.
    Kind("index last", ["index-last"], [0], remux=["index-last"], whole=True, timed=False),
    Kind("level too low", ["level-exceeded"], ["1", "1.1"], remux=["-bsf:v", "h264_metadata=level={s}"], whole=True, timed=False),
    Kind("no colour tags", ["color-untagged"], [0], whole=True, timed=False,
         picture="setparams=color_primaries=unknown:color_trc=unknown:colorspace=unknown",
         encode=["-colorspace", "2", "-color_primaries", "2", "-color_trc", "2"]),
    Kind("contradicting tags", ["color-contradictory"], [9], whole=True, timed=False,
         remux=["-bsf:v", "h264_metadata=colour_primaries={s}"]),
    Kind("PQ in 8 bits", ["color-contradictory"], [16, 18], whole=True, timed=False, also=["high-dynamic-range"],
         remux=["-bsf:v", "h264_metadata=transfer_characteristics={s}"]),
    Kind("pixels not square", ["pixels-not-square"], ["4/3", "16/11"], picture="setsar={s}",
         whole=True, timed=False),
    Kind("interlaced", ["interlaced"], [0, 1], encode=["-flags", "+ilme+ildct", "-x264-params", "tff=1"], picture="null",
         whole=True, timed=False, also=["combed"]),
    Kind("combed", ["combed"], ["0", "linear"], picture="interlace=lowpass={s},setfield=prog", whole=True, timed=False, moving=True, lively=True,
         also=["frozen-inside", "stutter", "flicker"]),
    Kind("frames of uneven length", ["frame-rate-varies"], [3, 7], picture="select='gt(mod(n,{s}),0)'",
         encode=["-vsync", "vfr"], whole=True, timed=False, also=["stutter", "frozen-inside", "edits-significant", "video-ends-early"]),
    Kind("10 bits", ["pixel-format-rare"], ["yuv420p10le"], picture="format={s}", encode=["-pix_fmt", "{s}"], whole=True, timed=False),
    Kind("4:4:4", ["pixel-format-rare"], ["yuv444p", "yuv422p"], picture="format={s}", encode=["-pix_fmt", "{s}"], whole=True, timed=False),
    Kind("open groups", ["open-groups"], [12, 25], picture="null", whole=True, timed=False, moving=True,
         encode=["-x264-params", "open-gop=1:keyint={s}:bframes=3:scenecut=0"]),
    Kind("picture late", ["picture-late"], [0.2, 0.5, 1], remux=["picture-late"], place=lambda s, d: (0, s),
         also=["edits-significant", "audio-ends-early", "lengths-apart", "sound-late"]),
    Kind("a place left in", ["metadata-left"], [0], remux=["-metadata", "location=+48.2082+016.3738/"], whole=True, timed=False),
    # What was ordered.
    Kind("another codec", ["video-codec"], ["hevc", "mpeg4"], remux=["codec"], whole=True, timed=False,
         also=["color-untagged", "undecodable-codec", "open-groups"]),
    Kind("another size", ["size-mismatch"], [0], remux=[], order=["--size", "640x360"], whole=True, timed=False),
    Kind("another length", ["duration-mismatch"], [0.1, 1, -0.1], remux=["longer"], whole=True, timed=False),
    Kind("another rate", ["frame-rate-mismatch"], [30, 60], remux=[], order=["--fps", "{s}"], whole=True, timed=False),
    Kind("rate of repeats", ["rate-of-repeats"], [50, 30, 60], picture="fps={s}", order=["--fps", "{s}"], whole=True, moving=True,
         lively=True),
    Kind("no sound", ["audio-missing"], [0], remux=["-an"], order=["--audio", "yes"], whole=True, timed=False),
    Kind("sound not wanted", ["audio-unwanted"], [0], remux=[], order=["--audio", "no"], whole=True, timed=False),
    Kind("title missing", ["title-unseen"], [1.2, 1.6, 2.4], picture="null", length=seconds, order=["--draft", "{draft}"]),
    Kind("title late", ["title-unseen"], [1.2, 1.6], length=seconds, order=["--draft", "{draft}"],
         picture="drawtext=" + TITLE + ":enable='between(t,{b}+0.2,{b}+{s})'"),
    Kind("lettering all along", ["title-unseen"], [1.6], length=seconds, order=["--draft", "{draft}"],
         picture="drawtext=" + TITLE),
    # Picture.
    Kind("black inside", ["black-inside"], [0.52, 0.8, 1.6], picture="drawbox=c=black:t=fill:enable='" + between + "'",
         length=seconds, moving=True, also=["flicker", "frozen-inside", "single-color-inside", "stray-frames", "blur"]),
    Kind("frozen inside", ["frozen-inside"], [1.12, 1.6, 2.4],
         picture="loop=loop={n}:size=1:start={f},setpts=N/FRAME_RATE/TB,trim=duration={d}", length=seconds, moving=True,
         also=["stutter", "stray-frames"]),
    Kind("one colour inside", ["single-color-inside"], [0.52, 0.8, 1.6], moving=True, length=seconds,
         picture="drawbox=c=0x3060a0:t=fill:enable='" + between + "'",
         also=["flicker", "frozen-inside", "stray-frames", "blur", "levels-out-of-range"]),
    Kind("green frames", ["garbage-frames"], [0.12, 0.4, 0.8], moving=True, length=seconds,
         picture="lutyuv=y=0:u=0:v=0:enable='" + between + "'",
         also=["single-color-inside", "frozen-inside", "flicker", "stray-frames", "stutter", "blur", "dangerous-flashing"]),
    Kind("grey frames", ["garbage-frames"], [0.2, 0.4, 0.8], moving=True, length=seconds,
         picture="drawbox=c=0x808080:t=fill:enable='" + between + "'",
         also=["single-color-inside", "frozen-inside", "flicker", "stray-frames", "stutter", "blur"]),
    Kind("flashing", ["dangerous-flashing"], [4, 6, 12], moving=True, length=lambda s: 1.6,
         picture="drawbox=c=white:t=fill:enable='" + between + "*lt(mod(t-{a},1/{s}),0.5/{s})',"
         "drawbox=c=black:t=fill:enable='" + between + "*gte(mod(t-{a},1/{s}),0.5/{s})'",
         also=["flicker", "stray-frames", "black-inside", "single-color-inside", "frozen-inside", "blur", "stutter",
               "levels-out-of-range"]),
    Kind("bars", ["bars-around"], [0.1, 0.2, 0.3], whole=True, timed=False,
         picture="drawbox=y=0:h=ih*{s}/2:c=black:t=fill,drawbox=y=ih-ih*{s}/2:h=ih:c=black:t=fill",
         also=["levels-out-of-range", "blur", "frozen-inside", "empty-edge", "blockiness"]),
    Kind("side bars", ["bars-around"], [0.2, 0.4], whole=True, timed=False,
         picture="drawbox=x=0:w=iw*{s}/2:c=black:t=fill,drawbox=x=iw-iw*{s}/2:w=iw:c=black:t=fill",
         also=["levels-out-of-range", "blur", "frozen-inside", "empty-edge", "blockiness"]),
    Kind("blocks", ["blockiness"], [44, 51], picture="null", whole=True, timed=False, moving=True, size=(854, 480),
         encode=["-crf", "{s}", "-x264-params", "deblock=-6,-6:no-deblock=1"], also=["banding", "blur", "stutter", "frozen-inside", "flicker"]),
    Kind("bands", ["banding"], [4, 8], picture="lutyuv=y='floor(val/{s})*{s}+{s}/2'", whole=True, timed=False,
         pictures=["sky", "haze"], size=(854, 480), also=["blur", "frozen-inside", "blockiness", "stutter"]),
    Kind("stray frame", ["stray-frames"], [0.04, 0.08], moving=True, length=seconds,
         picture="negate=enable='" + between + "'", also=["flicker", "stutter", "dangerous-flashing"]),
    Kind("repeated frames", ["stutter"], ["0 1 2 2 4 5 6 7 8 9 10 11 12 13 14 15", "0 1 2 3 4 5 5 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23",
                                         "0 1 2 3 4 5 5 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24"],
         moving=True, lively=True, whole=True, timed=False, picture="shuffleframes={s}", also=["video-ends-early", "stray-frames", "frozen-inside"]),
    # The pictures of a film of 25, 12.5, 20 and 24 a second, each shown for as long as it lasts.
    Kind("repeated pictures", ["repeated-pictures"],
         ["fps=50", "fps=30", "fps=60", "fps=12.5,fps=25", "setpts=N/20/TB,fps=60,trim=duration=6", "setpts=N/24/TB,fps=30,trim=duration=6",
          "setpts=N/24/TB,fps=60,trim=duration=6", "setpts=N/24/TB,fps=25,trim=duration=6"],
         moving=True, lively=True, whole=True, picture="{s}"),
    Kind("empty first frames", ["empty-edge"], [0.04, 0.12, 0.2], moving=True, place=lambda s, d: (0, s),
         picture="drawbox=c=black:t=fill:enable='lt(t,{b}-0.001)'",
         also=["black-inside", "single-color-inside", "frozen-inside", "blur", "stray-frames"]),
]
