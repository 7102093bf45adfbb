/** Removes what ended long ago. */
@NullMarked
package io.linkspan.internal.retention;

import org.jspecify.annotations.NullMarked;
