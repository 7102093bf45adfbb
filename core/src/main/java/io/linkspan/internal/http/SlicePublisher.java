package io.linkspan.internal.http;

import io.linkspan.spi.HttpBody;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Streams part of a media source in 64 KiB buffers, as many as the network asks for. */
final class SlicePublisher implements Flow.Publisher<ByteBuffer> {
    private static final int BUFFER = 64 * 1024;

    private final HttpBody.Slice slice;
    private final UploadWatch watch;

    SlicePublisher(HttpBody.Slice slice, UploadWatch watch) {
        this.slice = slice;
        this.watch = watch;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        subscriber.onSubscribe(new Reading(subscriber));
    }

    /** One pass over the slice. A publisher may be asked from several threads, but never at once (reactive streams 2.7). */
    private final class Reading implements Flow.Subscription {
        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private @Nullable InputStream in;
        private long sent;
        private long demand;
        private boolean emitting;
        private boolean done;

        Reading(Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public synchronized void request(long n) {
            demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
            if (emitting) {
                return;
            }
            emitting = true;
            try {
                while (demand > 0 && !done) {
                    demand--;
                    emit();
                }
            } finally {
                emitting = false;
            }
        }

        private void emit() {
            try {
                if (in == null) {
                    in = slice.source().open(slice.offset());
                }
                byte[] part = in.readNBytes((int) Math.min(BUFFER, slice.length() - sent));
                if (part.length == 0) {
                    throw new IOException("the media ended " + (slice.length() - sent) + " bytes early");
                }
                sent += part.length;
                watch.moved();
                slice.progress().accept(sent);
                subscriber.onNext(ByteBuffer.wrap(part));
                if (sent == slice.length()) {
                    close();
                    subscriber.onComplete();
                }
            } catch (IOException | RuntimeException e) {
                close();
                subscriber.onError(e);
            }
        }

        @Override
        public synchronized void cancel() {
            close();
        }

        private void close() {
            done = true;
            if (in != null) {
                try {
                    in.close();
                } catch (IOException e) {
                    // reading is over; nothing depends on the close
                    in = null;
                }
            }
        }
    }
}
