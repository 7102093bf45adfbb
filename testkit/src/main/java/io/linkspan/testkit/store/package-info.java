/**
 * Contract kits: extend one, hand it an empty store, and it shows whether Linkspan can rely on that store.
 *
 * <p>A method's name carries the rule of the SPI's Javadoc that it checks, such as {@code required_RS04_staleVersionIsRefused}. A
 * {@code required} rule must hold; an {@code optional} one is skipped when the store does not say how to try it; a {@code stochastic} one
 * looks for a race and may miss it once, but not for long.
 *
 * <p>Not checked here, because it takes a process or a machine that dies: durability after {@code kill -9}, a full disk, a fail-over.
 */
@NullMarked
package io.linkspan.testkit.store;

import org.jspecify.annotations.NullMarked;
