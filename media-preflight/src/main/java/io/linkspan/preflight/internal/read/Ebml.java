package io.linkspan.preflight.internal.read;

import org.jspecify.annotations.Nullable;

/** The sibling elements of an EBML file between two positions, one at a time (RFC 8794). */
final class Ebml {
    /**
     * One element, cut to its parent.
     *
     * @param id its id with the length marker
     * @param open whether its size is not known, so that it ends where its parent ends or a new sibling starts
     * @param cut whether it claims more bytes than its parent has
     */
    record Element(int id, long start, long payload, long end, boolean open, boolean cut) {
        long length() {
            return end - payload;
        }
    }

    private final Source source;
    private final long end;
    private long position;

    Ebml(Source source, long start, long end) {
        this.source = source;
        this.position = start;
        this.end = end;
    }

    static Ebml in(Source source, Element parent) {
        return new Ebml(source, parent.payload(), parent.end());
    }

    /** Where the next element starts. */
    long position() {
        return position;
    }

    void position(long value) {
        position = value;
    }

    /** The next element, or null at the end of the parent. */
    @Nullable
    Element next() {
        if (end - position < 2) {
            return null;
        }
        long start = position;
        source.countBox(start);
        int idLength = Integer.numberOfLeadingZeros(source.u8(start)) - 23;
        if (idLength > 4 || idLength >= end - start) {
            throw ReadStop.broken("an EBML element has no valid id", start);
        }
        int id = 0;
        for (int i = 0; i < idLength; i++) {
            id = id << 8 | source.u8(start + i);
        }
        long at = start + idLength;
        int sizeLength = Integer.numberOfLeadingZeros(source.u8(at)) - 23;
        if (sizeLength > 8 || sizeLength > end - at) {
            throw ReadStop.broken("an EBML element has no valid size", at);
        }
        long size = vint(source, at, sizeLength);
        boolean open = size == (1L << (7 * sizeLength)) - 1;
        long payload = at + sizeLength;
        boolean cut = !open && size > end - payload;
        position = open || cut ? end : payload + size;
        return new Element(id, start, payload, position, open, cut);
    }

    /** A number of so many bytes without its length marker. */
    static long vint(Source source, long at, int length) {
        long value = source.u8(at) & ((1 << (8 - length)) - 1);
        for (int i = 1; i < length; i++) {
            value = value << 8 | source.u8(at + i);
        }
        return value;
    }

    /** An unsigned number of at most 8 bytes; what does not fit 63 bits is the largest number. */
    static long number(Source source, Element element) {
        if (element.length() > 8) {
            throw ReadStop.broken("an EBML number of " + element.length() + " bytes", element.start());
        }
        long value = 0;
        for (long at = element.payload(); at < element.end(); at++) {
            value = value << 8 | source.u8(at);
        }
        return value < 0 ? Long.MAX_VALUE : value;
    }

    /** A floating point number of 0, 4 or 8 bytes. */
    static double real(Source source, Element element) {
        return switch ((int) Math.min(9, element.length())) {
            case 0 -> 0;
            case 4 -> Float.intBitsToFloat(source.s32(element.payload()));
            case 8 -> Double.longBitsToDouble(source.s64(element.payload()));
            default -> throw ReadStop.broken("an EBML real number of " + element.length() + " bytes", element.start());
        };
    }

    /** Text up to its first zero; at most 64 bytes are of interest. */
    static String text(Source source, Element element) {
        String text = source.ascii(element.payload(), (int) Math.min(64, element.length()));
        int zero = text.indexOf('\0');
        return zero < 0 ? text : text.substring(0, zero);
    }
}
