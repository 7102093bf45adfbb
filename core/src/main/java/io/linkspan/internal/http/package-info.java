/** Sending: bounds, classes of calls, conversations. */
@NullMarked
package io.linkspan.internal.http;

import org.jspecify.annotations.NullMarked;
