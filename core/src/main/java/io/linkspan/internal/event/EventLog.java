package io.linkspan.internal.event;

import io.linkspan.event.LinkspanEvent;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events as log lines, always with the same keys. Whose account it is shows in ids, never in names. */
final class EventLog {
    private static final Logger log = LoggerFactory.getLogger("io.linkspan.events");

    private EventLog() {}

    static void write(LinkspanEvent event) {
        if (event instanceof LinkspanEvent.ConnectionChanged it) {
            line(false, event, it.platform().name(), it.connection().value(), it.action(), it.sequence());
        } else if (event instanceof LinkspanEvent.ConnectionFailed it) {
            line(false, event, it.platform().name(), it.connection().value(), it.action(), it.sequence());
        } else if (event instanceof LinkspanEvent.LinkChanged it) {
            line(false, event, "-", it.link().value(), it.action(), it.sequence());
        } else if (event instanceof LinkspanEvent.JobMoved it) {
            line(false, event, it.platform().name(), it.job(), it.to().phase().name(), it.sequence());
        } else if (event instanceof LinkspanEvent.ConfigurationFault it) {
            line(true, event, it.platform().name(), it.registration(), "configuration", 0);
        } else if (event instanceof LinkspanEvent.DriftNoticed it) {
            line(true, event, it.platform().name(), it.operation(), "drift", 0);
        }
    }

    private static void line(
            boolean warning, LinkspanEvent event, String platform, String subject, String action, long sequence) {
        if (!warning && !log.isDebugEnabled()) {
            return;
        }
        StringBuilder format = new StringBuilder("event={} tenant={} platform={} subject={} sequence={} action={}");
        List<Object> values = new ArrayList<>(
                List.of(event.getClass().getSimpleName(), event.owner().tenant(), platform, subject, sequence, action));
        event.failure().ifPresent(why -> {
            format.append(" operation={} cause={} code={} trace={} actor={} remedy={}");
            values.addAll(List.of(
                    why.operation(), why.causeClass(), why.code(), why.trace().orElse("-"), why.actor(), why.remedy()));
        });
        // SLF4J 1.7 knows neither a level as a value nor the fluent calls
        if (warning) {
            log.warn(format.toString(), values.toArray());
        } else {
            log.debug(format.toString(), values.toArray());
        }
    }
}
