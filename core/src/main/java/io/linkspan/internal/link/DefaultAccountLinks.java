package io.linkspan.internal.link;

import io.linkspan.ConflictException;
import io.linkspan.NotFoundException;
import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.connection.Attention;
import io.linkspan.connection.Capability;
import io.linkspan.connection.ConnectHelp;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.connection.Explanation;
import io.linkspan.connection.HistoryEntry;
import io.linkspan.connection.Sides;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.Missing;
import io.linkspan.internal.connection.ConnectionRepository;
import io.linkspan.internal.connection.ConnectionRepository.Line;
import io.linkspan.internal.connection.Explains;
import io.linkspan.internal.connection.Views;
import io.linkspan.internal.explain.LinkExplainer;
import io.linkspan.internal.link.LinkRepository.Stored;
import io.linkspan.internal.wire.DirectionDoc;
import io.linkspan.internal.wire.LinkDoc;
import io.linkspan.internal.wire.ProfileDoc;
import io.linkspan.link.AccountLink;
import io.linkspan.link.AccountLinkId;
import io.linkspan.link.AccountLinks;
import io.linkspan.link.Intent;
import io.linkspan.link.LinkStatus;
import io.linkspan.link.ManualUrl;
import io.linkspan.link.ProfileCheck;
import io.linkspan.link.ProfileTrouble;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.ProfileAddress;
import io.linkspan.spi.StoredRecord;
import io.linkspan.spi.Texts;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@link AccountLinks} over the token store. */
public final class DefaultAccountLinks implements AccountLinks {

    private final Kernel kernel;
    private final ConnectionRepository connections;
    private final LinkRepository links;
    private final ProfileChecks checks;
    private final Views views;
    private final Explains explains;

    /** Over its parts. */
    public DefaultAccountLinks(
            Kernel kernel,
            ConnectionRepository connections,
            LinkRepository links,
            ProfileChecks checks,
            Views views,
            Explains explains) {
        this.kernel = kernel;
        this.connections = connections;
        this.links = links;
        this.checks = checks;
        this.views = views;
        this.explains = explains;
    }

    @Override
    public AccountLink link(Owner owner, ConnectionId one, ConnectionId other, Intent intent) {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(one, "one");
        Objects.requireNonNull(other, "other");
        Objects.requireNonNull(intent, "intent");
        List<ConnectionRepository.Stored> both = Stream.of(
                        connections.require(owner, one), connections.require(owner, other))
                .sorted((a, b) -> a.doc().platform().compareTo(b.doc().platform()))
                .toList();
        if (both.get(0).doc().platform().equals(both.get(1).doc().platform())) {
            throw new ConflictException("an account link joins two platforms, both connections are on "
                    + both.get(0).doc().platform() + "; choose a connection on another one");
        }
        both.forEach(stored -> requireFit(stored, intent));
        List<String> ids = both.stream().map(stored -> stored.record().id()).toList();
        String key = String.join("+", ids);
        Line line = new Line("host", "linked", String.join(" and ", ids) + " for " + intent);
        while (true) {
            Optional<Stored> existing = links.between(owner, key);
            Instant now = kernel.now();
            Instant look = checks.nextLook(intent.visible());
            Optional<Stored> saved = existing.isEmpty()
                    ? links.insert(owner, key, LinkDoc.of(intent, ids, now, look), line)
                    : links.save(existing.get(), joined(existing.get().doc(), intent, now, look), List.of(line));
            if (saved.isPresent()) {
                return view(saved.get());
            }
        }
    }

    private static LinkDoc joined(LinkDoc doc, Intent intent, Instant now, @Nullable Instant look) {
        return doc.joined(intent, doc.parted() ? now : doc.linkedAt(), look);
    }

    private void requireFit(ConnectionRepository.Stored stored, Intent intent) {
        if (stored.doc().sides().local() != Sides.Local.HELD) {
            throw new ConflictException(
                    "connection " + stored.record().id() + " is disconnected; connect it again first");
        }
        PlatformAdapter adapter = kernel.adapter(stored.platform());
        Set<Capability> needed = EnumSet.copyOf(intent.capabilities());
        needed.retainAll(Views.offered(adapter, intent));
        needed.removeAll(adapter.oauth().granted(stored.doc().scopes()));
        if (!needed.isEmpty()) {
            throw new ConflictException("connection " + stored.record().id() + " (" + stored.platform()
                    + ") was not granted what " + intent + " needs: " + needed + "; connect it again for " + intent);
        }
    }

