/** The simulation in the build. */
@NullMarked
package io.linkspan.simulation;

import org.jspecify.annotations.NullMarked;
