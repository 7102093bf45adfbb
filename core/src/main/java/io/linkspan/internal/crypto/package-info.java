/** Envelope encryption on the JDK's own cipher. */
@NullMarked
package io.linkspan.internal.crypto;

import org.jspecify.annotations.NullMarked;
