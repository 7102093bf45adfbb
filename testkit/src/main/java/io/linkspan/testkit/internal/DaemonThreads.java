package io.linkspan.testkit.internal;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** Threads that do not keep a process alive. */
final class DaemonThreads {

    private DaemonThreads() {}

    static ExecutorService cached(String name) {
        return Executors.newCachedThreadPool(factory(name));
    }

    static ExecutorService single(String name) {
        return Executors.newSingleThreadExecutor(factory(name));
    }

    private static ThreadFactory factory(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
