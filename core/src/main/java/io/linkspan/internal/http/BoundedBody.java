package io.linkspan.internal.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Collects an answer up to a cap; past it, or when its head says so at once, the exchange is cancelled. */
final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {
    private final int maxBody;
    private final @Nullable TooLarge refusal;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    private BoundedBody(int maxBody, @Nullable TooLarge refusal) {
        this.maxBody = maxBody;
        this.refusal = refusal;
    }

    /** For an answer whose head has come. */
    static BoundedBody of(HttpResponse.ResponseInfo head, int maxHeaders, int maxBody) {
        OptionalLong declared = head.headers().firstValueAsLong("content-length");
        long headers = head.headers().map().entrySet().stream()
                .flatMapToLong(header -> header.getValue().stream()
                        .mapToLong(value -> header.getKey().length() + (long) value.length()))
                .sum();
        TooLarge refusal = null;
        if (headers > maxHeaders) {
            refusal = new TooLarge("the headers of the answer are larger than " + maxHeaders + " bytes");
        } else if (declared.isPresent() && declared.getAsLong() > maxBody) {
            refusal = new TooLarge("the answer is larger than " + maxBody + " bytes");
        }
        return new BoundedBody(maxBody, refusal);
    }

    /** An answer past a cap. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;

        TooLarge(String what) {
            super(what);
        }
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription next) {
        this.subscription = next;
        if (refusal != null) {
            refuse(refusal);
        } else {
            next.request(Long.MAX_VALUE);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (bytes.size() + buffer.remaining() > maxBody) {
                refuse(new TooLarge("the answer is larger than " + maxBody + " bytes"));
                return;
            }
            byte[] part = new byte[buffer.remaining()];
            buffer.get(part);
            bytes.writeBytes(part);
        }
    }

    private void refuse(TooLarge why) {
        if (subscription != null) {
            subscription.cancel();
        }
        body.completeExceptionally(why);
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(bytes.toByteArray());
    }
}
