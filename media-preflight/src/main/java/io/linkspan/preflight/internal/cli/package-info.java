/**
 * The command line.
 */
@NullMarked
package io.linkspan.preflight.internal.cli;

import org.jspecify.annotations.NullMarked;
