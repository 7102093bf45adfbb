package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.Damage;
import io.linkspan.preflight.FactKey;
import io.linkspan.preflight.Gop;
import io.linkspan.preflight.MediaFacts;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns what the main video track's boxes said into facts. */
final class VideoFacts {
    private final Source source;
    private final Movie movie;
    private final Track track;
    private final MediaFacts.Builder facts;

    VideoFacts(Source source, Movie movie, Track track, MediaFacts.Builder facts) {
        this.source = source;
        this.movie = movie;
        this.track = track;
        this.facts = facts;
    }

    void derive(Supplier<TrackSamples> samples) {
        PictureFacts pictures = new PictureFacts(track, facts);
        pictures.codec();
        if ((track.isAvc() || track.isHevc()) && !track.encrypted && track.undecodable == null) {
            parameterSets(samples);
        }
        pictures.picture();
        pictures.colour();
        pictures.geometry(rotation(product(track.matrix, movie.matrix)));
        MovieFacts.attempt(facts, FactKey.VIDEO_FPS, () -> rate(samples.get().timing()));
        MovieFacts.attempt(facts, FactKey.VIDEO_BIT_RATE, () -> bitRate(samples.get()));
        MovieFacts.attempt(facts, FactKey.VIDEO_GOP_LENGTH, () -> length(samples.get()));
        MovieFacts.attempt(facts, FactKey.VIDEO_KEY_FRAMES, () -> times(samples.get()));
        MovieFacts.attempt(facts, FactKey.VIDEO_GOP, () -> pictures(samples.get()));
        MovieFacts.attempt(facts, FactKey.VIDEO_GOP, () -> gop(samples.get()));
        MovieFacts.attempt(facts, FactKey.VIDEO_BIT_RATE, () -> content(samples.get()));
    }

    /** Some writers, as of avc3 and hev1, keep the parameter sets with the key frames only. */
    private void parameterSets(Supplier<TrackSamples> samples) {
        if (track.nalLength == 0) {
            track.undecodable = new Damage(
                    "there is no decoder configuration for " + track.codec() + ", so nothing can be shown",
                    "moov/trak/mdia/minf/stbl/stsd",
                    movie.moovAt);
            return;
        }
        if (track.picture != null && track.pictureSets) {
            return;
        }
        try {
            KeyFrames frames = samples.get().keyFrames();
            if (frames == null || frames.probes(true).isEmpty()) {
                return;
            }
            source.readAhead(2 * Source.SCATTERED);
            KeyFrames.Place first = frames.probes(true).get(0);
            ParameterSets.inSample(source, track, first);
            if (track.picture == null || !track.pictureSets) {
                track.undecodable = new Damage(
                        "neither the header nor the first key frame has the parameter sets that a decoder needs, so nothing"
                                + " can be shown",
                        "moov/trak/mdia/minf/stbl/stsd",
                        first.offset());
            }
        } catch (ReadStop e) {
            track.pictureProblem = "the parameter sets make no sense: " + e.reason();
            if (!e.isLimit() && !samples.get().outside()) {
                track.undecodable = new Damage(
                        "the parameter sets in the first key frame make no sense, so nothing can be shown: "
                                + e.reason(),
                        "mdat",
                        Math.max(0, movie.mediaAt));
            }
        }
    }

    /** The headers may be right and the media not there. */
    private void pictures(TrackSamples samples) {
        KeyFrames frames = samples.keyFrames();
        KeyFrames.Place first = frames == null ? null : frames.first();
        if (frames == null || first == null || track.undecodable != null || otherDescription()) {
            return;
        }
        source.readAhead(64);
        String problem = KeyPicture.problem(source, track, first);
        if (problem != null) {
            track.undecodable = new Damage(problem + ", so nothing can be shown", "mdat", first.offset());
            return;
        }
        KeyFrames.Place last = frames.last();
        problem = last.size() > 0 ? KeyPicture.problem(source, track, last) : null;
        if (problem != null) {
            facts.damage(new Damage(problem + ": pictures are missing at the end", "mdat", last.offset()));
        }
    }

