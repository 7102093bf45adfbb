package io.linkspan.webhook;

import java.util.Objects;

/**
 * What to answer to a platform.
 *
 * @param status HTTP status: 200 when authentic, 401 when not
 * @param events number of events in it
 * @param applied number of events that led to a change or a look
 * @param detail in words, without any of its content
 */
public record WebhookOutcome(int status, int events, int applied, String detail) {
    /**
     * Checks the argument.
     *
     * @param status HTTP status: 200 when authentic, 401 when not
     * @param events number of events in it
     * @param applied number of events that led to a change or a look
     * @param detail in words, without any of its content
     */
    public WebhookOutcome {
        Objects.requireNonNull(detail, "detail");
    }
}
