package io.linkspan.benchmarks;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.OperatingSystemMXBean;
import io.linkspan.internal.http.HttpLimits;
import io.linkspan.internal.http.JdkTransport;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.HttpBody;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.MediaSource;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/**
 * The process that uploads, in a small heap: the same file in the same slices, by Linkspan's transport and by a bare JDK
 * client, slice by slice in turns. Watches how much is still in use after each garbage collection.
 */
final class UploadClient {
    private static final long SLICE = 64L << 20;
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final Path file;
    private final long size;
    private final MediaSource media;
    private final AtomicLong mostAfterCollection = new AtomicLong();
    private final JdkTransport transport = new JdkTransport(HttpLimits.DEFAULT);
    private final HttpClient bare =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private UploadClient(Path file) {
        this.file = file;
        this.size = file.toFile().length();
        this.media = MediaSource.ofFile(file);
    }

    /**
     * Uploads.
     *
     * @param args the file, the rounds, the plain address, the TLS address
     * @throws Exception if an upload fails
     */
    public static void main(String[] args) throws Exception {
        new UploadClient(Path.of(args[0]))
                .run(Integer.parseInt(args[1]), List.of(URI.create(args[2]), URI.create(args[3])));
    }

    private void run(int rounds, List<URI> addresses) throws IOException, InterruptedException {
        watchCollections();
        for (URI address : addresses) { // warms up, and shows the heap of each alone
            heap(address, "linkspan");
            heap(address, "bare");
        }
        for (int round = 0; round < rounds; round++) {
            for (URI address : addresses) {
                round(address);
            }
        }
    }

    private void heap(URI address, String client) throws IOException, InterruptedException {
        System.gc();
        long before = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
        mostAfterCollection.set(0);
        for (long at = 0; at < size; at += SLICE) {
            send(client, address, at);
        }
        long peak = heapPools().stream()
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        System.out.printf(
                "heap %s %s %d %d%n", address.getScheme(), client, mostAfterCollection.get() - before, peak - before);
    }

    /** Each slice by both, in turns, so that what else the machine does falls on both. */
    private void round(URI address) throws IOException, InterruptedException {
        long[] nanos = new long[2];
        long[] cpu = new long[2];
        List<String> clients = List.of("linkspan", "bare");
        for (long at = 0; at < size; at += SLICE) {
            for (int turn = 0; turn < 2; turn++) {
                int client = (int) (at / SLICE + turn) % 2;
                long start = System.nanoTime();
                long startCpu = SYSTEM.getProcessCpuTime();
                send(clients.get(client), address, at);
                cpu[client] += SYSTEM.getProcessCpuTime() - startCpu;
                nanos[client] += System.nanoTime() - start;
            }
        }
        for (int client = 0; client < 2; client++) {
            System.out.printf(
                    Locale.ROOT,
                    "round %s %s %.1f %.3f%n",
                    address.getScheme(),
                    clients.get(client),
                    size * 1e3 / nanos[client],
                    cpu[client] / 1e9);
        }
    }

    private void send(String client, URI address, long at) throws IOException, InterruptedException {
        if (client.equals("bare")) {
            bare(address, at, Math.min(SLICE, size - at));
        } else {
            ours(address, at, Math.min(SLICE, size - at));
        }
    }

    /** As the TikTok adapter sends chunks: all but the last prepare, the last commits. */
    private void ours(URI address, long at, long length) {
        CallClass callClass = at + length < size ? CallClass.PREPARE : CallClass.COMMIT;
        HttpCall call = HttpCall.of("benchmark.upload", callClass, "PUT", address)
                .header("Content-Range", range(at, length))
                .body(new HttpBody.Slice(media, at, length, "video/mp4", sent -> {}));
        HttpResult result = transport.exchange(call);
        if (!(result instanceof HttpResult.Answered answer) || answer.status() != 201) {
            throw new IllegalStateException("the upload failed: " + result);
        }
    }

    private void bare(URI address, long at, long length) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", "video/mp4")
                .header("Content-Range", range(at, length))
                .PUT(BodyPublishers.fromPublisher(
                        BodyPublishers.ofInputStream(() -> new Part(file, at, length)), length))
                .build();
        HttpResponse<Void> answer = bare.send(request, HttpResponse.BodyHandlers.discarding());
        if (answer.statusCode() != 201) {
            throw new IllegalStateException("the bare upload failed: " + answer);
        }
    }

    private String range(long at, long length) {
        return "bytes " + at + "-" + (at + length - 1) + "/" + size;
    }

    private void watchCollections() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector)
                    .addNotificationListener(
                            (notification, nothing) -> {
                                Map<String, MemoryUsage> after = GarbageCollectionNotificationInfo.from(
                                                (CompositeData) notification.getUserData())
                                        .getGcInfo()
                                        .getMemoryUsageAfterGc();
                                long used = heapPools().stream()
                                        .mapToLong(pool ->
                                                after.get(pool.getName()).getUsed())
                                        .sum();
                                mostAfterCollection.accumulateAndGet(used, Math::max);
                            },
                            null,
                            null);
        }
    }

    private static List<MemoryPoolMXBean> heapPools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }

    /** Part of a file as a stream. */
    private static final class Part extends FilterInputStream {
        private long left;

        Part(Path file, long offset, long length) {
            super(open(file, offset));
            this.left = length;
        }

        private static InputStream open(Path file, long offset) {
            try {
                return Channels.newInputStream(FileChannel.open(file).position(offset));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = super.read(bytes, from, (int) Math.min(count, left));
            left -= Math.max(read, 0);
            return read;
        }
    }
}
