package io.linkspan.testkit.internal;

import io.linkspan.json.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;

/** A plain HTTP client for tests; one connection pool per instance. */
public final class Caller {

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI base;

    public Caller(URI base) {
        this.base = base;
    }

    /** An answer. */
    public record Reply(HttpResponse<String> response) {
        public int status() {
            return response.statusCode();
        }

        public JsonNode json() {
            return Objects.requireNonNull(Json.parse(response.body()), response.body());
        }

        /** The code of a TikTok data endpoint. */
        public String code() {
            return json().path("error").path("code").asString();
        }

        /** The error of a TikTok OAuth endpoint. */
        public String error() {
            return json().path("error").asString("");
        }

        /** Code and subcode of Instagram. */
        public String graph() {
            JsonNode error = json().path("error");
            return error.path("code").asString() + "/"
                    + error.path("error_subcode").asString("-");
        }

        public JsonNode data() {
            return json().path("data");
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    public Reply send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return new Reply(
                client.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString()));
    }

    public HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : base + path));
    }

    public Reply form(String path, String... parameters) throws IOException, InterruptedException {
        return send(to(path).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(Forms.query(parameters))));
    }

    public Reply json(String path, String token, String body) throws IOException, InterruptedException {
        return send(to(path).header("Content-Type", "application/json; charset=UTF-8")
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public Reply get(String path, String token) throws IOException, InterruptedException {
        return send(to(path).header("Authorization", "Bearer " + token).GET());
    }

    public Reply postForm(String path, String token, String... parameters) throws IOException, InterruptedException {
        return send(to(path).header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(Forms.query(parameters))));
    }

    public Reply put(String url, byte[] bytes, long first, long last, long total)
            throws IOException, InterruptedException {
        return send(to(url).header("Content-Type", "video/mp4")
                .header("Content-Range", "bytes " + first + "-" + last + "/" + total)
                .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes, (int) first, (int) (last - first + 1))));
    }
}
