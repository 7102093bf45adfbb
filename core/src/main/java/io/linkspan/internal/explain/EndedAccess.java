package io.linkspan.internal.explain;

import io.linkspan.connection.Sides;
import java.util.Set;

/** Why a connection is over: the reason with which its posts are cancelled, the same on every platform. */
public final class EndedAccess {
    private static final String REMOVED = "the user removed the app on the platform";
    private static final String ENDED = "the platform ended the access";
    private static final String DISCONNECTED = "the connection was disconnected";
    private static final Set<String> ALL = Set.of(REMOVED, ENDED, DISCONNECTED);

    private EndedAccess() {}

    /** The reason. */
    public static String why(Sides sides, boolean disconnected) {
        if (disconnected) {
            return DISCONNECTED;
        }
        return sides.grant() == Sides.Grant.REMOVED_BY_PERSON ? REMOVED : ENDED;
    }

    /** The reason of a connection that no longer exists. */
    public static String gone() {
        return DISCONNECTED;
    }

    /** Whether posts were cancelled for such a reason. */
    static boolean is(String reason) {
        return ALL.contains(reason);
    }
}
