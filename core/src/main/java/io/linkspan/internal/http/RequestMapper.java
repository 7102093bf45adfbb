package io.linkspan.internal.http;

import io.linkspan.spi.HttpBody;
import io.linkspan.spi.HttpCall;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** From {@link HttpCall} to the JDK's request. */
final class RequestMapper {
    private RequestMapper() {}

    static HttpRequest request(HttpCall call, AtomicBoolean subscribed, UploadWatch watch) {
        HttpRequest.Builder request = HttpRequest.newBuilder(call.uri());
        call.headers().forEach(request::header);
        HttpBody body = call.body();
        BodyPublisher publisher;
        if (body instanceof HttpBody.Form form) {
            request.header("Content-Type", "application/x-www-form-urlencoded");
            publisher = BodyPublishers.ofString(form.fields().entrySet().stream()
                    .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                    .collect(Collectors.joining("&")));
        } else if (body instanceof HttpBody.Json json) {
            request.header("Content-Type", "application/json; charset=UTF-8");
            publisher = BodyPublishers.ofString(json.text());
        } else if (body instanceof HttpBody.Slice slice) {
            request.header("Content-Type", slice.contentType());
            publisher = BodyPublishers.fromPublisher(new SlicePublisher(slice, watch), slice.length());
        } else {
            publisher = BodyPublishers.noBody();
        }
        AtomicInteger sendsLeft = new AtomicInteger(JdkTransport.sentOnce(call.callClass()) ? 1 : Integer.MAX_VALUE);
        return request.method(call.method(), new Noticing(publisher, subscribed, sendsLeft))
                .build();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The client wanted to send a request again that must be sent once. */
    static final class RepeatRefused extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        RepeatRefused() {
            super("the request was sent once already");
        }
    }

    /**
     * Remembers that the client asked for the body, which it does only once connected. The client asks for the length once
     * per send, and sends a GET again without notice when its connection closes before an answer: there the second
     * question stops it.
     */
    private record Noticing(BodyPublisher body, AtomicBoolean subscribed, AtomicInteger sendsLeft)
            implements BodyPublisher {
        @Override
        public long contentLength() {
            if (sendsLeft.getAndDecrement() <= 0) {
                throw new RepeatRefused();
            }
            return body.contentLength();
        }

        @Override
        public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
            subscribed.set(true);
            body.subscribe(subscriber);
        }
    }
}
