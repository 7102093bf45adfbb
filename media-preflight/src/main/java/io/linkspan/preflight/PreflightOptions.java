package io.linkspan.preflight;

import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a check is for, and what is known besides the file. Immutable; every option has a default. */
public final class PreflightOptions {
    private static final PreflightOptions DEFAULTS = builder().build();

    private final Set<Destination> destinations;
    private final @Nullable Duration creatorMaxDuration;
    private final @Nullable Delivery delivery;
    private final @Nullable String caption;
    private final @Nullable String title;
    private final @Nullable Duration thumbOffset;
    private final @Nullable String name;
    private final boolean pathInCommands;
    private final List<MediaFacts> postItems;
    private final @Nullable LocalDate asOf;
    private final InstantSource clock;
    private final RulePacks rules;
    private final ReadBudget budget;

    private PreflightOptions(Builder builder) {
        destinations = builder.destinations;
        creatorMaxDuration = builder.creatorMaxDuration;
        delivery = builder.delivery;
        caption = builder.caption;
        title = builder.title;
        thumbOffset = builder.thumbOffset;
        name = builder.name;
        pathInCommands = builder.pathInCommands;
        postItems = builder.postItems;
        asOf = builder.asOf;
        clock = builder.clock;
        rules = builder.rules;
        budget = builder.budget;
    }

    /**
     * All destinations that fit the media, and nothing known besides the file.
     *
     * @return the defaults
     */
    public static PreflightOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Starts from the defaults.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The destinations to judge for.
     *
     * @return the destinations in the order of {@link Destination}; empty for all that fit the media
     */
    public Set<Destination> destinations() {
        return destinations;
    }

    /**
     * Longest video the TikTok creator may post.
     *
     * @return the limit, or empty if it is not known
     */
    public Optional<Duration> creatorMaxDuration() {
        return Optional.ofNullable(creatorMaxDuration);
    }

    /**
     * How the bytes reach the platform.
     *
     * @return the way, or empty if it is open; then the stricter rule holds
     */
    public Optional<Delivery> delivery() {
        return Optional.ofNullable(delivery);
    }

    /**
     * The caption to be posted with the media.
     *
     * @return the caption, or empty if none is judged
     */
    public Optional<String> caption() {
        return Optional.ofNullable(caption);
    }

    /**
     * The title to be posted with the media, where the platform has one besides the caption.
     *
     * @return the title, or empty if none is judged
     */
    public Optional<String> title() {
        return Optional.ofNullable(title);
    }

    /**
     * The place in the video that becomes its cover.
     *
     * @return the time from the start, or empty if none is judged
     */
    public Optional<Duration> thumbOffset() {
        return Optional.ofNullable(thumbOffset);
    }

    /**
     * The name of the media in reports and commands.
     *
     * @return the name, or empty for the name of the file without its folders
     */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /**
     * Whether commands name the file by the path that was checked.
     *
     * @return false if they name it as the report does
     */
    public boolean pathInCommands() {
        return pathInCommands;
    }

    /**
     * All items of the post, in order.
     *
     * @return the items; empty if the media is judged on its own
     */
    public List<MediaFacts> postItems() {
        return postItems;
    }

    /**
     * The rules to apply.
     *
     * @return the rule packs
     */
    public RulePacks rules() {
        return rules;
    }

    /**
     * These options with one thing changed.
     *
     * @return a new builder that starts from these options
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.destinations = destinations;
        builder.creatorMaxDuration = creatorMaxDuration;
        builder.delivery = delivery;
        builder.caption = caption;
        builder.title = title;
        builder.thumbOffset = thumbOffset;
        builder.name = name;
        builder.pathInCommands = pathInCommands;
        builder.postItems = postItems;
        builder.asOf = asOf;
        builder.clock = clock;
        builder.rules = rules;
        builder.budget = budget;
        return builder;
    }

    /**
     * The day as of which rules are applied and the age of their sources is judged.
     *
     * @return the day; empty for the newest rules, judged by their age today
     */
    public Optional<LocalDate> asOf() {
        return Optional.ofNullable(asOf);
    }

