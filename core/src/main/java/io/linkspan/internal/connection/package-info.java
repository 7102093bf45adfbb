/** Connecting, renewing, knowing and disconnecting. */
@NullMarked
package io.linkspan.internal.connection;

import org.jspecify.annotations.NullMarked;
