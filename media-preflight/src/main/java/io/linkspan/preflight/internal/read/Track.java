package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.Damage;
import io.linkspan.preflight.Scan;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the boxes of one track said, gathered while they are walked. Tables are kept as places, not as content. */
final class Track {
    private static final Set<String> METADATA = Set.of("gpmd", "camm", "mebx");
    private static final Set<String> TEXT = Set.of("text", "sbtl", "subt");

    long id;
    boolean enabled = true;
    double[] matrix = {1, 0, 0, 1};
    long timescale;
    /** Media duration in its timescale; negative if not known. */
    long duration = -1;

    String handler = "";

    @Nullable
    Box editList;

    @Nullable
    Box timeToSample;

    @Nullable
    Box compositionOffsets;

    @Nullable
    Box syncSamples;

    @Nullable
    Box partialSyncSamples;

    @Nullable
    Box sampleSizes;

    @Nullable
    Box sampleToChunk;

    @Nullable
    Box chunkOffsets;

    String format = "";
    boolean encrypted;
    /** Whether the codec's own description was met; further ones are left aside. */
    boolean configured;

    int width;
    int height;

    @Nullable
    Picture picture;

    String pictureProblem = "the parameter sets are not in the header";
    /** Why no decoder can make anything of the track. */
    @Nullable
    Damage undecodable;

    /** The codec, where the box inside the sample entry names it. */
    @Nullable
    String codec;

    /** Whether a picture parameter set was met. */
    boolean pictureSets;

    int nalLength;
    /** What the container says about fields, where the stream itself does not. */
    @Nullable
    Scan declaredScan;

    double pixelAspect;

    @Nullable
    Colour colour;

    boolean hdrMetadata;
    boolean dolbyVision;
    long apertureWidth;
    long apertureHeight;
    int entryChannels;
    int entryRate;

    @Nullable
    AudioConfig audio;

    long declaredBitRate;

    boolean isVideo() {
        return handler.equals("vide");
    }

    /** Whether its samples are data over time, in which cameras keep where they were. */
    boolean isTimedMetadata() {
        return handler.equals("meta") || handler.equals("camm") || METADATA.contains(format);
    }

    /** Whether its samples are lines of text, in which drones keep where they were. */
    boolean isText() {
        return TEXT.contains(handler);
    }

    boolean isAudio() {
        return handler.equals("soun");
    }

    /** Colour tags; those of the stream win over those of the container. */
    @Nullable
    Colour colours() {
        return Colour.merge(picture == null ? null : picture.colour(), colour);
    }

    String codec() {
        return codec == null ? VideoCodecs.name(format) : codec;
    }

    boolean isAvc() {
        return VideoCodecs.name(format).equals("h264");
    }

    boolean isHevc() {
        return VideoCodecs.name(format).equals("hevc");
    }
}
