package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.internal.read.Ebml.Element;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the elements of a Matroska file said, gathered while they are walked. */
final class Matroska {
    /** A track as the ISO readers know it, with what only Matroska has. */
    static final class MatroskaTrack {
        final Track track = new Track();
        long number;
        /** Nanoseconds from one frame to the next, 0 if not given. */
        long frameNanos;
        /** Set when frames are stored changed, so that their first bytes are not the codec's. */
        boolean packed;

        boolean projected;
        /** Whether a key frame was looked into. */
        boolean pictureSeen;

        @Nullable
        Element codecPrivate;

        long firstTime = Long.MIN_VALUE;
        long lastTime = Long.MIN_VALUE;
        long frames;
        long bytes;
        /** The key frames, as far as they were met. */
        KeyFrames keyFrames = new KeyFrames();

        /** The ticks of one frame, on average; 0 if not known. */
        double frameTicks(long scale) {
            if (frameNanos > 0) {
                return scale > 0 ? (double) frameNanos / scale : 0;
            }
            return frames > 1 ? (double) (lastTime - firstTime) / (frames - 1) : 0;
        }
    }

    final List<MatroskaTrack> tracks = new ArrayList<>();
    boolean info;
    boolean tagsSeen;
    boolean location;
    boolean truncated;
    /** Nanoseconds of one tick. */
    long scale = 1_000_000;
    /** Ticks, 0 if not given. */
    double duration;
    /** The time at which the last block starts, in ticks; negative if none was seen. */
    long lastTime = -1;
    /** Whether the blocks were read to the end of the file. */
    boolean complete;
    /** Set when a limit or damage ended the walk: what comes after was not seen. */
    @Nullable
    String stopped;

    int unreadTracks;
    /** Why key frames are not known, if they are not. */
    String unlisted = "the file does not list its key frames";

    @Nullable
    MatroskaTrack main(String handler) {
        return tracks.stream()
                .filter(track -> track.track.enabled && track.track.handler.equals(handler))
                .findFirst()
                .or(() -> tracks.stream()
                        .filter(track -> track.track.handler.equals(handler))
                        .findFirst())
                .orElse(null);
    }

    long count(String handler) {
        return tracks.stream()
                .filter(track -> track.track.handler.equals(handler))
                .count();
    }
}
