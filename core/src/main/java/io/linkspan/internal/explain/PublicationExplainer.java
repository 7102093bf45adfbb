package io.linkspan.internal.explain;

import io.linkspan.connection.Evidence;
import io.linkspan.connection.Explanation;
import io.linkspan.connection.Explanation.Bucket;
import io.linkspan.connection.Explanation.Fact;
import io.linkspan.connection.Explanation.Step;
import io.linkspan.connection.Explanation.Who;
import io.linkspan.publish.Failure;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishJob;
import io.linkspan.publish.PublishState;
import io.linkspan.spi.Actor;
import io.linkspan.spi.Cause;
import io.linkspan.spi.CauseClass;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Explains a publication: pure. */
public final class PublicationExplainer {
    private PublicationExplainer() {}

    /** The account of a publication. */
    public static Explanation explain(Publication publication) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(
                "accepted", "under key \"" + publication.idempotencyKey() + "\"", publication.acceptedAt(), null));
        publication.wallClockTime().ifPresent(time -> facts.add(new Fact("asked for", time, null, null)));
        publication
                .waivers()
                .forEach(waiver -> facts.add(
                        new Fact("waived", waiver.finding() + ": " + waiver.reason(), publication.acceptedAt(), null)));
        Set<Step> steps = new LinkedHashSet<>();
        for (PublishJob job : publication.jobs()) {
            job(facts, job);
            steps.add(next(job));
        }
        return new Explanation(
                "publication",
                publication.id().value(),
                publication.jobs().stream().map(PublicationExplainer::name).collect(Collectors.joining(" and ")),
                publication.asOf(),
                bucket(publication),
                publication.jobs().stream()
                        .map(job -> name(job) + ": " + state(job))
                        .collect(Collectors.joining("; ")),
                facts,
                List.copyOf(steps),
                List.of());
    }

    private static String name(PublishJob job) {
        return job.platform() + " " + job.account();
    }

    private static String state(PublishJob job) {
        return job.unreadable().isPresent()
                ? "its record cannot be read, so its state is not known"
                : job.state().describe();
    }

    private static void job(List<Fact> facts, PublishJob job) {
        String about = name(job);
        facts.add(new Fact(about, state(job), null, null));
        facts.add(new Fact(about + ", tries", job.handles() + " handles were made at the platform so far", null, null));
        job.cancelWanted().ifPresent(reason -> facts.add(new Fact(about + ", to be stopped", reason, null, null)));
        job.nextLook().ifPresent(at -> facts.add(new Fact(about + ", next", "work goes on at " + at, null, null)));
        for (Evidence seen : job.evidence()) {
            facts.add(new Fact(about + ", " + seen.source(), words(seen), seen.at(), seen));
        }
    }

    private static String words(Evidence seen) {
        Optional<String> trace = Optional.ofNullable(seen.cause()).flatMap(Cause::trace);
        return seen.code() + trace.map(id -> ", trace id " + id).orElse("");
    }

    private static Bucket bucket(Publication publication) {
        Bucket worst = Bucket.NONE;
        for (PublishJob job : publication.jobs()) {
            boolean waits = job.state().phase() == PublishState.Phase.AWAITING_DECISION
                    || job.unreadable().isPresent();
            Optional<CauseClass> cause = trouble(job);
            if (cause.filter(it -> it == CauseClass.AUTHORIZATION).isPresent()) {
                return Bucket.AUTHORIZATION_FAILS;
            }
            if (waits || cause.isPresent()) {
                worst = Bucket.OPTION_MISSING;
            }
        }
        return worst;
    }

    /** What keeps a job from being published, if anything does right now. */
    private static Optional<CauseClass> trouble(PublishJob job) {
        if (job.state() instanceof PublishState.Failed failed) {
            return Optional.of(failed.failure().causeClass());
        }
        if (job.state().phase().terminal() || job.evidence().isEmpty()) {
            return Optional.empty();
        }
        Evidence last = job.evidence().get(job.evidence().size() - 1);
        return last.source().equals("linkspan.connection") && last.code().equals("authorization")
                ? Optional.of(CauseClass.AUTHORIZATION)
                : Optional.ofNullable(last.cause()).map(Cause::causeClass);
    }

    private static Step next(PublishJob job) {
        String name = name(job) + ": ";
        if (job.unreadable().isPresent()) {
            return new Step(Who.OPERATOR, name + job.unreadable().get() + ".");
        }
        return switch (job.state().phase()) {
            case ACCEPTED, PREPARING, PREPARED -> beforeCommit(job, name);
            case COMMITTING, CONFIRMING, IN_DOUBT ->
                new Step(Who.LINKSPAN, name + "asks the platform what became of it; nothing is sent again.");
            case AWAITING_DECISION ->
                new Step(
                        Who.PERSON,
                        name
                                + "look at the profile. If the post is there, answer IT_IS_THERE. If it is not, TRY_AGAIN posts"
                                + " twice should it appear later; GIVE_UP ends it; WAIT keeps asking every 15 minutes.");
            case DELIVERED -> new Step(Who.PERSON, name + ((PublishState.Delivered) job.state()).instruction());
            case PUBLISHED -> new Step(Who.LINKSPAN, name + "nothing has to be done; the post is there.");
            case FAILED -> {
                Failure failure = ((PublishState.Failed) job.state()).failure();
                yield new Step(who(failure.actor()), name + failure.remedy());
            }
            case CANCELLED, EXPIRED ->
                new Step(
                        Who.DEVELOPER, name + "nothing was posted; submit again with a new key if it is still wanted.");
        };
    }

    private static Step beforeCommit(PublishJob job, String name) {
        if (!job.evidence().isEmpty()) {
            Evidence last = job.evidence().get(job.evidence().size() - 1);
            Cause cause = last.cause();
            if (cause != null) {
                return new Step(who(cause.actor()), name + cause.remedy());
            }
            if (last.source().startsWith("linkspan.media")) {
                String again =
                        job.nextLook().map(at -> "; it is tried again at " + at).orElse("");
                return new Step(Who.OPERATOR, name + last.detail() + again + ".");
            }
            if (last.code().equals("authorization")) {
                return new Step(Who.PERSON, name + "connect the account again; the job then goes on.");
            }
        }
        String when = job.nextLook().map(at -> "goes on at " + at).orElse("goes on when a worker runs");
        return new Step(Who.LINKSPAN, name + when + "; nothing can appear before its commit.");
    }

    private static Who who(Actor actor) {
        return switch (actor) {
            case PERSON -> Who.PERSON;
            case OPERATOR -> Who.OPERATOR;
            case DEVELOPER -> Who.DEVELOPER;
            case PLATFORM -> Who.PLATFORM;
        };
    }
}
