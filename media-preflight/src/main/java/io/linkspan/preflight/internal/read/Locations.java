package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.MediaFacts;
import org.jspecify.annotations.Nullable;

/** Looks for the places where ISO files say where they were recorded; the place itself is not read. */
final class Locations {
    private static final String PREFIX = "com.apple.quicktime.location.";
    /** The keys below the prefix that name a place; others tell how exact it is, or what the place was for. */
    private static final String COORDINATES = "ISO6709";

    private static final String NAME = "name";
    /** Keys that are remembered. */
    private static final int MOST_KEYS = 8;
    /** The identifier of a {@code uuid} box with XMP. */
    private static final long XMP_HIGH = 0xBE7ACFCB97A942E8L;

    private static final long XMP_LOW = 0x9C71999491E3AFACL;

    private final Source source;
    private final MediaFacts.Builder facts;
    private final Xmp xmp = new Xmp();

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
                // a length and a language come before the text
                case "\u00A9xyz" -> movie.location |= child.length() > 4;
                case "loci" -> movie.location = true;
                case "XMP_" -> xmp(child, movie);
                case "meta" -> meta(child, movie);
                default -> {}
            }
        }
    }

    /** A {@code uuid} box, which may hold XMP. */
    void extension(Box box, Movie movie) {
        if (box.payload() - box.start() >= 24
                && source.s64(box.payload() - 16) == XMP_HIGH
                && source.s64(box.payload() - 8) == XMP_LOW) {
            xmp(box, movie);
        }
    }

    private void xmp(Box box, Movie movie) {
        movie.location |= xmp.hasPosition(source::u8, box.payload(), box.length());
        movie.locationPartial |= xmp.isPartial();
    }

    private void meta(Box meta, Movie movie) {
        // QuickTime's is no full box: its first child is where the version would be
        boolean plain = meta.length() >= 8 && source.s32(meta.payload() + 4) == FourCc.code("hdlr");
        if (meta.length() < 8) {
            return;
        }
        @Nullable Box keys = null;
        @Nullable Box values = null;
        Boxes children = Boxes.in(source, facts, meta, plain ? 0 : 4);
        for (Box child = children.next(); child != null; child = children.next()) {
            switch (child.name()) {
                case "keys" -> keys = child;
                case "ilst" -> values = child;
                default -> {}
            }
        }
        if (values != null) {
            values(values, keys == null ? new int[0] : keys(keys), movie);
        }
    }

    /** The numbers, from 1, of keys that stand for a place. */
    private int[] keys(Box keys) {
        int[] places = new int[MOST_KEYS];
        int found = 0;
        long count = keys.entries(source, 4, 8, 8);
        long at = keys.payload() + 8;
        for (int i = 1; i <= count && at + 8 <= keys.end(); i++) {
            source.countBox(at);
            long size = source.u32(at);
            if (size < 8 || size > keys.end() - at) {
                throw ReadStop.broken("a key of " + size + " bytes", at);
            }
            if (found < MOST_KEYS && (isKey(at, size, COORDINATES) || isKey(at, size, NAME))) {
                places[found++] = i;
            }
            at += size;
        }
        return places;
    }

    private boolean isKey(long at, long size, String name) {
        return size == 8 + PREFIX.length() + name.length()
                && Octets.match(source::u8, at + 8, PREFIX)
                && Octets.match(source::u8, at + 8 + PREFIX.length(), name);
    }

    /** Items are named by their key's number, or by a code of their own; each holds a box with a header of 16 bytes. */
    private void values(Box list, int[] places, Movie movie) {
        Boxes items = Boxes.in(source, facts, list, 0);
        for (Box item = items.next(); item != null; item = items.next()) {
            boolean place = item.type() == FourCc.code("\u00A9xyz");
            for (int key : places) {
                place |= key != 0 && key == item.type();
            }
            movie.location |= place && item.length() > 16;
        }
    }
}
