package io.linkspan.benchmarks;

import static org.jobrunr.server.BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration;

import java.util.stream.IntStream;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.scheduling.JobScheduler;
import org.jobrunr.storage.sql.common.SqlStorageProviderFactory;

/** JobRunr, with the poll interval that proved best. Public, because it calls its jobs from outside. */
public final class QueueJobRunr {
    private static final int POLL_SECONDS = 5;
    private static volatile QueueClock clock = new QueueClock(0);

    private QueueJobRunr() {}

    /** The job. */
    public static void work() {
        clock.done();
    }

    static double drain(QueueDatabase database, int jobs, int workers) throws Exception {
        clock = new QueueClock(jobs);
        JobScheduler scheduler = JobRunr.configure()
                .useStorageProvider(SqlStorageProviderFactory.using(database.pool()))
                .initialize()
                .getJobScheduler();
        scheduler.enqueue(IntStream.range(0, jobs).boxed(), (Integer i) -> work());
        JobRunr.destroy();
        database.execute("VACUUM ANALYZE");
        JobRunr.configure()
                .useStorageProvider(SqlStorageProviderFactory.using(database.pool()))
                .useBackgroundJobServer(usingStandardBackgroundJobServerConfiguration()
                        .andWorkerCount(workers)
                        .andPollIntervalInSeconds(POLL_SECONDS))
                .initialize();
        try {
            return clock.rate();
        } finally {
            JobRunr.destroy();
        }
    }
}
