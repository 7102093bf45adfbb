package io.linkspan.fleet;

import com.zaxxer.hikari.HikariDataSource;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Lends connections of several servers in turn, so that no two calls in a row meet the same one. */
final class InTurn implements DataSource, AutoCloseable {
    private final List<HikariDataSource> pools;
    private final AtomicInteger turn = new AtomicInteger();

    InTurn(List<String> urls) {
        this.pools = urls.stream().map(Pools::of).toList();
    }

    @Override
    public Connection getConnection() throws SQLException {
        return pools.get(Math.floorMod(turn.getAndIncrement(), pools.size())).getConnection();
    }

    @Override
    public void close() {
        pools.forEach(HikariDataSource::close);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("wraps several data sources");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
