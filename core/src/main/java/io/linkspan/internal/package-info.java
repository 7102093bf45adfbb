/** What every feature stands on. */
@NullMarked
package io.linkspan.internal;

import org.jspecify.annotations.NullMarked;
