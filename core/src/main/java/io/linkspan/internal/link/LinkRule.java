package io.linkspan.internal.link;

import io.linkspan.Platform;
import io.linkspan.connection.CapabilityHealth;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.connection.Evidence;
import io.linkspan.internal.explain.PlainWords;
import io.linkspan.internal.wire.DirectionDoc;
import io.linkspan.internal.wire.LinkDoc;
import io.linkspan.internal.wire.ProfileDoc;
import io.linkspan.link.LinkStatus;
import io.linkspan.link.LinkStatus.Kind;
import io.linkspan.link.ProfileCheck;
import io.linkspan.link.Sighting;
import io.linkspan.spi.AccountIdentity;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.ProfileAddress;
import io.linkspan.spi.ProfileFields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What follows from facts about a link: pure. */
public final class LinkRule {
    private static final Set<ConnectionStatus.Kind> GIVEN_UP =
            EnumSet.of(ConnectionStatus.Kind.REVOKED, ConnectionStatus.Kind.PARTIALLY_REVOKED);
    private static final Set<ConnectionStatus.Kind> PERSON = EnumSet.of(
            ConnectionStatus.Kind.EXPIRED,
            ConnectionStatus.Kind.REAUTHORIZATION_REQUIRED,
            ConnectionStatus.Kind.AWAITING_ACCOUNT);

    private LinkRule() {}

    /**
     * One account of a link.
     *
     * @param adapter its platform
     * @param account the account as last read
     * @param scopes granted scopes
     * @param trouble why it could not be read now, or null when it was
     */
    record Side(
            PlatformAdapter adapter,
            AccountIdentity account,
            Set<String> scopes,
            @Nullable String trouble) {
        String platform() {
            return adapter.platform().name();
        }
    }

    /** What one profile shows after a look. */
    static DirectionDoc look(DirectionDoc before, Side profile, Side shown, Instant now) {
        String source = profile.platform() + ".profile";
        ProfileAddress address = shown.adapter().profiles().address();
        String handle = ProfileAddress.normal(shown.account().handle());
        String unreadable = profile.trouble();
        ProfileFields fields = profile.adapter().profiles().fields(profile.account(), profile.scopes());
        if (unreadable == null && fields.readable().isEmpty()) {
            unreadable = fields.notReadable();
        }
        if (unreadable == null && handle.isEmpty()) {
            unreadable = "the " + address.title() + " handle is not known, so it cannot be looked for; "
                    + shown.adapter()
                            .profiles()
                            .fields(shown.account(), shown.scopes())
                            .notReadable();
        }
        if (unreadable != null) {
            return drift(before.unreadable(unreadable), before, handle, now);
        }
        Optional<ProfileText.Match> match = new ProfileText(address, handle).find(fields.readable());
        if (match.isPresent()) {
            String how = match.get().how() + " was in " + match.get().field();
            return before.seen(match.get().field(), new Evidence(source, now, "found", how));
        }
        String rest = fields.notReadable().isEmpty() ? "" : "; " + fields.notReadable();
        Evidence missed = new Evidence(
                source,
                now,
                "not_found",
                "@" + handle + " is not in "
                        + String.join(", ", fields.readable().keySet()) + rest);
        return drift(before.missed(missed), before, handle, now);
    }

    private static DirectionDoc drift(DirectionDoc next, DirectionDoc before, String handle, Instant now) {
        Instant since = before.driftSince() == null ? now : before.driftSince();
        DirectionDoc.AttestedDoc attested = next.attested();
        if (attested != null && !handle.isEmpty() && !attested.handle().equals(handle)) {
            return next.drifted(
                    since,
                    attested.person() + " saw @" + attested.handle() + " on the profile at "
                            + PlainWords.time(attested.at()) + ", the account is @" + handle + " now");
        }
        Evidence found = next.found();
        if (next.look() != null && found != null) {
            return next.drifted(
                    since, "at " + PlainWords.time(found.at()) + " " + found.detail() + ", and it is there no longer");
        }
        return next;
    }

    /** What is different after a look, as action and detail; empty when nothing is. */
    static Optional<String[]> change(DirectionDoc before, DirectionDoc after) {
        String name = after.profile() + " shows " + after.shows() + ": ";
        if (after.drift() != null && !after.drift().equals(before.drift())) {
            return Optional.of(new String[] {"profile_drifted", name + after.drift()});
        }
        Sighting seen = sighting(after);
        boolean same = before.drift() == null == (after.drift() == null)
                && sighting(before).kind() == seen.kind()
                && !before.unseen();
        return same
                ? Optional.empty()
                : Optional.of(new String[] {
                    "profile_" + seen.kind().name().toLowerCase(java.util.Locale.ROOT), name + detail(after)
                });
    }

    private static String detail(DirectionDoc doc) {
        Evidence look = doc.look();
        return look != null ? look.detail() : String.valueOf(doc.notReadable());
    }

