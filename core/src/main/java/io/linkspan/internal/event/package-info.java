/** Carries events from stored changes to listeners, logs and meters. */
@NullMarked
package io.linkspan.internal.event;

import org.jspecify.annotations.NullMarked;
