package io.linkspan.spi;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A durable name on the platform for one attempt to post, and what the adapter needs to go on with it.
 *
 * @param id the platform's id ({@code publish_id}, container id)
 * @param facts what the adapter keeps, without secrets
 * @param secret a signed address or the like, stored encrypted, or null
 * @param usableUntil until when a commit may still be sent to it, or null when there is no end; a job that waits longer makes
 *     a new handle
 */
public record Handle(
        String id,
        Map<String, String> facts,
        @Nullable Secret secret,
        @Nullable Instant usableUntil) {
    /**
     * Copies the facts.
     *
     * @param id the platform's id ({@code publish_id}, container id)
     * @param facts what the adapter keeps, without secrets
     * @param secret a signed address or the like, stored encrypted, or null
     * @param usableUntil until when a commit may still be sent to it, or null when there is no end
     */
    public Handle {
        if (Objects.requireNonNull(id, "id").isBlank()) {
            throw new IllegalArgumentException("a handle needs an id");
        }
        id = Texts.cleaned(id, Texts.MOST_REASON);
        facts = Texts.cleaned(facts);
    }

    /**
     * Without an end.
     *
     * @param id the platform's id
     * @param facts what the adapter keeps, without secrets
     * @param secret a signed address or the like, stored encrypted, or null
     */
    public Handle(String id, Map<String, String> facts, @Nullable Secret secret) {
        this(id, facts, secret, null);
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
        return new Handle(id, next, secret, usableUntil);
    }

    /**
     * One fact.
     *
     * @param name its name
     * @return its value, or empty
     */
    public Optional<String> fact(String name) {
        return Optional.ofNullable(facts.get(name));
    }

    /**
     * Until when a commit may still be sent to it.
     *
     * @return the moment; empty when there is no end
     */
    public Optional<Instant> usable() {
        return Optional.ofNullable(usableUntil);
    }

    @Override
    public String toString() {
        return id;
    }
}
