package io.linkspan.internal.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.connection.Capability;
import io.linkspan.connection.CapabilityHealth;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.connection.Evidence;
import io.linkspan.connection.Sides;
import io.linkspan.internal.wire.DirectionDoc;
import io.linkspan.internal.wire.LinkDoc;
import io.linkspan.internal.wire.ProfileDoc;
import io.linkspan.link.Intent;
import io.linkspan.link.LinkStatus;
import io.linkspan.spi.Actor;
import io.linkspan.spi.CauseClass;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where a link stands, for every combination of both connections, intent and profiles. */
class LinkRuleTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final Evidence SEEN = new Evidence("platform", NOW, "code", "");
    private static final Sides SIDES =
            new Sides(Sides.Local.WIPED, Sides.Grant.REVOKED_VERIFIED, Sides.VisibleLink.UNKNOWN);
    private static final List<ConnectionStatus> STATUSES = List.of(
            new ConnectionStatus.Authorized(NOW),
            new ConnectionStatus.RefreshRequired("why"),
            new ConnectionStatus.Expired(NOW),
            new ConnectionStatus.PartiallyRevoked(SIDES),
            new ConnectionStatus.Revoked(SIDES),
            new ConnectionStatus.ReauthorizationRequired(SEEN),
            new ConnectionStatus.AwaitingAccount(SEEN));
    private static final CapabilityHealth BLOCKED =
            new CapabilityHealth.Blocked("quota", CauseClass.QUOTA, Actor.PLATFORM, SEEN, NOW, "wait");

    private static Connection connection(String platform, ConnectionStatus status, boolean blocked) {
        Map<Capability, CapabilityHealth> health = blocked ? Map.of(Capability.PUBLISH_VIDEO, BLOCKED) : Map.of();
        return new Connection(
                new ConnectionId("0".repeat(32)),
                Owner.of("t", "u"),
                Platform.of(platform),
                "1",
                "h",
                "",
                Intent.BOTH,
                Set.of(),
                status,
                health,
                NOW,
                null,
                null,
                null);
    }

    private static DirectionDoc direction(String profile, String shows, String state) {
        DirectionDoc unseen = DirectionDoc.unseen(profile, shows);
        return switch (state) {
            case "found" -> unseen.seen("bio", SEEN);
            case "attested" -> unseen.attestedBy(new DirectionDoc.AttestedDoc("mira", NOW, "icon", "h"));
            case "missing" -> unseen.missed(SEEN);
            case "drifted" -> unseen.seen("bio", SEEN).missed(SEEN).drifted(NOW, "gone");
            default -> unseen.unreadable("why");
        };
    }

    private static LinkDoc link(Intent intent, boolean parted, String here, String there) {
        ProfileDoc profile = here == null
                ? null
                : new ProfileDoc(
                        NOW, List.of(direction("one", "two", here), direction("two", "one", there)), List.of("h", "h"));
        return new LinkDoc(1, intent, List.of("a", "b"), NOW, parted, 1, null, profile, null);
    }

    private static LinkStatus.Kind expected(
            Intent intent, boolean parted, List<ConnectionStatus.Kind> kinds, boolean blocked, List<String> seen) {
        Set<ConnectionStatus.Kind> met = EnumSet.copyOf(kinds);
        long gone = kinds.stream()
                .filter(kind ->
                        kind == ConnectionStatus.Kind.REVOKED || kind == ConnectionStatus.Kind.PARTIALLY_REVOKED)
                .count();
        if (parted) {
            return LinkStatus.Kind.PARTED;
        }
        if (gone > 0) {
            return gone == 2 ? LinkStatus.Kind.ENDED : LinkStatus.Kind.ONE_SIDED;
        }
        if (met.contains(ConnectionStatus.Kind.EXPIRED)
                || met.contains(ConnectionStatus.Kind.REAUTHORIZATION_REQUIRED)
                || met.contains(ConnectionStatus.Kind.AWAITING_ACCOUNT)) {
            return LinkStatus.Kind.PERSON_NEEDED;
        }
        if (met.contains(ConnectionStatus.Kind.REFRESH_REQUIRED)) {
            return LinkStatus.Kind.RENEWING;
        }
        if (blocked && intent != Intent.PROFILE && intent != Intent.DRAFTS) {
            return LinkStatus.Kind.CAPABILITY_BLOCKED;
        }
        if (intent != Intent.PROFILE && intent != Intent.BOTH) {
            return LinkStatus.Kind.WORKING;
        }
        if (seen.contains("drifted")) {
            return LinkStatus.Kind.DRIFTED;
        }
        return List.of("found", "attested").containsAll(seen) && !seen.isEmpty()
                ? LinkStatus.Kind.WORKING
                : LinkStatus.Kind.UNCONFIRMED;
    }

    @Test
    void status_ofEveryCombination_isTheFirstRuleThatHolds() {
        Set<LinkStatus.Kind> met = EnumSet.noneOf(LinkStatus.Kind.class);
        List<String> states = Arrays.asList(null, "found", "attested", "missing", "drifted", "unreadable");
        for (Intent intent : Intent.values()) {
            for (boolean parted : new boolean[] {true, false}) {
                for (ConnectionStatus one : STATUSES) {
                    for (ConnectionStatus two : STATUSES) {
                        for (boolean blocked : new boolean[] {true, false}) {
                            for (String here : states) {
                                for (String there : here == null ? Arrays.asList((String) null) : states) {
                                    if (here != null && there == null) {
                                        continue;
                                    }
                                    List<String> seen = new ArrayList<>();
                                    if (here != null) {
                                        seen.addAll(List.of(here, there));
                                    }
                                    LinkStatus.Kind expected =
                                            expected(intent, parted, List.of(one.kind(), two.kind()), blocked, seen);
                                    met.add(expected);
                                    assertEquals(
                                            expected,
                                            LinkRule.status(
                                                            link(intent, parted, here, there),
                                                            List.of(
                                                                    connection("one", one, false),
                                                                    connection("two", two, blocked)))
                                                    .kind());
                                }
                            }
                        }
                    }
                }
            }
        }
        assertEquals(EnumSet.allOf(LinkStatus.Kind.class), met);
    }

    @Test
    void drift_countsForVisibleLinksInUseOnly() {
        assertEquals(NOW, LinkRule.driftSince(link(Intent.PROFILE, false, "drifted", "found")));
        assertEquals(NOW, LinkRule.driftSince(link(Intent.BOTH, false, "found", "drifted")));
        assertNull(LinkRule.driftSince(link(Intent.BOTH, true, "drifted", "found")));
        assertNull(LinkRule.driftSince(link(Intent.CROSS_POSTING, false, "drifted", "found")));
        assertNull(LinkRule.driftSince(link(Intent.BOTH, false, "missing", "found")));
        assertNull(LinkRule.driftSince(link(Intent.BOTH, false, null, null)));
    }
}
