package io.linkspan.internal.explain;

import io.linkspan.connection.Evidence;
import io.linkspan.connection.Explanation;
import io.linkspan.connection.Explanation.Bucket;
import io.linkspan.connection.Explanation.Fact;
import io.linkspan.connection.Explanation.Step;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishJob;
import io.linkspan.spi.Cause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Explains a publication: pure. */
public final class PublicationExplainer {
    /** Which job gives a publication its headline: what needs someone comes first. */
    private static final List<Bucket> WEIGHT = List.of(
            Bucket.RECORD_DAMAGED,
            Bucket.DECISION_NEEDED,
            Bucket.AUTHORIZATION_FAILS,
            Bucket.ACCOUNT_RESTRICTED,
            Bucket.OPTION_MISSING,
            Bucket.MEDIA_TROUBLE,
            Bucket.POST_REFUSED,
            Bucket.RESULT_UNKNOWN,
            Bucket.OVERDUE,
            Bucket.PLATFORM_TROUBLE,
            Bucket.LIMIT_REACHED,
            Bucket.REMOVED_BUT_STILL_ACTIVE,
            Bucket.CONSENT_ENDS_SOON,
            Bucket.USER_ACTION_NEEDED,
            Bucket.IN_PROGRESS,
            Bucket.NOT_POSTED,
            Bucket.NONE);

    private PublicationExplainer() {}

    static int weight(Bucket category) {
        return WEIGHT.indexOf(category);
    }

    private record Explained(PublishJob job, Found found, Wording words) {
        int weight() {
            return PublicationExplainer.weight(words.category())
                    + (found.situation().isFinal() ? WEIGHT.size() : 0);
        }
    }

    /** The explanation of a publication. */
    public static Explanation explain(Publication publication) {
        Instant now = publication.asOf();
        List<Explained> explained =
                publication.jobs().stream().map(job -> explained(job, now)).toList();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(
                "accepted", "under key \"" + publication.idempotencyKey() + "\"", publication.acceptedAt(), null));
        publication.wallClockTime().ifPresent(time -> facts.add(new Fact("asked for", time, null, null)));
        publication
                .waivers()
                .forEach(waiver -> facts.add(
                        new Fact("waived", waiver.finding() + ": " + waiver.reason(), publication.acceptedAt(), null)));
        Set<Step> steps = new LinkedHashSet<>();
        for (Explained one : explained) {
            facts(facts, one, now);
            one.words().next().forEach(step -> steps.add(explained.size() == 1 ? step : named(name(one.job()), step)));
        }
        Optional<Explained> first = explained.stream().min(Comparator.comparingInt(Explained::weight));
        return new Explanation(
                "publication",
                publication.id().value(),
                explained.stream().map(one -> name(one.job())).collect(Collectors.joining(" and ")),
                now,
                first.map(one -> one.words().category()).orElse(Bucket.NONE),
                headline(explained, first),
                facts,
                List.copyOf(steps),
                List.of(),
                first.map(one -> one.words().reason()).orElse(""),
                first.map(one -> one.words().until()).orElse(null));
    }

    /** A step that names its account. */
    static Step named(String name, Step step) {
        return step.what().contains(name) ? step : new Step(step.who(), name + ": " + step.what());
    }

    private static Explained explained(PublishJob job, Instant now) {
        Found found = PostRule.of(job, now);
        return new Explained(job, found, Wording.of(found, job.facts().platformName(), job.account(), "", now));
    }

    /** The one that needs most attention, and how far the others are. */
    private static String headline(List<Explained> explained, Optional<Explained> first) {
        String others = explained.stream()
                .filter(one -> first.filter(one::equals).isEmpty())
                .map(one -> one.words().headline())
                .collect(Collectors.joining(" "));
        return (first.map(one -> one.words().headline()).orElse("There is nothing to post.") + " " + others).strip();
    }

    private static String name(PublishJob job) {
        return job.facts().platformName() + " " + job.account();
    }

    private static void facts(List<Fact> facts, Explained explained, Instant now) {
        PublishJob job = explained.job();
        boolean closed = explained.found().situation().isFinal();
        String about = name(job);
        facts.add(new Fact(about, explained.words().headline().replace(about + ": ", ""), null, null));
        int tries = job.handles();
        facts.add(new Fact(
                about + ", attempts",
                tries == 0
                        ? "none created on the platform yet"
                        : tries + (tries == 1 ? " attempt" : " attempts") + " created on the platform",
                null,
                null));
        job.cancelWanted()
                .filter(reason -> !closed)
                .ifPresent(reason -> facts.add(new Fact(about + ", to be stopped", reason, null, null)));
        job.nextLook()
                .filter(at -> !closed)
                .ifPresent(at -> facts.add(new Fact(
                        about + (at.isAfter(now) ? ", next" : ", due since"), PlainWords.time(at), null, null)));
        for (Evidence seen : job.evidence()) {
            Evidence shown = new Evidence(
                    seen.source(),
                    seen.at(),
                    seen.code(),
                    closed ? PlainWords.withoutPromises(seen.detail()) : PlainWords.withoutResubmission(seen.detail()),
                    seen.cause());
            facts.add(new Fact(about + ", " + seen.source(), words(seen), seen.at(), shown));
        }
    }

    private static String words(Evidence seen) {
        Optional<String> trace = Optional.ofNullable(seen.cause()).flatMap(Cause::trace);
        return seen.code() + trace.map(id -> ", trace id " + id).orElse("");
    }
}
