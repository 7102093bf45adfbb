package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.Damage;
import io.linkspan.preflight.MediaFacts;
import org.jspecify.annotations.Nullable;

/** The sibling boxes between two positions, one at a time. */
final class Boxes {
    private final Source source;
    private final MediaFacts.Builder facts;
    private @Nullable Box parent;
    private long end;
    private final boolean top;
    private long position;
    private boolean cut;

    Boxes(Source source, MediaFacts.Builder facts, @Nullable Box parent, long start, long end, boolean top) {
        this.source = source;
        this.facts = facts;
        this.parent = parent;
        this.position = start;
        this.end = end;
        this.top = top;
    }

    static Boxes in(Source source, MediaFacts.Builder facts, Box parent, int skip) {
        return new Boxes(source, facts, parent, parent.payload() + skip, parent.end(), false);
    }

    /** For children of many parents, one after the other. */
    static Boxes ofMany(Source source, MediaFacts.Builder facts) {
        return new Boxes(source, facts, null, 0, 0, false);
    }

    /** Begins anew with the children of another parent. */
    Boxes within(Box other) {
        parent = other;
        position = other.payload();
        end = other.end();
        return this;
    }

    /** Whether a box claimed more bytes than there are; at the top level that means a cut file. */
    boolean wasCut() {
        return cut;
    }

    /** The next box, or null at the end or where the sizes stop making sense. */
    @Nullable
    Box next() {
        if (end - position < 8) {
            if (top && end > position) {
                cut = true;
                if (source.worthTelling()) {
                    damage((end - position) + " bytes at the end are too few for a box");
                }
            }
            return null;
        }
        long start = position;
        source.countBox(start);
        long size = source.u32(start);
        int type = source.s32(start + 4);
        int header = 8;
        if (size == 1) {
            if (end - start < 16) {
                if (source.worthTelling()) {
                    damage("box " + FourCc.text(type) + " has no room for its 64-bit size");
                }
                return null;
            }
            size = source.s64(start + 8);
            header = 16;
        } else if (size == 0) {
            if (!top && type == 0) {
                return null;
            }
            size = end - start;
        }
        if (type == UUID) {
            header += 16;
        }
        // a 64-bit size of 2^63 or more is negative here
        if (size >= 0 && size < header) {
            if (source.worthTelling()) {
                damage("box " + FourCc.text(type) + " claims a size of " + size + " bytes");
            }
            position = end;
            return null;
        }
        if (size < 0 || size > end - start) {
            if (source.worthTelling()) {
                damage("box " + FourCc.text(type) + " claims " + Long.toUnsignedString(size) + " bytes where "
                        + (end - start) + " are left");
            }
            cut = true;
            size = end - start;
        }
        if (size < header) {
            position = end;
            return null;
        }
        position = start + size;
        return new Box(type, start, start + header, position, parent);
    }

    private static final int UUID = FourCc.code("uuid");

    private void damage(String what) {
        facts.damage(new Damage(what, parent == null ? "" : parent.path(), position));
    }
}
