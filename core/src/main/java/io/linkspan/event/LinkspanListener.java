package io.linkspan.event;

/** Hears what changes. Called after the change is durable; what it throws is logged and harms nobody. */
@FunctionalInterface
public interface LinkspanListener {
    /**
     * Something changed.
     *
     * @param event what
     */
    void on(LinkspanEvent event);
}
