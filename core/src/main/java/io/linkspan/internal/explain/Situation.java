package io.linkspan.internal.explain;

import io.linkspan.connection.Explanation.Bucket;
import io.linkspan.internal.json.Json;
import io.linkspan.json.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The situations of a post and of a connection. Category and words of each are in {@code situations.json}; the words may hold {@code
 * {account}}, {@code {name}}, {@code {platform}}, {@code {time}}, {@code {until}}, {@code {for}}, {@code {again}}, {@code {ability}},
 * {@code {detail}} and {@code {remedy}}.
 */
public enum Situation {
    POST_SCHEDULED,
    POST_QUEUED,
    POST_PREPARING,
    POST_PROCESSING,
    POST_READY,
    POST_TAKES_TURN,
    POST_STOPPING,
    POST_OVERDUE,
    POST_LIMIT,
    POST_PLATFORM_TROUBLE,
    POST_UNREACHABLE,
    POST_UNKNOWN_ANSWER,
    POST_MEDIA_HOST,
    POST_MEDIA_UNREADABLE,
    POST_MEDIA_RETRY,
    POST_ACCOUNT_RESTRICTED,
    POST_OPTION_MISSING,
    POST_RECONNECT,
    POST_ACCOUNT_CHECK,
    POST_RENEWING,
    POST_RENEWAL_TROUBLE,
    POST_REMOVED,
    POST_UNREADABLE,
    POST_SENDING,
    POST_CONFIRMING,
    POST_IN_DOUBT,
    POST_CHECK_TROUBLE,
    POST_CHECK_OVERDUE,
    POST_CHECK_RECONNECT,
    POST_STOPPING_LATE,
    POST_DECISION,
    POST_DECISION_RECONNECT,
    POST_DECISION_REMOVED,
    POST_PUBLISHED,
    POST_PUBLISHED_INCOMPLETE,
    POST_DRAFT,
    POST_GIVEN_UP,
    POST_MEDIA_CHANGED,
    POST_FAILED_MEDIA,
    POST_FAILED_PLATFORM,
    POST_FAILED_LIMIT,
    POST_FAILED_CONTENT,
    POST_FAILED_ACCOUNT,
    POST_FAILED_AUTHORIZATION,
    POST_FAILED_OPTION,
    POST_FAILED_UNKNOWN,
    POST_CANCELLED,
    POST_CANCELLED_REMOVED,
    POST_EXPIRED,
    CONNECTED,
    CONNECTED_UNCHECKED,
    CONNECTION_OPTION_MISSING,
    CONNECTION_LIMIT,
    CONNECTION_PLATFORM_TROUBLE,
    CONNECTION_RESTRICTED,
    CONNECTION_REFUSED,
    CONNECTION_CONSENT_ENDS,
    CONNECTION_RENEWAL_OVERDUE,
    CONNECTION_RENEWING,
    CONNECTION_RENEWAL_TROUBLE,
    CONNECTION_TOKEN_REFUSED,
    CONNECTION_REMOVAL_REPORTED,
    CONNECTION_ACCOUNT_CHECK,
    CONNECTION_EXPIRED,
    CONNECTION_REMOVED_BY_USER,
    CONNECTION_RECONNECT,
    CONNECTION_REMOVED_PARTLY,
    CONNECTION_LINK_UNKNOWN,
    CONNECTION_REMOVED;

    private static final Map<Situation, Row> ROWS = rows();

    /** The step of whoever the evidence names. */
    static final String ACTOR = "ACTOR";

    record Row(Bucket category, String headline, String reason, List<StepRow> next) {}

    record StepRow(String who, String what) {}

    /** The category. */
    public Bucket category() {
        return row().category();
    }

    /** Whether it is a final state of a post: nothing follows, so nothing is promised. */
    public boolean isFinal() {
        return compareTo(POST_PUBLISHED) >= 0 && compareTo(POST_EXPIRED) <= 0;
    }

    Row row() {
        return Objects.requireNonNull(ROWS.get(this));
    }

    private static Map<Situation, Row> rows() {
        Map<Situation, Row> rows = new EnumMap<>(Situation.class);
        for (JsonNode node : file().path("situations")) {
            List<StepRow> next = new ArrayList<>();
            node.path("next")
                    .forEach(step -> next.add(new StepRow(
                            step.path("who").asString(), step.path("what").asString())));
            rows.put(
                    valueOf(node.path("situation").asString()),
                    new Row(
                            Bucket.valueOf(node.path("category").asString()),
                            node.path("headline").asString(),
                            node.path("reason").asString(),
                            List.copyOf(next)));
        }
        if (rows.size() != values().length) {
            throw new IllegalStateException("situations.json lacks words for some situations; complete it");
        }
        return rows;
    }

    private static JsonNode file() {
        try (InputStream in = Situation.class.getResourceAsStream("situations.json")) {
            return Json.read(Objects.requireNonNull(in, "situations.json").readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
