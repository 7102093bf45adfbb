package io.linkspan.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Follows redirects, fills in login and consent forms, and stops where the callback begins. */
final class ScriptedBrowser {
    private static final int MAX_HOPS = 20;
    private static final Pattern ACTION = Pattern.compile("<form[^>]*action=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);
    private static final Pattern INPUT = Pattern.compile("<input([^>]*)>", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile("\\bname=\"([^\"]*)\"");
    private static final Pattern VALUE = Pattern.compile("\\bvalue=\"([^\"]*)\"");

    private ScriptedBrowser() {}

    /** The raw query of the callback. */
    static String signIn(URI start, String redirectUri, String user) {
        HttpClient client = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        URI here = start;
        HttpRequest.Builder next = HttpRequest.newBuilder(here).GET();
        for (int hop = 0; hop < MAX_HOPS; hop++) {
            HttpResponse<String> answer = send(client, next);
            String location = answer.headers().firstValue("Location").orElse("");
            if (!location.isEmpty()) {
                here = here.resolve(location);
                if (here.toString().startsWith(redirectUri)) {
                    return here.getRawQuery();
                }
                next = HttpRequest.newBuilder(here).GET();
                continue;
            }
            Matcher action = ACTION.matcher(answer.body());
            if (answer.statusCode() != 200 || !action.find()) {
                throw new IllegalStateException("a page without a form: HTTP " + answer.statusCode());
            }
            here = here.resolve(action.group(1).replace("&amp;", "&"));
            next = HttpRequest.newBuilder(here)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(fill(answer.body(), user)));
        }
        throw new IllegalStateException("no callback after " + MAX_HOPS + " pages");
    }

    private static String fill(String html, String user) {
        List<String> fields = new ArrayList<>();
        Matcher input = INPUT.matcher(html);
        while (input.find()) {
            Matcher name = NAME.matcher(input.group(1));
            if (!name.find()) {
                continue;
            }
            Matcher value = VALUE.matcher(input.group(1));
            String content = switch (name.group(1)) {
                case "username", "login" -> user;
                case "password" -> "secret";
                default -> value.find() ? value.group(1) : "";
            };
            fields.add(encode(name.group(1)) + "=" + encode(content));
        }
        return String.join("&", fields);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) {
        try {
            return client.send(
                    request.header("Accept", "text/html")
                            .timeout(Duration.ofSeconds(30))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
