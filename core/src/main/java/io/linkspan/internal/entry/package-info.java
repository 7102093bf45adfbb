/** The way in: every call of an application passes a gate that is shut when a Linkspan is closed. */
@NullMarked
package io.linkspan.internal.entry;

import org.jspecify.annotations.NullMarked;
