/**
 * The entry point: {@link io.linkspan.Linkspan} and the words every part shares.
 */
@NullMarked
package io.linkspan;

import org.jspecify.annotations.NullMarked;
