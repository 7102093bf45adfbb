package io.linkspan.preflight;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One thing a report has to say: which rule, what was measured, what is allowed, why, and how to fix it. Immutable. */
public final class Finding {
    private final String ruleId;
    private final Severity severity;
    private final Set<Destination> destinations;
    private final String subject;
    private final String title;
    private final String measured;
    private final String allowed;
    private final String why;
    private final String fix;
    private final Supplier<List<String>> commandSource;
    private volatile @Nullable List<String> command;
    private final String source;
    private final @Nullable LocalDate seen;
    private final List<String> predictedErrors;
    private final List<String> unchecked;

    private Finding(Builder builder) {
        ruleId = builder.ruleId;
        severity = builder.severity;
        destinations = builder.destinations.isEmpty()
                ? Set.of()
                : Collections.unmodifiableSet(EnumSet.copyOf(builder.destinations));
        subject = builder.subject;
        title = builder.title;
        measured = builder.measured;
        allowed = builder.allowed;
        why = builder.why;
        fix = builder.fix;
        commandSource = builder.command;
        source = builder.source;
        seen = builder.seen;
        predictedErrors = List.copyOf(builder.predictedErrors);
        unchecked = List.copyOf(builder.unchecked);
    }

    /**
     * Starts a finding.
     *
     * @param ruleId the stable id of the rule, such as {@code ig.video.fps}
     * @param severity how much it weighs
     * @return a new builder
     */
    public static Builder builder(String ruleId, Severity severity) {
        return new Builder(Objects.requireNonNull(ruleId, "ruleId"), Objects.requireNonNull(severity, "severity"));
    }

    /**
     * The stable id of the rule.
     *
     * @return for example {@code ig.video.fps}
     */
    public String ruleId() {
        return ruleId;
    }

    /**
     * How much it weighs.
     *
     * @return the severity
     */
    public Severity severity() {
        return severity;
    }

    /**
     * For which destinations it holds, in the order of {@link Destination}.
     *
     * @return the destinations, at least one in a report
     */
    public Set<Destination> destinations() {
        return destinations;
    }

    /**
     * The property of the media that was judged. Findings with the same subject have one cause.
     *
     * @return for example {@code video.fps}; the id of the rule where no property stands for it
     */
    public String subject() {
        return subject;
    }

    /**
     * What the rule is about, in a few words.
     *
     * @return for example {@code frame rate}
     */
    public String title() {
        return title;
    }

    /**
     * What was found in the media, with its unit.
     *
     * @return for example {@code 15 fps}
     */
    public String measured() {
        return measured;
    }

    /**
     * What the rule allows, with its unit.
     *
     * @return for example {@code 23 to 60 fps}; empty where there is no such thing
     */
    public String allowed() {
        return allowed;
    }

    /**
     * Why it matters.
     *
     * @return a sentence for people
     */
    public String why() {
        return why;
    }

    /**
     * What to do about it.
     *
     * @return a sentence for people; empty if nothing can be done
     */
    public String fix() {
        return fix;
    }

    /**
     * The fix as an ffmpeg argument list, to be run without a shell.
     *
     * @return program and arguments; empty if no command fixes it
     */
    public List<String> commandLine() {
        List<String> built = command;
        if (built == null) {
            built = List.copyOf(commandSource.get());
            command = built;
        }
        return built;
    }

    /**
     * The fix as a line for a POSIX shell. Every argument that needs it is quoted and file names carry {@code file:}, so
     * that no name is taken for an option or a protocol.
     *
     * @return the line, or empty if no command fixes it
     */
    public Optional<String> command() {
        List<String> line = commandLine();
        return line.isEmpty() ? Optional.empty() : Optional.of(ShellQuoting.posix(line));
    }

    /**
     * Where the rule comes from.
     *
     * @return a page or a report, or {@code Linkspan} for what the reader itself found
     */
    public String source() {
        return source;
    }

    /**
     * The day the source was last seen.
     *
     * @return the day, or empty if the source is the reader itself
     */
    public Optional<LocalDate> seen() {
        return Optional.ofNullable(seen);
    }

