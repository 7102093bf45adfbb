package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.MediaFacts;

/** Looks for the places where ISO files say where they were recorded; the place itself is not read. */
final class Locations {
    private static final String KEY = "com.apple.quicktime.location.";

    private final Source source;
    private final MediaFacts.Builder facts;

    Locations(Source source, MediaFacts.Builder facts) {
        this.source = source;
        this.facts = facts;
    }

    /** A {@code udta} or {@code meta} box of a movie or a track. */
    void read(Box box, Movie movie) {
        if (box.type() == FourCc.code("meta")) {
            meta(box, movie);
            return;
        }
        Boxes children = Boxes.in(source, facts, box, 0);
        for (Box child = children.next(); child != null; child = children.next()) {
            switch (child.name()) {
                case "\u00A9xyz", "loci" -> movie.location = true;
                case "meta" -> meta(child, movie);
                default -> {}
            }
        }
    }

    private void meta(Box meta, Movie movie) {
        // QuickTime's is no full box: its first child is where the version would be
        boolean plain = meta.length() >= 8 && source.s32(meta.payload() + 4) == FourCc.code("hdlr");
        if (meta.length() < 8) {
            return;
        }
        Boxes children = Boxes.in(source, facts, meta, plain ? 0 : 4);
        for (Box child = children.next(); child != null; child = children.next()) {
            if (child.type() == FourCc.code("keys")) {
                keys(child, movie);
            }
        }
    }

    private void keys(Box keys, Movie movie) {
        long count = keys.entries(source, 4, 8, 8);
        long at = keys.payload() + 8;
        for (long i = 0; i < count && at + 8 <= keys.end(); i++) {
            source.countBox(at);
            long size = source.u32(at);
            if (size < 8 || size > keys.end() - at) {
                throw ReadStop.broken("a key of " + size + " bytes", at);
            }
            movie.location |= size - 8 >= KEY.length() && startsWithKey(at + 8);
            at += size;
        }
    }

    private boolean startsWithKey(long at) {
        for (int i = 0; i < KEY.length(); i++) {
            if (source.u8(at + i) != KEY.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
