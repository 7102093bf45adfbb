package io.linkspan.instagram;

import io.linkspan.spi.Flow;
import io.linkspan.spi.HttpBody;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Sends the calls of a flow, one client per call so that nothing is sent twice behind our back. */
final class Wire {
    private Wire() {}

    static <T> Outcome<T> run(Flow<T> flow) {
        Flow<T> at = flow;
        while (at instanceof Flow.Call<T>) {
            Flow.Call<T> call = (Flow.Call<T>) at;
            at = call.next().apply(send(call.call()));
        }
        return ((Flow.Finished<T>) at).outcome();
    }

    static <T> T done(Flow<T> flow) {
        return Conversation.of(Flow.finished(run(flow))).done();
    }

    /** No body, and no second try: on Java 17 the client silently repeats a GET whose connection closed without an answer. */
    private static final class OneSend implements HttpRequest.BodyPublisher {
        private final HttpRequest.BodyPublisher empty = HttpRequest.BodyPublishers.noBody();
        private final AtomicBoolean asked = new AtomicBoolean();

        @Override
        public long contentLength() {
            if (asked.getAndSet(true)) {
                throw new IllegalStateException("a request is sent once");
            }
            return 0;
        }

        @Override
        public void subscribe(java.util.concurrent.Flow.Subscriber<? super ByteBuffer> subscriber) {
            empty.subscribe(subscriber);
        }
    }

    private static HttpRequest.BodyPublisher publisher(HttpBody.Slice slice) {
        HttpRequest.BodyPublisher bytes = HttpRequest.BodyPublishers.ofInputStream(() -> {
            try {
                return slice.source().open(slice.offset());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return HttpRequest.BodyPublishers.fromPublisher(bytes, slice.length());
    }

    private static HttpResult send(HttpCall call) {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        HttpRequest.Builder request = HttpRequest.newBuilder(call.uri()).timeout(Duration.ofSeconds(30));
        call.headers().forEach(request::header);
        if (call.body() instanceof HttpBody.Form) {
            request.header("Content-Type", "application/x-www-form-urlencoded");
            request.method(
                    call.method(),
                    HttpRequest.BodyPublishers.ofString(Forms.encode(((HttpBody.Form) call.body()).fields())));
        } else if (call.body() instanceof HttpBody.Slice slice) {
            request.header("Content-Type", slice.contentType());
            request.method(call.method(), publisher(slice));
        } else {
            request.method(call.method(), new OneSend());
        }
        try {
            HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new HttpResult.Answered(
                    response.statusCode(), response.headers().map(), response.body());
        } catch (ConnectException e) {
            return new HttpResult.NotSent("connection refused");
        } catch (IOException e) {
            return new HttpResult.Lost("connection broke");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new HttpResult.Lost("interrupted");
        }
    }
}
