/** Many nodes, faults and crashes under one seed, judged by the platforms' ledgers. */
@NullMarked
package io.linkspan.simulation;

import org.jspecify.annotations.NullMarked;
