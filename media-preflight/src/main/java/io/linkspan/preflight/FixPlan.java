package io.linkspan.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One command that satisfies the findings of a report for all its destinations together. Immutable.
 *
 * <p>Streams are copied where that is enough. The command writes a new file next to the original and never changes it.
 */
public final class FixPlan {
    /**
     * One thing that the command does.
     *
     * @param what for people
     * @param rules the findings that it satisfies, by rule id
     * @param lossy whether picture or sound loses quality or length by it
     */
    public record Step(String what, List<String> rules, boolean lossy) {
        /**
         * Checks that nothing is missing.
         *
         * @param what for people
         * @param rules the findings that it satisfies, by rule id
         * @param lossy whether picture or sound loses quality or length by it
         */
        public Step {
            Objects.requireNonNull(what, "what");
            rules = List.copyOf(rules);
        }
    }

    private final List<Step> steps;
    private final List<String> arguments;
    private final List<String> remaining;

    FixPlan(List<Step> steps, List<String> arguments, List<String> remaining) {
        this.steps = List.copyOf(steps);
        this.arguments = List.copyOf(arguments);
        this.remaining = List.copyOf(remaining);
    }

    /**
     * What the command does.
     *
     * @return at least one step, worst finding first
     */
    public List<Step> steps() {
        return steps;
    }

    /**
     * Program and arguments, to be run without a shell.
     *
     * @return {@code ffmpeg} and its arguments; file names carry {@code file:}
     */
    public List<String> arguments() {
        return arguments;
    }

    /**
     * The same command for another input and output.
     *
     * @param input the file to read, taken literally
     * @param output the file to write, taken literally
     * @return program and arguments
     */
    public List<String> arguments(String input, String output) {
        List<String> changed = new ArrayList<>(arguments);
        changed.set(changed.indexOf("-i") + 1, "file:" + Objects.requireNonNull(input, "input"));
        changed.set(changed.size() - 1, "file:" + Objects.requireNonNull(output, "output"));
        return List.copyOf(changed);
    }

    /**
     * The command as a line for a POSIX shell.
     *
     * @return one line, quoted for any file name
     */
    public String posix() {
        return ShellQuoting.posix(arguments);
    }

    /**
     * The command as a line for PowerShell. The older command prompt has no quoting that is safe for any name, since it
     * expands {@code %NAME%} within quotes too.
     *
     * @return one line, quoted for any file name that Windows allows
     */
    public String windows() {
        return ShellQuoting.powerShell(arguments);
    }

    /**
     * Whether picture or sound loses quality or length.
     *
     * @return true if any step is lossy
     */
    public boolean lossy() {
        return steps.stream().anyMatch(Step::lossy);
    }

    /**
     * Findings that no command can satisfy, such as a caption that is too long.
     *
     * @return rule ids, often none
     */
    public List<String> remaining() {
        return remaining;
    }

    /**
     * The command.
     *
     * @return the same as {@link #posix()}
     */
    @Override
    public String toString() {
        return posix();
    }
}
