package io.linkspan.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.StoreException;
import io.linkspan.spi.RecordKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2FileDurabilityTest {
    private static final int KILLS = 6;

    @TempDir
    private Path directory;

    @Test
    void killedProcess_losesNoAcknowledgedWrite() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> acknowledged = new ArrayList<>();
        for (int run = 0; run < KILLS; run++) {
            try (ChildJvm writer = ChildJvm.start(EndlessWriter.class, directory.toString(), "run" + run)) {
                int killAfter = 1 + random.nextInt(600);
                for (int i = 0; i < killAfter; i++) {
                    acknowledged.add(line(writer));
                }
                writer.kill();
                for (String line = writer.readLine(); line != null; line = writer.readLine()) {
                    acknowledged.add(line);
                }
            }
            assertAllKept(acknowledged, "seed " + seed + ", kill " + run);
        }
        assertTrue(acknowledged.size() > KILLS, "writes tried: " + acknowledged.size());
        System.out.println("kill -9: " + KILLS + " kills, " + acknowledged.size() + " acknowledged writes, 0 lost");
    }

    @Test
    void fileOfAnotherProcess_isRefusedByName() throws Exception {
        try (ChildJvm writer = ChildJvm.start(EndlessWriter.class, directory.toString(), "run")) {
            line(writer);
            StoreException refused = assertThrows(StoreException.class, () -> JdbcStores.h2File(directory));
            assertTrue(
                    refused.getMessage()
                            .contains(directory.resolve("linkspan.mv.db").toString()),
                    refused.getMessage());
            assertTrue(
                    refused.getMessage().contains("another process has the database file open"), refused.getMessage());
        }
        JdbcStores.h2File(directory).close();
    }

    private static String line(ChildJvm writer) throws Exception {
        String line = writer.readLine();
        if (line == null) {
            throw new AssertionError("the writer ended by itself");
        }
        return line;
    }

    private void assertAllKept(List<String> acknowledged, String when) {
        try (H2FileStores stores = JdbcStores.h2File(directory)) {
            for (String write : acknowledged) {
                int slash = write.lastIndexOf('/');
                String id = write.substring(0, slash);
                String what = write.substring(slash + 1);
                if (what.equals("history")) {
                    assertEquals(
                            1,
                            stores.tokens()
                                    .history(TestRecords.TENANT, id, 0, 10)
                                    .size(),
                            () -> "lost " + write + ", " + when);
                } else {
                    long version = stores.jobs()
                            .find(TestRecords.TENANT, RecordKind.JOB, id)
                            .orElseThrow(() -> new AssertionError("lost " + write + ", " + when))
                            .version();
                    assertTrue(version >= Long.parseLong(what), () -> "lost " + write + ", " + when);
                }
            }
        }
    }
}