    /** The day on which the age of rules is judged. */
    LocalDate day() {
        return asOf == null ? LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC) : asOf;
    }

    /**
     * How much may be read.
     *
     * @return the budget
     */
    public ReadBudget budget() {
        return budget;
    }

    /** Collects options. Not safe for use by several threads. */
    public static final class Builder {
        private Set<Destination> destinations = Set.of();
        private @Nullable Duration creatorMaxDuration;
        private @Nullable Delivery delivery;
        private @Nullable String caption;
        private @Nullable String title;
        private @Nullable Duration thumbOffset;
        private @Nullable String name;
        private boolean pathInCommands;
        private List<MediaFacts> postItems = List.of();
        private @Nullable LocalDate asOf;
        private InstantSource clock = InstantSource.system();
        private RulePacks rules = RulePacks.builtIn();
        private ReadBudget budget = ReadBudget.defaults();

        private Builder() {}

        /**
         * Judges for these destinations only.
         *
         * @param values the destinations; default all that fit the media
         * @return this builder
         */
        public Builder destinations(Destination... values) {
            return destinations(List.of(values));
        }

        /**
         * Judges for these destinations only.
         *
         * @param values the destinations; default all that fit the media
         * @return this builder
         */
        public Builder destinations(Collection<Destination> values) {
            destinations =
                    values.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(List.copyOf(values)));
            return this;
        }

        /**
         * Longest video the TikTok creator may post, as the platform reports it in {@code max_video_post_duration_sec}.
         *
         * @param value the limit, more than zero; default not known, which makes videos over 60 seconds risky
         * @return this builder
         * @throws IllegalArgumentException if the limit is zero or negative
         */
        public Builder creatorMaxDuration(Duration value) {
            if (value.isZero() || value.isNegative()) {
                throw new IllegalArgumentException("creatorMaxDuration must be more than 0, was " + value);
            }
            creatorMaxDuration = value;
            return this;
        }

        /**
         * How the bytes reach the platform.
         *
         * @param value the way; default open, so that the stricter rule holds
         * @return this builder
         */
        public Builder delivery(Delivery value) {
            delivery = Objects.requireNonNull(value, "delivery");
            return this;
        }

        /**
         * The caption to be posted, hashtags and mentions included.
         *
         * @param value the caption; default none
         * @return this builder
         */
        public Builder caption(String value) {
            caption = Objects.requireNonNull(value, "caption");
            return this;
        }

        /**
         * The title to be posted besides the caption, as TikTok photo posts have one.
         *
         * @param value the title; default none
         * @return this builder
         */
        public Builder title(String value) {
            title = Objects.requireNonNull(value, "title");
            return this;
        }

        /**
         * Judges no caption and no title, as for an item whose post is judged as a whole.
         *
         * @return this builder
         */
        public Builder withoutText() {
            caption = null;
            title = null;
            return this;
        }

        /**
         * The place in the video that becomes its cover.
         *
         * @param value the time from the start; default none
         * @return this builder
         */
        public Builder thumbOffset(Duration value) {
            thumbOffset = Objects.requireNonNull(value, "thumbOffset");
            return this;
        }

        /**
         * The name of the media in reports and commands, such as the name that the user gave the file before it was
         * uploaded.
         *
         * @param value the name; default the name of the file without its folders, or {@code media} without a file
         * @return this builder
         * @throws IllegalArgumentException if the name is blank
         */
        public Builder name(String value) {
            if (value.isBlank()) {
                throw new IllegalArgumentException("name must not be blank");
            }
            name = value;
            return this;
        }

        /**
         * Names the file in commands by the path that is checked, for a host that runs them where the file is. Reports
         * shown to users should not reveal where a server keeps files.
         *
         * @param value true for the path; default false, so that commands name the file as the report does
         * @return this builder
         */
        public Builder pathInCommands(boolean value) {
            pathInCommands = value;
            return this;
        }

        /**
         * Judges the items of a post together too, as {@link Preflight#checkPost} does.
         *
         * @param values all items in order, the checked one included; default none
         * @return this builder
         */
        public Builder postItems(List<MediaFacts> values) {
            postItems = List.copyOf(values);
            return this;
        }

        /**
         * The rules to apply.
         *
         * @param value the rule packs; default {@link RulePacks#builtIn()}
         * @return this builder
         */
        public Builder rules(RulePacks value) {
            rules = Objects.requireNonNull(value, "rules");
            return this;
        }

        /**
         * Applies the rules of this day, and judges how old their sources are on it.
         *
         * @param value the day; default the newest rules, judged by their age today
         * @return this builder
         */
        public Builder asOf(LocalDate value) {
            asOf = Objects.requireNonNull(value, "asOf");
            return this;
        }

        /**
         * Tells which day is today, in UTC, where {@link #asOf} gives no day.
         *
         * @param value the clock; default the system's
         * @return this builder
         */
        public Builder clock(InstantSource value) {
            clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /**
         * How much may be read.
         *
         * @param value the budget; default {@link ReadBudget#defaults()}
         * @return this builder
         */
        public Builder budget(ReadBudget value) {
            budget = Objects.requireNonNull(value, "budget");
            return this;
        }

        /**
         * Ends the collection.
         *
         * @return immutable options
         */
        public PreflightOptions build() {
            return new PreflightOptions(this);
        }
    }
}
