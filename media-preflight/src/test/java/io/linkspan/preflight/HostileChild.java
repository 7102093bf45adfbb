package io.linkspan.preflight;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Checks all hostile cases and many mutations of the corpus, in a machine with little memory. Each line it writes is
 * {@code BAD}, a problem; {@code ROW}, the number of cases of one row; or {@code DONE}, the totals.
 */
final class HostileChild {
    /** The deadline of a check, and a little for its report. */
    private static final long MOST_NANOS = 2_500_000_000L;
    /** What a check may allocate, whatever the file says. */
    private static final long MOST_BYTES = 1_000_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final PrintStream out;
    private long slowest;
    private String slowestName = "";
    private long largest;
    private String largestName = "";
    private int passed;

    private HostileChild(PrintStream out) {
        this.out = out;
    }

    /** Takes a folder for files, the folder of the corpus, mutations of each of its files, and the first seed. */
    public static void main(String[] args) throws IOException {
        HostileChild child = new HostileChild(new PrintStream(System.out, true, StandardCharsets.UTF_8));
        // what is loaded once is not what a file makes us allocate
        for (String name : List.of("good.mp4", "fragmented.mp4", "good.jpg", "corpus/fps-30.webm")) {
            Fixtures.check(name).toHtml();
        }
        child.cases(Path.of(args[0]));
        int mutations = child.mutations(Path.of(args[1]), Integer.parseInt(args[2]), Long.parseLong(args[3]));
        child.out.println("DONE " + mutations + " mutations; the slowest check took " + child.slowest / 1_000_000
                + " ms: " + child.slowestName + "; the most that one allocated was " + child.largest + " bytes: "
                + child.largestName + "; without a finding: " + child.passed);
    }

    private void cases(Path folder) {
        TreeMap<Integer, Integer> rows = new TreeMap<>();
        for (HostileCase hostile : HostileCases.all(folder)) {
            out.println("AT " + hostile);
            rows.merge(hostile.row(), 1, Integer::sum);
            try {
                check(hostile.toString(), hostile.row() == 24, hostile.maker().get());
            } catch (RuntimeException | OutOfMemoryError e) {
                out.println("BAD " + hostile + ": could not be made: " + e);
            }
        }
        rows.forEach((row, count) -> out.println("ROW " + row + " " + count));
    }

    private int mutations(Path corpus, int each, long firstSeed) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(corpus)) {
            files = found.filter(file -> !file.toString().endsWith(".tsv"))
                    .sorted()
                    .toList();
        }
        for (int i = 0; i < files.size(); i++) {
            byte[] media = bytes(files.get(i));
            byte[] other = bytes(files.get((i + 7) % files.size()));
            for (long seed = firstSeed; seed < firstSeed + each; seed++) {
                String name = files.get(i).getFileName() + " with seed " + seed;
                byte[] mutated = Mutator.mutate(media, other, seed);
                check(name, false, () -> Fixtures.check(mutated));
            }
        }
        return files.size() * each;
    }

    private void check(String name, boolean mayThrow, HostileCase.Input input) {
        long start = THREADS.getCurrentThreadCpuTime();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            PreflightReport report = input.check();
            allocated(name, THREADS.getCurrentThreadAllocatedBytes() - before);
            if (report.destinations().isEmpty()
                    || report.toText().isEmpty()
                    || report.toJson().isEmpty()) {
                out.println("BAD " + name + ": a report without content");
            }
            if (report.toHtml().isEmpty() || report.toString().isEmpty()) {
                out.println("BAD " + name + ": a report without content");
            }
            passed += report.findings().isEmpty() ? 1 : 0;
        } catch (UnreadableMediaException e) {
            if (!mayThrow) {
                out.println("BAD " + name + ": " + e);
            }
        } catch (Throwable e) {
            StackTraceElement[] stack = e.getStackTrace();
            out.println("BAD " + name + ": " + e + " at " + (stack.length == 0 ? "?" : stack[0]));
        }
        long took = THREADS.getCurrentThreadCpuTime() - start;
        if (took > slowest) {
            slowest = took;
            slowestName = name;
        }
        if (took > MOST_NANOS) {
            out.println("BAD " + name + ": took " + took / 1_000_000 + " ms");
        }
    }

    private void allocated(String name, long bytes) {
        if (bytes > largest) {
            largest = bytes;
            largestName = name;
        }
        if (bytes > MOST_BYTES) {
            out.println("BAD " + name + ": allocated " + bytes + " bytes");
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
