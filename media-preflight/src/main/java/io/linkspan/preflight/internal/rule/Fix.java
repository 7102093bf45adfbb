package io.linkspan.preflight.internal.rule;

import io.linkspan.preflight.Severity;
import java.util.List;

/**
 * The ffmpeg arguments that satisfy one finding.
 *
 * @param ruleId the rule of the finding
 * @param severity how much the finding weighs
 * @param what what they do, for people
 * @param arguments options between input and output, not empty
 * @param bounds the limits behind the finding, for what is computed from them
 */
public record Fix(String ruleId, Severity severity, String what, List<String> arguments, List<Bound> bounds) {
    /**
     * Whether picture or sound loses quality or length by it.
     *
     * @return true unless everything is copied
     */
    public boolean lossy() {
        return FixMerger.of(List.of(this)).lossy();
    }
}