    @Override
    public Optional<AccountLink> find(Owner owner, AccountLinkId id) {
        return joined(owner, id).map(DefaultAccountLinks::view);
    }

    @Override
    public boolean unlink(Owner owner, AccountLinkId id, String reason) {
        Texts.text("the reason of an unlink", reason, Texts.MOST_REASON);
        while (true) {
            Optional<Stored> found = joined(owner, id);
            if (found.isEmpty()) {
                return false;
            }
            Line line = new Line(reason, "unlinked", "both accounts stay connected");
            if (links.save(found.get(), found.get().doc().part(), List.of(line)).isPresent()) {
                return true;
            }
        }
    }

    @Override
    public Optional<LinkStatus> status(Owner owner, AccountLinkId id) {
        return stored(owner, id).map(stored -> LinkRule.status(stored.doc(), connections(stored)));
    }

    @Override
    public Optional<ProfileCheck> lastCheck(Owner owner, AccountLinkId id) {
        return joined(owner, id)
                .flatMap(stored -> Optional.ofNullable(stored.doc().profile()))
                .map(LinkRule::check);
    }

    @Override
    public ProfileCheck check(Owner owner, AccountLinkId id) {
        Stored stored = require(owner, id);
        kernel.hostTransactions().refuse("links().check(...)");
        Stored looked = checks.look(stored);
        return LinkRule.check(checks.known(looked.doc(), sides(looked)));
    }

    @Override
    public ProfileCheck attest(Owner owner, AccountLinkId id, Platform profile, String person, String what) {
        Objects.requireNonNull(profile, "profile");
        Texts.reason("person", person, Texts.MOST_REASON);
        Texts.reason("what", what, Texts.MOST_REASON);
        while (true) {
            Stored stored = require(owner, id);
            List<LinkRule.Side> sides = sides(stored);
            ProfileDoc before = checks.known(stored.doc(), sides);
            if (before.directions().stream().noneMatch(one -> one.profile().equals(profile.name()))) {
                throw noAccount(id, profile);
            }
            List<DirectionDoc> after = new ArrayList<>();
            for (int i = 0; i < sides.size(); i++) {
                DirectionDoc direction = before.directions().get(i);
                String handle = ProfileAddress.normal(sides.get(1 - i).account().handle());
                after.add(
                        direction.profile().equals(profile.name())
                                ? direction.attestedBy(new DirectionDoc.AttestedDoc(person, kernel.now(), what, handle))
                                : direction);
            }
            ProfileDoc next = new ProfileDoc(before.checkedAt(), after, handles(sides));
            LinkDoc doc = stored.doc().looked(next, stored.doc().checkAt());
            Line line = new Line(person, "profile_attested", "on the " + profile + " profile: " + what);
            Optional<Stored> saved = links.save(stored, doc, List.of(line));
            if (saved.isPresent()) {
                return LinkRule.check(next);
            }
        }
    }

    private static List<String> handles(List<LinkRule.Side> sides) {
        return sides.stream()
                .map(side -> ProfileAddress.normal(side.account().handle()))
                .toList();
    }

    @Override
    public List<ManualUrl> manualUrls(Owner owner, AccountLinkId id) {
        return manualUrls(require(owner, id));
    }

    private List<ManualUrl> manualUrls(Stored stored) {
        List<LinkRule.Side> sides = sides(stored);
        List<ManualUrl> urls = new ArrayList<>();
        for (int i = 0; i < sides.size(); i++) {
            PlatformAdapter profile = sides.get(i).adapter();
            LinkRule.Side shown = sides.get(1 - i);
            if (!shown.account().handle().isBlank()) {
                ProfileAddress address = shown.adapter().profiles().address();
                URI url = address.of(shown.account().handle());
                urls.add(new ManualUrl(
                        profile.platform(),
                        shown.adapter().platform(),
                        url,
                        profile.profiles().showSteps(address.title(), url.toString())));
            }
        }
        return urls;
    }

