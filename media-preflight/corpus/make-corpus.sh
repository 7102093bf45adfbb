#!/bin/sh
# Makes a corpus of small media files; FactTableTest asks ffprobe and exiftool about them.
# Usage: make-corpus.sh DIRECTORY     needs ffmpeg with libx264, libx265, libvpx and libwebp
# A file whose encoder is missing is left out; everything else is the same on every run of one ffmpeg.
# shellcheck disable=SC2086 # the option lists are meant to split
set -eu
OUT=${1:?directory}
mkdir -p "$OUT"
cd "$OUT"

PICTURE="testsrc2=size=96x64:rate=25:duration=0.8"
SOUND="sine=frequency=330:sample_rate=48000:duration=0.8"
CLEAN="-map_metadata -1 -fflags +bitexact -flags:v +bitexact -flags:a +bitexact"
X264="-c:v libx264 -preset veryfast -crf 45 -threads 1"
X265="-c:v libx265 -preset ultrafast -crf 45 -threads 1 -tag:v hvc1"
QUIET="log-level=none:pools=none:frame-threads=1:info=0"
AAC="-c:a aac -b:a 32k"

# file name, then ffmpeg's arguments
make() {
  name=$1
  shift
  ffmpeg -nostdin -hide_banner -loglevel quiet -y "$@" $CLEAN "file:$name" || rm -f "$name"
  [ -s "$name" ] || rm -f "$name"
}
video() {
  name=$1
  shift
  make "$name" -f lavfi -i "$PICTURE" "$@"
}
both() {
  name=$1
  shift
  make "$name" -f lavfi -i "$PICTURE" -f lavfi -i "$SOUND" "$@"
}
short() {
  name=$1
  shift
  both "$name" -t 0.2 "$@"
}
image() {
  name=$1
  shift
  make "$name" -f lavfi -i "testsrc2=size=80x60" -frames:v 1 "$@"
}

# H.264: profiles, chroma, depth, levels
for profile in baseline main high; do
  video "h264-$profile.mp4" $X264 -profile:v $profile -pix_fmt yuv420p
done
for format in yuv422p yuv444p yuv420p10le yuv422p10le yuv444p10le gray; do
  video "h264-$format.mp4" $X264 -pix_fmt $format
done
for level in 1.3 2.1 3.1 4.0 4.2 5.1; do
  video "h264-level-$level.mp4" $X264 -pix_fmt yuv420p -level:v $level
done
# H.265
for format in yuv420p yuv422p yuv444p yuv420p10le yuv422p10le yuv420p12le gray; do
  video "hevc-$format.mp4" $X265 -pix_fmt $format -x265-params $QUIET
done
for level in 3.1 4.1 5.0; do
  video "hevc-level-$level.mp4" $X265 -pix_fmt yuv420p -x265-params $QUIET:level-idc=$level
done
# sizes that are no multiple of a macroblock, pixel aspects
for size in 64x64 98x66 130x74 178x100 320x180 66x118; do
  make "size-$size.mp4" -f lavfi -i "testsrc2=size=$size:rate=25:duration=0.4" $X264 -pix_fmt yuv420p
  make "size-hevc-$size.mp4" -f lavfi -i "testsrc2=size=$size:rate=25:duration=0.4" $X265 -pix_fmt yuv420p -x265-params $QUIET
done
for aspect in 4/3 12/11 16/11 2/1 40/33; do
  video "sar-$(echo $aspect | tr / -).mp4" -vf setsar=$aspect $X264 -pix_fmt yuv420p
done
video sar-hevc-4-3.mp4 -vf setsar=4/3 $X265 -pix_fmt yuv420p -x265-params $QUIET
video sar-webm-4-3.webm -vf setsar=4/3 -c:v libvpx -b:v 40k
# frame rates and uneven frames
for rate in 15 23.976 24 24000/1001 25 29.97 30 30000/1001 50 59.94 60 120; do
  make "fps-$(echo $rate | tr / -).mp4" -f lavfi -i "testsrc2=size=64x64:rate=$rate:duration=0.6" $X264 -pix_fmt yuv420p
done
make fps-30.webm -f lavfi -i "testsrc2=size=64x64:rate=30:duration=0.6" -c:v libvpx -b:v 40k
make fps-60.mkv -f lavfi -i "testsrc2=size=64x64:rate=60:duration=0.6" $X264 -pix_fmt yuv420p
video vfr-steps.mp4 -vf "setpts='N/25/TB+floor(N/5)*0.1/TB'" -vsync vfr $X264 -pix_fmt yuv420p
video vfr-drop.mp4 -vf "select='not(eq(mod(n,4),1))'" -vsync vfr $X264 -pix_fmt yuv420p
make vfr-bframes.mp4 -f lavfi -i "testsrc2=size=64x64:rate=60:duration=1" -f lavfi -i "$SOUND" \
  -vf "select='lt(t,0.5)+not(mod(n,2))'" -vsync vfr -c:v libx264 -preset veryfast -crf 45 -threads 1 -g 60 \
  -pix_fmt yuv420p $AAC -movflags +faststart
