package io.linkspan.preflight.internal.read;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Searches subtitles for positions: drones write where they are into a text track of their movies, a line a second. */
final class SubtitlePlaces {
    /** Bytes of one sample; the lines of drones are shorter. */
    private static final int LONGEST = 512;

    private static final String BEFORE = "[^\\p{Alnum}+-]{0,6}(?:[nsew][^\\p{Alnum}+-]{0,4})?";
    private static final String NUMBER = "[+-]?\\d{1,3}\\.\\d{1,12}";
    private static final String AFTER = "\\h*[nsew]?[^\\p{Alnum}+-]{1,6}(?:[nsew][^\\p{Alnum}+-]{0,4})?";

    /** {@code GPS (13.4050, 52.5200, 20)}, {@code [latitude: 52.5200]}, {@code HOME(13.4050,52.5200)}. */
    private static final Pattern NAMED = Pattern.compile("(?i)(?:(?:gps|home\\h*\\()" + BEFORE + NUMBER + AFTER + NUMBER
            + "|\\b(?:lat(?:itude)?|lon(?:gt?itude)?)\\b" + BEFORE + NUMBER + ")");

    private static final Pattern ISO_6709 = Pattern.compile("[+-]\\d{2,6}\\.\\d{1,12}[+-]\\d{3,7}\\.\\d{1,12}");

    /** What a search came to. */
    enum Result {
        FOUND,
        NONE,
        /** None in the part that was searched. */
        NONE_SO_FAR
    }

    private SubtitlePlaces() {}

    /** Searches some lines of a track, spread evenly. */
    static Result search(Source source, TrackSamples track) {
        KeyFrames lines = track.keyFrames();
        if (lines == null) {
            return Result.NONE_SO_FAR;
        }
        List<KeyFrames.Place> places = lines.probes(source.isRemote());
        boolean whole = places.size() == track.timing().samples();
        source.readAhead(LONGEST);
        for (KeyFrames.Place place : places) {
            if (place.offset() < 0 || place.size() > source.size() - place.offset()) {
                whole = false;
                continue;
            }
            whole &= place.size() <= LONGEST;
            if (hasPosition(source.ascii(place.offset(), (int) Math.min(LONGEST, place.size())))) {
                return Result.FOUND;
            }
        }
        return whole ? Result.NONE : Result.NONE_SO_FAR;
    }

    /** Whether a line has coordinates; without a fix, drones write zeros. */
    static boolean hasPosition(String line) {
        String text = line.replace("\0", "");
        for (Pattern pattern : List.of(NAMED, ISO_6709)) {
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                if (matcher.group().matches(".*[1-9].*")) {
                    return true;
                }
            }
        }
        return false;
    }
}
