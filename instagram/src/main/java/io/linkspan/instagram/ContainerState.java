package io.linkspan.instagram;

import io.linkspan.json.databind.JsonNode;
import io.linkspan.spi.PlatformError;
import java.util.Locale;
import java.util.Optional;

/**
 * What a read of a container said.
 *
 * @param statusCode {@code status_code}; may be empty
 * @param status free text; may be empty
 * @param copyright what the check for material of others said
 * @see <a href="https://developers.facebook.com/documentation/instagram-platform/instagram-graph-api/reference/ig-container">IG
 *     Container, field status_code</a> (v25.0 copy of 2026, read 2026-11-21)
 */
record ContainerState(String statusCode, String status, Copyright copyright) {
    /** Code of our own: in progress beyond the deadline. */
    static final String STUCK = "stuck";

    /** The documented values, and what was not documented when this was written. */
    enum Phase {
        /** Being fetched or processed. */
        IN_PROGRESS,
        /** Can be published. */
        FINISHED,
        /** Its media is live; no field tells the media id. */
        PUBLISHED,
        /** Failed for good. */
        ERROR,
        /** Not published within 24 hours. */
        EXPIRED,
        /** A value this version does not know. */
        UNRECOGNIZED
    }

    /** What the field {@code copyright_check_status} of the same page says. It is advice: a container with a match can be published. */
    enum Copyright {
        /** Not asked for, not told, or the check failed. */
        UNKNOWN,
        /** Asked for, and refused: the field is not offered. */
        REFUSED,
        /** Not over; that nothing was found so far is no pass. */
        CHECKING,
        /** Nothing was found. */
        CLEAR,
        /** Material of someone else: what is published may be muted or blocked later. */
        MATCH;

        static Copyright in(JsonNode answer) {
            JsonNode check = answer.path("copyright_check_status");
            if (check.path("matches_found").asBoolean(false)) {
                return MATCH;
            }
            return switch (Fields.text(check, "status")) {
                case "completed", "complete" -> CLEAR; // the page says the one and shows the other
                case "in_progress", "not_started" -> CHECKING;
                default -> UNKNOWN;
            };
        }
    }

    /** The state in an answer; empty when the answer has neither field. */
    static Optional<ContainerState> in(JsonNode root) {
        JsonNode answer = Fields.unwrapped(root);
        ContainerState state = new ContainerState(
                Fields.text(answer, "status_code"), Fields.text(answer, "status"), Copyright.in(answer));
        return state.statusCode.isBlank() && state.status.isBlank() ? Optional.empty() : Optional.of(state);
    }

    /** By the code; without one by the words, which say the same. A failure in words alone is {@link #failsInWords()}. */
    Phase phase() {
        if (statusCode.isBlank()) {
            return inWords();
        }
        for (Phase phase : Phase.values()) {
            if (phase.name().equals(statusCode) && phase != Phase.UNRECOGNIZED) {
                return phase;
            }
        }
        return Phase.UNRECOGNIZED;
    }

    private Phase inWords() {
        String text = status.toLowerCase(Locale.ROOT);
        if (text.startsWith("finished")) {
            return Phase.FINISHED;
        }
        if (text.startsWith("published")) {
            return Phase.PUBLISHED;
        }
        return text.startsWith("in progress") ? Phase.IN_PROGRESS : Phase.UNRECOGNIZED;
    }

    /** Without a check for material of others, because Instagram refused to say what it found. */
    ContainerState unchecked() {
        return new ContainerState(statusCode, status, Copyright.REFUSED);
    }

    /**
     * Whether the text reports a failure that the code does not confirm. Seen with an empty {@code status_code}, and with containers that stayed in
     * progress for ever.
     */
    boolean failsInWords() {
        String text = status.toLowerCase(Locale.ROOT);
        boolean open = phase() == Phase.IN_PROGRESS || phase() == Phase.UNRECOGNIZED;
        return open && (text.startsWith("error") || text.startsWith("expired"));
    }

    /** For people: the platform's own words. */
    String detail() {
        return InstagramErrors.withoutSecrets(status.isBlank() ? statusCode : status);
    }

    /** Why it is dead, for {@link Phase#ERROR}, {@link Phase#EXPIRED} and {@link #failsInWords()}. */
    PlatformError death(InstagramErrors errors) {
        boolean expired = status.toLowerCase(Locale.ROOT).startsWith("expired");
        Phase words = expired ? Phase.EXPIRED : Phase.ERROR;
        return errors.ofContainer((failsInWords() ? words : phase()).name(), status);
    }

    /** That it is in progress for too long, with the last words. */
    PlatformError stuck(InstagramErrors errors) {
        return errors.ofContainer(STUCK, detail());
    }
}
