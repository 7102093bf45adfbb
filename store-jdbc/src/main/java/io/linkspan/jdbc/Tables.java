package io.linkspan.jdbc;

import io.linkspan.spi.Texts;
import java.util.Objects;
import java.util.regex.Pattern;

/** The names of the tables, and the schema they are in; an empty schema is the connection's own. */
record Tables(String schema, String prefix) {
    static final String DEFAULT_PREFIX = "linkspan_";

    private static final Pattern PREFIX = Pattern.compile("([a-z][a-z0-9_]{0,29})?");
    private static final Pattern SCHEMA = Pattern.compile("([a-z_][a-z0-9_]{0,62})?");

    static final Tables DEFAULT = new Tables("", DEFAULT_PREFIX);

    Tables {
        require(
                PREFIX,
                prefix,
                "tablePrefix must be up to 30 lower-case letters, digits and underscores, a letter first");
        require(SCHEMA, schema, "schema must be up to 63 lower-case letters, digits and underscores, no digit first");
    }

    private static void require(Pattern allowed, String name, String rule) {
        if (!allowed.matcher(Objects.requireNonNull(name, "name")).matches()) {
            throw new IllegalArgumentException(rule + ", was " + Texts.shown(name));
        }
    }

    Tables withPrefix(String value) {
        return new Tables(schema, value);
    }

    Tables withSchema(String value) {
        return new Tables(value, prefix);
    }

    String tokenRecord() {
        return qualified("token_record");
    }

    String jobRecord() {
        return qualified("job_record");
    }

    String history() {
        return qualified("history");
    }

    String schemaVersion() {
        return qualified("schema_version");
    }

    private String qualified(String table) {
        return schema.isEmpty() ? prefix + table : schema + "." + prefix + table;
    }

    /** The table without its schema. */
    static String bare(String table) {
        return table.substring(table.indexOf('.') + 1);
    }

    /** A script is written for the default prefix and names no schema. */
    String renamed(String script) {
        return script.replace(DEFAULT_PREFIX, prefix);
    }

    /** The call that creates the tables, for messages. */
    String migrateCall() {
        String options = (schema.isEmpty() ? "" : ".schema(\"" + schema + "\")")
                + (prefix.equals(DEFAULT_PREFIX) ? "" : ".tablePrefix(\"" + prefix + "\")");
        return options.isEmpty()
                ? "JdbcStores.migrate(dataSource)"
                : "JdbcStores.builder(dataSource)" + options + ".migrate()";
    }
}
