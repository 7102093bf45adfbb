package io.linkspan.internal.explain;

import io.linkspan.publish.PublishJob;
import io.linkspan.publish.PublishState;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the platform answered to a commit beside the id of the post, such as whether a poll was attached: pure. Names and shapes are the
 * platform's, so the answer is shown as it came; only a refusal in plain words counts as one, and "false" only of an attachment.
 */
final class PublishedAnswer {
    /** As a commit's evidence keeps it: {@code post 17, {name=value}}. */
    private static final Pattern MORE = Pattern.compile("(?s)^post [^,]*, \\{(.*)}$");

    private static final Pattern REFUSED = Pattern.compile(
            "(?i)attach[^,}]*[=:]\\s*\"?false\\b|[=:]\\s*\"?(refused|rejected|denied|failed|not[_ ]attached)\\b");

    private PublishedAnswer() {}

    /** The situation of a published post. */
    static Found found(PublishJob job, PublishState.Published post) {
        Optional<String> more = more(job);
        boolean refused = more.filter(text -> REFUSED.matcher(text).find()).isPresent();
        String id = post.postId().isEmpty()
                ? job.facts().platformName() + " gave no id for the post."
                : "Id " + post.postId() + ".";
        String where = post.permalink() == null ? "" : " Address: " + post.permalink();
        String answer = more.map(text -> " The answer also says: " + text + ".").orElse("");
        return Found.of(
                refused ? Situation.POST_PUBLISHED_INCOMPLETE : Situation.POST_PUBLISHED,
                post.at(),
                id + answer + where);
    }

    private static Optional<String> more(PublishJob job) {
        return job.evidence().stream()
                .filter(seen -> seen.code().equals("published") && seen.source().endsWith(".commit"))
                .map(seen -> MORE.matcher(seen.detail()))
                .filter(Matcher::matches)
                .map(found -> found.group(1))
                .reduce((earlier, later) -> later);
    }
}
