package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.Damage;
import io.linkspan.preflight.DynamicRange;
import io.linkspan.preflight.FactKey;
import io.linkspan.preflight.MediaFacts;
import io.linkspan.preflight.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns what a video track's headers said about its pictures into facts, whatever the container. */
final class PictureFacts {
    private static final long LARGEST_SIDE = 1 << 17;

    private final Track track;
    private final MediaFacts.Builder facts;

    PictureFacts(Track track, MediaFacts.Builder facts) {
        this.track = track;
        this.facts = facts;
    }

    void codec() {
        if (track.format.isEmpty()) {
            facts.unknown(FactKey.VIDEO_CODEC, "the video track has no sample description");
        } else if (track.format.equals("encv")) {
            facts.unknown(FactKey.VIDEO_CODEC, "the video is encrypted and does not name its codec");
        } else {
            facts.known(FactKey.VIDEO_CODEC, track.codec());
        }
    }

    void picture() {
        Picture picture = track.picture;
        if (picture == null) {
            String reason = track.isAvc() || track.isHevc() ? track.pictureProblem : "not read for " + track.codec();
            List.of(
                            FactKey.VIDEO_PROFILE,
                            FactKey.VIDEO_LEVEL,
                            FactKey.VIDEO_CHROMA,
                            FactKey.VIDEO_BIT_DEPTH,
                            FactKey.VIDEO_SCAN)
                    .forEach(key -> facts.unknown(key, reason));
            return;
        }
        if (picture.profile().isEmpty()) {
            facts.notApplicable(FactKey.VIDEO_PROFILE);
        } else {
            facts.known(FactKey.VIDEO_PROFILE, picture.profile());
        }
        if (picture.level() > 0) {
            facts.known(FactKey.VIDEO_LEVEL, Math.round(picture.level() * 10) / 10.0);
        } else {
            facts.unknown(FactKey.VIDEO_LEVEL, "the video does not say its level");
        }
        facts.known(FactKey.VIDEO_CHROMA, picture.chroma());
        facts.known(FactKey.VIDEO_BIT_DEPTH, picture.bitDepth());
        if (picture.scan() == null) {
            facts.unknown(FactKey.VIDEO_SCAN, "the video does not say whether it is progressive");
        } else {
            facts.known(FactKey.VIDEO_SCAN, picture.scan());
        }
    }

    void colour() {
        facts.known(FactKey.VIDEO_HDR_METADATA, track.hdrMetadata);
        Colour colour = track.colours();
        tag(FactKey.VIDEO_COLOUR_PRIMARIES, colour == null ? null : Colour.primaries(colour.primaries()));
        tag(FactKey.VIDEO_COLOUR_TRANSFER, colour == null ? null : Colour.transfer(colour.transfer()));
        tag(FactKey.VIDEO_COLOUR_MATRIX, colour == null ? null : Colour.matrix(colour.matrix()));
        if (colour == null || colour.fullRange() == null) {
            facts.absent(FactKey.VIDEO_COLOUR_FULL_RANGE);
        } else {
            facts.known(FactKey.VIDEO_COLOUR_FULL_RANGE, colour.fullRange());
        }
        if (track.dolbyVision) {
            facts.known(FactKey.VIDEO_DYNAMIC_RANGE, DynamicRange.DOLBY_VISION);
        } else if (colour == null || Colour.transfer(colour.transfer()) == null) {
            facts.absent(FactKey.VIDEO_DYNAMIC_RANGE);
        } else {
            facts.known(
                    FactKey.VIDEO_DYNAMIC_RANGE,
                    switch (colour.transfer()) {
                        case 16 -> DynamicRange.PQ;
                        case 18 -> DynamicRange.HLG;
                        default -> DynamicRange.SDR;
                    });
        }
    }

    private void tag(FactKey<String> key, @Nullable String name) {
        if (name == null) {
            facts.absent(key);
        } else {
            facts.known(key, name);
        }
    }

    /** Sizes, with the turn clockwise, or null if it is an odd angle. */
    void geometry(@Nullable Integer rotation) {
        Picture picture = track.picture;
        boolean coded = picture != null && picture.width() > 0 && picture.height() > 0;
        long width = picture != null && coded ? picture.width() : track.width;
        long height = picture != null && coded ? picture.height() : track.height;
        if (track.isAvc() && sameMacroblocks(track.width, width) && sameMacroblocks(track.height, height)) {
            // decoders crop what the stream codes as whole macroblocks to what the container asks for
            width = track.width;
            height = track.height;
        }
        double aspect = track.pixelAspect > 0 ? track.pixelAspect : picture == null ? 1 : picture.pixelAspect();
        double shownWidth = (track.apertureWidth > 0 ? Math.min(track.apertureWidth, width) : width) * aspect;
        double shownHeight = track.apertureHeight > 0 ? Math.min(track.apertureHeight, height) : height;
        size(FactKey.VIDEO_CODED_SIZE, (double) width, (double) height);
        facts.known(FactKey.VIDEO_PIXEL_ASPECT, aspect);
        if (rotation == null) {
            facts.unknown(FactKey.VIDEO_ROTATION, "the track is turned by an odd angle");
            facts.unknown(FactKey.VIDEO_DISPLAY_SIZE, "the track is turned by an odd angle");
            return;
        }
        facts.known(FactKey.VIDEO_ROTATION, rotation);
        boolean turned = rotation % 180 == 90;
        size(FactKey.VIDEO_DISPLAY_SIZE, turned ? shownHeight : shownWidth, turned ? shownWidth : shownHeight);
    }

    private static boolean sameMacroblocks(long asked, long coded) {
        return asked > 0 && asked <= coded && (asked + 15) / 16 == (coded + 15) / 16;
    }

    private void size(FactKey<Size> key, double width, double height) {
        long w = Math.round(width);
        long h = Math.round(height);
        if (w < 1 || h < 1 || w > LARGEST_SIDE || h > LARGEST_SIDE) {
            String claim = "the video claims an impossible size of " + w + "x" + h;
            facts.unknown(key, claim);
            if (track.picture != null && track.undecodable == null) {
                track.undecodable = new Damage(claim, "", 0);
            }
        } else {
            facts.known(key, new Size((int) w, (int) h));
        }
    }
}
