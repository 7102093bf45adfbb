package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.Container;
import io.linkspan.preflight.Damage;
import io.linkspan.preflight.EditLists;
import io.linkspan.preflight.FactKey;
import io.linkspan.preflight.MediaFacts;
import io.linkspan.preflight.MediaKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns what a movie's boxes said into facts about the file and its tracks as a whole. */
final class MovieFacts {
    /** Drones write one; each is read in part. */
    private static final int MOST_SUBTITLES = 2;

    private final Source source;
    private final Movie movie;
    private final MediaFacts.Builder facts;
    private final Map<Track, TrackSamples> samples = new HashMap<>();

    MovieFacts(Source source, Movie movie, MediaFacts.Builder facts) {
        this.source = source;
        this.movie = movie;
        this.facts = facts;
    }

    @Nullable
    private Track mainVideo;

    void derive() {
        facts.known(FactKey.CONTAINER, movie.isQuickTime() ? Container.MOV : Container.MP4);
        if (movie.hasFileType) {
            facts.known(FactKey.BRANDS, List.copyOf(movie.brands));
        } else {
            facts.absent(FactKey.BRANDS);
        }
        if (movie.moovAt < 0) {
            noIndex();
            return;
        }
        if (movie.compressed) {
            unknownRest("the movie header is compressed (cmov), which is not unpacked");
            return;
        }
        moovFirst();
        facts.known(FactKey.FRAGMENTED, movie.fragments.seen);
        if (movie.unreadTracks > 0) {
            facts.damage(
                    new Damage(movie.unreadTracks + " tracks beyond the limit were not read", "moov", movie.moovAt));
        }
        Track video = main(movie.tracks.stream().filter(Track::isVideo).toList());
        Track audio = main(movie.tracks.stream().filter(Track::isAudio).toList());
        mainVideo = video;
        protection(video, audio);
        attempt(FactKey.DURATION, () -> duration());
        attempt(FactKey.EDIT_LISTS, () -> editLists(video, audio));
        facts.known(FactKey.TRUNCATED, movie.truncated);
        if (video == null && movie.stopped == null) {
            FactKey.all().stream()
                    .filter(key -> key.name().startsWith("video."))
                    .forEach(facts::absent);
        } else if (video != null) {
            facts.known(FactKey.VIDEO_EXTRA_TRACKS, extra(video));
            new VideoFacts(source, movie, video, facts).derive(() -> samples(video));
        }
        if (audio != null) {
            facts.known(FactKey.AUDIO_EXTRA_TRACKS, extra(audio));
            AudioFacts sound = new AudioFacts(audio, facts);
            sound.describe();
            sound.bitRate(source, () -> samples(audio));
        } else if (movie.stopped == null) {
            facts.known(FactKey.AUDIO_PRESENT, false);
        }
        attempt(FactKey.LOCATION, () -> location()); // last, as it may read much
        unknownRest(movie.stopped == null ? "the file does not say" : movie.stopped);
        undecodable(video);
        undecodable(audio);
    }

    /** Protection hides what a decoder needs. */
    private void undecodable(@Nullable Track track) {
        if (track != null && track.undecodable != null && !track.encrypted) {
            facts.unreadable(track.undecodable);
        }
    }

    private void noIndex() {
        if (movie.stopped != null) {
            unknownRest(movie.stopped);
            return;
        }
        String why = movie.truncated
                ? "there is no index (moov) and the file ends inside a box: it looks cut off"
                : "there is no index (moov), so nothing can be played";
        facts.unreadable(new Damage(why, "", source.size()));
    }

    /** Not known to be absent where part of what may say it was not read. */
    private void location() {
        SubtitlePlaces.Result subtitles = movie.location ? SubtitlePlaces.Result.NONE : subtitles();
        if (movie.location || subtitles == SubtitlePlaces.Result.FOUND) {
            facts.known(FactKey.LOCATION, true);
        } else if (movie.tracks.stream().anyMatch(Track::isTimedMetadata)) {
            facts.unknown(FactKey.LOCATION, "a track of timed metadata, which may hold it, is not read");
        } else if (movie.locationPartial) {
            facts.unknown(FactKey.LOCATION, "only a part of the XMP was searched");
        } else if (subtitles == SubtitlePlaces.Result.NONE_SO_FAR) {
            facts.unknown(FactKey.LOCATION, "only a part of the subtitles, which may hold it, was searched");
        } else if (movie.stopped == null && !movie.truncated && movie.unreadTracks == 0) {
            facts.known(FactKey.LOCATION, false);
        }
    }

    private SubtitlePlaces.Result subtitles() {
        List<Track> texts = movie.tracks.stream().filter(Track::isText).toList();
        boolean whole = texts.size() <= MOST_SUBTITLES;
        for (Track track : texts.subList(0, Math.min(texts.size(), MOST_SUBTITLES))) {
            SubtitlePlaces.Result result = track.encrypted
                    ? SubtitlePlaces.Result.NONE_SO_FAR
                    : SubtitlePlaces.search(source, TrackSamples.read(source, movie, track, true));
            if (result == SubtitlePlaces.Result.FOUND) {
                return result;
            }
            whole &= result == SubtitlePlaces.Result.NONE;
        }
        return whole ? SubtitlePlaces.Result.NONE : SubtitlePlaces.Result.NONE_SO_FAR;
    }

