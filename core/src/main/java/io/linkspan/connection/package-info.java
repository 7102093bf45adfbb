/** Connections: connect, renew, know, disconnect. */
@NullMarked
package io.linkspan.connection;

import org.jspecify.annotations.NullMarked;
