/** Account links: a TikTok and an Instagram connection of one owner, joined for an intent. */
@NullMarked
package io.linkspan.link;

import org.jspecify.annotations.NullMarked;
