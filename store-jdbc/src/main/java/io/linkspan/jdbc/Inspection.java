package io.linkspan.jdbc;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first look at a database: refuses one on which the stores cannot keep their promises, and warns of one on which they may not. */
final class Inspection {
    private static final Logger log = LoggerFactory.getLogger(Inspection.class);

    /** A host that migrates and then builds its stores reads a warning once. */
    private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

    private Inspection() {}

    /** What to set on each of its connections. */
    static Dialect.Setting of(Database database) {
        Dialect dialect = database.dialect();
        return new Transactions(database, database.tables().schemaVersion())
                .read("inspection of the database before the first use of a table", connection -> {
                    dialect.refusal(connection).ifPresent(reason -> {
                        throw new IllegalArgumentException(reason);
                    });
                    dialect.warning(connection).filter(WARNED::add).ifPresent(warning -> log.warn("{}", warning));
                    return dialect.setting(connection);
                });
    }
}
