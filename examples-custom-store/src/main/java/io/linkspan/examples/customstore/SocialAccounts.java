package io.linkspan.examples.customstore;

import io.linkspan.connection.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** What the product itself does with its table: it owns every column that Linkspan does not write. */
public final class SocialAccounts {
    // docs: begin
    private static final String OVERVIEW = """
            SELECT w.name, w.plan, u.email, a.platform, a.display_name, a.status
            FROM social_accounts a
            JOIN users u ON u.workspace_id = a.workspace_id AND u.id = a.user_id
            JOIN workspaces w ON w.id = a.workspace_id
            WHERE w.id = ?
            ORDER BY u.email, a.platform, a.id
            """;
    // docs: end

    // docs: begin
    private static final String DESCRIBE = """
            UPDATE social_accounts SET platform = ?, external_id = ?, display_name = ?
            WHERE workspace_id = ? AND linkspan_kind = 'CONNECTION' AND linkspan_id = ?
            """;
    // docs: end

    // docs: begin
    static final String ADOPT = """
            WITH old AS (
                SELECT id FROM social_accounts
                WHERE id = ? AND workspace_id = ? AND linkspan_id IS NULL
                FOR UPDATE
            ), fresh AS (
                DELETE FROM social_accounts a USING old
                WHERE a.workspace_id = ? AND a.linkspan_kind = 'CONNECTION' AND a.linkspan_id = ?
                RETURNING a.*
            )
            UPDATE social_accounts a
            SET linkspan_kind = fresh.linkspan_kind, linkspan_id = fresh.linkspan_id,
                linkspan_version = fresh.linkspan_version, linkspan_key = fresh.linkspan_key,
                linkspan_lookup = fresh.linkspan_lookup, linkspan_due_at = fresh.linkspan_due_at,
                linkspan_attention_at = fresh.linkspan_attention_at, linkspan_payload = fresh.linkspan_payload,
                status = fresh.status, sealed_token = NULL
            FROM old, fresh
            WHERE a.id = old.id
            """;
    // docs: end

    private final DataSource dataSource;

    /**
     * The accounts of a product.
     *
     * @param dataSource its database
     */
    public SocialAccounts(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * One line of the product's own dashboard.
     *
     * @param workspace name of the workspace
     * @param plan what it pays for
     * @param email whose account it is
     * @param platform the platform
     * @param displayName the account for people
     * @param status Linkspan's status word, or one from before
     */
    public record Line(
            String workspace, String plan, String email, String platform, String displayName, String status) {}

    /**
     * The dashboard of a workspace, as the product had it before Linkspan.
     *
     * @param workspaceId the workspace
     * @return its accounts
     * @throws SQLException when the database fails
     */
    public List<Line> overview(String workspaceId) throws SQLException {
        try (java.sql.Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(OVERVIEW)) {
            statement.setString(1, workspaceId);
            List<Line> lines = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    lines.add(new Line(
                            row.getString("name"),
                            row.getString("plan"),
                            row.getString("email"),
                            row.getString("platform"),
                            row.getString("display_name"),
                            row.getString("status")));
                }
            }
            return lines;
        }
    }

    /**
     * Fills the product's own columns of a connected account. May be repeated; called after each connect, and from a
     * listener, which also hears of it when this process stopped in between.
     *
     * @param connected the connection
     * @throws SQLException when the database fails
     */
    public void describe(Connection connected) throws SQLException {
        update(
                DESCRIBE,
                connected.platform().name(),
                connected.accountId(),
                connected.displayName().isEmpty() ? connected.shown() : connected.displayName(),
                connected.owner().tenant().value(),
                connected.id().value());
    }

    /**
     * Moves an imported connection into the row that the product had for the account, so that its key and everything that
     * refers to it stay; the old token is erased in the same step.
     *
     * @param rowId the product's own key of the row
     * @param imported the connection
     * @return false, with nothing changed, when the row has a connection already or is another workspace's
     * @throws SQLException when the database fails
     */
    public boolean adopt(long rowId, Connection imported) throws SQLException {
        String workspace = imported.owner().tenant().value();
        return update(ADOPT, rowId, workspace, workspace, imported.id().value()) == 1;
    }

    private int update(String sql, Object... values) throws SQLException {
        try (java.sql.Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }
}
