package io.linkspan.instagram;

import io.linkspan.json.databind.JsonNode;
import io.linkspan.spi.Secret;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A Facebook Page as a person sees it.
 *
 * @param id its id
 * @param name its name, for people
 * @param token the Page's token; null when the answer has none
 * @param accountId the professional account linked to it; empty when there is none
 * @param tasks what the person may do on it; empty when not told
 */
record FacebookPage(String id, String name, @Nullable Secret token, String accountId, Set<String> tasks) {
    private static final Set<String> PUBLISHING =
            Set.of("MANAGE", "CREATE_CONTENT", "PROFILE_PLUS_FULL_CONTROL", "PROFILE_PLUS_CREATE_CONTENT");

    static Optional<FacebookPage> read(JsonNode node) {
        return Fields.id(node, "id").map(id -> {
            Set<String> tasks = new TreeSet<>();
            node.path("tasks").forEach(task -> tasks.add(task.asString("")));
            return new FacebookPage(
                    id,
                    Fields.text(node, "name"),
                    Fields.token(node, "access_token").orElse(null),
                    Fields.id(node.path("instagram_business_account"), "id").orElse(""),
                    tasks);
        });
    }

    /** Whether the person's role on the Page lets an app publish; what was not told is not held against it. */
    boolean mayPublish() {
        return tasks.isEmpty() || tasks.stream().anyMatch(PUBLISHING::contains);
    }
}
