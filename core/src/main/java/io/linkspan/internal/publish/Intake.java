package io.linkspan.internal.publish;

import io.linkspan.LinkspanException;
import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.RetryAdvice;
import io.linkspan.connection.Capability;
import io.linkspan.connection.CapabilityHealth;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.Missing;
import io.linkspan.internal.connection.ConnectionRepository;
import io.linkspan.internal.connection.Renewer;
import io.linkspan.internal.connection.Views;
import io.linkspan.internal.publish.IntakeMedia.Files;
import io.linkspan.internal.wire.MediaDoc;
import io.linkspan.link.AccountLinks;
import io.linkspan.publish.Post;
import io.linkspan.publish.PostRefusedException;
import io.linkspan.publish.Preview;
import io.linkspan.publish.Preview.TargetPreview;
import io.linkspan.publish.Waiver;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.Problem;
import io.linkspan.spi.PublishAdapter;
import io.linkspan.spi.PublishContent;
import io.linkspan.spi.QuotaLeft;
import io.linkspan.spi.TargetFacts;
import io.linkspan.spi.TextLimit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The checks before a post is queued: validate first, queue second. */
final class Intake {
    private final Kernel kernel;
    private final ConnectionRepository connections;
    private final Views views;
    private final AccountLinks links;
    private final Renewer renewer;
    private final Lanes lanes;
    private final IntakeMedia media;

    Intake(
            Kernel kernel,
            ConnectionRepository connections,
            Views views,
            AccountLinks links,
            Renewer renewer,
            Lanes lanes,
            IntakeMedia media) {
        this.kernel = kernel;
        this.connections = connections;
        this.views = views;
        this.links = links;
        this.renewer = renewer;
        this.lanes = lanes;
        this.media = media;
    }

    /** One target with what it gets. */
    record Resolved(
            Owner owner,
            ConnectionRepository.Stored stored,
            Connection connection,
            PublishContent content,
            List<MediaDoc> media,
            PlatformAdapter adapter) {
        PublishAdapter publishing() {
            return adapter.publishing();
        }
    }

    /** What the checks found. */
    record Checked(Preview preview, List<Resolved> targets, List<MediaDoc> media) {
        /** Why the account of a target was not checked at its platform; empty when it was. */
        Optional<String> unchecked(Resolved target) {
            return preview.targets().stream()
                    .filter(one -> one.connection().equals(target.connection().id()))
                    .flatMap(one -> one.problems().stream())
                    .filter(problem -> problem.id().equals(uncheckedId(target)))
                    .map(Problem::text)
                    .findFirst();
        }
    }

    Checked check(Owner owner, Post post) {
        Map<ConnectionId, Owner> wanted = wanted(owner, post);
        Files files = media.open(post);
        List<Resolved> targets = new ArrayList<>();
        List<TargetPreview> previews = new ArrayList<>();
        wanted.forEach((id, whose) -> {
            Fitted fitted = resolve(whose, id, post, files);
            targets.add(fitted.target());
            previews.add(preview(post, fitted, files));
        });
        return new Checked(new Preview(previews), targets, files.docs());
    }

    private Map<ConnectionId, Owner> wanted(Owner owner, Post post) {
        if (post.targets().isEmpty()) {
            throw new PostRefusedException(
                    Problem.blocks(
                            "linkspan.target", "the post has no target; add one with to(link) or to(connectionId)"),
                    RetryAdvice.GIVE_UP,
                    null);
        }
        Map<ConnectionId, Owner> wanted = new LinkedHashMap<>();
        for (Post.Target target : post.targets()) {
            if (target instanceof Post.Target.Link link) {
                links.find(owner, link.link())
                        .orElseThrow(() -> Missing.link(link.link()))
                        .connections()
                        .forEach(id -> wanted.putIfAbsent(id, owner));
            } else if (target instanceof Post.Target.Of of) {
                if (!of.owner().tenant().equals(owner.tenant())) {
                    throw Missing.connection(of.connection());
                }
                wanted.putIfAbsent(of.connection(), of.owner());
            } else {
                wanted.putIfAbsent(((Post.Target.One) target).connection(), owner);
            }
        }
        return wanted;
    }

