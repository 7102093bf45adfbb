package io.linkspan.preflight.internal.read;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the boxes of an ISO file said, gathered while they are walked. */
final class Movie {
    final List<String> brands = new ArrayList<>();
    final List<Track> tracks = new ArrayList<>();
    final Fragments fragments = new Fragments();

    boolean hasFileType;
    long moovAt = -1;
    long moovSize;
    long mediaAt = -1;
    boolean compressed;
    /** Whether the file says where it was recorded. */
    boolean location;

    /** Whether XMP was searched in part only. */
    boolean locationPartial;

    boolean truncated;
    /** Set when a limit ended the walk: what comes after was not seen. */
    @Nullable
    String stopped;

    double[] matrix = {1, 0, 0, 1};
    long timescale;
    long duration = -1;
    int unreadTracks;

    boolean isQuickTime() {
        return hasFileType ? !brands.isEmpty() && brands.get(0).equals("qt  ") : true;
    }
}
