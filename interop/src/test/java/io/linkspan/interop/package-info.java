/** The generic OAuth core against authorization servers of others. */
@NullMarked
package io.linkspan.interop;

import org.jspecify.annotations.NullMarked;
