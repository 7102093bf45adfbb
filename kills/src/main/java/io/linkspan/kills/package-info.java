/** Kills real worker processes at random moments and compares what was accepted with what was posted. */
@NullMarked
package io.linkspan.kills;

import org.jspecify.annotations.NullMarked;