# groups of pictures
for gop in 1 5 10 20; do
  video "gop-closed-$gop.mp4" $X264 -pix_fmt yuv420p -g $gop -bf 2 -flags +cgop
  video "gop-hevc-closed-$gop.mp4" $X265 -pix_fmt yuv420p -x265-params $QUIET:keyint=$gop:min-keyint=1:open-gop=0
done
video gop-open-5.mp4 $X264 -pix_fmt yuv420p -g 5 -x264-params open-gop=1:bframes=3:b-adapt=0:scenecut=0
video gop-open-10.mp4 $X264 -pix_fmt yuv420p -g 10 -x264-params open-gop=1:bframes=3:b-adapt=0:scenecut=0
video gop-hevc-open-5.mp4 $X265 -pix_fmt yuv420p -x265-params $QUIET:keyint=5:open-gop=1:bframes=3:b-adapt=0:scenecut=0
video gop-hevc-open-10.mp4 $X265 -pix_fmt yuv420p -x265-params $QUIET:keyint=10:open-gop=1:bframes=3:b-adapt=0:scenecut=0
# fields
video scan-tff.mp4 $X264 -pix_fmt yuv420p -x264-params interlaced=1:tff=1
video scan-bff.mp4 $X264 -pix_fmt yuv420p -x264-params bff=1
video scan-fake.mp4 $X264 -pix_fmt yuv420p -x264-params fake-interlaced=1
# colour
for colour in bt709:bt709:bt709 bt2020:smpte2084:bt2020nc bt2020:arib-std-b67:bt2020nc smpte170m:smpte170m:smpte170m; do
  p=${colour%%:*}; rest=${colour#*:}; t=${rest%%:*}; m=${rest#*:}
  video "colour-h264-$t.mp4" $X264 -pix_fmt yuv420p -color_primaries $p -color_trc $t -colorspace $m
  video "colour-hevc-$t.mp4" $X265 -pix_fmt yuv420p10le -color_primaries $p -color_trc $t -colorspace $m -x265-params $QUIET
  video "colour-vp9-$t.webm" -c:v libvpx-vp9 -b:v 40k -color_primaries $p -color_trc $t -colorspace $m
done
video colour-full.mp4 $X264 -pix_fmt yuvj420p -color_range pc
video colour-hdr10.mp4 $X265 -pix_fmt yuv420p10le -color_primaries bt2020 -color_trc smpte2084 -colorspace bt2020nc \
  -x265-params "$QUIET:hdr10=1:max-cll=1000,400:master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1)"
# where the index is, edit lists, fragments, rotation
both moov-last.mp4 $X264 -pix_fmt yuv420p $AAC
both moov-first.mp4 $X264 -pix_fmt yuv420p $AAC -movflags +faststart
both edit-none.mp4 $X264 -pix_fmt yuv420p $AAC -use_editlist 0 -movflags +faststart+negative_cts_offsets
both edit-bframes.mp4 -c:v libx264 -preset medium -crf 45 -threads 1 -pix_fmt yuv420p $AAC
make edit-offset.mp4 -f lavfi -i "$PICTURE" -itsoffset 0.3 -f lavfi -i "$SOUND" $X264 -pix_fmt yuv420p $AAC
both fragmented-keys.mp4 $X264 -pix_fmt yuv420p -g 5 $AAC -movflags +frag_keyframe+empty_moov+default_base_moof
both fragmented-hybrid.mp4 $X264 -pix_fmt yuv420p -g 5 $AAC -movflags +frag_keyframe
both fragmented-dash.mp4 $X264 -pix_fmt yuv420p -g 10 $AAC -movflags +dash+empty_moov
both fragmented-cmaf.mp4 $X265 -pix_fmt yuv420p -x265-params $QUIET:keyint=10:open-gop=0 $AAC -movflags +cmaf+frag_keyframe+empty_moov
for turn in 90 180 270; do
  video turn.mp4 $X264 -pix_fmt yuv420p
  ffmpeg -nostdin -loglevel quiet -y -i file:turn.mp4 -c copy $CLEAN -metadata:s:v:0 rotate=$turn "file:rotated-$turn.mp4" || true
done
rm -f turn.mp4
# parameter sets with the key frames
video inband-hev1.mp4 -c:v libx265 -preset ultrafast -crf 45 -threads 1 -pix_fmt yuv420p -tag:v hev1 -x265-params $QUIET
# containers and brands
for suffix in mov 3gp m4v mkv; do
  both "container-$suffix.$suffix" $X264 -pix_fmt yuv420p $AAC
done
both container-hevc.mov $X265 -pix_fmt yuv420p -x265-params $QUIET $AAC
both container-hevc.mkv $X265 -pix_fmt yuv420p -x265-params $QUIET $AAC
both container-opus.webm -c:v libvpx -b:v 40k -c:a libopus -b:a 24k
both container-vorbis.webm -c:v libvpx-vp9 -b:v 40k -c:a libvorbis
both container-flac.mkv $X264 -pix_fmt yuv420p -c:a flac
both container-mp3.mkv $X264 -pix_fmt yuv420p -c:a libmp3lame -b:a 32k
both container-ac3.mkv $X264 -pix_fmt yuv420p -c:a ac3 -b:a 64k
both container-live.webm -c:v libvpx -b:v 40k -c:a libopus -b:a 24k -live 1
# other codecs
video codec-mpeg4.mp4 -c:v mpeg4 -q:v 20
video codec-prores.mov -c:v prores_ks -profile:v 0 -q:v 32 -frames:v 5
video codec-mjpeg.mov -c:v mjpeg -q:v 30 -frames:v 5
video codec-av1.mp4 -c:v libaom-av1 -cpu-used 8 -crf 60 -b:v 0 -frames:v 5
video codec-av1-10.mp4 -c:v libaom-av1 -cpu-used 8 -crf 60 -b:v 0 -pix_fmt yuv420p10le -frames:v 5
video codec-av1.webm -c:v libaom-av1 -cpu-used 8 -crf 60 -b:v 0 -frames:v 5
for format in yuv420p yuv422p yuv440p yuv444p yuv420p10le yuv444p12le; do
  video "vp9-$format.webm" -c:v libvpx-vp9 -b:v 40k -pix_fmt $format -frames:v 10
  [ $format = yuv440p ] || # ffmpeg 5.1 writes an empty vpcC for it
    video "vp9-$format.mp4" -c:v libvpx-vp9 -b:v 40k -pix_fmt $format -frames:v 10
done
# sound
for rate in 8000 16000 22050 32000 44100 48000 96000; do
  both "aac-$rate.mp4" $X264 -pix_fmt yuv420p $AAC -ar $rate
done
for layout in mono stereo 3.0 4.0 5.0 5.1 7.1; do
  both "aac-layout-$layout.mp4" $X264 -pix_fmt yuv420p $AAC -channel_layout $layout -af "aformat=channel_layouts=$layout"
done
for codec in ac3 eac3 libmp3lame alac flac libopus; do
  for layout in mono stereo 5.1; do
    both "sound-$codec-$layout.mp4" $X264 -pix_fmt yuv420p -c:a $codec -af "aformat=channel_layouts=$layout" -strict -2
  done
done
short sound-pcm.mov $X264 -pix_fmt yuv420p -c:a pcm_s16le
short sound-pcm24.mov $X264 -pix_fmt yuv420p -c:a pcm_s24le
short sound-pcm-mono.mov $X264 -pix_fmt yuv420p -c:a pcm_s16le -ac 1
video sound-none.mp4 $X264 -pix_fmt yuv420p
# images
for format in yuvj420p yuvj422p yuvj444p; do
  image "jpeg-$format.jpg" -pix_fmt $format
done
for format in rgb24 rgba gray gray16be rgb48be pal8 ya8 monob; do
  image "png-$format.png" -pix_fmt $format
done
image webp-lossy.webp -c:v libwebp -q:v 20
image webp-lossless.webp -c:v libwebp -lossless 1
image webp-alpha.webp -vf format=rgba,colorchannelmixer=aa=0.5 -c:v libwebp -pix_fmt yuva420p -q:v 20
image gif-still.gif
make gif-moving.gif -f lavfi -i "testsrc2=size=40x30:rate=5:duration=0.6"
make webp-moving.webp -f lavfi -i "testsrc2=size=40x30:rate=5:duration=0.6" -c:v libwebp_anim -q:v 20
make png-moving.png -f lavfi -i "testsrc2=size=40x30:rate=5:duration=0.6" -f apng
image avif-8.avif -c:v libaom-av1 -cpu-used 8 -crf 60 -b:v 0 -still-picture 1
image avif-10.avif -c:v libaom-av1 -cpu-used 8 -crf 60 -b:v 0 -still-picture 1 -pix_fmt yuv420p10le
# a file cut in its media
both whole.mp4 $X264 -pix_fmt yuv420p $AAC -movflags +faststart
size=$(wc -c < whole.mp4)
head -c $((size * 3 / 4)) whole.mp4 > truncated.mp4
rm -f whole.mp4
