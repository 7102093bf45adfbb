package io.linkspan.testkit.internal;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters of a query string or a form. */
public final class Forms {

    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final Map<String, List<String>> values;

    private Forms(Map<String, List<String>> values) {
        this.values = values;
    }

    /**
     * Parses form-urlencoded text.
     *
     * @param text the text, or null for none
     * @return the parameters
     * @throws IllegalArgumentException if a percent escape is broken
     */
    public static Forms parse(@Nullable String text) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        if (text != null && !text.isEmpty()) {
            for (String pair : text.split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                values.computeIfAbsent(decode(name), key -> new ArrayList<>()).add(decode(value));
            }
        }
        return new Forms(values);
    }

    /**
     * Takes parameters from a map.
     *
     * @param map one value per name
     * @return the parameters
     */
    public static Forms of(Map<String, String> map) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        map.forEach((name, value) -> values.put(name, List.of(value)));
        return new Forms(values);
    }

    /**
     * The first value of a parameter.
     *
     * @param name its name
     * @return the value, or null when absent
     */
    public @Nullable String first(String name) {
        List<String> all = values.get(name);
        return all == null ? null : all.get(0);
    }

    /**
     * The first value of a parameter.
     *
     * @param name its name
     * @return the value, or the empty string when absent
     */
    public String text(String name) {
        String value = first(name);
        return value == null ? "" : value;
    }

    /**
     * All values of a parameter.
     *
     * @param name its name
     * @return the values
     */
    public List<String> all(String name) {
        return List.copyOf(values.getOrDefault(name, List.of()));
    }

    /** {@return whether a name occurs more than once} */
    public boolean repeated() {
        return values.values().stream().anyMatch(all -> all.size() > 1);
    }

    /** {@return the first value of every parameter} */
    public Map<String, String> singles() {
        Map<String, String> singles = new LinkedHashMap<>();
        values.forEach((name, all) -> singles.put(name, all.get(0)));
        return singles;
    }

    /** {@return the parameters as a query string} */
    public String query() {
        List<String> pairs = new ArrayList<>();
        values.forEach((name, all) -> all.forEach(value -> pairs.add(encode(name) + "=" + encode(value))));
        return String.join("&", pairs);
    }

    /**
     * Percent-encodes everything but unreserved characters.
     *
     * @param text what to encode
     * @return the encoded text
     */
    public static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (UNRESERVED.indexOf((char) b) >= 0) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HEX.toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    /**
     * Writes a query string.
     *
     * @param parameters names and values, alternating
     * @return the encoded query
     */
    public static String query(String... parameters) {
        StringBuilder query = new StringBuilder();
        for (int i = 0; i < parameters.length; i += 2) {
            query.append(i == 0 ? "" : "&")
                    .append(encode(parameters[i]))
                    .append('=')
                    .append(encode(parameters[i + 1]));
        }
        return query.toString();
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
