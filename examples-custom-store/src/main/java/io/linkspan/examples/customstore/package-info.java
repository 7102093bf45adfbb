/** A {@link io.linkspan.spi.TokenStore} over the tables of a product, with plain JDBC and with Jdbi. */
@NullMarked
package io.linkspan.examples.customstore;

import org.jspecify.annotations.NullMarked;
