#!/bin/sh
# Makes the media fixtures next to this script. Needs ffmpeg with libx264 and libx265.
# Each file differs from a good one in the fact it is named for.
set -eu
cd "$(dirname "$0")"

SIZE=270x480
picture="testsrc2=size=$SIZE:rate=30:duration=2"
sound="sine=frequency=330:sample_rate=48000:duration=2"
clean="-map_metadata -1 -fflags +bitexact -flags:v +bitexact -flags:a +bitexact"
front="-use_editlist 0 -movflags +faststart+negative_cts_offsets"
x264="-c:v libx264 -preset veryfast -crf 34 -pix_fmt yuv420p -g 30"
aac="-c:a aac -b:a 48k -ac 2"

run() {
  ffmpeg -nostdin -hide_banner -loglevel error -y "$@"
}

# shellcheck disable=SC2086 # the option lists are meant to split
{
  run -f lavfi -i "$picture" -f lavfi -i "$sound" -t 2 $x264 -flags +cgop $aac $clean $front file:good.mp4
  run -f lavfi -i "$picture" -f lavfi -i "$sound" -t 2 $x264 $aac $clean file:editlist-moov-last.mp4
  run -f lavfi -i "$picture" -t 2 $x264 -x264-params open-gop=1:bframes=3:scenecut=0 $clean $front file:open-gop.mp4
  run -f lavfi -i "$picture" -t 2 -c:v libx265 -preset veryfast -crf 36 -pix_fmt yuv420p10le -tag:v hvc1 \
    -x265-params log-level=error:open-gop=0:keyint=30 $clean $front file:hevc-main10.mp4
  run -f lavfi -i "$picture" -t 2 -c:v libx265 -preset veryfast -crf 36 -pix_fmt yuv420p -tag:v hvc1 \
    -x265-params log-level=error:open-gop=1:keyint=30:bframes=3:scenecut=0 $clean $front file:hevc-open-gop.mp4
  run -display_rotation 90 -i file:good.mp4 -c copy $clean $front file:rotated.mp4 2>/dev/null ||
    run -i file:good.mp4 -c copy $clean -metadata:s:v:0 rotate=270 $front file:rotated.mp4
  run -f lavfi -i "$picture" -f lavfi -i "$sound" -t 2 $x264 -flags +cgop $aac $clean -f mov $front file:good.mov
  run -f lavfi -i "$picture" -t 2 $x264 -profile:v high422 -pix_fmt yuv422p10le $clean $front file:chroma-422-10.mp4
  run -f lavfi -i "$picture" -t 2 $x264 -x264-params interlaced=1 $clean $front file:interlaced.mp4
  run -f lavfi -i "$picture" -f lavfi -i "$sound" -t 2 $x264 -flags +cgop $aac $clean -movflags +frag_keyframe+empty_moov+default_base_moof file:fragmented.mp4
  run -f lavfi -i "$picture" -f lavfi -i "sine=sample_rate=44100:duration=2" -t 2 $x264 -flags +cgop \
    -c:a ac3 -b:a 96k -ac 6 $clean $front file:audio-ac3-6ch.mp4
  run -f lavfi -i "$picture" -t 2 -vf setsar=4/3 $x264 -flags +cgop $clean $front file:anamorphic.mp4
  run -f lavfi -i "testsrc2=size=320x400" -frames:v 1 -q:v 8 $clean file:good.jpg
}
