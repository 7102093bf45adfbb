/** Changing keys. */
@NullMarked
package io.linkspan.internal.keys;

import org.jspecify.annotations.NullMarked;