    /** A target, and what was found while the post was fitted to it. */
    private record Fitted(Resolved target, List<Problem> found) {}

    private Fitted resolve(Owner owner, ConnectionId id, Post post, Files files) {
        ConnectionRepository.Stored stored = connections.require(owner, id);
        PlatformAdapter adapter = kernel.adapter(stored.platform());
        List<Problem> found = new ArrayList<>();
        PublishContent content = withFittingCover(
                post,
                adapter,
                new PublishContent(
                        post.kind(),
                        post.captionFor(stored.platform()),
                        files.parts(stored.platform()),
                        post.optionsFor(stored.platform())),
                found);
        TextLimit limit = adapter.publishing().captionLimit(content);
        Optional<String> caption = Captions.fit(content.caption(), limit, post.captionFit());
        if (caption.isEmpty()) {
            found.add(Problem.blocks(
                    stored.platform() + ".caption",
                    limit.field() + " must have at most " + limit.most() + " "
                            + (limit.unit() == TextLimit.Unit.UTF16 ? "UTF-16 units" : "characters") + ", had "
                            + limit.count(content.caption())
                            + "; shorten it, give this platform a caption of its own,"
                            + " or choose a captionFit(...)"));
        }
        PublishContent fitted = caption.map(content::withCaption).orElse(content);
        List<MediaDoc> docs = files.docs(stored.platform(), fitted);
        return new Fitted(new Resolved(owner, stored, views.connection(stored), fitted, docs, adapter), found);
    }

    /** A cover for all platforms is left out where none is taken; one for this platform is left to the adapter's judgement. */
    private static PublishContent withFittingCover(
            Post post, PlatformAdapter adapter, PublishContent content, List<Problem> found) {
        boolean general = content.cover().isPresent()
                && !post.covers().containsKey(adapter.platform().name());
        if (!general || adapter.publishing().takesCover(content)) {
            return content;
        }
        found.add(Problem.warns(
                adapter.platform() + ".cover",
                adapter.platform()
                        + " takes no cover image with this post, so it is left out there; the options of the platform"
                        + " may offer another way to choose a cover"));
        return content.withoutCover();
    }

    private TargetPreview preview(Post post, Fitted fitted, Files files) {
        Resolved target = fitted.target();
        PublishAdapter adapter = target.publishing();
        List<Problem> problems = new ArrayList<>(connectionProblems(target));
        boolean usable = problems.stream().noneMatch(problem -> problem.weight() == Problem.Weight.BLOCKS);
        problems.addAll(timeProblems(post));
        problems.addAll(fitted.found());
        problems.addAll(files.typeProblems());
        problems.addAll(adapter.problems(target.content()));
        TargetFacts facts = usable ? look(target, problems) : TargetFacts.NONE;
        problems.addAll(facts.problems());
        IntakeMedia.Judged judged = media.judge(post, files, target, facts);
        problems.addAll(judged.problems());
        boolean pulls = target.content().parts().stream().anyMatch(part -> adapter.pulls(target.content(), part));
        if (pulls && kernel.mediaHost().isEmpty()) {
            problems.add(Problem.blocks(
                    "linkspan.media_host",
                    "this platform pulls media from a public address; give Linkspan a MediaHost with mediaHost(...)"));
        }
        List<QuotaLeft> quotas = new ArrayList<>(lanes.left(
                target.owner().tenant(),
                target.connection().id().value(),
                target.connection().platform().name(),
                target.stored().doc().registration(),
                adapter.quotas(target.content())));
        quotas.addAll(facts.quotas());
        return new TargetPreview(
                target.connection().platform(),
                target.connection().id(),
                target.connection().shown(),
                target.content().caption(),
                adapter.sends(target.content()),
                judged.reports(),
                waived(post, problems),
                quotas,
                facts.shown(),
                facts.maxVideoDuration());
    }

