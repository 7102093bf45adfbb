package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.RangedReader;
import io.linkspan.preflight.ReadBudget;
import io.linkspan.preflight.UnreadableMediaException;
import io.linkspan.preflight.UnreadableMediaException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one file through one reusable window. Every read is checked against the size taken at the start, the
 * budget, the deadline and the thread's interrupt flag; no memory is ever sized by what the file says, beyond a fixed
 * largest window.
 */
final class Source {
    /** Window of bulk reads, for parts that are read from front to back. */
    static final int BULK = 1 << 16;
    /** Window of scattered reads, for headers that lie far apart. */
    static final int SCATTERED = 1 << 9;
    /** Largest window: an index up to this size is read at once. */
    static final int LARGEST = 1 << 18;

    private static final int START = 1 << 12;
    private static final int MOST_DAMAGE = 100;

    private final RangedReader reader;
    private final LongSupplier nanos;
    private final long started;
    private final long deadline;
    private final ReadBudget budget;
    private final boolean remote;
    private final long size;
    private final Buffers buffers;
    private Window window;
    /** A second window, so that the index stays while headers far from it are read. */
    private Window other;

    /** Whether the current window holds the index, which later reads leave alone. */
    private boolean indexed;

    private boolean hasIndex;
    private int fill = START;
    private long fillEnd = Long.MAX_VALUE;
    private long bytesRead;
    private int boxes;
    private int damages;
    private int slices;
    private final List<ByteBuffer> spare = new ArrayList<>();

    /** A remote reader is asked for fewer and larger ranges. */
    Source(RangedReader reader, boolean remote, Buffers buffers, ReadBudget budget, LongSupplier nanos) {
        this.reader = reader;
        this.buffers = buffers;
        window = new Window(buffers.take(START));
        other = new Window(buffers.take(0));
        this.remote = remote;
        this.budget = budget;
        this.nanos = nanos;
        this.started = nanos.getAsLong();
        this.deadline = budget.deadline().toNanos();
        try {
            this.size = reader.size();
        } catch (IOException e) {
            throw failed("could not ask for the size of the media", e);
        }
        if (remote) {
            fill = START * 4;
        }
    }

    long size() {
        return size;
    }

    ReadBudget budget() {
        return budget;
    }

    boolean isRemote() {
        return remote;
    }

    /** How much to read ahead from now on. */
    void readAhead(int bytes) {
        fill = Math.min(remote ? Math.max(bytes, 2 * SCATTERED) : bytes, LARGEST);
        fillEnd = Long.MAX_VALUE;
    }

    /** Reads a part at once if the largest window holds it, and else only a little ahead. */
    void readAheadTo(long start, long end) {
        long length = end - start;
        fill = length <= LARGEST ? LARGEST : 2 * SCATTERED;
        fillEnd = end;
        if (length > LARGEST || !window.holds(start, 1) || end <= window.end()) {
            return;
        }
        // what is there already need not be read again
        int kept = (int) (window.end() - start);
        check(start + kept, (int) length - kept);
        Window whole = new Window(buffers.take((int) length));
        whole.bytes.put(0, window.bytes, (int) (start - window.start), kept);
        whole.start = start;
        whole.length = kept + fromReader(start + kept, whole.bytes.position(kept));
        whole.bytes.clear();
        other = window;
        window = whole;
        indexed = true;
        hasIndex = true;
    }

    /** The size now; it differs from {@link #size()} when the file is being written or cut. */
    long currentSize() {
        try {
            return reader.size();
        } catch (IOException e) {
            return size;
        }
    }

    /** Whether one more piece of damage may be put into words; a file may hold thousands. */
    boolean worthTelling() {
        return damages++ < MOST_DAMAGE;
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
        if (nanos.getAsLong() - started > deadline) {
            throw ReadStop.limit("reading took longer than " + budget.deadline().toMillis() + " ms", offset);
        }
    }

    int u8(long position) {
        int at = at(position, 1);
        return window.bytes.get(at) & 0xFF;
    }

    int u16(long position) {
        int at = at(position, 2);
        return window.bytes.getShort(at) & 0xFFFF;
    }

    int u24(long position) {
        return u8(position) << 16 | u16(position + 1);
    }

    int s32(long position) {
        int at = at(position, 4);
        return window.bytes.getInt(at);
    }

    long u32(long position) {
        return s32(position) & 0xFFFFFFFFL;
    }

