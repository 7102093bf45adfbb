package io.linkspan.internal.event;

import io.linkspan.event.LinkspanEvent;
import io.linkspan.spi.Cause;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Events as log lines, always with the same keys. Whose account it is shows in ids, never in names. */
final class EventLog {
    private static final Logger log = LoggerFactory.getLogger("io.linkspan.events");

    private EventLog() {}

    static void write(LinkspanEvent event) {
        if (event instanceof LinkspanEvent.ConnectionChanged it) {
            line(Level.DEBUG, event, it.platform().name(), it.connection().value(), it.action(), it.sequence());
        } else if (event instanceof LinkspanEvent.ConnectionFailed it) {
            line(Level.DEBUG, event, it.platform().name(), it.connection().value(), it.action(), it.sequence());
        } else if (event instanceof LinkspanEvent.LinkChanged it) {
            line(Level.DEBUG, event, "-", it.link().value(), it.action(), it.sequence());
        } else if (event instanceof LinkspanEvent.JobMoved it) {
            line(
                    Level.DEBUG,
                    event,
                    it.platform().name(),
                    it.job(),
                    it.to().phase().name(),
                    it.sequence());
        } else if (event instanceof LinkspanEvent.ConfigurationFault it) {
            line(Level.WARN, event, it.platform().name(), it.registration(), "configuration", 0);
        } else if (event instanceof LinkspanEvent.DriftNoticed it) {
            line(Level.WARN, event, it.platform().name(), it.operation(), "drift", 0);
        }
    }

    private static void line(
            Level level, LinkspanEvent event, String platform, String subject, String action, long sequence) {
        Optional<Cause> cause = event.failure();
        if (cause.isEmpty()) {
            log.atLevel(level)
                    .log(
                            "event={} tenant={} platform={} subject={} sequence={} action={}",
                            event.getClass().getSimpleName(),
                            event.owner().tenant(),
                            platform,
                            subject,
                            sequence,
                            action);
            return;
        }
        Cause why = cause.get();
        log.atLevel(level)
                .log(
                        "event={} tenant={} platform={} subject={} sequence={} action={} operation={} cause={} code={}"
                                + " trace={} actor={} remedy={}",
                        event.getClass().getSimpleName(),
                        event.owner().tenant(),
                        platform,
                        subject,
                        sequence,
                        action,
                        why.operation(),
                        why.causeClass(),
                        why.code(),
                        why.trace().orElse("-"),
                        why.actor(),
                        why.remedy());
    }
}
