package io.linkspan.internal.link;

import io.linkspan.CallInterruptedException;
import io.linkspan.LinkspanException;
import io.linkspan.Platform;
import io.linkspan.connection.Capability;
import io.linkspan.connection.CapabilityHealth;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.connection.Evidence;
import io.linkspan.connection.Sides;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository;
import io.linkspan.internal.connection.ConnectionRepository.Line;
import io.linkspan.internal.connection.HealthCheck;
import io.linkspan.internal.connection.StatusRule;
import io.linkspan.internal.link.LinkRepository.Stored;
import io.linkspan.internal.wire.ConnectionDoc;
import io.linkspan.internal.wire.DirectionDoc;
import io.linkspan.internal.wire.HealthDoc;
import io.linkspan.internal.wire.LinkDoc;
import io.linkspan.internal.wire.ProfileDoc;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.ProfileAddress;
import io.linkspan.spi.StoredRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at both profiles of a link, and keeps what it saw. */
public final class ProfileChecks {
    private final Kernel kernel;
    private final LinkRepository links;
    private final ConnectionRepository connections;
    private final HealthCheck healthCheck;

    /** Over its parts. */
    public ProfileChecks(
            Kernel kernel, LinkRepository links, ConnectionRepository connections, HealthCheck healthCheck) {
        this.kernel = kernel;
        this.links = links;
        this.connections = connections;
        this.healthCheck = healthCheck;
    }

    /** Looks again at a link that is due. */
    public void due(StoredRecord record) {
        Stored stored = links.read(record);
        if (!stored.doc().parted()) {
            look(stored);
        }
    }

    /** Looks now; what another process saw in between is kept. */
    Stored look(Stored stored) {
        List<LinkRule.Side> sides = new ArrayList<>();
        for (String id : stored.doc().connections()) {
            sides.add(side(stored, id));
        }
        Stored current = stored;
        while (true) {
            Instant now = kernel.now();
            ProfileDoc before = known(current.doc(), sides);
            List<DirectionDoc> after = new ArrayList<>();
            List<Line> lines = new ArrayList<>();
            for (int i = 0; i < sides.size(); i++) {
                DirectionDoc next = LinkRule.look(before.directions().get(i), sides.get(i), sides.get(1 - i), now);
                LinkRule.change(before.directions().get(i), next)
                        .ifPresent(change -> lines.add(new Line("platform", change[0], change[1])));
                after.add(next);
            }
            List<String> handles = sides.stream()
                    .map(side -> ProfileAddress.normal(side.account().handle()))
                    .toList();
            if (current.doc().profile() != null && !handles.equals(before.handles())) {
                lines.add(new Line("platform", "handle_changed", "from " + before.handles() + " to " + handles));
            }
            LinkDoc next = current.doc().looked(new ProfileDoc(now, after, handles), again(current.doc()));
            Stored read = current;
            var saved = links.save(current, next, lines);
            if (saved.isPresent()) {
                return saved.get();
            }
            current = links.find(read.owner(), read.id()).orElse(read);
            if (current.doc().parted()) {
                return current;
            }
        }
    }

    /** When to look again; spread, so that links made together are not looked at together. */
    @Nullable
    Instant again(LinkDoc doc) {
        return nextLook(doc.intent().visible() && !doc.parted());
    }

    @Nullable
    Instant nextLook(boolean wanted) {
        Duration pause = kernel.settings().profileCheckInterval();
        return wanted ? kernel.now().plusMillis((long) (pause.toMillis() * kernel.jitter(0.1))) : null;
    }

    /** What is known of the profiles, in the order of the connections. */
    ProfileDoc known(LinkDoc doc, List<LinkRule.Side> sides) {
        if (doc.profile() != null) {
            return doc.profile();
        }
        return new ProfileDoc(
                kernel.now(),
                List.of(
                        DirectionDoc.unseen(
                                sides.get(0).platform(), sides.get(1).platform()),
                        DirectionDoc.unseen(
                                sides.get(1).platform(), sides.get(0).platform())),
                List.of("", ""));
    }

    /** An account as it is now, or as it was last read and why it could not be read. */
    private LinkRule.Side side(Stored link, String id) {
        ConnectionRepository.Stored stored = require(link, id);
        String trouble = null;
        if (stored.doc().sides().local() != Sides.Local.HELD) {
            trouble = "the " + stored.platform() + " connection was disconnected";
        } else {
            Instant asked = kernel.now();
            try {
                stored = healthCheck.check(stored);
            } catch (CallInterruptedException e) {
                throw e; // that was no look
            } catch (LinkspanException e) {
                stored = require(link, id);
            }
            trouble = trouble(stored.doc(), asked);
        }
        return known(stored, trouble);
    }

    /** An account as it was last read. */
    LinkRule.Side stored(Stored link, String id) {
        return known(require(link, id), null);
    }

    private LinkRule.Side known(ConnectionRepository.Stored stored, @Nullable String trouble) {
        PlatformAdapter adapter = kernel.adapter(stored.platform());
        return new LinkRule.Side(adapter, stored.doc().account(), stored.doc().scopes(), trouble);
    }

    private @Nullable String trouble(ConnectionDoc doc, Instant asked) {
        HealthDoc identity = doc.health().get(Capability.READ_PROFILE);
        Evidence seen = identity == null ? null : identity.evidence();
        ConnectionStatus status = StatusRule.status(
                doc, kernel.adapter(Platform.of(doc.platform())).oauth().renewal(), kernel.now());
        if (status.kind() == ConnectionStatus.Kind.AUTHORIZED
                && identity != null
                && identity.kind() == CapabilityHealth.Kind.READY
                && seen != null
                && !seen.at().isBefore(asked)) {
            return null;
        }
        String seenInstead = status.kind() == ConnectionStatus.Kind.AUTHORIZED && identity != null
                ? identity.health().describe()
                : status.describe();
        return "the " + doc.platform() + " account could not be read: " + seenInstead;
    }

    private ConnectionRepository.Stored require(Stored link, String id) {
        return connections.require(link.owner(), new ConnectionId(id));
    }
}
