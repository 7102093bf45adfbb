package io.linkspan.instagram;

import io.linkspan.spi.Texts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Collects values for the option builders, as Instagram writes them. Not thread-safe. */
final class OptionValues {
    /** More than any option takes; the limits in characters are the platform's. */
    private static final int MOST_UNITS = 8 * 1024;

    private final Map<String, String> values = new TreeMap<>();
    private final List<Map<String, Object>> people = new ArrayList<>();
    private final List<Map<String, Object>> products = new ArrayList<>();

    void put(String name, String value) {
        values.put(name, Objects.requireNonNull(value, name));
    }

    void put(String name, boolean value) {
        values.put(name, String.valueOf(value));
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    void handles(String name, List<String> handles, int most) {
        if (handles.isEmpty() || handles.size() > most) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s must name 1 to %d accounts, had %d", name, most, handles.size()));
        }
        handles.forEach(OptionValues::handle);
        put(name, Fields.write(handles));
    }

    static String handle(String handle) {
        if (!Objects.requireNonNull(handle, "handle").matches(Checks.HANDLE)) {
            throw new IllegalArgumentException(
                    "a user name must have 1 to 30 letters, digits, dots or underscores and no @, was "
                            + Texts.shown(handle));
        }
        return handle;
    }

    void numbers(String name, List<String> ids, int most) {
        if (ids.isEmpty() || ids.size() > most) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s must have 1 to %d ids, had %d", name, most, ids.size()));
        }
        ids.forEach(id -> number(name, id));
        put(name, Fields.write(ids));
    }

    static String number(String name, String id) {
        if (!Objects.requireNonNull(id, name).matches(Checks.NUMBER)) {
            throw new IllegalArgumentException(
                    name + " must be a number as Instagram gives it, was " + Texts.shown(id));
        }
        return id;
    }

    void altText(String text) {
        Texts.text("altText", text, MOST_UNITS);
        int length = text.codePointCount(0, text.length());
        if (text.isBlank() || length > Checks.MAX_ALT_TEXT) {
            throw new IllegalArgumentException(
                    "altText must have 1 to " + Checks.MAX_ALT_TEXT + " characters, had " + length);
        }
        put(OptionNames.ALT_TEXT, text);
    }

    void poll(String json, boolean openEnded) {
        if (!Fields.json(Texts.text("poll", json, MOST_UNITS)).isObject()) {
            throw new IllegalArgumentException("poll must be a JSON object as Instagram's page describes it");
        }
        put(OptionNames.POLL, json);
        put(OptionNames.OPEN_ENDED_POLL, openEnded);
    }

    void person(String handle) {
        people.add(Map.of("username", handle(handle)));
    }

    void person(String handle, double x, double y) {
        people.add(placed("username", handle(handle), x, y));
    }

    void product(String id) {
        products.add(Map.of("product_id", number("product", id)));
    }

    void product(String id, double x, double y) {
        products.add(placed("product_id", number("product", id), x, y));
    }

    private static Map<String, Object> placed(String name, String value, double x, double y) {
        if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1)) {
            throw new IllegalArgumentException("x and y must be from 0.0 (top left) to 1.0, were " + x + " and " + y);
        }
        Map<String, Object> tag = new LinkedHashMap<>();
        tag.put(name, value);
        tag.put("x", x);
        tag.put("y", y);
        return tag;
    }

    Map<String, String> toMap() {
        Map<String, String> all = new TreeMap<>(values);
        if (!people.isEmpty()) {
            all.put(OptionNames.USER_TAGS, Fields.write(people));
        }
        if (!products.isEmpty()) {
            all.put(OptionNames.PRODUCT_TAGS, Fields.write(products));
        }
        return Collections.unmodifiableMap(all);
    }
}
