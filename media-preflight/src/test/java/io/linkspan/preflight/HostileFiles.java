package io.linkspan.preflight;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Files that are no media, no file, or change under the reader: row 24. */
final class HostileFiles {
    private static final byte[] GOOD = HostileMovies.GOOD;

    private HostileFiles() {}

    static void addTo(HostileCase.Collection cases, Path folder) {
        try {
            names(cases, folder);
            special(cases, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (byte[] media : List.of(GOOD, Fixtures.bytes("fragmented.mp4"), Fixtures.bytes("good.jpg"))) {
            for (int reads = 0; reads < 12; reads++) {
                int last = reads;
                String name = " after " + last + " reads, of " + media.length + " bytes";
                cases.channel(24, "cut to nothing" + name, () -> new ChangingChannel(media, last, 0));
                cases.channel(24, "cut to a half" + name, () -> new ChangingChannel(media, last, media.length / 2));
                cases.channel(24, "grown" + name, () -> new ChangingChannel(media, last, 4L << 30));
            }
        }
    }

    private static void names(HostileCase.Collection cases, Path folder) throws IOException {
        byte[] text = Bytes.ascii("Hello, world! This is no video.");
        cases.path(24, "empty file", Files.createFile(folder.resolve("empty.mp4")));
        cases.path(24, "text with the name of a movie", Files.write(folder.resolve("text.mp4"), text));
        cases.path(24, "movie with the name of a picture", Files.write(folder.resolve("movie.jpg"), GOOD));
        cases.path(
                24,
                "picture with the name of a movie",
                Files.write(folder.resolve("p.mp4"), Fixtures.bytes("good.jpg")));
        for (String magic : List.of(
                "\u00FF\u00D8\u00FF",
                "\u0089PNG\r\n\u001A\n",
                "GIF89a",
                "RIFF\0\0\0\0WEBP",
                "RIFF\0\0\0\0AVI ",
                "\u001AE\u00DF\u00A3",
                "PK\3\4",
                "%PDF-1.7",
                "\0\0\0\14ftypheic",
                "\0\0\0\14ftypavif",
                "\0\0\0\10wide")) {
            byte[] start = Bytes.ascii(magic);
            String name = Arrays.toString(start);
            cases.bytes(24, "only the first bytes, " + name, () -> start);
            cases.bytes(24, "first bytes and a movie, " + name, () -> Bytes.join(start, GOOD));
            cases.bytes(24, "movie behind zeros, " + name, () -> Bytes.join(start, new byte[100_000], GOOD));
            cases.bytes(24, "first bytes and 0xFF, " + name, () -> {
                byte[] media = new byte[100_000];
                Arrays.fill(media, (byte) 0xFF);
                System.arraycopy(start, 0, media, 0, start.length);
                return media;
            });
        }
    }

    private static void special(HostileCase.Collection cases, Path folder) throws IOException {
        cases.path(24, "directory", Files.createDirectory(folder.resolve("folder.mp4")));
        cases.path(24, "nothing there", folder.resolve("none.mp4"));
        cases.path(
                24, "link to itself", Files.createSymbolicLink(folder.resolve("self.mp4"), folder.resolve("self.mp4")));
        cases.path(
                24, "link to a movie", Files.createSymbolicLink(folder.resolve("l.mp4"), folder.resolve("movie.jpg")));
        for (String device : List.of("/dev/zero", "/dev/null", "/proc/self/mem", "/proc/self/maps")) {
            if (Files.exists(Path.of(device))) {
                cases.path(24, device, Path.of(device));
            }
        }
        Path pipe = folder.resolve("pipe.mp4");
        if (makePipe(pipe)) {
            cases.path(24, "named pipe", pipe);
        }
        Path closed = Files.write(folder.resolve("closed.mp4"), GOOD);
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        cases.path(24, "no permission", closed);
        cases.path(12, "real file of 3.5 GB, all hole", sparse(folder.resolve("hole.mp4"), 3_500L << 20, "free"));
        cases.path(12, "real index of 3.5 GB, all hole", sparse(folder.resolve("index.mp4"), 3_500L << 20, "moov"));
    }

    /** False where there are no named pipes. */
    static boolean makePipe(Path pipe) {
        try {
            Process made =
                    new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start();
            return made.waitFor(10, TimeUnit.SECONDS) && made.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Path sparse(Path file, long size, String type) throws IOException {
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            out.write(ByteBuffer.wrap(HostileMovies.nest(size, HostileMovies.FTYP, type)));
            out.write(ByteBuffer.allocate(1), size - 1);
        }
        return file;
    }

    /** A file that has another size after so many reads. */
    static final class ChangingChannel extends MemoryChannel {
        private final byte[] data;
        private final long later;
        private int readsLeft;
        private long at;

        ChangingChannel(byte[] data, int readsBefore, long later) {
            super(data);
            this.data = data;
            this.later = later;
            this.readsLeft = readsBefore;
        }

        @Override
        public long size() {
            return readsLeft > 0 ? data.length : later;
        }

        @Override
        public int read(ByteBuffer target) {
            long size = size();
            readsLeft--;
            if (at >= size) {
                return -1;
            }
            int count = (int) Math.min(target.remaining(), size - at);
            for (int i = 0; i < count; i++, at++) {
                target.put(at < data.length ? data[(int) at] : 0);
            }
            return count;
        }

        @Override
        public ChangingChannel position(long value) {
            at = value;
            return this;
        }
    }
}
