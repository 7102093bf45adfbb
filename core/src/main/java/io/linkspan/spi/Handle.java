package io.linkspan.spi;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A durable name on the platform for one attempt to post, and what the adapter needs to go on with it.
 *
 * @param id the platform's id ({@code publish_id}, container id)
 * @param facts what the adapter keeps, without secrets
 * @param secret a signed address or the like, stored encrypted, or null
 */
public record Handle(
        String id, Map<String, String> facts, @Nullable Secret secret) {
    /**
     * Copies the facts.
     *
     * @param id the platform's id ({@code publish_id}, container id)
     * @param facts what the adapter keeps, without secrets
     * @param secret a signed address or the like, stored encrypted, or null
     */
    public Handle {
        if (Objects.requireNonNull(id, "id").isBlank()) {
            throw new IllegalArgumentException("a handle needs an id");
        }
        facts = Collections.unmodifiableMap(new TreeMap<>(facts));
    }

    /**
     * With one fact changed.
     *
     * @param name its name
     * @param value its value
     * @return a copy
     */
    public Handle with(String name, String value) {
        Map<String, String> next = new TreeMap<>(facts);
        next.put(name, value);
        return new Handle(id, next, secret);
    }

    @Override
    public String toString() {
        return id;
    }
}
