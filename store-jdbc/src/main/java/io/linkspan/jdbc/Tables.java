package io.linkspan.jdbc;

import java.util.Objects;
import java.util.regex.Pattern;

/** The names of the tables. */
record Tables(String prefix) {
    static final String DEFAULT_PREFIX = "linkspan_";

    private static final Pattern ALLOWED = Pattern.compile("([a-z][a-z0-9_]{0,29})?");

    Tables {
        if (!ALLOWED.matcher(Objects.requireNonNull(prefix, "tablePrefix")).matches()) {
            throw new IllegalArgumentException(
                    "tablePrefix must be up to 30 lower-case letters, digits and underscores,"
                            + " a letter first, was \"" + prefix + "\"");
        }
    }

    String tokenRecord() {
        return prefix + "token_record";
    }

    String jobRecord() {
        return prefix + "job_record";
    }

    String history() {
        return prefix + "history";
    }

    String schemaVersion() {
        return prefix + "schema_version";
    }

    /** A script is written for the default prefix. */
    String renamed(String script) {
        return script.replace(DEFAULT_PREFIX, prefix);
    }

    /** The call that creates the tables, for messages. */
    String migrateCall() {
        return prefix.equals(DEFAULT_PREFIX)
                ? "JdbcStores.migrate(dataSource)"
                : "JdbcStores.migrate(dataSource, \"" + prefix + "\")";
    }
}
