/** A TikTok that runs on the loopback interface. */
@NullMarked
package io.linkspan.testkit.tiktok;

import org.jspecify.annotations.NullMarked;