    /** Whether the first samples belong to another sample entry than the one that was read, the first. */
    private boolean otherDescription() {
        Box runs = track.sampleToChunk;
        return runs != null && runs.length() >= 20 && source.u32(runs.payload() + 16) > 1;
    }

    /** A track of which every sample is empty, or that has none, shows nothing; a limit proves nothing. */
    private void content(TrackSamples samples) {
        if (samples.bytes() == 0 && movie.stopped == null && !movie.truncated && track.undecodable == null) {
            track.undecodable =
                    new Damage("the video track has no pictures, so nothing can be shown", "moov/trak", movie.moovAt);
        }
    }

    private static double[] product(double[] a, double[] b) {
        return new double[] {
            a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3], a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3]
        };
    }

    /** Clockwise, from the first row; mirroring does not change the size and is left aside. */
    private static @Nullable Integer rotation(double[] m) {
        double along = Math.abs(m[0]) + Math.abs(m[3]);
        double across = Math.abs(m[1]) + Math.abs(m[2]);
        if (along == 0 && across == 0) {
            return 0;
        }
        if (across <= along * 0.01) {
            return m[0] < 0 && m[3] < 0 ? 180 : 0;
        }
        if (along <= across * 0.01) {
            return m[1] > 0 ? 90 : 270;
        }
        return null;
    }

    private void rate(Timing timing) {
        if (timing.samples() <= 0 || timing.ticks() <= 0 || track.timescale <= 0) {
            facts.unknown(FactKey.VIDEO_FPS, "the video track does not say when frames are shown");
            return;
        }
        double average = (double) timing.samples() * track.timescale / timing.ticks();
        facts.known(FactKey.VIDEO_FPS, average);
        facts.known(
                FactKey.VIDEO_FPS_PEAK, timing.shortest() > 0 ? (double) track.timescale / timing.shortest() : average);
        facts.known(FactKey.VIDEO_FPS_VARIABLE, timing.variable());
    }

    private void bitRate(TrackSamples samples) {
        Long rate = BitRates.of(source, track, samples);
        if (rate == null) {
            facts.unknown(FactKey.VIDEO_BIT_RATE, "the sizes of the frames are not known");
        } else {
            facts.known(FactKey.VIDEO_BIT_RATE, rate);
        }
    }

    private void length(TrackSamples samples) {
        KeyFrames frames = keyFrames(samples);
        double seconds = track.timescale > 0 ? frames.longest() / (double) track.timescale : 0;
        if (seconds > 0 && seconds < 1e9) {
            facts.known(FactKey.VIDEO_GOP_LENGTH, Duration.ofNanos(Math.round(seconds * 1e9)));
        } else {
            facts.unknown(FactKey.VIDEO_GOP_LENGTH, "the times of the key frames are not known");
        }
    }

    /** From the first key frame on, whatever time that has in the media. */
    private void times(TrackSamples samples) {
        List<Duration> times = track.timescale > 0 ? keyFrames(samples).shown(1000.0 / track.timescale) : List.of();
        if (times.isEmpty()) {
            facts.unknown(FactKey.VIDEO_KEY_FRAMES, "the times of the key frames are not known");
        } else {
            facts.known(FactKey.VIDEO_KEY_FRAMES, times);
        }
    }

    private static KeyFrames keyFrames(TrackSamples samples) {
        if (samples.keyFrames() == null) {
            throw ReadStop.broken(samples.problem(), 0);
        }
        return samples.keyFrames();
    }

    private void gop(TrackSamples samples) {
        if (samples.outside()) {
            facts.known(FactKey.TRUNCATED, true);
        }
        if (VideoCodecs.startsAnew(track.format)) {
            facts.known(FactKey.VIDEO_GOP, Gop.CLOSED);
        } else if (!track.isAvc() && !track.isHevc()) {
            facts.unknown(FactKey.VIDEO_GOP, "not read for " + track.codec());
        } else if (track.encrypted) {
            facts.unknown(FactKey.VIDEO_GOP, "the video is encrypted");
        } else {
            facts.known(FactKey.VIDEO_GOP, new GopProbe(source, track).judge(keyFrames(samples)));
        }
    }
}
