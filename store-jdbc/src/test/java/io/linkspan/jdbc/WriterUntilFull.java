package io.linkspan.jdbc;

import io.linkspan.StoreException;
import java.nio.file.Path;

/** Writes to a file store until it fails; prints each acknowledged id, then the failure. */
final class WriterUntilFull {
    private WriterUntilFull() {}

    public static void main(String[] arguments) {
        H2FileStores stores = JdbcStores.h2File(Path.of(arguments[0]));
        try {
            for (int number = 1; ; number++) {
                stores.jobs()
                        .insert(TestRecords.job("id-" + number)
                                .payload(new byte[20_000])
                                .build());
                System.out.println("id-" + number);
            }
        } catch (StoreException e) {
            System.out.println("failed: " + e.getMessage());
            Runtime.getRuntime().halt(0);
        }
    }
}
