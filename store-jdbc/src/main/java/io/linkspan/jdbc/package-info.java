/**
 * Stores on a SQL database over plain JDBC; start with {@link io.linkspan.jdbc.JdbcStores}.
 */
@NullMarked
package io.linkspan.jdbc;

import org.jspecify.annotations.NullMarked;
