/** Support-ready accounts of connections and links. */
@NullMarked
package io.linkspan.internal.explain;

import org.jspecify.annotations.NullMarked;
