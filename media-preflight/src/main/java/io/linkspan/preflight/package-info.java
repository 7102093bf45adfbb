/**
 * Checks media before it is queued: {@link io.linkspan.preflight.Preflight} reads a file once and judges it for every destination.
 */
@NullMarked
package io.linkspan.preflight;

import org.jspecify.annotations.NullMarked;
