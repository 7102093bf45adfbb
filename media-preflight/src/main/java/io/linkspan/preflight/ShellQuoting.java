package io.linkspan.preflight;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes an argument list as one line for a shell. */
final class ShellQuoting {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");
    private static final Pattern PLAIN_WINDOWS = Pattern.compile("[A-Za-z0-9_+=:./\\\\-]+");
    // PowerShell takes typographic quotation marks for plain ones
    private static final Pattern QUOTES = Pattern.compile("['\u2018\u2019\u201A\u201B]");

    private ShellQuoting() {}

    static String posix(List<String> arguments) {
        return arguments.stream().map(ShellQuoting::quoted).collect(Collectors.joining(" "));
    }

    static String powerShell(List<String> arguments) {
        return arguments.stream()
                .map(argument -> PLAIN_WINDOWS.matcher(argument).matches()
                        ? argument
                        : "'" + QUOTES.matcher(argument).replaceAll("$0$0") + "'")
                .collect(Collectors.joining(" "));
    }

    private static String quoted(String argument) {
        return PLAIN.matcher(argument).matches() ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