    /**
     * The codes the platform is expected to answer with when this is ignored.
     *
     * @return for example {@code frame_rate_check_failed}; often none
     */
    public List<String> predictedErrors() {
        return predictedErrors;
    }

    /**
     * The rules that could not be checked for the reason that this finding names.
     *
     * @return rule ids; empty unless {@link #ruleId()} is {@code media.unchecked}
     */
    public List<String> unchecked() {
        return unchecked;
    }

    /**
     * Rule and measured value.
     *
     * @return one line for logs
     */
    @Override
    public String toString() {
        return severity + " " + ruleId + ": " + measured;
    }

    /** Collects the parts of a finding. Not safe for use by several threads. */
    public static final class Builder {
        private final String ruleId;
        private final Severity severity;
        private Collection<Destination> destinations = List.of();
        private String subject;
        private String title = "";
        private String measured = "";
        private String allowed = "";
        private String why = "";
        private String fix = "";
        private Supplier<List<String>> command = List::of;
        private String source = "Linkspan";
        private @Nullable LocalDate seen;
        private List<String> predictedErrors = List.of();
        private List<String> unchecked = List.of();

        private Builder(String ruleId, Severity severity) {
            this.ruleId = ruleId;
            subject = ruleId;
            this.severity = severity;
        }

        /**
         * For which destinations it holds.
         *
         * @param value the destinations; default none
         * @return this builder
         */
        public Builder destinations(Collection<Destination> value) {
            destinations = List.copyOf(value);
            return this;
        }

        /**
         * The property of the media that was judged.
         *
         * @param value such as {@code video.fps}; default the id of the rule
         * @return this builder
         */
        public Builder subject(String value) {
            subject = Objects.requireNonNull(value, "subject");
            return this;
        }

        /**
         * What the rule is about.
         *
         * @param value a few words; default empty
         * @return this builder
         */
        public Builder title(String value) {
            title = Objects.requireNonNull(value, "title");
            return this;
        }

        /**
         * What was found and what is allowed.
         *
         * @param found the measured value with its unit; default empty
         * @param limit the allowed values with their unit; default empty
         * @return this builder
         */
        public Builder measured(String found, String limit) {
            measured = Objects.requireNonNull(found, "found");
            allowed = Objects.requireNonNull(limit, "limit");
            return this;
        }

        /**
         * Why it matters and what to do.
         *
         * @param reason why; default empty
         * @param remedy what to do; default empty
         * @return this builder
         */
        public Builder explained(String reason, String remedy) {
            why = Objects.requireNonNull(reason, "reason");
            fix = Objects.requireNonNull(remedy, "remedy");
            return this;
        }

        /**
         * The command that fixes it.
         *
         * @param value program and arguments; default none
         * @return this builder
         */
        public Builder command(List<String> value) {
            List<String> line = List.copyOf(value);
            return command(() -> line);
        }

        /**
         * The command that fixes it, built only if someone asks for it.
         *
         * @param value gives program and arguments, the same each time; may be called by several threads
         * @return this builder
         */
        public Builder command(Supplier<List<String>> value) {
            command = Objects.requireNonNull(value, "value");
            return this;
        }

        /**
         * Where the rule comes from.
         *
         * @param page the page or report; default {@code Linkspan}
         * @param day the day it was last seen, if there is such a day
         * @return this builder
         */
        public Builder source(String page, @Nullable LocalDate day) {
            source = Objects.requireNonNull(page, "page");
            seen = day;
            return this;
        }

        /**
         * What the platform will answer.
         *
         * @param value error codes; default none
         * @return this builder
         */
        public Builder predictedErrors(List<String> value) {
            predictedErrors = List.copyOf(value);
            return this;
        }

        /**
         * Which rules could not be checked.
         *
         * @param value rule ids; default none
         * @return this builder
         */
        public Builder unchecked(Collection<String> value) {
            unchecked = List.copyOf(new ArrayList<>(value));
            return this;
        }

        /**
         * Ends the finding.
         *
         * @return an immutable finding
         */
        public Finding build() {
            return new Finding(this);
        }
    }
}
