package io.linkspan.internal;

import java.time.Duration;

/**
 * Times and counts.
 *
 * @param node name of this process, for leases
 * @param consentLife how long a consent may take; 10 min
 * @param refreshLease how long a renewal is left alone; 120 s
 * @param refreshCall how long the renewal call may take; 30 s
 * @param refreshMargin least time left before the call; 15 s
 * @param refreshCoolDown pause after a failed renewal; 30 s
 * @param jobLease how long a job of a silent worker is left alone; 30 s
 * @param quietTime how long doubt lasts without a sign of life; 10 min
 * @param maxHandles handles per job; 3
 * @param prepareLife how long preparing may fail; 24 h
 * @param tokenRetention how long tokens are kept to prove a revocation; 72 h
 * @param threads worker threads; 4
 * @param pollPause pause of an idle worker; 1 s
 */
public record Settings(
        String node,
        Duration consentLife,
        Duration refreshLease,
        Duration refreshCall,
        Duration refreshMargin,
        Duration refreshCoolDown,
        Duration jobLease,
        Duration quietTime,
        int maxHandles,
        Duration prepareLife,
        Duration tokenRetention,
        int threads,
        Duration pollPause) {
    /** Clock skew allowed for a token's end. */
    public static final Duration SKEW = Duration.ofSeconds(60);

    /** The defaults for a node. */
    public static Settings defaults(String node) {
        return new Settings(
                node,
                Duration.ofMinutes(10),
                Duration.ofSeconds(120),
                Duration.ofSeconds(30),
                Duration.ofSeconds(15),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofMinutes(10),
                3,
                Duration.ofHours(24),
                Duration.ofHours(72),
                4,
                Duration.ofSeconds(1));
    }

    /** With another job lease. */
    public Settings withJobLease(Duration next) {
        return new Settings(
                node,
                consentLife,
                refreshLease,
                refreshCall,
                refreshMargin,
                refreshCoolDown,
                next,
                quietTime,
                maxHandles,
                prepareLife,
                tokenRetention,
                threads,
                pollPause);
    }

    /** With other threads and pause. */
    public Settings withWorker(int nextThreads, Duration nextPause) {
        return new Settings(
                node,
                consentLife,
                refreshLease,
                refreshCall,
                refreshMargin,
                refreshCoolDown,
                jobLease,
                quietTime,
                maxHandles,
                prepareLife,
                tokenRetention,
                nextThreads,
                nextPause);
    }
}
