package io.linkspan.testkit.internal;

import io.linkspan.json.databind.JsonNode;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.HttpBody;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.HttpTransport;
import io.linkspan.spi.MediaSource;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Calls over a transport, for tests without sockets. */
public record Direct(HttpTransport transport, URI base, String token) {

    public HttpResult json(String path, String body) {
        return transport.exchange(call("POST", path).body(new HttpBody.Json(body)));
    }

    public HttpResult form(String path, String... parameters) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            fields.put(parameters[i], parameters[i + 1]);
        }
        return transport.exchange(call("POST", path).body(new HttpBody.Form(fields)));
    }

    public HttpResult get(String path) {
        return transport.exchange(call("GET", path));
    }

    public HttpResult put(String url, byte[] media, long first, long last) {
        HttpCall call = HttpCall.of("test.put", CallClass.COMMIT, "PUT", URI.create(url))
                .header("Content-Range", "bytes " + first + "-" + last + "/" + media.length)
                .body(slice(media, first, last - first + 1));
        return transport.exchange(call);
    }

    public static HttpBody.Slice slice(byte[] media, long offset, long length) {
        MediaSource source = new MediaSource() {
            @Override
            public long size() {
                return media.length;
            }

            @Override
            public InputStream open(long from) {
                return new ByteArrayInputStream(media, (int) from, media.length - (int) from);
            }
        };
        return new HttpBody.Slice(source, offset, length, "video/mp4", sent -> {});
    }

    private HttpCall call(String method, String path) {
        HttpCall call = HttpCall.of("test.call", CallClass.READ, method, URI.create(base + path));
        return token.isEmpty() ? call : call.header("Authorization", "Bearer " + token);
    }

    public static HttpResult.Answered answer(HttpResult result) {
        if (result instanceof HttpResult.Answered answered) {
            return answered;
        }
        throw new AssertionError("expected an answer, was " + result);
    }

    public static JsonNode document(HttpResult result) {
        return Objects.requireNonNull(Json.parse(answer(result).text()));
    }

    /** The code of a TikTok data endpoint. */
    public static String code(HttpResult result) {
        return document(result).path("error").path("code").asString();
    }

    /** Code and subcode of Instagram. */
    public static String graph(HttpResult result) {
        JsonNode error = document(result).path("error");
        return error.path("code").asString() + "/" + error.path("error_subcode").asString("-");
    }
}
