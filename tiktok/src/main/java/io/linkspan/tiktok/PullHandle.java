package io.linkspan.tiktok;

import io.linkspan.spi.Handle;
import io.linkspan.spi.PublishAttempt;
import java.util.Map;

/** Handles of posts that TikTok pulls: named by the attempt until the init's answer brings the publish id. */
final class PullHandle {
    private static final String PATH = "path";
    private static final String NAMED = "named";

    private PullHandle() {}

    /** Before the init: TikTok knows nothing of it. */
    static Handle unnamed(PublishAttempt attempt) {
        return new Handle(attempt.id(), Map.of(PATH, "pull"), null);
    }

    static Handle named(String publishId) {
        return new Handle(publishId, Map.of(PATH, "pull", NAMED, "true"), null);
    }

    static boolean isPull(Handle handle) {
        return handle.fact(PATH).filter("pull"::equals).isPresent();
    }

    static boolean isNamed(Handle handle) {
        return handle.fact(NAMED).filter("true"::equals).isPresent();
    }
}
