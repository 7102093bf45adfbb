/**
 * The TikTok adapter. {@link io.linkspan.tiktok.TikTok} is the entry point, {@link io.linkspan.tiktok.TikTokVideoOptions}
 * holds what a post needs on TikTok.
 */
@NullMarked
package io.linkspan.tiktok;

import org.jspecify.annotations.NullMarked;
