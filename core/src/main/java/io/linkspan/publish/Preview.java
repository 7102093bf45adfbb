package io.linkspan.publish;

import io.linkspan.Platform;
import io.linkspan.preflight.PreflightReport;
import java.util.List;
import java.util.Objects;

/**
 * What would happen on submit: the same checks, without effect.
 *
 * @param report what preflight says about the file
 * @param targets one per target, in order
 */
public record Preview(PreflightReport report, List<TargetPreview> targets) {
    /**
     * Copies the list.
     *
     * @param report what preflight says about the file
     * @param targets one per target, in order
     */
    public Preview {
        Objects.requireNonNull(report, "report");
        targets = List.copyOf(targets);
    }

    /**
     * One target.
     *
     * @param platform the platform
     * @param account the account, for people
     * @param caption the text it gets
     * @param blockers what stands in the way, one sentence each; empty when nothing does
     */
    public record TargetPreview(Platform platform, String account, String caption, List<String> blockers) {
        /**
         * Copies the list.
         *
         * @param platform the platform
         * @param account the account, for people
         * @param caption the text it gets
         * @param blockers what stands in the way, one sentence each; empty when nothing does
         */
        public TargetPreview {
            Objects.requireNonNull(platform, "platform");
            Objects.requireNonNull(account, "account");
            Objects.requireNonNull(caption, "caption");
            blockers = List.copyOf(blockers);
        }
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
     * @return one line per blocker; empty when nothing does
     */
    public String describe() {
        StringBuilder text = new StringBuilder();
        for (TargetPreview target : targets) {
            target.blockers()
                    .forEach(blocker -> text.append(target.platform())
                            .append(' ')
                            .append(target.account())
                            .append(": ")
                            .append(blocker)
                            .append(System.lineSeparator()));
        }
        return text.toString().stripTrailing();
    }
}
