/** What a host listens to. */
@NullMarked
package io.linkspan.event;

import org.jspecify.annotations.NullMarked;
