package io.linkspan.internal.http;

import io.linkspan.spi.HttpBody;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Streams part of a media source in 64 KiB buffers, as many as the network asks for, while the call is permitted. */
final class SlicePublisher implements Flow.Publisher<ByteBuffer> {
    private static final int BUFFER = 64 * 1024;

    private final HttpBody.Slice slice;
    private final UploadWatch watch;
    private final BooleanSupplier permitted;

    SlicePublisher(HttpBody.Slice slice, UploadWatch watch, BooleanSupplier permitted) {
        this.slice = slice;
        this.watch = watch;
        this.permitted = permitted;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        subscriber.onSubscribe(new Reading(subscriber));
    }

    /** The media could not be read, or was shorter than it said. */
    static final class MediaFailed extends IOException {
        private static final long serialVersionUID = 1L;

        MediaFailed(String what, @Nullable Throwable cause) {
            super(what, cause);
        }
    }

    /**
     * One pass over the slice. Whoever raises the demand from zero emits until it is zero again, so that one thread at a time
     * reads (reactive streams 1.3) and nobody waits for a source that is slow, least of all who cancels. At the end the demand
     * stays above zero, and nobody begins again.
     */
    private final class Reading implements Flow.Subscription {
        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private final AtomicLong demand = new AtomicLong();
        private volatile boolean cancelled;
        private @Nullable InputStream in;
        private long sent;

        Reading(Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void request(long n) {
            if (raise(n)) {
                emitAll();
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            if (raise(1)) {
                close();
            }
        }

        private boolean raise(long n) {
            return demand.getAndUpdate(now -> now + n < 0 ? Long.MAX_VALUE : now + n) == 0;
        }

        private void emitAll() {
            try {
                do {
                    if (cancelled) {
                        close();
                        return;
                    }
                    ByteBuffer part = read();
                    if (!permitted.getAsBoolean()) {
                        throw new MediaFailed("the upload was stopped before its last byte: its permit ended", null);
                    }
                    sent += part.remaining();
                    boolean last = sent == slice.length();
                    watch.moved(last);
                    slice.progress().accept(sent);
                    subscriber.onNext(part);
                    if (last) {
                        close();
                        subscriber.onComplete();
                        return;
                    }
                } while (demand.decrementAndGet() > 0);
            } catch (IOException | RuntimeException e) {
                close();
                subscriber.onError(e);
            }
        }

        private ByteBuffer read() throws MediaFailed {
            byte[] part = new byte[(int) Math.min(BUFFER, slice.length() - sent)];
            int count;
            try {
                if (in == null) {
                    in = slice.source().open(slice.offset());
                }
                count = in.readNBytes(part, 0, part.length);
            } catch (IOException e) {
                throw new MediaFailed("the media could not be read", e);
            }
            if (count < part.length) {
                throw new MediaFailed("the media ended " + (slice.length() - sent - count) + " bytes early", null);
            }
            return ByteBuffer.wrap(part);
        }

        private void close() {
            try {
                if (in != null) {
                    in.close();
                }
            } catch (IOException e) {
                in = null; // reading is over; nothing depends on the close
            }
        }
    }
}
