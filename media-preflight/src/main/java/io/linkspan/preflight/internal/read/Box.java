package io.linkspan.preflight.internal.read;

import org.jspecify.annotations.Nullable;

/**
 * One box of an ISO file, already cut to its parent and to the file.
 *
 * @param type the four-character code as a number
 * @param start where its header starts
 * @param payload where its content starts
 * @param end where it ends
 * @param parent the box that holds it, or null at the top
 */
record Box(
        int type,
        long start,
        long payload,
        long end,
        @Nullable Box parent) {
    /** The boxes that lead to it, itself included. */
    String path() {
        return parent == null ? FourCc.text(type) : parent.path() + "/" + FourCc.text(type);
    }

    /** Its type as text if it is one that is looked for, else empty. */
    String name() {
        return FourCc.name(type);
    }

    long length() {
        return end - payload;
    }

    /** Entries of a table that really fit, whatever its header claims. */
    long entries(Source source, int countAt, int firstAt, int entrySize) {
        if (length() < firstAt) {
            throw ReadStop.broken(path() + " is too short", start);
        }
        return Math.min(source.u32(payload + countAt), (length() - firstAt) / entrySize);
    }

    Box need(int bytes) {
        if (length() < bytes) {
            throw ReadStop.broken(path() + " is too short", start);
        }
        return this;
    }
}
