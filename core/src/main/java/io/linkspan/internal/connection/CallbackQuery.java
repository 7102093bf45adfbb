package io.linkspan.internal.connection;

import io.linkspan.spi.Texts;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A callback's query, read strictly: bounded, decoded once, no parameter twice, no control characters. */
final class CallbackQuery {
    private static final int MAX = 8 * 1024;
    /** The fragment of Meta's callback addresses, which belongs to the state when something encoded the whole address. */
    private static final Pattern META_FRAGMENT = Pattern.compile("#_(=_)?$");

    private final Map<String, String> parameters;

    private CallbackQuery(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    /** Thrown for a query that breaks the form; the message does not repeat its content. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }
    }

    static CallbackQuery parse(String raw) throws Malformed {
        if (raw.length() > MAX) {
            throw new Malformed(
                    "the callback query has " + raw.length() + " characters, at most " + MAX + " are taken");
        }
        String bare = bare(raw);
        if (bare.isBlank()) {
            throw new Malformed(
                    "the callback has no query; pass the query exactly as the browser sent it, and if it sent none,"
                            + " start the connect again");
        }
        if (bare.indexOf('=') < 0 && bare.toUpperCase(Locale.ROOT).contains("%3D")) {
            throw new Malformed("the callback query is encoded twice; pass it exactly as the browser sent it");
        }
        Map<String, String> parameters = new TreeMap<>();
        for (String pair : bare.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            if (name.equals("state")) {
                value = META_FRAGMENT.matcher(value).replaceFirst("");
            }
            if (parameters.putIfAbsent(name, value) != null) {
                throw new Malformed("a parameter occurs twice in the callback query");
            }
        }
        CallbackQuery query = new CallbackQuery(parameters);
        if (query.get("code").isPresent() && query.get("error").isPresent()) {
            throw new Malformed("the callback query has both code and error");
        }
        if (query.get("state").isEmpty()) {
            throw new Malformed("the callback query has no state; pass the query exactly as the browser sent it");
        }
        if (query.get("code").isEmpty() && query.get("error").isEmpty()) {
            throw new Malformed(
                    "the callback query has neither code nor error; pass the query exactly as the browser sent it");
        }
        return query;
    }

    /** Without the address before it and the fragment after it, which come along when a person or a script passes all. */
    private static String bare(String raw) {
        int fragment = raw.indexOf('#');
        String visible = fragment < 0 ? raw : raw.substring(0, fragment);
        int question = visible.indexOf('?');
        String before = question < 0 ? "" : visible.substring(0, question);
        boolean address = before.isEmpty() || before.startsWith("/") || before.contains("://");
        return question >= 0 && address && before.indexOf('&') < 0 ? visible.substring(question + 1) : visible;
    }

    private static String decode(String text) throws Malformed {
        String decoded;
        try {
            decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Malformed("the callback query is not URL-encoded");
        }
        if (!Texts.isClean(decoded)) {
            throw new Malformed("the callback query has control characters or is not well-formed");
        }
        return decoded;
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }
}
