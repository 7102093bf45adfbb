/** Accepting posts, and the engine that carries them through. */
@NullMarked
package io.linkspan.internal.publish;

import org.jspecify.annotations.NullMarked;
