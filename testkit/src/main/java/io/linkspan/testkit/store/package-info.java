/**
 * Contract kits: extend one, hand it an empty store, and it shows whether Linkspan can rely on that store.
 *
 * <p>A method's name carries the rule of the SPI's Javadoc that it checks, such as {@code required_RS04_staleVersionIsRefused}. A
 * {@code required} rule must hold; an {@code optional} one is skipped when the store does not say how to try it; a {@code stochastic} one
 * provokes a race and may miss it once, but not for long.
 *
 * <p>A failure names the rule in words, what the store did instead, and what to change. Skipped rules are printed to standard output, one
 * line a reason.
 *
 * <p>Not checked here, because it takes a machine that dies or many records: a loss of power, a full disk, a fail-over, and that scans and
 * claims cost what they return. Durability after {@code kill -9} is checked once a test says how to start a process
 * ({@link io.linkspan.testkit.store.CrashWriter}).
 */
@NullMarked
package io.linkspan.testkit.store;

import org.jspecify.annotations.NullMarked;