    /** 64 bits as they are: values of 2^63 and more come out negative. */
    long s64(long position) {
        int at = at(position, 8);
        return window.bytes.getLong(at);
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
            int step = Math.min(length - done, START);
            int at = at(position + done, step);
            window.bytes.get(at, target, done, step);
            done += step;
        }
    }

    /** Fills a table's own buffer, from the window where it reaches, so that parallel tables do not evict each other. */
    void readDirect(long position, ByteBuffer target) {
        int length = target.limit();
        if (reaches(position, length)) {
            target.put(0, window.bytes, (int) (position - window.start), length);
            return;
        }
        check(position, length);
        int read = fromReader(position, target.clear().limit(length));
        target.flip().limit(length);
        if (read < length) {
            throw ReadStop.broken("the file became shorter while it was read", position);
        }
    }

    /**
     * The part of the window from a position on, if it holds that many bytes; else null. The bytes stay as they are until
     * {@link #giveBack} is called.
     */
    @Nullable
    ByteBuffer inWindow(long position, long length) {
        if (!reaches(position, length)) {
            return null;
        }
        slices++;
        return window.part(position, (int) length);
    }

    /** A buffer of exactly this size that nobody else uses now. */
    ByteBuffer borrow(int bytes) {
        for (int i = 0; i < spare.size(); i++) {
            if (spare.get(i).capacity() == bytes) {
                return spare.remove(i).clear();
            }
        }
        return buffers.take(bytes);
    }

    /** Takes back a borrowed buffer, or a part of the window if it is null. */
    void giveBack(@Nullable ByteBuffer buffer) {
        if (buffer == null) {
            slices = Math.max(0, slices - 1);
        } else {
            spare.add(buffer);
        }
    }

    /** Where a position is in the window; loads it first if need be, which may replace the window. */
    private int at(long position, int length) {
        if (!reaches(position, length)) {
            load(position, length);
        }
        return (int) (position - window.start);
    }

    /** Whether a window holds these bytes; it is then the current one. */
    private boolean reaches(long position, long length) {
        if (window.holds(position, length)) {
            return true;
        }
        if (!other.holds(position, length)) {
            return false;
        }
        swap();
        return true;
    }

    private void swap() {
        Window current = window;
        window = other;
        other = current;
        indexed = hasIndex && !indexed;
    }

    private void load(long position, int length) {
        if (position < 0 || position > size - length) {
            throw ReadStop.broken("the file ends here", Math.max(0, Math.min(position, size)));
        }
        long ahead = Math.min(fill, Math.max(length, fillEnd - position));
        int wanted = (int) Math.min(Math.max(ahead, length), size - position);
        if (bytesRead + wanted > budget.metadataBytes()) {
            wanted = length;
        }
        check(position, wanted);
        if (indexed) {
            swap();
        }
        // parts that are still in use must not change under their readers
        if (wanted > window.bytes.capacity() || slices > 0) {
            slices = 0;
            window.bytes = buffers.take(wanted);
        }
        // a read that is stopped in its middle leaves nothing to use
        window.length = 0;
        window.start = position;
        window.length = fromReader(position, window.bytes.clear().limit(wanted));
        window.bytes.clear();
        if (window.length < length) {
            throw ReadStop.broken("the file became shorter while it was read", position);
        }
    }

    private void check(long position, int length) {
        if (position < 0 || position > size - length) {
            throw ReadStop.broken("the file ends here", Math.max(0, Math.min(position, size)));
        }
        if (bytesRead + length > budget.metadataBytes()) {
            throw ReadStop.limit("more than " + budget.metadataBytes() + " bytes of metadata", position);
        }
    }

    /** A closed channel or a cancelled request may be only how an interrupt shows. */
    private static UnreadableMediaException failed(String what, IOException e) {
        return Thread.currentThread().isInterrupted()
                ? new UnreadableMediaException(Reason.INTERRUPTED, "interrupted while reading media", e)
                : new UnreadableMediaException(Reason.IO, what + ": " + e, e);
    }

    private int fromReader(long position, ByteBuffer target) {
        int read = 0;
        try {
            while (target.hasRemaining()) {
                checkTime(position);
                int step = reader.read(position + read, target);
                if (step < 0) {
                    break;
                }
                read += step;
            }
        } catch (IOException e) {
            throw failed("reading media failed at byte " + position, e);
        }
        bytesRead += read;
        return read;
    }
}
