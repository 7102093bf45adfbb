package io.linkspan.testkit.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Consent that was asked for and not yet answered, and how the simulated person answers. */
public final class ConsentDesk {

    private final Map<String, Ask> open = new HashMap<>();
    private Answer answer = new Answer(Mode.PAGE, "");

    /** How the person answers. */
    public enum Mode {
        /** With the mouse, on a page. */
        PAGE,
        /** Allows at once. */
        ALLOW,
        /** Refuses at once. */
        DENY
    }

    /**
     * How the person answers.
     *
     * @param mode the way
     * @param account handle of the account signed in, if it matters
     */
    public record Answer(Mode mode, String account) {}

    /**
     * An authorization request.
     *
     * @param redirectUri where the answer goes
     * @param scopes what is asked for
     * @param state echoed
     * @param challenge PKCE challenge
     */
    public record Ask(
            String redirectUri,
            List<String> scopes,
            @Nullable String state,
            @Nullable String challenge) {
        /** Copies the scopes. */
        public Ask {
            scopes = List.copyOf(scopes);
        }
    }

    /**
     * Sets how the person answers from now on.
     *
     * @param mode the way
     * @param account handle of the account signed in, if it matters
     */
    public synchronized void answer(Mode mode, String account) {
        answer = new Answer(mode, account);
    }

    /** {@return how the person answers} */
    public synchronized Answer answer() {
        return answer;
    }

    /**
     * Keeps a request until the form comes back.
     *
     * @param id its id
     * @param ask the request
     */
    public synchronized void open(String id, Ask ask) {
        open.put(id, ask);
    }

    /**
     * Takes a request out.
     *
     * @param id its id
     * @return the request, or null when it is unknown or was answered
     */
    public synchronized @Nullable Ask take(String id) {
        return open.remove(id);
    }
}
