#!/bin/sh
# Makes the two sample videos next to this script. Needs ffmpeg with libx264.
#
#   sample.mp4        within every limit of every video destination
#   sample-15fps.mp4  the same, but 15 frames per second: too few for TikTok and for Instagram
set -eu
cd "$(dirname "$0")"

make_sample() {
  # $1 output, $2 frames per second, $3 seconds, $4 video bit rate, $5 audio bit rate
  ffmpeg -nostdin -hide_banner -loglevel error -y \
    -f lavfi -i "testsrc2=size=1080x1920:rate=$2:duration=$3" \
    -f lavfi -i "sine=frequency=330:beep_factor=2:sample_rate=48000:duration=$3" \
    -map 0:v:0 -map 1:a:0 -t "$3" \
    -c:v libx264 -preset veryslow -profile:v high -level:v 4.2 -pix_fmt yuv420p \
    -g "$(($2 * 2))" -keyint_min "$2" -flags +cgop+bitexact -b:v "$4" -maxrate 1M -bufsize 2M \
    -color_primaries bt709 -color_trc bt709 -colorspace bt709 \
    -c:a aac -b:a "$5" -ar 48000 -ac 2 \
    -map_metadata -1 -fflags +bitexact -use_editlist 0 -movflags +faststart+negative_cts_offsets \
    "file:$1"
}

make_sample sample.mp4 30 5 550k 96k
make_sample sample-15fps.mp4 15 5 260k 64k
