package io.linkspan.simulation;

import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Platforms, or some of their calls, that do nothing for a while for all nodes; and nodes that reach no platform. */
final class Outages {
    /** How an outage shows. */
    enum Kind {
        /** A gateway answers. */
        UNAVAILABLE,
        /** The platform answers that it failed. */
        SERVER_ERROR,
        /** No answer comes. */
        TIMEOUT,
        /** The connection ends. */
        RESET,
        /** Nothing leaves. */
        NO_NETWORK
    }

    private final World world;
    private final List<Outage> all = new ArrayList<>();

    private static final class Outage {
        final String calls;
        final Kind kind;
        final Duration lasts;
        final @Nullable Node node;

        @Nullable
        Instant until;

        Outage(String calls, Kind kind, Duration lasts, @Nullable Node node) {
            this.calls = calls;
            this.kind = kind;
            this.lasts = lasts;
            this.node = node;
        }

        /** Begins with the first call that it meets. */
        boolean meets(HttpCall call, Node caller, Instant now) {
            boolean met = calls.isEmpty()
                    || call.operation().equals(calls)
                    || call.operation().startsWith(calls + ".");
            boolean mine = met && (node == null || node == caller);
            Instant end = until;
            if (mine && end == null) {
                end = now.plus(lasts);
                until = end;
            }
            return mine && end != null && now.isBefore(end);
        }
    }

    Outages(World world) {
        this.world = world;
    }

    /** Lasts from the next of these calls on: of an operation, or of a platform. */
    void expect(String calls, Kind kind, Duration lasts) {
        all.add(new Outage(calls, kind, lasts, null));
    }

    /** One node reaches no platform from its next call on. */
    void cutOff(Node node, Duration lasts) {
        all.add(new Outage("", Kind.NO_NETWORK, lasts, node));
    }

    /** When the last of them ends that have begun; null when none has. */
    @Nullable
    Instant end() {
        return all.stream()
                .map(outage -> outage.until)
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(null);
    }

    /** What a call gets instead of reaching its platform; null when it reaches it. */
    @Nullable
    HttpResult answer(Node caller, HttpCall call) {
        if (world.calm()) {
            return null;
        }
        return all.stream()
                .filter(outage -> outage.meets(call, caller, world.now()))
                .findFirst()
                .map(outage -> answer(outage.kind, call))
                .orElse(null);
    }

    private HttpResult answer(Kind kind, HttpCall call) {
        return switch (kind) {
            case UNAVAILABLE ->
                new HttpResult.Answered(
                        503,
                        Map.of("Content-Type", List.of("text/html")),
                        "<html>busy</html>".getBytes(StandardCharsets.UTF_8));
            case SERVER_ERROR -> Answers.serverError(call);
            case TIMEOUT -> {
                world.advance(30_000);
                yield new HttpResult.Lost("no answer in time");
            }
            case RESET -> new HttpResult.Lost("reset");
            case NO_NETWORK -> new HttpResult.NotSent("network is unreachable");
        };
    }
}
