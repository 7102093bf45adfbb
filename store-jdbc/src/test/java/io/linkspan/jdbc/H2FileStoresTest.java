package io.linkspan.jdbc;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.linkspan.StoreException;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2FileStoresTest {
    @TempDir
    private Path directory;

    @Test
    void missingDirectory_isCreated() {
        Path deeper = directory.resolve("a/b");
        try (H2FileStores stores = JdbcStores.h2File(deeper)) {
            assertTrue(stores.jobs().insert(TestRecords.job("id").build()));
            assertEquals(deeper.resolve("linkspan.mv.db"), stores.file());
            assertTrue(Files.exists(stores.file()));
        }
    }

    @Test
    void unwritableDirectory_isRefusedByName() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        for (Path unwritable : List.of(file, file.resolve("below"))) {
            StoreException refused = assertThrows(StoreException.class, () -> JdbcStores.h2File(unwritable));
            assertTrue(
                    refused.getMessage().contains("directory " + unwritable + " cannot be written"),
                    refused.getMessage());
        }
    }

    @Test
    void damagedFile_isRefusedByName() throws Exception {
        Files.writeString(directory.resolve("linkspan.mv.db"), "this is no database".repeat(1_000));
        StoreException refused = assertThrows(StoreException.class, () -> JdbcStores.h2File(directory));
        assertTrue(
                refused.getMessage()
                        .contains(directory.resolve("linkspan.mv.db").toString()),
                refused.getMessage());
        assertTrue(refused.getMessage().contains("restore it from a back-up"), refused.getMessage());
    }

    @Test
    void pathWithSemicolon_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> JdbcStores.h2File(directory.resolve("a;INIT=x")));
    }

    @Test
    void closedStores_refuseAndKeepTheFileClosed() {
        H2FileStores stores = JdbcStores.h2File(directory);
        stores.close();
        assertDoesNotThrow(stores::close);
        StoreException refused = assertThrows(
                StoreException.class,
                () -> stores.jobs().insert(TestRecords.job("id").build()));
        assertTrue(refused.getCause().getMessage().contains("closed"));
    }

    @Test
    void secondOpeningInOneProcess_sharesTheFile() {
        H2FileStores one = JdbcStores.h2File(directory);
        try (H2FileStores other = JdbcStores.h2File(directory)) {
            assertTrue(one.jobs().insert(TestRecords.job("id").build()));
            one.close();
            assertFalse(other.jobs().insert(TestRecords.job("id").build()));
        }
    }

    @Test
    void interruptedWriters_doNotCloseTheDatabase() throws Exception {
        try (H2FileStores stores = JdbcStores.h2File(directory)) {
            AtomicInteger written = new AtomicInteger();
            AtomicReference<Throwable> problem = new AtomicReference<>();
            for (int round = 0; round < 15; round++) {
                CountDownLatch writing = new CountDownLatch(3);
                Thread writer = new Thread(() -> {
                    try {
                        while (!Thread.currentThread().isInterrupted()) {
                            stores.jobs()
                                    .insert(TestRecords.job("id-" + written.incrementAndGet())
                                            .build());
                            writing.countDown();
                        }
                    } catch (StoreException e) {
                        problem.set(e);
                    }
                });
                writer.start();
                assertTrue(writing.await(20, TimeUnit.SECONDS));
                writer.interrupt();
                writer.join(20_000);
                assertFalse(writer.isAlive(), "an interrupted writer hangs");
            }
            assertEquals(null, problem.get(), "an interrupted write must end or succeed");
            for (int number = 1; number <= written.get(); number++) {
                assertTrue(stores.jobs()
                        .find(TestRecords.TENANT, RecordKind.JOB, "id-" + number)
                        .isPresent());
            }
        }
    }

    @Test
    void fullDisk_isSaidAndLosesNothing() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "skipped: needs bash to limit the size of files");
        List<String> acknowledged = new ArrayList<>();
        List<String> limited = List.of("/bin/bash", "-c", "ulimit -f 3000; exec \"$@\"", "limited");
        try (ChildJvm writer = ChildJvm.start(limited, WriterUntilFull.class, directory.toString())) {
            String line = writer.readLine();
            while (line != null && !line.startsWith("failed: ")) {
                acknowledged.add(line);
                line = writer.readLine();
            }
            String failure = String.valueOf(line);
            assertTrue(failure.contains("the disk is full"), failure);
            assertTrue(failure.contains(directory.resolve("linkspan.mv.db").toString()), failure);
            assertTrue(failure.contains("linkspan_job_record"), failure);
        }
        try (H2FileStores stores = JdbcStores.h2File(directory)) {
            assertTrue(acknowledged.size() > 10, "writes before the limit: " + acknowledged.size());
            for (String id : acknowledged) {
                assertTrue(
                        stores.jobs()
                                .find(TestRecords.TENANT, RecordKind.JOB, id)
                                .isPresent(),
                        "lost " + id);
            }
            assertTrue(stores.jobs().insert(TestRecords.job("after").build()));
        }
    }

    @Test
    void grownFile_isRewrittenAndKeepsEverything() throws Exception {
        long least = 1 << 18;
        try (H2FileStores stores = H2FileStores.open(directory, least)) {
            StoredRecord record = TestRecords.job("id").build();
            assertTrue(stores.jobs().insert(record));
            long written = 0;
            for (int i = 0; i < 200; i++) {
                record = record.next().status("ROUND" + i).build();
                assertTrue(stores.jobs().replace(record));
                written = Math.max(written, Files.size(stores.file()));
            }
            assertEquals(Optional.of(record), stores.jobs().find(TestRecords.TENANT, RecordKind.JOB, "id"));
            assertTrue(written < 2 * least, "the file never grew beyond " + written);
        }
    }
}
