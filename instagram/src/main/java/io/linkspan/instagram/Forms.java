package io.linkspan.instagram;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Form encoding, both ways. */
final class Forms {
    private Forms() {}

    static String encode(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Fields in the order given, as name, value, name, value. */
    static Map<String, String> of(String... namesAndValues) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }

    /** The value of a field that occurs exactly once, decoded once; empty when it does not, or is badly encoded. */
    static Optional<String> single(String form, String name) {
        List<String> values = new ArrayList<>();
        for (String pair : form.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals >= 0 && pair.substring(0, equals).equals(name)) {
                values.add(pair.substring(equals + 1));
            }
        }
        if (values.size() != 1) {
            return Optional.empty();
        }
        try {
            return Optional.of(URLDecoder.decode(values.get(0), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
