package io.linkspan.fake;

import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.MediaHost;
import io.linkspan.spi.MediaSource;
import io.linkspan.spi.PullFence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A media server in memory that outlives processes, and that can do each thing wrong. */
public final class FakeMediaHost implements PullFence {
    /** What it does wrong. */
    public enum Fault {
        /** Nothing. */
        NONE,
        /** It does not know HEAD. */
        NO_HEAD,
        /** Its addresses are signed for GET. */
        SIGNED_FOR_GET,
        /** Its addresses are signed for GET, and it says another type. */
        SIGNED_FOR_GET_WRONG_TYPE,
        /** Its addresses are signed for GET, and it says another length. */
        SIGNED_FOR_GET_WRONG_LENGTH,
        /** It says a type for any bytes. */
        ANY_TYPE,
        /** It shows nothing to anybody. */
        FORBIDDEN,
        /** It says another length. */
        WRONG_LENGTH,
        /** It says another type. */
        WRONG_TYPE,
        /** It sends elsewhere. */
        REDIRECT,
        /** It gives all bytes to those who ask for one. */
        NO_RANGES,
        /** It cannot be reached. */
        DOWN,
        /** The host's code fails. */
        THROWS
    }

    private record Shown(MediaSource source, String type) {}

    private final Map<String, Shown> shown = new HashMap<>();
    private final Map<String, Integer> served = new HashMap<>();
    private final Set<String> fenced = new HashSet<>();
    private Fault fault = Fault.NONE;

    /** From now on it does this wrong. */
    public synchronized void does(Fault next) {
        fault = next;
    }

    /** The same server, without the proof. */
    public MediaHost unfenced() {
        FakeMediaHost all = this;
        return new MediaHost() {
            @Override
            public URI issue(String attempt, MediaSource media, String contentType) {
                return all.issue(attempt, media, contentType);
            }

            @Override
            public Served withdraw(String attempt) {
                return all.withdraw(attempt);
            }
        };
    }

    /** Addresses that are shown. */
    public synchronized int shown() {
        return shown.size();
    }

    @Override
    public synchronized URI issue(String attempt, MediaSource media, String contentType) {
        if (fault == Fault.THROWS) {
            throw new IllegalStateException("disk full");
        }
        if (fenced.contains(attempt)) {
            throw new IllegalStateException("the media of attempt " + attempt + " were withdrawn for ever");
        }
        shown.put(attempt, new Shown(media, contentType));
        return URI.create("http://media/" + attempt);
    }

    @Override
    public synchronized Served withdraw(String attempt) {
        shown.remove(attempt);
        return served(attempt);
    }

    @Override
    public synchronized Served fence(String attempt) {
        if (fault == Fault.THROWS) {
            throw new IllegalStateException("disk full");
        }
        fenced.add(attempt);
        return withdraw(attempt);
    }

    private Served served(String attempt) {
        return new Served(served.getOrDefault(attempt, 0), 0, null, null);
    }

    /** A platform fetches a file; false when it is not shown. */
    synchronized boolean fetch(String attempt) {
        if (!shown.containsKey(attempt)) {
            return false;
        }
        served.merge(attempt, 1, Integer::sum);
        return true;
    }

    /** What a client gets. */
    synchronized HttpResult answer(HttpCall call) {
        if (fault == Fault.DOWN) {
            return new HttpResult.NotSent("connection refused");
        }
        String path = call.uri().getPath();
        Shown file = shown.get(path.substring(1));
        if (file == null) {
            return new HttpResult.Answered(404, Map.of(), new byte[0]);
        }
        return call.method().equals("HEAD") ? head(file) : range(file);
    }

    private HttpResult head(Shown file) {
        if (fault == Fault.REDIRECT) {
            return new HttpResult.Answered(302, Map.of("location", List.of("http://elsewhere/")), new byte[0]);
        }
        String length = fault == Fault.WRONG_LENGTH ? "7" : String.valueOf(size(file));
        int status = switch (fault) {
            case NO_HEAD -> 405;
            case SIGNED_FOR_GET, SIGNED_FOR_GET_WRONG_TYPE, SIGNED_FOR_GET_WRONG_LENGTH, FORBIDDEN -> 403;
            default -> 200;
        };
        return new HttpResult.Answered(
                status, Map.of("content-length", List.of(length), "content-type", List.of(type(file))), new byte[0]);
    }

    private String type(Shown file) {
        return switch (fault) {
            case WRONG_TYPE -> "text/html";
            case ANY_TYPE, SIGNED_FOR_GET_WRONG_TYPE -> "binary/octet-stream";
            default -> file.type();
        };
    }

    private HttpResult range(Shown file) {
        if (fault == Fault.FORBIDDEN) {
            return new HttpResult.Answered(403, Map.of(), new byte[0]);
        }
        boolean whole = fault == Fault.NO_RANGES;
        byte[] bytes = whole ? "all of it".getBytes(StandardCharsets.UTF_8) : new byte[1];
        long size = fault == Fault.SIGNED_FOR_GET_WRONG_LENGTH ? 7 : size(file);
        return new HttpResult.Answered(
                whole ? 200 : 206,
                Map.of("content-range", List.of("bytes 0-0/" + size), "content-type", List.of(type(file))),
                bytes);
    }

    private static long size(Shown file) {
        try {
            return file.source().size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
