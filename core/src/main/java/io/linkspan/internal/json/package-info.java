/** JSON within limits. */
@NullMarked
package io.linkspan.internal.json;

import org.jspecify.annotations.NullMarked;
