package io.linkspan.preflight.internal.rule;

import io.linkspan.json.databind.JsonNode;
import io.linkspan.preflight.RulePackException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Strict access to one JSON object: what is missing, mistyped or not asked for is refused by name. */
final class Fields {
    private final JsonNode node;
    private final String place;
    private final Set<String> asked = new HashSet<>();

    Fields(JsonNode node, String place) {
        this.node = node;
        this.place = place;
        if (!node.isObject()) {
            throw broken("must be an object");
        }
    }

    RulePackException broken(String reason) {
        return new RulePackException(place + ": " + reason, null);
    }

    @Nullable
    JsonNode optional(String name) {
        asked.add(name);
        return node.get(name);
    }

    JsonNode required(String name) {
        JsonNode value = optional(name);
        if (value == null) {
            throw broken("'" + name + "' is missing");
        }
        return value;
    }

    String text(String name) {
        return asText(required(name), name);
    }

    @Nullable
    String textOrNull(String name) {
        JsonNode value = optional(name);
        return value == null ? null : asText(value, name);
    }

    String text(String name, Supplier<String> otherwise) {
        String value = textOrNull(name);
        return value == null ? otherwise.get() : value;
    }

    List<String> texts(String name) {
        JsonNode value = optional(name);
        if (value == null) {
            return List.of();
        }
        if (!value.isArray()) {
            throw broken("'" + name + "' must be an array");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode item : value) {
            texts.add(asText(item, name));
        }
        return texts;
    }

    <E extends Enum<E>> Set<E> constants(String name, Class<E> type) {
        Set<E> constants = EnumSet.noneOf(type);
        for (String text : texts(name)) {
            constants.add(constant(text, name, type));
        }
        return constants;
    }

    <E extends Enum<E>> E constant(String text, String name, Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        throw broken("'" + name + "' has the unknown value '" + text + "'");
    }

    JsonNode node() {
        return node;
    }

    boolean flag(String name) {
        JsonNode value = optional(name);
        if (value != null && !value.isBoolean()) {
            throw broken("'" + name + "' must be true or false");
        }
        return value != null && value.booleanValue();
    }

    @Nullable
    LocalDate dateOrNull(String name) {
        return optional(name) == null ? null : date(name);
    }

    LocalDate date(String name) {
        String text = text(name);
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw broken("'" + name + "' must be a date such as 2026-11-21, was '" + text + "'");
        }
    }

    /** A number, or a ratio such as {@code "9:16"}. */
    @Nullable
    Double number(String name) {
        JsonNode value = optional(name);
        if (value == null) {
            return null;
        }
        if (value.isNumber()) {
            return value.doubleValue();
        }
        String[] parts = asText(value, name).split(":", -1);
        try {
            if (parts.length == 2) {
                return Double.parseDouble(parts[0]) / Double.parseDouble(parts[1]);
            }
        } catch (NumberFormatException e) {
            throw broken("'" + name + "' is not a ratio: " + value);
        }
        throw broken("'" + name + "' must be a number or a ratio such as \"9:16\"");
    }

    /** Call last: refuses names that nobody asked for. */
    void nothingElse() {
        Set<String> unknown = new TreeSet<>(node.propertyNames());
        unknown.removeAll(asked);
        if (!unknown.isEmpty()) {
            throw broken("unknown fields " + unknown);
        }
    }

    private String asText(JsonNode value, String name) {
        if (!value.isString() || value.stringValue().isBlank()) {
            throw broken("'" + name + "' must be text that is not blank");
        }
        return value.stringValue();
    }
}
