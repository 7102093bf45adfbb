package io.linkspan.preflight;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes an argument list as one line for a POSIX shell. */
final class ShellQuoting {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private ShellQuoting() {}

    static String posix(List<String> arguments) {
        return arguments.stream().map(ShellQuoting::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String argument) {
        return PLAIN.matcher(argument).matches() ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
