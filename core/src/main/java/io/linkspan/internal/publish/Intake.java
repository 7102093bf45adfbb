package io.linkspan.internal.publish;

import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.connection.CapabilityHealth;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository;
import io.linkspan.internal.connection.Views;
import io.linkspan.link.AccountLinks;
import io.linkspan.preflight.Destination;
import io.linkspan.preflight.Finding;
import io.linkspan.preflight.Preflight;
import io.linkspan.preflight.PreflightOptions;
import io.linkspan.preflight.PreflightReport;
import io.linkspan.preflight.Severity;
import io.linkspan.preflight.UnreadableMediaException;
import io.linkspan.preflight.Verdict;
import io.linkspan.publish.Post;
import io.linkspan.publish.Preview;
import io.linkspan.publish.Preview.TargetPreview;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.PublishContent;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The checks before a post is queued: validate first, queue second. */
final class Intake {
    private final Kernel kernel;
    private final ConnectionRepository connections;
    private final Views views;
    private final AccountLinks links;

    Intake(Kernel kernel, ConnectionRepository connections, Views views, AccountLinks links) {
        this.kernel = kernel;
        this.connections = connections;
        this.views = views;
        this.links = links;
    }

    /** One target with what it gets. */
    record Resolved(Connection connection, String registration, PublishContent content, PlatformAdapter adapter) {}

    /** What the checks found. */
    record Checked(Preview preview, List<Resolved> targets) {}

    Checked check(Owner owner, Post post) {
        if (post.targets().isEmpty()) {
            throw new IllegalArgumentException("the post has no target; add one with to(link) or to(connectionId)");
        }
        if (!Files.isRegularFile(post.media()) || !Files.isReadable(post.media())) {
            throw new IllegalArgumentException("the media file " + post.media().getFileName()
                    + " is missing, not a file, or not readable; nothing was queued");
        }
        List<Resolved> targets = resolve(owner, post);
        PreflightReport report = preflight(post, targets);
        List<TargetPreview> previews =
                targets.stream().map(target -> preview(target, report)).toList();
        return new Checked(new Preview(report, previews), targets);
    }

    private List<Resolved> resolve(Owner owner, Post post) {
        Set<ConnectionId> ids = new LinkedHashSet<>();
        for (Post.Target target : post.targets()) {
            if (target instanceof Post.Target.Link link) {
                ids.addAll(links.find(owner, link.link())
                        .orElseThrow(
                                () -> new IllegalArgumentException("no account link " + link.link() + " of this owner"))
                        .connections());
            } else {
                ids.add(((Post.Target.One) target).connection());
            }
        }
        List<Resolved> resolved = new ArrayList<>();
        for (ConnectionId id : ids) {
            ConnectionRepository.Stored stored = connections.require(owner, id);
            PlatformAdapter adapter = kernel.adapter(stored.platform());
            PublishContent content = new PublishContent(
                    post.kind(),
                    post.captionFor(stored.platform()),
                    contentType(post),
                    post.optionsFor(stored.platform()));
            resolved.add(new Resolved(views.connection(stored), stored.doc().registration(), content, adapter));
        }
        return resolved;
    }

    private static String contentType(Post post) {
        String name = post.media().getFileName().toString().toLowerCase(Locale.ROOT);
        if (post.kind() == PublishContent.Kind.IMAGE) {
            return "image/jpeg";
        }
        return name.endsWith(".mov") ? "video/quicktime" : name.endsWith(".webm") ? "video/webm" : "video/mp4";
    }

    private PreflightReport preflight(Post post, List<Resolved> targets) {
        Set<Destination> destinations = new LinkedHashSet<>();
        for (Resolved target : targets) {
            destinations.add(target.adapter().publishing().destination(target.content()));
        }
        PreflightOptions options = PreflightOptions.builder()
                .destinations(destinations)
                .asOf(kernel.now().atZone(java.time.ZoneOffset.UTC).toLocalDate())
                .build();
        try {
            return Preflight.check(post.media(), options);
        } catch (UnreadableMediaException e) {
            throw new IllegalArgumentException(
                    "the media file " + post.media().getFileName() + " cannot be read (" + e.getMessage()
                            + "); nothing was queued",
                    e);
        }
    }

    private TargetPreview preview(Resolved target, PreflightReport report) {
        List<String> blockers = new ArrayList<>();
        Destination destination = target.adapter().publishing().destination(target.content());
        if (report.verdict(destination) == Verdict.BLOCKED) {
            for (Finding finding : report.findings(destination)) {
                if (finding.severity() == Severity.ERROR) {
                    blockers.add(finding.ruleId() + ": measured " + finding.measured() + ", allowed "
                            + finding.allowed() + ". " + finding.fix());
                }
            }
        }
        blockers.addAll(target.adapter().publishing().problems(target.content()));
        blockers.addAll(connectionBlockers(target));
        if (target.adapter().publishing().pulls(target.content())
                && kernel.mediaHost().isEmpty()) {
            blockers.add(
                    "this platform pulls media from a public address; give Linkspan a MediaHost with mediaHost(...)");
        }
        return new TargetPreview(
                target.connection().platform(),
                target.connection().shown(),
                target.content().caption(),
                blockers);
    }

    private static List<String> connectionBlockers(Resolved target) {
        ConnectionStatus status = target.connection().status();
        boolean usable = status.kind() == ConnectionStatus.Kind.AUTHORIZED
                || status.kind() == ConnectionStatus.Kind.REFRESH_REQUIRED;
        if (!usable) {
            return List.of(status.describe());
        }
        CapabilityHealth health =
                target.connection().health().get(target.adapter().publishing().capability(target.content()));
        if (health == null) {
            return List.of(
                    "the account was connected for " + target.connection().intent()
                            + ", which does not include publishing; connect it again for CROSS_POSTING or BOTH");
        }
        return health.kind() == CapabilityHealth.Kind.BLOCKED ? List.of(health.describe()) : List.of();
    }

    static Platform platform(Resolved target) {
        return target.connection().platform();
    }
}
