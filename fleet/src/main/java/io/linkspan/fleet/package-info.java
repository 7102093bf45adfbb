/** Database clusters on loopback, from the machine's own packages: started, killed in part, and removed. */
@NullMarked
package io.linkspan.fleet;

import org.jspecify.annotations.NullMarked;
