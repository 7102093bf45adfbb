package io.linkspan.fleet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What the clusters need of the machine: programs, ports, folders, processes. */
final class Machine {
    private static final List<String> MORE_FOLDERS = List.of("/usr/sbin", "/usr/local/sbin");
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
    private static final int LOWEST_PORT = 20_000;
    private static final int HIGHEST_PORT = 32_000;
    private static final int LOG_LINES = 20;
    private static final Duration PAUSE = Duration.ofMillis(50);

    private Machine() {}

    static Optional<Path> program(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Stream.of(path.split(":")), MORE_FOLDERS.stream())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * What this machine lacks, and the command that brings it.
     *
     * @param programs what has to be on the path
     * @param others what is known to be missing besides
     */
    static Optional<String> missing(Stream<String> programs, Stream<String> others, String packages) {
        Stream<String> needed = ROOT ? Stream.concat(programs, Stream.of("setpriv")) : programs;
        List<String> missing = Stream.concat(needed.filter(name -> program(name).isEmpty()), others)
                .toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("no " + String.join(", ", missing)
                        + " on this machine; apt-get install --no-install-recommends " + packages);
    }

    static String requiredProgram(String name) throws IOException {
        return program(name).map(Path::toString).orElseThrow(() -> new IOException("no " + name + " on this machine"));
    }

    /**
     * Ports nobody listens on. Not those the system gives to outgoing connections: a killed server that comes back on its old port
     * could find it taken.
     */
    static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            while (held.size() < count) {
                int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
                try {
                    held.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
                } catch (IOException e) {
                    Thread.onSpinWait(); // taken, the next one
                }
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }

    /** A new folder that the user may write to; the user of this process when that is not root. */
    static Path folder(String prefix, String user) throws IOException {
        Path folder = Files.createTempDirectory(prefix);
        give(folder, user);
        return folder;
    }

    static Path folder(Path parent, String name, String user) throws IOException {
        Path folder = Files.createDirectory(parent.resolve(name));
        give(folder, user);
        return folder;
    }

    static void give(Path path, String user) throws IOException {
        if (ROOT) {
            Files.setOwner(
                    path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
        }
    }

    static boolean isRoot() {
        return ROOT;
    }

    /** The command as it is run under a user that is not root; the process it starts is the command itself. */
    static List<String> as(String user, List<String> command) throws IOException {
        if (!ROOT) {
            return command;
        }
        List<String> whole = new ArrayList<>(
                List.of(requiredProgram("setpriv"), "--reuid=" + user, "--regid=" + user, "--init-groups", "--"));
        whole.addAll(command);
        return whole;
    }

    static Process start(Path folder, Path log, List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** Kills at once, as {@code kill -9} does, and waits until the processes are gone. */
    static void kill(Stream<ProcessHandle> processes) {
        List<ProcessHandle> all = processes.toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit()
                .orTimeout(20, TimeUnit.SECONDS)
                .exceptionally(late -> process)
                .join());
    }

    @FunctionalInterface
    interface Condition extends Callable<Boolean> {}

    /**
     * Asks until the answer is yes.
     *
     * @return how long it took
     * @throws IOException when it takes longer than the limit; with the last problem as the cause
     */
    static Duration await(String what, Duration limit, Condition condition) throws IOException {
        long begun = System.nanoTime();
        Exception last = null;
        while (System.nanoTime() - begun < limit.toNanos()) {
            try {
                if (condition.call()) {
                    return Duration.ofNanos(System.nanoTime() - begun);
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting: " + what, e);
            } catch (Exception e) {
                last = e;
            }
        }
        throw new IOException(what + ": not within " + limit.toSeconds() + " s", last);
    }

    /** The end of a log, for messages. */
    static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
            return "\n--- " + log + "\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException e) {
            return "\n--- no " + log;
        }
    }

    static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            System.err.println("left behind: " + folder);
        }
    }
}
