package io.linkspan.tiktok;

import io.linkspan.json.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An answer of {@code status/fetch}.
 *
 * @param status the status as it came
 * @param failReason why it failed, or empty
 * @param postId the first public post id, as text, or empty
 * @param uploadedBytes how many bytes TikTok has got, when told
 * @param downloadedBytes how many bytes TikTok has pulled, when told
 */
record PublishStatus(
        String status, String failReason, String postId, OptionalLong uploadedBytes, OptionalLong downloadedBytes) {
    static final String FAILED = "FAILED";
    static final String PUBLISH_COMPLETE = "PUBLISH_COMPLETE";
    static final String SEND_TO_USER_INBOX = "SEND_TO_USER_INBOX";
    static final String PROCESSING_UPLOAD = "PROCESSING_UPLOAD";

    static Optional<PublishStatus> read(JsonNode data) {
        String status = Json.text(data, "status");
        if (status.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(new PublishStatus(
                clean(status),
                clean(Json.text(data, "fail_reason")),
                postId(data),
                Json.number(data, "uploaded_bytes"),
                Json.number(data, "downloaded_bytes")));
    }

    /** TikTok misspells the field; the right spelling is taken too. The list may be missing, null or empty for ever. */
    private static String postId(JsonNode data) {
        for (String field : new String[] {"publicaly_available_post_id", "publicly_available_post_id"}) {
            for (JsonNode id : data.path(field)) {
                String text = Json.scalar(id);
                if (text.matches("[0-9]{1,20}")) {
                    return text;
                }
            }
        }
        return "";
    }

    private static String clean(String text) {
        return text.substring(0, Math.min(text.length(), 100)).replaceAll("\\p{Cntrl}", " ");
    }
}
