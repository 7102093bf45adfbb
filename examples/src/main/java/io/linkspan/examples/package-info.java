/** Runnable programs, one idea each. */
@NullMarked
package io.linkspan.examples;

import org.jspecify.annotations.NullMarked;
