package io.linkspan.preflight.internal.read;

import org.jspecify.annotations.Nullable;

/** A track's sample sizes ({@code stsz} or {@code stz2}), read in order. */
final class SampleSizes {
    private final long count;
    private final long constant;
    private final int field;
    private final @Nullable Cursor in;
    /** The word that small fields are taken from. */
    private int word;

    private int bitsLeft;
    private long pending = -1;

    SampleSizes(Source source, Box table) {
        boolean compact = table.type() == FourCc.code("stz2");
        long claimed = source.u32(table.need(12).payload() + 8);
        constant = compact ? 0 : source.u32(table.payload() + 4);
        field = compact ? source.u8(table.payload() + 7) : 32;
        if (compact && field != 4 && field != 8 && field != 16) {
            throw ReadStop.broken("sample sizes of " + field + " bits", table.start());
        }
        count = constant > 0 ? claimed : Math.min(claimed, (table.length() - 12) * 8 / field);
        long bytes = (count * field + 7) / 8;
        in = constant > 0 ? null : new Cursor(source, table.payload() + 12, table.payload() + 12 + bytes);
    }

    long count() {
        return count;
    }

    boolean isConstant() {
        return in == null;
    }

    /** The next size, which {@link #sum} then counts. */
    long peek() {
        if (pending < 0) {
            pending = read();
        }
        return pending;
    }

    /** The sum of the next so many sizes. */
    long sum(long samples) {
        if (in == null) {
            return Saturating.multiply(samples, constant);
        }
        if (samples == 1) {
            long next = peek();
            pending = -1;
            return next;
        }
        long total = 0;
        long left = samples;
        if (pending >= 0 && left > 0) {
            total = pending;
            pending = -1;
            left--;
        }
        if (field == 32) {
            return Saturating.add(total, in.sum(left));
        }
        for (; left > 0; left--) {
            total = Saturating.add(total, read());
        }
        return total;
    }

    void release() {
        if (in != null) {
            in.release();
        }
    }

    private long read() {
        if (in == null) {
            return constant;
        }
        if (field == 32) {
            return in.u32();
        }
        if (bitsLeft == 0) {
            word = in.s32();
            bitsLeft = 32;
        }
        bitsLeft -= field;
        return (word >>> bitsLeft) & ((1L << field) - 1);
    }

    static long total(Source source, Box table) {
        SampleSizes sizes = new SampleSizes(source, table);
        long total = sizes.sum(sizes.count);
        sizes.release();
        return total;
    }
}
