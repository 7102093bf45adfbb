package io.linkspan.tiktok;

import io.linkspan.spi.Flow;
import io.linkspan.spi.HttpBody;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;

/** Sends what a flow describes, once each, without any of the care the real transport takes. */
final class Wire {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    <T> T done(Flow<T> flow) {
        return Script.done(play(flow));
    }

    <T> Outcome<T> play(Flow<T> flow) {
        Flow<T> at = flow;
        while (at instanceof Flow.Call<T> call) {
            at = call.next().apply(send(call.call()));
        }
        return ((Flow.Finished<T>) at).outcome();
    }

    private HttpResult send(HttpCall call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(call.uri())
                .timeout(Duration.ofSeconds(30))
                .method(call.method(), body(call));
        call.headers().forEach(request::header);
        String type = contentType(call.body());
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        try {
            HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new HttpResult.Answered(
                    response.statusCode(), response.headers().map(), response.body());
        } catch (ConnectException e) {
            return new HttpResult.NotSent("refused");
        } catch (IOException e) {
            return new HttpResult.Lost("lost");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static BodyPublisher body(HttpCall call) {
        if (call.body() instanceof HttpBody.Form form) {
            return BodyPublishers.ofString(form.fields().entrySet().stream()
                    .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining("&")));
        }
        if (call.body() instanceof HttpBody.Json json) {
            return BodyPublishers.ofString(json.text());
        }
        if (call.body() instanceof HttpBody.Slice slice) {
            try (InputStream in = slice.source().open(slice.offset())) {
                byte[] bytes = in.readNBytes(Math.toIntExact(slice.length()));
                slice.progress().accept(bytes.length);
                return BodyPublishers.ofByteArray(bytes);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
        return BodyPublishers.noBody();
    }

    private static String contentType(HttpBody body) {
        if (body instanceof HttpBody.Form) {
            return "application/x-www-form-urlencoded";
        }
        if (body instanceof HttpBody.Json) {
            return "application/json; charset=UTF-8";
        }
        return body instanceof HttpBody.Slice slice ? slice.contentType() : "";
    }
}
