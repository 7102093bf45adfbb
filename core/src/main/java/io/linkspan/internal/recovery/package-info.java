/** Goes on after a restored back-up. */
@NullMarked
package io.linkspan.internal.recovery;

import org.jspecify.annotations.NullMarked;