    private void moovFirst() {
        facts.known(FactKey.MOOV_OFFSET, movie.moovAt);
        facts.known(FactKey.MOOV_SIZE, movie.moovSize);
        if (movie.mediaAt >= 0) {
            facts.known(FactKey.MOOV_FIRST, movie.moovAt < movie.mediaAt);
        } else if (movie.stopped == null && !movie.truncated) {
            facts.known(FactKey.MOOV_FIRST, true);
        }
    }

    private void protection(@Nullable Track video, @Nullable Track audio) {
        boolean encrypted = false;
        for (Track track : movie.tracks) {
            if (track == video || track == audio) {
                track.encrypted |= track.format.equals("encv") || track.format.equals("enca");
                encrypted |= track.encrypted;
            }
        }
        facts.known(FactKey.ENCRYPTED, encrypted);
    }

    private void duration() {
        double longest = 0;
        for (Track track : movie.tracks) {
            if (track.isVideo() || track.isAudio()) {
                longest = Math.max(longest, seconds(track));
            }
        }
        if (longest <= 0 && movie.timescale > 0) {
            longest = Math.max(movie.fragments.declaredDuration, movie.duration) / (double) movie.timescale;
        }
        if (longest > 0 && longest < 1e9) {
            facts.known(FactKey.DURATION, Duration.ofNanos(Math.round(longest * 1e9)));
        } else {
            facts.unknown(
                    FactKey.DURATION,
                    movie.stopped == null ? "the file does not say how long it plays" : movie.stopped);
        }
    }

    private double seconds(Track track) {
        Fragments.Totals totals = movie.fragments.of(track.id);
        if (totals != null && totals.timing.ticks() > 0 && track.timescale > 0) {
            return timing(track).ticks() / (double) track.timescale;
        }
        if (track.editList != null && movie.timescale > 0) {
            EditListReader edits = EditListReader.read(source, movie, track, samples(track));
            if (edits.ticks() > 0) {
                return edits.ticks() / (double) movie.timescale;
            }
        }
        if (track.timescale <= 0) {
            return 0;
        }
        return (track.duration > 0 ? track.duration : timing(track).ticks()) / (double) track.timescale;
    }

    private void editLists(@Nullable Track video, @Nullable Track audio) {
        EditLists worst = EditLists.NONE;
        for (Track track : movie.tracks) {
            if (track == video || track == audio) {
                EditListReader edits = EditListReader.read(source, movie, track, samples(track));
                worst = EditListReader.worse(worst, edits.kind());
                if (movie.timescale > 0) {
                    facts.known(
                            track == video ? FactKey.VIDEO_START : FactKey.AUDIO_START,
                            Duration.ofMillis(Math.round(edits.delay() * 1000.0 / movie.timescale)));
                }
            }
        }
        facts.known(FactKey.EDIT_LISTS, worst);
    }

    private Timing timing(Track track) {
        return samples(track).timing();
    }

    private TrackSamples samples(Track track) {
        TrackSamples known = samples.get(track);
        if (known == null) {
            known = TrackSamples.read(source, movie, track, track == mainVideo);
            samples.put(track, known);
        }
        return known;
    }

    /** Cover pictures are stored as video tracks of one still; they are nobody's main track. */
    private static @Nullable Track main(List<Track> tracks) {
        return tracks.stream()
                .filter(track -> track.enabled && !isCover(track))
                .findFirst()
                .or(() -> tracks.stream().filter(track -> !isCover(track)).findFirst())
                .or(() -> tracks.stream().findFirst())
                .orElse(null);
    }

    private int extra(Track main) {
        return (int) movie.tracks.stream()
                .filter(track -> track != main && track.handler.equals(main.handler) && !isCover(track))
                .count();
    }

    private static boolean isCover(Track track) {
        return track.isVideo() && (track.format.equals("jpeg") || track.format.equals("png "));
    }

    private void attempt(FactKey<?> key, Runnable step) {
        attempt(facts, key, step);
    }

    /** Runs one step; what stops it becomes the reason why the fact is unknown. */
    static void attempt(MediaFacts.Builder facts, FactKey<?> key, Runnable step) {
        try {
            step.run();
        } catch (ReadStop e) {
            facts.unknown(key, e.reason());
        }
    }

    private void unknownRest(String reason) {
        boolean silent = movie.moovAt >= 0
                && !movie.compressed
                && movie.stopped == null
                && movie.tracks.stream().noneMatch(Track::isAudio);
        for (FactKey<?> key : FactKey.all()) {
            if (key.appliesTo(MediaKind.VIDEO) && !(silent && key.name().startsWith("audio."))) {
                facts.unknownIfUnset(key, reason);
            }
        }
    }
}
