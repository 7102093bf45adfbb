package io.linkspan.internal.keys;

import io.linkspan.internal.crypto.Vault;
import io.linkspan.json.databind.JsonNode;
import io.linkspan.json.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds what is sealed inside a record by its form, whatever the field is called. */
final class SealedFields {
    /** Texts of other people, where something that looks sealed would not be ours. */
    private static final Set<String> FOREIGN = Set.of("content", "account", "evidence", "health", "pending");

    private static final Pattern DOT = Pattern.compile("\\.");

    private final Vault vault;

    SealedFields(Vault vault) {
        this.vault = vault;
    }

    /** A text of one sealed value, or of several with dots between. */
    private record Field(ObjectNode parent, String name, String text) {
        Stream<byte[]> parts() {
            return Stream.of(DOT.split(text, -1)).map(Base64.getDecoder()::decode);
        }
    }

    Set<String> keys(JsonNode root) {
        Set<String> keys = new TreeSet<>();
        for (Field field : find(root, new ArrayList<>())) {
            field.parts().flatMap(part -> Vault.keyId(part).stream()).forEach(keys::add);
        }
        return keys;
    }

    void rewrap(JsonNode root) {
        for (Field field : find(root, new ArrayList<>())) {
            String next = field.parts()
                    .map(part -> Base64.getEncoder().encodeToString(vault.rewrap(part)))
                    .collect(Collectors.joining("."));
            field.parent().put(field.name(), next);
        }
    }

    private static List<Field> find(JsonNode node, List<Field> found) {
        if (node instanceof ObjectNode parent) {
            for (Map.Entry<String, JsonNode> child : parent.properties()) {
                if (FOREIGN.contains(child.getKey())) {
                    continue;
                }
                if (child.getValue().isString()) {
                    String text = child.getValue().stringValue();
                    if (isSealed(text)) {
                        found.add(new Field(parent, child.getKey(), text));
                    }
                } else {
                    find(child.getValue(), found);
                }
            }
        } else {
            node.forEach(child -> find(child, found));
        }
        return found;
    }

    private static boolean isSealed(String text) {
        if (text.length() < 64) {
            return false;
        }
        try {
            return Stream.of(DOT.split(text, -1))
                    .allMatch(part ->
                            Vault.keyId(Base64.getDecoder().decode(part)).isPresent());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
