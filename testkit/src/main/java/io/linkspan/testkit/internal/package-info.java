/** HTTP plumbing of the simulators. */
@NullMarked
package io.linkspan.testkit.internal;

import org.jspecify.annotations.NullMarked;
