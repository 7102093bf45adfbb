package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.ReadBudget;
import io.linkspan.preflight.UnreadableMediaException;
import io.linkspan.preflight.UnreadableMediaException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;

/**
 * The bytes of one file through one reusable window. Every read is checked against the size taken at the start, the
 * budget, the deadline and the thread's interrupt flag; no memory is ever sized by what the file says.
 */
final class Source {
    /** Window of bulk reads, for tables that are streamed. */
    static final int BULK = 1 << 16;
    /** Window of scattered reads, for headers that lie far apart. */
    static final int SCATTERED = 1 << 9;

    private final SeekableByteChannel channel;
    private final LongSupplier nanos;
    private final long started;
    private final ReadBudget budget;
    private final long size;
    private final ByteBuffer window = ByteBuffer.allocate(BULK);
    private long windowStart;
    private int windowLength;
    private int fill = SCATTERED;
    private long bytesRead;
    private int boxes;

    Source(SeekableByteChannel channel, ReadBudget budget, LongSupplier nanos) {
        this.channel = channel;
        this.budget = budget;
        this.nanos = nanos;
        this.started = nanos.getAsLong();
        try {
            this.size = channel.size();
        } catch (IOException e) {
            throw new UnreadableMediaException(Reason.IO, "could not ask for the size of the media: " + e, e);
        }
    }

    long size() {
        return size;
    }

    ReadBudget budget() {
        return budget;
    }

    long bytesRead() {
        return bytesRead;
    }

    /** How much to read ahead from now on. */
    void readAhead(int bytes) {
        fill = Math.min(bytes, BULK);
    }

    /** The size now; it differs from {@link #size()} when the file is being written or cut. */
    long currentSize() {
        try {
            return channel.size();
        } catch (IOException e) {
            return size;
        }
    }

    /** Counts one box or segment against the budget. */
    void countBox(long offset) {
        if (++boxes > budget.boxes()) {
            throw ReadStop.limit("more than " + budget.boxes() + " boxes", offset);
        }
        if ((boxes & 0xFF) == 0) {
            checkTime(offset);
        }
    }

    /** Stops at the deadline or on an interrupt; for loops that run long without reading. */
    void checkTime(long offset) {
        if (Thread.currentThread().isInterrupted()) {
            throw new UnreadableMediaException(Reason.INTERRUPTED, "interrupted while reading media", null);
        }
        if (nanos.getAsLong() - started > budget.deadline().toNanos()) {
            throw ReadStop.limit("reading took longer than " + budget.deadline().toMillis() + " ms", offset);
        }
    }

    int u8(long position) {
        return window.get(at(position, 1)) & 0xFF;
    }

    int u16(long position) {
        return window.getShort(at(position, 2)) & 0xFFFF;
    }

    int u24(long position) {
        return u8(position) << 16 | u16(position + 1);
    }

    int s32(long position) {
        return window.getInt(at(position, 4));
    }

    long u32(long position) {
        return s32(position) & 0xFFFFFFFFL;
    }

    /** 64 bits as they are: values of 2^63 and more come out negative. */
    long s64(long position) {
        return window.getLong(at(position, 8));
    }

    String fourCc(long position) {
        return FourCc.text(s32(position));
    }

    String ascii(long position, int length) {
        byte[] bytes = new byte[length];
        read(position, bytes, length);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Copies bytes; the length comes from us, never from the file. */
    void read(long position, byte[] target, int length) {
        int done = 0;
        while (done < length) {
            int step = Math.min(length - done, BULK);
            window.get(at(position + done, step), target, done, step);
            done += step;
        }
    }

    /** Fills a table's own buffer, from the window where it reaches, so that parallel tables do not evict each other. */
    void readDirect(long position, ByteBuffer target) {
        int length = target.limit();
        if (position >= windowStart && position + length <= windowStart + windowLength) {
            target.put(0, window, (int) (position - windowStart), length);
            return;
        }
        if (position < 0 || position > size - length) {
            throw ReadStop.broken("the file ends here", Math.max(0, Math.min(position, size)));
        }
        if (bytesRead + length > budget.metadataBytes()) {
            throw ReadStop.limit("more than " + budget.metadataBytes() + " bytes of metadata", position);
        }
        target.clear().limit(length);
        int read = fromChannel(position, target);
        target.flip().limit(length);
        if (read < length) {
            throw ReadStop.broken("the file became shorter while it was read", position);
        }
    }

    private int at(long position, int length) {
        if (position < windowStart || position + length > windowStart + windowLength) {
            load(position, length);
        }
        return (int) (position - windowStart);
    }

    private void load(long position, int length) {
        if (position < 0 || position > size - length) {
            throw ReadStop.broken("the file ends here", Math.max(0, Math.min(position, size)));
        }
        int wanted = (int) Math.min(Math.max(fill, length), size - position);
        if (bytesRead + wanted > budget.metadataBytes()) {
            wanted = length;
        }
        if (bytesRead + wanted > budget.metadataBytes()) {
            throw ReadStop.limit("more than " + budget.metadataBytes() + " bytes of metadata", position);
        }
        window.clear().limit(wanted);
        windowLength = fromChannel(position, window);
        windowStart = position;
        window.limit(window.capacity());
        if (windowLength < length) {
            throw ReadStop.broken("the file became shorter while it was read", position);
        }
    }

    private int fromChannel(long position, ByteBuffer target) {
        checkTime(position);
        int before = target.position();
        try {
            channel.position(position);
            while (target.hasRemaining() && channel.read(target) >= 0) {
                checkTime(position);
            }
        } catch (ClosedByInterruptException e) {
            throw new UnreadableMediaException(Reason.INTERRUPTED, "interrupted while reading media", e);
        } catch (IOException e) {
            throw new UnreadableMediaException(Reason.IO, "reading media failed at byte " + position + ": " + e, e);
        }
        bytesRead += target.position() - before;
        return target.position() - before;
    }
}
