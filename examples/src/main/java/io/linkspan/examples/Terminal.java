package io.linkspan.examples;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Plain words and progress bars. Bars move on a terminal; in a file each is one line at its end. */
final class Terminal {
    private static final int WIDTH = 30;

    private final PrintStream out =
            new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8);
    private final boolean live = isTerminal();
    private boolean barOpen;

    /** From Java 22 on there is always a console; it then tells whether it is a terminal. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        return System.console() != null && System.getenv("TERM") != null;
    }

    void title(String text) {
        line("");
        line("== " + text);
    }

    synchronized void line(String text) {
        if (barOpen) {
            out.println();
            barOpen = false;
        }
        out.println(text);
    }

    void indented(String text) {
        text.lines().forEach(line -> line("   " + line));
    }

    synchronized void bar(String label, long done, long total) {
        boolean ended = done >= total;
        if (!live && !ended) {
            return;
        }
        int filled = total == 0 ? WIDTH : (int) (WIDTH * done / total);
        String text = String.format(
                Locale.ROOT,
                "   %-10s [%s%s] %,d of %,d bytes",
                label,
                "#".repeat(filled),
                ".".repeat(WIDTH - filled),
                done,
                total);
        if (live) {
            out.print("\r" + text);
            out.flush();
            barOpen = true;
        }
        if (ended) {
            if (live) {
                out.println();
            } else {
                out.println(text);
            }
            barOpen = false;
        }
    }

    void table(List<String[]> rows) {
        int columns = rows.get(0).length;
        int[] widths = new int[columns];
        for (String[] row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        for (String[] row : rows) {
            StringBuilder text = new StringBuilder("  ");
            for (int i = 0; i < columns; i++) {
                text.append(row[i]).append(" ".repeat(widths[i] - row[i].length() + 2));
            }
            line(text.toString().stripTrailing());
        }
    }
}
