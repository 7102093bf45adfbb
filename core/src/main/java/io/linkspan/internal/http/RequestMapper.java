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
import java.util.stream.Collectors;

/** From {@link HttpCall} to the JDK's request. */
final class RequestMapper {
    private RequestMapper() {}

    static HttpRequest request(HttpCall call, SendGate gate, UploadWatch watch) {
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
            publisher = BodyPublishers.fromPublisher(new SlicePublisher(slice, watch, call::permitted), slice.length());
        } else {
            publisher = BodyPublishers.noBody();
        }
        return request.method(call.method(), new Gated(publisher, gate)).build();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The client asks for the length once per send, when it is connected and about to write the head. */
    private record Gated(BodyPublisher body, SendGate gate) implements BodyPublisher {
        @Override
        public long contentLength() {
            gate.pass();
            return body.contentLength();
        }

        @Override
        public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
            body.subscribe(subscriber);
        }
    }
}
