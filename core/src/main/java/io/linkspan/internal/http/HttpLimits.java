package io.linkspan.internal.http;

import java.time.Duration;

/**
 * Times a call may take.
 *
 * @param connect until connected; 5 s by default
 * @param call the whole exchange; 30 s by default
 * @param commit the whole exchange of a commit; 120 s by default
 * @param stall an upload without progress; 30 s by default
 */
public record HttpLimits(Duration connect, Duration call, Duration commit, Duration stall) {
    /** The defaults. */
    public static final HttpLimits DEFAULT = new HttpLimits(
            Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(120), Duration.ofSeconds(30));
}
