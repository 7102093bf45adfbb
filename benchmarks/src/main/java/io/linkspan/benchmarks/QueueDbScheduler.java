package io.linkspan.benchmarks;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** db-scheduler, polling with lock and fetch. Its table is as its own script makes it, without what priorities need. */
final class QueueDbScheduler {
    private static final double LOWER = 1.0;
    private static final double UPPER = 4.0;

    private QueueDbScheduler() {}

    static double drain(QueueDatabase database, int jobs, int threads) throws Exception {
        database.execute("DROP TABLE IF EXISTS scheduled_tasks");
        database.execute(
                "CREATE TABLE scheduled_tasks (task_name TEXT NOT NULL, task_instance TEXT NOT NULL, task_data BYTEA,"
                        + " execution_time TIMESTAMPTZ, picked BOOLEAN NOT NULL, picked_by TEXT, last_success TIMESTAMPTZ,"
                        + " last_failure TIMESTAMPTZ, consecutive_failures INT, last_heartbeat TIMESTAMPTZ,"
                        + " version BIGINT NOT NULL, priority SMALLINT, PRIMARY KEY (task_name, task_instance))");
        database.execute("CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time)");
        database.execute("CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat)");
        QueueClock clock = new QueueClock(jobs);
        OneTimeTask<Void> task = Tasks.oneTime("no-op").execute((instance, context) -> clock.done());
        Scheduler scheduler = Scheduler.create(database.pool(), task)
                .threads(threads)
                .pollingInterval(Duration.ofMillis(100))
                .pollUsingLockAndFetch(LOWER, UPPER)
                .build();
        Instant due = Instant.now().minusSeconds(3_600);
        Stream<TaskInstance<?>> instances = IntStream.range(0, jobs).mapToObj(i -> task.instance("job-" + i));
        scheduler.scheduleBatch(instances, due);
        database.execute("VACUUM ANALYZE scheduled_tasks");
        scheduler.start();
        try {
            return clock.rate();
        } finally {
            scheduler.stop();
        }
    }
}
