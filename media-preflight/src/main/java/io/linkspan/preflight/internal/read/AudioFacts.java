package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.FactKey;
import io.linkspan.preflight.MediaFacts;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns what the main audio track's boxes said into facts. */
final class AudioFacts {
    private final Track track;
    private final MediaFacts.Builder facts;

    AudioFacts(Track track, MediaFacts.Builder facts) {
        this.track = track;
        this.facts = facts;
    }

    /** What the headers say. */
    void describe() {
        facts.known(FactKey.AUDIO_PRESENT, true);
        AudioConfig config = track.audio;
        codec(config);
        if (config != null && config.objectType() != null) {
            facts.known(FactKey.AUDIO_OBJECT_TYPE, config.objectType());
        } else if (config == null
                ? !track.format.startsWith("mp4a")
                : !config.codec().equals("aac")) {
            facts.notApplicable(FactKey.AUDIO_OBJECT_TYPE);
        }
        int rate = config != null && config.rate() > 0 ? config.rate() : track.entryRate;
        if (rate > 0) {
            facts.known(FactKey.AUDIO_SAMPLE_RATE, rate);
        }
        channels(config);
    }

    /** What the samples add up to, else what the header declares. */
    void bitRate(Source source, Supplier<TrackSamples> samples) {
        AudioConfig config = track.audio;
        MovieFacts.attempt(facts, FactKey.AUDIO_BIT_RATE, () -> {
            Long measured = BitRates.of(source, track, samples.get());
            if (measured != null) {
                facts.known(FactKey.AUDIO_BIT_RATE, measured);
            } else if (config != null && config.bitRate() > 0) {
                facts.known(FactKey.AUDIO_BIT_RATE, config.bitRate());
            }
        });
    }

    private void codec(@Nullable AudioConfig config) {
        if (config != null) {
            facts.known(FactKey.AUDIO_CODEC, config.codec());
        } else if (track.format.isEmpty()) {
            facts.unknown(FactKey.AUDIO_CODEC, "the audio track has no sample description");
        } else if (track.format.equals("mp4a") || track.format.equals("enca")) {
            facts.unknown(FactKey.AUDIO_CODEC, "the audio track does not name its codec");
        } else {
            facts.known(FactKey.AUDIO_CODEC, AudioConfigs.name(track.format));
        }
    }

    private void channels(@Nullable AudioConfig config) {
        // a descriptor that leaves the channels open says that the sample entry's figure is a guess, usually 2
        int channels = config == null ? track.entryChannels : config.channels();
        if (channels > 0) {
            facts.known(FactKey.AUDIO_CHANNELS, channels);
        }
    }
}