    /** What counts: found, else said by a person, else what the look gave. */
    static Sighting sighting(DirectionDoc doc) {
        Evidence look = doc.look();
        if (doc.where() != null && look != null) {
            return new Sighting.Found(doc.where(), look);
        }
        DirectionDoc.AttestedDoc attested = doc.attested();
        if (attested != null && doc.drift() == null) {
            return new Sighting.Attested(attested.person(), attested.at(), attested.what());
        }
        return look == null ? new Sighting.NotReadable(String.valueOf(doc.notReadable())) : new Sighting.NotFound(look);
    }

    /** The public value. */
    static ProfileCheck check(ProfileDoc doc) {
        List<ProfileCheck.Direction> directions = new ArrayList<>();
        for (DirectionDoc direction : doc.directions()) {
            Instant since = direction.driftSince();
            String drift = direction.drift();
            directions.add(new ProfileCheck.Direction(
                    Platform.of(direction.profile()),
                    Platform.of(direction.shows()),
                    sighting(direction),
                    since == null || drift == null ? null : new ProfileCheck.Drift(since, drift)));
        }
        return new ProfileCheck(directions, handles(doc), doc.checkedAt());
    }

    private static ProfileCheck.Handles handles(ProfileDoc doc) {
        List<String> handles = doc.handles();
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < handles.size(); i++) {
            String handle = handles.get(i).isEmpty() ? "unknown" : "@" + handles.get(i);
            shown.add(doc.directions().get(i).profile() + " " + handle);
        }
        ProfileCheck.Handles.Verdict verdict = handles.contains("")
                ? ProfileCheck.Handles.Verdict.UNKNOWN
                : handles.stream().distinct().count() == 1
                        ? ProfileCheck.Handles.Verdict.SAME
                        : ProfileCheck.Handles.Verdict.DIFFERENT;
        return new ProfileCheck.Handles(verdict, String.join(", ", shown));
    }

    /** Since when something is missing on a profile; null when nothing is, or nobody wants it. */
    public static @Nullable Instant driftSince(LinkDoc doc) {
        ProfileDoc profile = doc.profile();
        return doc.parted() || profile == null || !doc.intent().visible()
                ? null
                : profile.directions().stream()
                        .map(DirectionDoc::driftSince)
                        .filter(Objects::nonNull)
                        .min(Instant::compareTo)
                        .orElse(null);
    }

    /** Where the link stands. */
    static LinkStatus status(LinkDoc doc, List<Connection> both) {
        if (doc.parted()) {
            return new LinkStatus(Kind.PARTED, "it was unlinked; the connections are not touched by that");
        }
        List<Connection> gone = with(both, GIVEN_UP);
        if (!gone.isEmpty()) {
            return gone.size() == both.size()
                    ? new LinkStatus(Kind.ENDED, "both connections were disconnected or removed")
                    : new LinkStatus(
                            Kind.ONE_SIDED,
                            named(gone.get(0)) + " was disconnected or removed, the other connection is still in use");
        }
        List<Connection> person = with(both, PERSON);
        if (!person.isEmpty()) {
            return new LinkStatus(
                    Kind.PERSON_NEEDED,
                    named(person.get(0)) + ": " + person.get(0).status().describe());
        }
        List<Connection> renewing = with(both, EnumSet.of(ConnectionStatus.Kind.REFRESH_REQUIRED));
        if (!renewing.isEmpty()) {
            return new LinkStatus(
                    Kind.RENEWING,
                    named(renewing.get(0)) + ": " + renewing.get(0).status().describe());
        }
        Optional<LinkStatus> blocked = both.stream()
                .flatMap(connection -> connection.health().entrySet().stream()
                        .filter(entry -> doc.intent().capabilities().contains(entry.getKey()))
                        .filter(entry -> entry.getValue().kind() == CapabilityHealth.Kind.BLOCKED)
                        .map(entry -> new LinkStatus(
                                Kind.CAPABILITY_BLOCKED, named(connection) + " cannot " + entry.getKey() + " now")))
                .findFirst();
        return blocked.orElseGet(() -> visible(doc));
    }

    private static LinkStatus visible(LinkDoc doc) {
        if (!doc.intent().visible()) {
            return new LinkStatus(Kind.WORKING, "both connections work");
        }
        ProfileDoc profile = doc.profile();
        if (profile == null) {
            return new LinkStatus(Kind.UNCONFIRMED, "nobody has looked at the profiles yet");
        }
        ProfileCheck check = check(profile);
        for (ProfileCheck.Direction direction : check.directions()) {
            if (direction.drift().isPresent()) {
                return new LinkStatus(
                        Kind.DRIFTED,
                        "the " + direction.profile() + " profile: "
                                + direction.drift().get().what());
            }
        }
        return check.directions().stream()
                .filter(direction -> !direction.shown())
                .findFirst()
                .map(missing -> new LinkStatus(
                        Kind.UNCONFIRMED,
                        "it is not known that the " + missing.profile() + " profile shows " + missing.shows()))
                .orElseGet(() ->
                        new LinkStatus(Kind.WORKING, "both connections work and the profiles point at each other"));
    }

    private static List<Connection> with(List<Connection> both, Set<ConnectionStatus.Kind> kinds) {
        return both.stream()
                .filter(connection -> kinds.contains(connection.status().kind()))
                .toList();
    }

    private static String named(Connection connection) {
        return connection.platform() + " " + connection.shown();
    }
}
