package io.linkspan.internal.wire;

import io.linkspan.connection.Evidence;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one profile shows of the other account.
 *
 * @param profile platform of the profile
 * @param shows platform of the account it should show
 * @param where the field that shows it, or null when none does
 * @param look the last look, or null when nothing could be read
 * @param notReadable why nothing could be read, or null when something was
 * @param found the last look that found it
 * @param attested what a person said
 * @param driftSince when it was first missed
 * @param drift what is missing
 */
public record DirectionDoc(
        String profile,
        String shows,
        @Nullable String where,
        @Nullable Evidence look,
        @Nullable String notReadable,
        @Nullable Evidence found,
        @Nullable AttestedDoc attested,
        @Nullable Instant driftSince,
        @Nullable String drift) {
    /**
     * What a person said.
     *
     * @param person who
     * @param at when
     * @param what what was seen
     * @param handle the handle the other account had then
     */
    public record AttestedDoc(String person, Instant at, String what, String handle) {}

    private static final String UNSEEN = "nobody has looked yet";

    /** Nothing is known yet. */
    public static DirectionDoc unseen(String profile, String shows) {
        return new DirectionDoc(profile, shows, null, null, UNSEEN, null, null, null, null);
    }

    /** Whether nobody has looked yet. */
    public boolean unseen() {
        return UNSEEN.equals(notReadable);
    }

    /** After a look that found it; whatever was missed is there again. */
    public DirectionDoc seen(String field, Evidence evidence) {
        return new DirectionDoc(profile, shows, field, evidence, null, evidence, attested, null, null);
    }

    /** After a look that did not find it. */
    public DirectionDoc missed(Evidence evidence) {
        return new DirectionDoc(profile, shows, null, evidence, null, found, attested, driftSince, drift);
    }

    /** After a look that could not read anything; what was known stays known, with its age. */
    public DirectionDoc unreadable(String why) {
        return new DirectionDoc(profile, shows, null, null, why, found, attested, driftSince, drift);
    }

    /** With what is missing. */
    public DirectionDoc drifted(Instant since, String what) {
        return new DirectionDoc(profile, shows, where, look, notReadable, found, attested, since, what);
    }

    /** After a person looked; what was missed before is settled by it. */
    public DirectionDoc attestedBy(AttestedDoc person) {
        return new DirectionDoc(profile, shows, where, look, notReadable, null, person, null, null);
    }
}
