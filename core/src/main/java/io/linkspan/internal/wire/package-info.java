/** What payloads hold, as JSON. Components are only added, never renamed; unknown ones are ignored on read. */
@NullMarked
package io.linkspan.internal.wire;

import org.jspecify.annotations.NullMarked;
