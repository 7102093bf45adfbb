package io.linkspan.publish;

import io.linkspan.Platform;
import io.linkspan.connection.ConnectionId;
import io.linkspan.preflight.PreflightReport;
import io.linkspan.spi.Problem;
import io.linkspan.spi.QuotaLeft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What would happen on submit: the same checks, without effect.
 *
 * @param targets one per target, in order
 */
public record Preview(List<TargetPreview> targets) {
    private static final int MOST_LINES = 20;

    /**
     * Copies the list.
     *
     * @param targets one per target, in order
     */
    public Preview {
        targets = List.copyOf(targets);
    }

    /**
     * One target.
     *
     * @param platform the platform
     * @param connection the connection
     * @param account the account, for people
     * @param caption the text it gets, fitted by the post's rule
     * @param sends what the platform receives, by its own fields
     * @param reports what preflight says about each file, in the order of the post, the cover last
     * @param problems what stands in the way and what to know, worst first
     * @param quotas limits and how much of them is used, as far as it is known
     * @param creator what a posting screen has to show about the account, by the platform's names
     * @param maxVideoDuration longest video the account may post, or null when the platform does not tell
     */
    public record TargetPreview(
            Platform platform,
            ConnectionId connection,
            String account,
            String caption,
            Map<String, String> sends,
            List<PreflightReport> reports,
            List<Problem> problems,
            List<QuotaLeft> quotas,
            Map<String, String> creator,
            @Nullable Duration maxVideoDuration) {
        /**
         * Copies lists and maps.
         *
         * @param platform the platform
         * @param connection the connection
         * @param account the account, for people
         * @param caption the text it gets, fitted by the post's rule
         * @param sends what the platform receives, by its own fields
         * @param reports what preflight says about each file, in the order of the post, the cover last
         * @param problems what stands in the way and what to know, worst first
         * @param quotas limits and how much of them is used, as far as it is known
         * @param creator what a posting screen has to show about the account, by the platform's names
         * @param maxVideoDuration longest video the account may post, or null when the platform does not tell
         */
        public TargetPreview {
            Objects.requireNonNull(platform, "platform");
            Objects.requireNonNull(connection, "connection");
            Objects.requireNonNull(account, "account");
            Objects.requireNonNull(caption, "caption");
            sends = Collections.unmodifiableMap(new TreeMap<>(sends));
            reports = List.copyOf(reports);
            problems = problems.stream()
                    .sorted((a, b) -> a.weight().compareTo(b.weight()))
                    .toList();
            quotas = List.copyOf(quotas);
            creator = Collections.unmodifiableMap(new TreeMap<>(creator));
        }

        private TargetPreview withProblem(Problem problem) {
            List<Problem> more = new ArrayList<>(problems);
            more.add(problem);
            return new TargetPreview(
                    platform, connection, account, caption, sends, reports, more, quotas, creator, maxVideoDuration);
        }

        /**
         * What stands in the way.
         *
         * @return the problems that block and are not waived; empty when nothing does
         */
        public List<Problem> blockers() {
            return problems.stream()
                    .filter(problem -> problem.weight() != Problem.Weight.WARNS)
                    .toList();
        }

        /**
         * Longest video the account may post.
         *
         * @return the limit; empty when the platform does not tell
         */
        public Optional<Duration> longestVideo() {
            return Optional.ofNullable(maxVideoDuration);
        }
    }

    /**
     * With one more problem of the whole post, shown at its first target.
     *
     * @param problem the problem
     * @return a copy
     */
    public Preview withProblem(Problem problem) {
        List<TargetPreview> next = new ArrayList<>(targets);
        next.set(0, targets.get(0).withProblem(problem));
        return new Preview(next);
    }

    /**
     * Whether submit would accept it.
     *
     * @return true when no target is blocked
     */
    public boolean acceptable() {
        return targets.stream().allMatch(target -> target.blockers().isEmpty());
    }

    /**
     * What stands in the way, for people.
     *
     * @return one line per blocker with its id; empty when nothing does
     */
    public String describe() {
        List<String> lines = targets.stream()
                .flatMap(target -> target.blockers().stream()
                        .map(blocker -> target.platform() + " " + target.account() + ": " + blocker.id() + ": "
                                + blocker.text()))
                .toList();
        List<String> shown = new ArrayList<>(lines.subList(0, Math.min(lines.size(), MOST_LINES)));
        if (lines.size() > MOST_LINES) {
            shown.add("and " + (lines.size() - MOST_LINES) + " more; the preview has them all");
        }
        return String.join(System.lineSeparator(), shown);
    }
}