    /** A post that could only expire is not queued. */
    private List<Problem> timeProblems(Post post) {
        Instant notAfter = post.notAfter().orElse(null);
        if (notAfter == null) {
            return List.of();
        }
        Instant earliest = post.notBefore().filter(kernel.now()::isBefore).orElseGet(kernel::now);
        return earliest.isBefore(notAfter)
                ? List.of()
                : List.of(Problem.blocks(
                        "linkspan.time",
                        "notAfter must be later than " + earliest + ", the earliest moment it can be sent, was "
                                + notAfter + "; choose a later one"));
    }

    /** What the host waived by name only warns; what cannot be sent at all cannot be waived. */
    private static List<Problem> waived(Post post, List<Problem> problems) {
        Set<String> waived = post.waivers().stream().map(Waiver::finding).collect(Collectors.toSet());
        return problems.stream()
                .map(problem -> problem.weight() == Problem.Weight.BLOCKS_UNLESS_WAIVED && waived.contains(problem.id())
                        ? Problem.warns(problem.id(), problem.text() + " (waived)")
                        : problem)
                .distinct()
                .toList();
    }

    /**
     * What the platform says right now. That it does not answer stands in nobody's way: the job will ask again. In a transaction of the
     * host it is not asked at all.
     */
    private TargetFacts look(Resolved target, List<Problem> problems) {
        if (kernel.hostTransactions().running()) {
            problems.add(
                    Problem.warns(
                            uncheckedId(target),
                            "the account was not checked at the platform, because a transaction of the host is running; the job"
                                    + " checks it before it posts. Call preview(...) before the transaction to see its limits now."));
            return TargetFacts.NONE;
        }
        try {
            ConnectionRepository.Stored fresh = renewer.fresh(target.stored());
            Outcome<TargetFacts> outcome = kernel.caller(
                            fresh.record().tenant(), fresh.record().id())
                    .run(target.publishing()
                            .look(renewer.access(fresh), fresh.doc().account(), target.content()));
            if (outcome instanceof Outcome.Done<TargetFacts> done) {
                return done.value();
            }
            problems.add(unchecked(target, outcome.describe()));
        } catch (LinkspanException e) {
            problems.add(unchecked(target, String.valueOf(e.getMessage())));
        }
        return TargetFacts.NONE;
    }

    private static String uncheckedId(Resolved target) {
        return target.connection().platform() + ".unchecked";
    }

    private static Problem unchecked(Resolved target, String why) {
        return Problem.warns(
                uncheckedId(target),
                "the platform could not be asked about the account (" + why + "); the job asks again before it posts");
    }

    private static List<Problem> connectionProblems(Resolved target) {
        ConnectionStatus status = target.connection().status();
        boolean usable = status.kind() == ConnectionStatus.Kind.AUTHORIZED
                || status.kind() == ConnectionStatus.Kind.REFRESH_REQUIRED;
        if (!usable) {
            return List.of(Problem.blocks("linkspan.connection", status.describe()));
        }
        Capability capability = target.publishing().capability(target.content());
        CapabilityHealth health = target.connection().health().get(capability);
        if (health == null) {
            String wanted = capability == Capability.DELIVER_DRAFT
                    ? "drafts; connect it again for DRAFTS or CROSS_POSTING_AND_DRAFTS"
                    : "publishing; connect it again for CROSS_POSTING or BOTH";
            return List.of(Problem.blocks(
                    "linkspan.intent",
                    "the account was connected for " + target.connection().intent() + ", which does not include "
                            + wanted));
        }
        return health.kind() == CapabilityHealth.Kind.BLOCKED
                ? List.of(Problem.waivable("linkspan.capability", health.describe()))
                : List.of();
    }

    static Platform platform(Resolved target) {
        return target.connection().platform();
    }
}
