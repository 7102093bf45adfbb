/**
 * Bounded readers of media headers.
 */
@NullMarked
package io.linkspan.preflight.internal.read;

import org.jspecify.annotations.NullMarked;
