package io.linkspan.webhook;

import java.util.Objects;

/**
 * What to answer to a data deletion request.
 *
 * @param status HTTP status: 200 when authentic, 401 when not
 * @param contentType content type of the answer
 * @param body the answer in the platform's form; empty when not authentic
 * @param confirmationCode the code it holds, for {@link Webhooks#deletionStatus}; empty when not authentic
 */
public record DeletionOutcome(int status, String contentType, String body, String confirmationCode) {
    /**
     * Checks the arguments.
     *
     * @param status HTTP status: 200 when authentic, 401 when not
     * @param contentType content type of the answer
     * @param body the answer in the platform's form; empty when not authentic
     * @param confirmationCode the code it holds, for {@link Webhooks#deletionStatus}; empty when not authentic
     */
    public DeletionOutcome {
        Objects.requireNonNull(contentType, "contentType");
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(confirmationCode, "confirmationCode");
    }
}
