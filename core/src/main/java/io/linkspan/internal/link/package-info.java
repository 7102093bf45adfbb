/** Account links. */
@NullMarked
package io.linkspan.internal.link;

import org.jspecify.annotations.NullMarked;
