package io.linkspan.internal.event;

import io.linkspan.event.LinkspanEvent;

/**
 * An event at its place among the events of its subject.
 *
 * @param sequence the place
 * @param event what to tell
 */
public record Row(long sequence, LinkspanEvent event) {}
