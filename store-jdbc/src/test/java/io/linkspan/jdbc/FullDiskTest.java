package io.linkspan.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.linkspan.StoreException;
import io.linkspan.spi.JobStore;
import io.linkspan.spi.RecordKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk of 16 MiB, which only root may make. */
class FullDiskTest {
    private final Random random = new Random(1);

    @TempDir
    Path disk;

    private static boolean runs(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    @AfterEach
    void unmount() throws Exception {
        runs("umount", "--lazy", disk.toString()); // the server may have a file open when a check fails
    }

    @Test
    void fullDiskOfPostgres_isSaidAndLosesNothing() throws Exception {
        TestPool pool = TestDatabases.postgres();
        assumeTrue(
                Files.isExecutable(Path.of("/bin/mount"))
                        && runs("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk.toString()),
                "skipped: no disk of its own can be mounted here");
        Path space = Files.createDirectory(disk.resolve("space"));
        JdbcStores.migrate(pool);
        TestDatabases.execute(pool, "CREATE TABLESPACE small LOCATION '" + space + "'");
        TestDatabases.execute(pool, "ALTER TABLE linkspan_job_record SET TABLESPACE small");
        JobStore jobs = JdbcStores.create(pool).jobs();

        List<String> acknowledged = new ArrayList<>();
        StoreException refused = insertUntilRefused(jobs, acknowledged);

        assertEquals(
                "insert of JOB id-" + acknowledged.size()
                        + " in linkspan_job_record failed (SQLSTATE 53100, code 0): the disk is full; free space, then"
                        + " try again",
                refused.getMessage());
        assertTrue(acknowledged.size() > 10, "writes before: " + acknowledged.size());
        for (String id : acknowledged) {
            assertTrue(jobs.find(TestRecords.TENANT, RecordKind.JOB, id).isPresent(), "lost " + id);
        }
        TestDatabases.execute(pool, "ALTER TABLE linkspan_job_record SET TABLESPACE pg_default");
        TestDatabases.execute(pool, "DROP TABLESPACE small");
        assertTrue(jobs.insert(TestRecords.job("after").build()));
    }

    private StoreException insertUntilRefused(JobStore jobs, List<String> acknowledged) {
        for (int i = 0; i < 1_000; i++) {
            byte[] payload = new byte[100_000];
            random.nextBytes(payload);
            try {
                jobs.insert(TestRecords.job("id-" + i).payload(payload).build());
                acknowledged.add("id-" + i);
            } catch (StoreException e) {
                return e;
            }
        }
        throw new AssertionError("the disk never was full");
    }
}