    @Override
    public ConnectHelp reportTrouble(Owner owner, AccountLinkId id, Platform profile, ProfileTrouble trouble) {
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(trouble, "trouble");
        while (true) {
            Stored stored = require(owner, id);
            List<LinkRule.Side> sides = sides(stored);
            LinkRule.Side side = sides.stream()
                    .filter(one -> one.adapter().platform().equals(profile))
                    .findFirst()
                    .orElseThrow(() -> noAccount(id, profile));
            int before = ProfileHelp.reports(links.history(stored), profile, trouble, kernel.now());
            boolean kept = before >= ProfileHelp.MOST_REPORTS
                    || links.save(stored, stored.doc(), List.of(ProfileHelp.line(profile, trouble)))
                            .isPresent();
            if (kept) {
                Optional<ManualUrl> url = manualUrls(stored).stream()
                        .filter(one -> one.profile().equals(profile))
                        .findFirst();
                boolean differ = LinkRule.check(checks.known(stored.doc(), sides))
                                .handles()
                                .verdict()
                        == ProfileCheck.Handles.Verdict.DIFFERENT;
                return ProfileHelp.help(side.adapter(), trouble, before + 1, url, differ, kernel.now());
            }
        }
    }

    private static NotFoundException noAccount(AccountLinkId id, Platform profile) {
        return new NotFoundException(
                NotFoundException.Kind.PLATFORM,
                profile.name(),
                "account link " + id + " has no account on " + profile
                        + "; name the platform of one of its connections");
    }

    @Override
    public Explanation explain(Owner owner, AccountLinkId id) {
        Stored stored = stored(owner, id).orElseThrow(() -> Missing.link(id));
        List<Connection> both = connections(stored);
        ProfileDoc profile = stored.doc().profile();
        return LinkExplainer.explain(
                view(stored),
                LinkRule.status(stored.doc(), both),
                profile == null ? null : LinkRule.check(profile),
                manualUrls(stored),
                stored.doc().connections().stream()
                        .map(one -> explains.explain(connections.require(owner, new ConnectionId(one))))
                        .toList(),
                both.stream().allMatch(one -> one.status().kind() == ConnectionStatus.Kind.REVOKED),
                links.history(stored),
                kernel.now());
    }

    @Override
    public List<HistoryEntry> history(Owner owner, AccountLinkId id) {
        return stored(owner, id).map(links::history).orElse(List.of());
    }

    /** What a drifted link adds to the list of what needs attention. */
    public Optional<Attention> attention(StoredRecord record) {
        Stored stored = links.read(record);
        ProfileDoc profile = stored.doc().profile();
        Instant since = LinkRule.driftSince(stored.doc());
        if (profile == null || since == null) {
            return Optional.empty();
        }
        List<Attention.Reason> reasons = LinkRule.check(profile).directions().stream()
                .flatMap(direction -> direction.drift().stream()
                        .map(drift -> new Attention.Reason(
                                "profile_drifted",
                                "the " + direction.profile() + " profile: " + drift.what(),
                                drift.since(),
                                Explanation.Who.PERSON)))
                .toList();
        return Optional.of(new Attention(stored.owner(), null, stored.id(), since, reasons));
    }

    private Optional<Stored> stored(Owner owner, AccountLinkId id) {
        return links.find(Objects.requireNonNull(owner, "owner"), Objects.requireNonNull(id, "id"));
    }

    private Optional<Stored> joined(Owner owner, AccountLinkId id) {
        return stored(owner, id).filter(stored -> !stored.doc().parted());
    }

    private Stored require(Owner owner, AccountLinkId id) {
        return joined(owner, id).orElseThrow(() -> Missing.link(id));
    }

    private List<Connection> connections(Stored stored) {
        return stored.doc().connections().stream()
                .map(id -> views.connection(connections.require(stored.owner(), new ConnectionId(id))))
                .toList();
    }

    private List<LinkRule.Side> sides(Stored stored) {
        return stored.doc().connections().stream()
                .map(id -> checks.stored(stored, id))
                .toList();
    }

    private static AccountLink view(Stored stored) {
        LinkDoc doc = stored.doc();
        return new AccountLink(
                stored.id(),
                stored.owner(),
                doc.intent(),
                doc.connections().stream().map(ConnectionId::new).toList(),
                doc.linkedAt());
    }
}
