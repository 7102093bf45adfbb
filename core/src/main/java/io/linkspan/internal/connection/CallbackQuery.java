package io.linkspan.internal.connection;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A callback's query, read strictly: bounded, decoded once, no parameter twice, no control characters. */
final class CallbackQuery {
    private static final int MAX = 8 * 1024;

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
        Map<String, String> parameters = new TreeMap<>();
        for (String pair : raw.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
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

    private static String decode(String text) throws Malformed {
        String decoded;
        try {
            decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Malformed("the callback query is not URL-encoded");
        }
        if (decoded.chars().anyMatch(Character::isISOControl)) {
            throw new Malformed("the callback query has control characters");
        }
        return decoded;
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }
}
