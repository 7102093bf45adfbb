package io.linkspan.internal.event;

import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.UnreadableRecordException;
import io.linkspan.event.LinkspanEvent;
import io.linkspan.spi.Cause;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.Meter;
import io.linkspan.spi.StoredRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One door for what happens: log line, listeners, alerts, meters. Thread-safe. */
public final class Observer implements AutoCloseable {
    private static final Duration QUIET = Duration.ofHours(1);
    private static final int ALERTS = 1_000;

    private static final Logger log = LoggerFactory.getLogger(Observer.class);

    private final Herald herald;
    private final Meter meter;
    private final Map<String, Instant> alerts = new LinkedHashMap<>();

    /** Over listeners and a meter. */
    public Observer(Herald herald, Meter meter) {
        this.herald = herald;
        this.meter = new QuietMeter(meter);
    }

    /** Tells the listeners. */
    public Herald herald() {
        return herald;
    }

    /** Counts and times; never throws. */
    public Meter meter() {
        return meter;
    }

    /** Writes the log line of a stored change, once, whoever listens. */
    public void stored(LinkspanEvent event) {
        EventLog.write(event);
    }

    /** Alerts whoever looks after the app, when a failure is not about one account. */
    public void alert(Owner owner, Instant now, Platform platform, String registration, Cause cause) {
        if (cause.causeClass() == CauseClass.CONFIGURATION
                && first(now, platform + "\n" + registration + "\n" + cause.code())) {
            raise(new LinkspanEvent.ConfigurationFault(owner, now, platform, registration, cause));
        } else if (cause.causeClass() == CauseClass.UNKNOWN
                && first(now, platform + "\n" + cause.operation() + "\n" + cause.code())) {
            raise(new LinkspanEvent.DriftNoticed(owner, now, platform, cause.operation(), cause.code(), cause));
        }
    }

    /** Says once that a record was left out of a list or a walk, so that one damaged record hides no other. */
    public void leftOut(Instant now, StoredRecord record, UnreadableRecordException why) {
        leftOut(now, record, String.valueOf(why.getMessage()));
    }

    /** The same for a record that is left out for another reason. */
    public void leftOut(Instant now, StoredRecord record, String why) {
        String kind = record.kind().name().toLowerCase(Locale.ROOT);
        meter.count("linkspan.records.unreadable", Map.of("kind", kind));
        if (first(now, "unreadable\n" + kind + "\n" + record.tenant() + "\n" + record.id())) {
            log.warn("left out: {}", why);
        }
    }

    private void raise(LinkspanEvent event) {
        EventLog.write(event);
        herald.tell(event);
    }

    private synchronized boolean first(Instant now, String key) {
        alerts.values().removeIf(at -> !now.isBefore(at.plus(QUIET)));
        if (alerts.containsKey(key) || alerts.size() >= ALERTS) {
            return false;
        }
        alerts.put(key, now);
        return true;
    }

    @Override
    public void close() {
        herald.close();
    }
}
