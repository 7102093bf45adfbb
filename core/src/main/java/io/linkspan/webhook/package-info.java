/** Signed messages from platforms: a host passes raw bytes and headers from any web framework. */
@NullMarked
package io.linkspan.webhook;

import org.jspecify.annotations.NullMarked;
