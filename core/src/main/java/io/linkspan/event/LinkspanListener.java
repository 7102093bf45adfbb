package io.linkspan.event;

/**
 * Hears what changes, after the change is durable.
 *
 * <p>Each listener is called by one thread at a time, in order per connection and per job, away from the work that made the
 * change: one that blocks delays only itself, and what does not fit into its queue is told again later from the history. One
 * that throws has heard the event; the exception is logged. A durable event may come twice: {@link
 * LinkspanEvent.Durable#subject()} and {@link LinkspanEvent.Durable#sequence()} tell a repeat.
 *
 * <p>Give every process on one database the same listeners: what a process without listeners changes counts as told.
 */
@FunctionalInterface
public interface LinkspanListener {
    /**
     * Something changed.
     *
     * @param event what
     */
    void on(LinkspanEvent event);
}
