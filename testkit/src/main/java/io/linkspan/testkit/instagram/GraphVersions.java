package io.linkspan.testkit.instagram;

import io.linkspan.testkit.internal.SimReply;
import io.linkspan.testkit.internal.SimRequest;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which version of the Graph API answers a call. An app may call versions from that of its first call on; older ones are closed
 * to it, and versions end.
 */
final class GraphVersions {
    private static final Pattern NAMED = Pattern.compile("/(?:ig-api-upload/)?(v\\d{1,3}\\.\\d{1,2})/.*");

    private final InstagramRules rules;
    private final InstagramReplies replies;
    private int first;

    GraphVersions(InstagramRules rules, InstagramReplies replies) {
        this.rules = rules;
        this.replies = replies;
    }

    /** The version that a call names, or the newest. */
    String called(SimRequest request) {
        Matcher named = NAMED.matcher(request.path());
        return named.matches() ? named.group(1) : rules.newestVersion;
    }

    /** Answers a call if it names no version, or one that may be called. */
    SimReply answer(SimRequest request, Supplier<SimReply> answer) {
        if (!NAMED.matcher(request.path()).matches()) {
            return answer.get();
        }
        int called = number(called(request));
        int oldest = oldest(called);
        if (called < oldest && rules.closedVersion == ClosedVersion.REFUSED) {
            throw replies.refuse(2635, -1, "(#2635) You are calling a deprecated version of the API.");
        }
        int answering = Math.max(called, oldest);
        return answer.get().with("facebook-api-version", "v" + answering / 100 + "." + answering % 100);
    }

    /** The oldest version that is open, once the app calls this one. */
    private synchronized int oldest(int called) {
        int offered = number(rules.oldestVersion);
        if (first == 0) {
            first = Math.max(called, offered);
        }
        return rules.olderVersionsClosed ? Math.max(offered, first) : offered;
    }

    static int number(String version) {
        if (!version.matches("v\\d{1,3}\\.\\d{1,2}")) {
            throw new IllegalArgumentException("a version must look like v27.0, was: " + version);
        }
        int dot = version.indexOf('.');
        return Integer.parseInt(version.substring(1, dot)) * 100 + Integer.parseInt(version.substring(dot + 1));
    }
}
