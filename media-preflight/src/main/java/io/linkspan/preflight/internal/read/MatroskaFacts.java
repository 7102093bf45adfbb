package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.Container;
import io.linkspan.preflight.Damage;
import io.linkspan.preflight.FactKey;
import io.linkspan.preflight.Gop;
import io.linkspan.preflight.MediaFacts;
import io.linkspan.preflight.MediaKind;
import io.linkspan.preflight.internal.read.Matroska.MatroskaTrack;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns what a Matroska file's elements said into facts. */
final class MatroskaFacts {
    private static final List<FactKey<?>> FOREIGN = List.of(
            FactKey.BRANDS,
            FactKey.MOOV_FIRST,
            FactKey.MOOV_OFFSET,
            FactKey.MOOV_SIZE,
            FactKey.FRAGMENTED,
            FactKey.EDIT_LISTS);

    private final Matroska file;
    private final Container container;
    private final MediaFacts.Builder facts;

    MatroskaFacts(Matroska file, Container container, MediaFacts.Builder facts) {
        this.file = file;
        this.container = container;
        this.facts = facts;
    }

    void derive() {
        facts.known(FactKey.CONTAINER, container);
        if (file.tracks.isEmpty() && file.stopped == null) {
            facts.unreadable(
                    new Damage("there is no description of the tracks, so nothing can be played", "Segment", 0));
            return;
        }
        FOREIGN.forEach(facts::notApplicable);
        facts.known(FactKey.TRUNCATED, file.truncated);
        if (file.unreadTracks > 0) {
            facts.damage(new Damage(file.unreadTracks + " tracks beyond the limit were not read", "Segment/Tracks", 0));
        }
        if (!file.location && file.tracks.stream().anyMatch(track -> track.track.isText())) {
            facts.unknown(FactKey.LOCATION, "the subtitles, which may hold it, were not searched");
        } else if (file.location || file.tagsSeen || file.complete) {
            facts.known(FactKey.LOCATION, file.location);
        } else {
            facts.unknown(FactKey.LOCATION, "the tags after the media were not read");
        }
        duration();
        MatroskaTrack video = file.main("vide");
        MatroskaTrack audio = file.main("soun");
        boolean whole = file.stopped == null || !file.tracks.isEmpty();
        if (video != null) {
            video(video);
        } else if (whole) {
            FactKey.all().stream()
                    .filter(key -> key.name().startsWith("video."))
                    .forEach(facts::absent);
        }
        if (audio != null) {
            audio(audio);
        } else if (whole) {
            facts.known(FactKey.AUDIO_PRESENT, false);
        }
        facts.known(FactKey.ENCRYPTED, encrypted(video) || encrypted(audio));
        String reason = file.stopped == null ? "the file does not say" : file.stopped;
        for (FactKey<?> key : FactKey.all()) {
            boolean silent = audio == null && whole && key.name().startsWith("audio.");
            if (key.appliesTo(MediaKind.VIDEO) && !silent) {
                facts.unknownIfUnset(key, reason);
            }
        }
        undecodable(video);
        undecodable(audio);
    }

    private void undecodable(@Nullable MatroskaTrack track) {
        if (track != null && track.track.undecodable != null && !encrypted(track)) {
            facts.unreadable(track.track.undecodable);
        }
    }

    private static boolean encrypted(@Nullable MatroskaTrack track) {
        return track != null && track.track.encrypted;
    }

    private void duration() {
        double nanos = file.duration * file.scale;
        if (!(file.duration > 0) && file.complete && file.lastTime > 0) {
            long frame = file.tracks.stream()
                    .filter(track -> track.lastTime == file.lastTime)
                    .mapToLong(track -> track.frameNanos)
                    .max()
                    .orElse(0);
            nanos = (double) file.lastTime * file.scale + frame;
        }
        if (nanos > 0 && nanos < 1e18) {
            facts.known(FactKey.DURATION, Duration.ofNanos(Math.round(nanos)));
        } else {
            facts.unknown(
                    FactKey.DURATION, file.stopped == null ? "the file does not say how long it plays" : file.stopped);
        }
    }

    private void video(MatroskaTrack track) {
        facts.known(FactKey.VIDEO_EXTRA_TRACKS, (int) file.count("vide") - 1);
        if (track.packed && track.track.picture == null) {
            track.track.pictureProblem = "frames are stored packed, which is not undone";
        }
        PictureFacts pictures = new PictureFacts(track.track, facts);
        pictures.codec();
        pictures.picture();
        if (track.track.picture == null && track.track.declaredScan != null) {
            facts.known(FactKey.VIDEO_SCAN, track.track.declaredScan);
        }
        pictures.colour();
        if (track.projected) {
            facts.unknown(FactKey.VIDEO_ROTATION, "the projection of the picture is not read");
        }
        pictures.geometry(track.projected ? null : 0);
        rate(track);
        bitRate(FactKey.VIDEO_BIT_RATE, track);
        keyFrames(track);
    }

    private void bitRate(FactKey<Long> key, MatroskaTrack track) {
        if (file.complete && track.frames > 1 && track.lastTime > track.firstTime) {
            double seconds = (track.lastTime - track.firstTime) * (double) file.scale / 1e9;
            facts.known(key, Math.round(track.bytes * 8.0 * (track.frames - 1) / track.frames / seconds));
        } else {
            facts.unknown(key, "the sizes of the frames were not read");
        }
    }

    private void keyFrames(MatroskaTrack track) {
        if (VideoCodecs.startsAnew(track.track.format)) {
            facts.known(FactKey.VIDEO_GOP, Gop.CLOSED);
        } else {
            facts.unknown(FactKey.VIDEO_GOP, "not read in Matroska files");
        }
        double nanos = track.keyFrames.longest() * (double) file.scale;
        if (nanos > 0 && nanos < 1e18) {
            facts.known(FactKey.VIDEO_GOP_LENGTH, Duration.ofNanos(Math.round(nanos)));
            facts.known(FactKey.VIDEO_KEY_FRAMES, track.keyFrames.shown(file.scale / 1e6));
        } else {
            facts.unknown(FactKey.VIDEO_GOP_LENGTH, file.unlisted);
            facts.unknown(FactKey.VIDEO_KEY_FRAMES, file.unlisted);
        }
    }

    private void rate(MatroskaTrack track) {
        if (track.frameNanos > 0) {
            facts.known(FactKey.VIDEO_FPS, 1e9 / track.frameNanos);
            facts.known(FactKey.VIDEO_FPS_PEAK, 1e9 / track.frameNanos);
            facts.known(FactKey.VIDEO_FPS_VARIABLE, false);
        } else if (file.complete && track.frames > 1 && track.lastTime > track.firstTime) {
            double nanos = (track.lastTime - track.firstTime) * (double) file.scale;
            facts.known(FactKey.VIDEO_FPS, (track.frames - 1) * 1e9 / nanos);
        } else {
            String reason = file.stopped == null ? "the file does not say when frames are shown" : file.stopped;
            facts.unknown(FactKey.VIDEO_FPS, reason);
        }
    }

    private void audio(MatroskaTrack track) {
        facts.known(FactKey.AUDIO_EXTRA_TRACKS, (int) file.count("soun") - 1);
        new AudioFacts(track.track, facts).describe();
        bitRate(FactKey.AUDIO_BIT_RATE, track);
    }
}
