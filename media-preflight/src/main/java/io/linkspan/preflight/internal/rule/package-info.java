/**
 * Dated rule packs and the engine that applies them.
 */
@NullMarked
package io.linkspan.preflight.internal.rule;

import org.jspecify.annotations.NullMarked;
