package io.linkspan.examples.customstore;

import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.Connection;
import io.linkspan.connection.Connections;
import io.linkspan.connection.ImportRequest;
import io.linkspan.link.Intent;
import io.linkspan.spi.Secret;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Hands the tokens that the product kept itself over to Linkspan, row by row. May be stopped and run again. */
public final class OldTokens {
    private static final String OLD_ROWS = """
            SELECT id, workspace_id, user_id, platform, external_id, sealed_token FROM social_accounts
            WHERE linkspan_id IS NULL AND sealed_token IS NOT NULL ORDER BY id
            """;

    private final DataSource dataSource;
    private final Connections connections;
    private final Function<byte[], Secret> opener;

    /**
     * An import.
     *
     * @param dataSource the product's database
     * @param connections where the tokens go
     * @param opener the product's own decryption
     */
    public OldTokens(DataSource dataSource, Connections connections, Function<byte[], Secret> opener) {
        this.dataSource = dataSource;
        this.connections = connections;
        this.opener = opener;
    }

    private record Row(long id, Owner owner, Platform platform, String account, Supplier<Secret> token) {}

    /**
     * Imports every account that still has a token of the product's own.
     *
     * @return the keys of rows that could not be imported: their person has to connect again
     * @throws SQLException when the database fails
     */
    public List<Long> importAll() throws SQLException {
        SocialAccounts accounts = new SocialAccounts(dataSource);
        List<Long> left = new ArrayList<>();
        for (Row row : rows()) {
            Optional<Connection> connection = known(row).or(() -> imported(row));
            if (connection.isEmpty() || !accounts.adopt(row.id(), connection.get())) {
                left.add(row.id());
            }
        }
        return left;
    }

    // docs: begin
    /** Imported by a run that stopped before it moved the connection into its row. */
    private Optional<Connection> known(Row row) {
        return connections.list(row.owner()).stream()
                .filter(one ->
                        one.platform().equals(row.platform()) && one.accountId().equals(row.account()))
                .findFirst();
    }

    private Optional<Connection> imported(Row row) {
        ConnectOutcome outcome = connections.importTokens(ImportRequest.of(
                        row.owner(),
                        row.platform(),
                        Intent.CROSS_POSTING,
                        row.token().get())
                .expecting(row.account()));
        return outcome instanceof ConnectOutcome.Connected connected
                ? Optional.of(connected.connection())
                : Optional.empty();
    }
    // docs: end

    private List<Row> rows() throws SQLException {
        try (java.sql.Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(OLD_ROWS);
                ResultSet row = statement.executeQuery()) {
            List<Row> rows = new ArrayList<>();
            while (row.next()) {
                byte[] sealed = row.getBytes("sealed_token");
                rows.add(new Row(
                        row.getLong("id"),
                        Owner.of(row.getString("workspace_id"), row.getString("user_id")),
                        Platform.of(row.getString("platform")),
                        row.getString("external_id"),
                        () -> opener.apply(sealed)));
            }
            return rows;
        }
    }
}
