package io.linkspan.preflight;

import io.linkspan.preflight.Fact.Absent;
import io.linkspan.preflight.Fact.Known;
import io.linkspan.preflight.Fact.NotApplicable;
import io.linkspan.preflight.Fact.Unknown;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything learned about one file. Immutable.
 *
 * <p>A host that has facts from elsewhere, for example from its transcoder, builds them by hand and has them judged
 * without a file. What it leaves out is {@link Unknown}, so the rules that need it report that they could not check.
 */
public final class MediaFacts {
    private final MediaKind kind;
    private final Map<FactKey<?>, Fact<?>> facts;
    private final List<Damage> damage;
    private final @Nullable Damage unreadable;

    private MediaFacts(Builder builder) {
        kind = builder.kind;
        facts = Map.copyOf(builder.facts);
        damage = List.copyOf(builder.damage);
        unreadable = builder.unreadable;
    }

    /**
     * Starts facts about media of one kind.
     *
     * @param kind what the media is
     * @return a new builder
     */
    public static Builder builder(MediaKind kind) {
        return new Builder(Objects.requireNonNull(kind, "kind"));
    }

    /**
     * What the media is.
     *
     * @return the kind
     */
    public MediaKind kind() {
        return kind;
    }

    /**
     * One fact.
     *
     * @param key which fact
     * @param <T> the type of its value
     * @return the fact in one of its four states
     */
    @SuppressWarnings("unchecked") // the builder only stores what the key's type allows
    public <T> Fact<T> fact(FactKey<T> key) {
        Objects.requireNonNull(key, "key");
        Fact<?> fact = facts.get(key);
        if (fact != null) {
            return (Fact<T>) fact;
        }
        if (!key.appliesTo(kind) || unreadable != null) {
            return new NotApplicable<>();
        }
        boolean silent = facts.get(FactKey.AUDIO_PRESENT) instanceof Known<?> audio
                && audio.value().equals(false);
        return silent && key.name().startsWith("audio.") ? new Absent<>() : new Unknown<>("not given");
    }

    /**
     * Where the file contradicts itself or ends early, in the order found; at most 20 places.
     *
     * @return the places, often none
     */
    public List<Damage> damage() {
        return damage;
    }

    /**
     * Why nothing can be made of the file: it could not be read, or no decoder could show or play what it holds. Facts
     * that were read all the same stay.
     *
     * @return what is wrong and where, or empty if the file can be used
     */
    public Optional<Damage> unreadable() {
        return Optional.ofNullable(unreadable);
    }

    /** Collects facts. Not safe for use by several threads. */
    public static final class Builder {
        private static final int MOST_DAMAGE = 20;

        private MediaKind kind;
        private final Map<FactKey<?>, Fact<?>> facts = new HashMap<>();
        private final List<Damage> damage = new ArrayList<>();
        private @Nullable Damage unreadable;

        private Builder(MediaKind kind) {
            this.kind = kind;
        }

        /**
         * Corrects what the media is.
         *
         * @param value the kind
         * @return this builder
         */
        public Builder kind(MediaKind value) {
            kind = Objects.requireNonNull(value, "kind");
            return this;
        }

        /**
         * States a value.
         *
         * @param key which fact
         * @param value its value
         * @param <T> the type of the value
         * @return this builder
         */
        public <T> Builder known(FactKey<T> key, T value) {
            Objects.requireNonNull(value, "value");
            return fact(key, new Known<>(value));
        }

        /**
         * States that the media has no such thing.
         *
         * @param key which fact
         * @return this builder
         */
        public Builder absent(FactKey<?> key) {
            return fact(key, new Absent<>());
        }

        /**
         * States that the question makes no sense for the media.
         *
         * @param key which fact
         * @return this builder
         */
        public Builder notApplicable(FactKey<?> key) {
            return fact(key, new NotApplicable<>());
        }

        /**
         * States that a fact could not be learned.
         *
         * @param key which fact
         * @param reason why, for people
         * @return this builder
         */
        public Builder unknown(FactKey<?> key, String reason) {
            return fact(key, new Unknown<>(reason));
        }

        /**
         * States that a fact could not be learned, unless something is stated about it already.
         *
         * @param key which fact
         * @param reason why, for people
         * @return this builder
         */
        public Builder unknownIfUnset(FactKey<?> key, String reason) {
            return facts.containsKey(key) ? this : unknown(key, reason);
        }

        /**
         * Adds a damaged place; beyond 20 places more are not kept.
         *
         * @param place what is wrong, and where
         * @return this builder
         */
        public Builder damage(Damage place) {
            Objects.requireNonNull(place, "place");
            if (damage.size() < MOST_DAMAGE && !damage.contains(place)) {
                damage.add(place);
            }
            return this;
        }

        /**
         * States that nothing can be made of the file.
         *
         * @param place what is wrong, and where
         * @return this builder
         */
        public Builder unreadable(Damage place) {
            unreadable = Objects.requireNonNull(place, "place");
            return this;
        }

        /**
         * Ends the collection.
         *
         * @return immutable facts
         */
        public MediaFacts build() {
            return new MediaFacts(this);
        }

        private Builder fact(FactKey<?> key, Fact<?> fact) {
            Objects.requireNonNull(key, "key");
            if (fact instanceof Known<?> known && !key.accepts(known.value())) {
                throw new IllegalArgumentException(key + " does not take a value of "
                        + known.value().getClass().getName());
            }
            facts.put(key, fact);
            return this;
        }
    }
}
