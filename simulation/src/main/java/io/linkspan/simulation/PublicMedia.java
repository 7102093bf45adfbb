package io.linkspan.simulation;

import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.MediaSource;
import io.linkspan.spi.MediaStore;
import io.linkspan.spi.PullFence;
import io.linkspan.testkit.sim.MediaWeb;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The host's media: where posts find them, and where platforms pull them while an attempt lasts. */
final class PublicMedia implements MediaStore, PullFence, MediaWeb {
    static final String BASE = "https://media.test/";

    private final World world;
    private final Map<String, byte[]> files = new HashMap<>();
    private final Map<String, Set<String>> digests = new HashMap<>();
    private final Map<String, byte[]> shown = new HashMap<>();
    private final Map<String, Served> served = new HashMap<>();
    private final Set<String> fenced = new HashSet<>();
    private Instant failsUntil = Instant.MIN;

    PublicMedia(World world) {
        this.world = world;
    }

    void put(String reference, byte[] content) {
        files.put(reference, content);
        digests.computeIfAbsent(reference, name -> new HashSet<>()).add(Digests.sha256(content));
    }

    /** Whether these bytes were ever those of a file. */
    boolean was(String reference, String sha256) {
        return digests.getOrDefault(reference, Set.of()).contains(sha256);
    }

    /** Somebody overwrites a file. */
    void change(String reference) {
        put(reference, Album.changed(Objects.requireNonNull(files.get(reference))));
    }

    void fail(long millis) {
        failsUntil = world.now().plusMillis(millis);
    }

    private void works() {
        if (!world.calm() && world.now().isBefore(failsUntil)) {
            throw new IllegalStateException("the media host does not answer");
        }
    }

    @Override
    public MediaSource find(String reference) throws IOException {
        byte[] content = files.get(reference);
        if (content == null) {
            throw new IOException("no media " + reference);
        }
        return source(content);
    }

    private static MediaSource source(byte[] content) {
        return MediaSource.ofRanges(
                content.length,
                (offset, length) -> new ByteArrayInputStream(
                        content, Math.toIntExact(offset), Math.toIntExact(Math.min(length, content.length - offset))));
    }

    @Override
    public URI issue(String attempt, MediaSource media, String contentType) {
        works();
        if (fenced.contains(attempt)) {
            throw new IllegalStateException("attempt " + attempt + " is withdrawn for ever");
        }
        try (InputStream in = media.open(0)) {
            shown.putIfAbsent(attempt, in.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException("the media cannot be read", e);
        }
        return URI.create(BASE + attempt);
    }

    @Override
    public Served withdraw(String attempt) {
        works();
        shown.remove(attempt);
        return served.getOrDefault(attempt, Served.NOTHING);
    }

    @Override
    public Served fence(String attempt) {
        Served soFar = withdraw(attempt);
        fenced.add(attempt);
        return soFar;
    }

    /** What a process of the host gets that looks at an address, as of a store whose addresses are signed for GET in some histories. */
    HttpResult answer(HttpCall call) {
        byte[] content = shown.get(call.uri().getPath().substring(1));
        if (content == null || (!world.calm() && world.now().isBefore(failsUntil))) {
            return new HttpResult.Answered(content == null ? 404 : 503, Map.of(), new byte[0]);
        }
        String type = content[0] == (byte) 0xFF ? "image/jpeg" : "video/mp4";
        boolean head = call.method().equals("HEAD");
        if (head && Mix.below(2, world.scenario.seed(), 42) == 0) {
            return new HttpResult.Answered(403, Map.of(), new byte[0]);
        }
        Map<String, List<String>> headers = Map.of(
                "content-type", List.of(type),
                "content-length", List.of(String.valueOf(head ? content.length : 1)),
                "content-range", List.of("bytes 0-0/" + content.length));
        return new HttpResult.Answered(head ? 200 : 206, headers, head ? new byte[0] : new byte[] {content[0]});
    }

    @Override
    public Page get(URI uri) {
        String attempt = uri.getPath().substring(1);
        byte[] content = shown.get(attempt);
        if (content == null) {
            return Page.status(404);
        }
        Served before = served.getOrDefault(attempt, Served.NOTHING);
        Instant first = before.firstAt() == null ? world.now() : before.firstAt();
        served.put(attempt, new Served(before.requests() + 1, before.bytes() + content.length, first, world.now()));
        return Page.of(content);
    }
}
