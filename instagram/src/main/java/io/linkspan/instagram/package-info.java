/**
 * Connects to Instagram and publishes there, with <em>Instagram API with Instagram Login</em>. Start at
 * {@link io.linkspan.instagram.Instagram}.
 */
@NullMarked
package io.linkspan.instagram;

import org.jspecify.annotations.NullMarked;
