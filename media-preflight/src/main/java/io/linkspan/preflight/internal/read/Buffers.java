package io.linkspan.preflight.internal.read;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Where one check takes its buffers from: parts of one block of native memory that the next check uses again, and the
 * heap when that is used up. At most four blocks are kept, whatever the number of threads.
 */
final class Buffers implements AutoCloseable {
    private static final int BLOCK = 3 << 18;
    private static final AtomicReferenceArray<@Nullable ByteBuffer> KEPT = new AtomicReferenceArray<>(4);

    private final @Nullable ByteBuffer block;
    private int used;

    private Buffers(@Nullable ByteBuffer block) {
        this.block = block;
    }

    /** For readers of others, which may keep a buffer although they must not. */
    static Buffers ofHeap() {
        return new Buffers(null);
    }

    /** For our own readers; nothing may use the buffers any more once this is closed. */
    static Buffers reused() {
        for (int i = 0; i < KEPT.length(); i++) {
            ByteBuffer block = KEPT.getAndSet(i, null);
            if (block != null) {
                return new Buffers(block);
            }
        }
        return new Buffers(ByteBuffer.allocateDirect(BLOCK));
    }

    /** A buffer of exactly this size, with any content. */
    ByteBuffer take(int bytes) {
        if (block == null || bytes > BLOCK - used) {
            return ByteBuffer.allocate(bytes);
        }
        ByteBuffer part = block.slice(used, bytes);
        used += bytes + 7 & -8;
        return part;
    }

    @Override
    public void close() {
        if (block == null) {
            return;
        }
        for (int i = 0; i < KEPT.length(); i++) {
            if (KEPT.compareAndSet(i, null, block)) {
                return;
            }
        }
    }
}
