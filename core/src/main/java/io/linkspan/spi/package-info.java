/**
 * What a third party implements: stores, keys, platforms, media hosts, and the values they speak.
 */
@NullMarked
package io.linkspan.spi;

import org.jspecify.annotations.NullMarked;
