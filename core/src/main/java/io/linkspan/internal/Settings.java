package io.linkspan.internal;

import io.linkspan.connection.SharedGrants;
import io.linkspan.internal.http.HttpLimits;
import java.time.Duration;
import java.util.function.Consumer;

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
 * @param mediaPatience how long the host's media may be unreadable before the commit; 24 h
 * @param patience how long the platform may fail before the commit, for a job without a latest moment; 72 h
 * @param tokenRetention how long tokens are kept to prove a revocation; 72 h
 * @param doubtWait how long a disconnect leaves a post in doubt a live token; 60 s
 * @param renewalsAtOnce renewals of one platform at once in this process; 4
 * @param sharedGrants what becomes of a grant that others rest on
 * @param accessTokenCache how long an opened access token may be kept in memory; 0
 * @param threads worker threads; 4
 * @param pollPause pause of an idle worker; 1 s
 * @param profileCheckInterval how often the profiles of a visible link are looked at; 24 h
 * @param publishing what hosts choose about publishing
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
        Duration mediaPatience,
        Duration patience,
        Duration tokenRetention,
        Duration doubtWait,
        int renewalsAtOnce,
        SharedGrants sharedGrants,
        Duration accessTokenCache,
        int threads,
        Duration pollPause,
        Duration profileCheckInterval,
        PublishSettings publishing) {
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
                Duration.ofHours(72),
                Duration.ofSeconds(60),
                4,
                SharedGrants.KEEP_WHILE_SHARED,
                Duration.ZERO,
                4,
                Duration.ofSeconds(1),
                Duration.ofHours(24),
                PublishSettings.DEFAULTS);
    }

    /** How long after its lease began a commit may still leave; the rest of the lease is for clocks that do not run alike. */
    public Duration sendWithin() {
        return jobLease.multipliedBy(3).dividedBy(4);
    }

    /**
     * Checks that whatever left before a takeover has arrived or never will when a person is asked what became of it: an upload may stand
     * still, and then its answer is waited for.
     *
     * @throws IllegalStateException naming the times and what to change
     */
    public void requireOrder(HttpLimits limits) {
        Duration longest = limits.stall().plus(limits.commit());
        if (longest.compareTo(quietTime) >= 0) {
            throw new IllegalStateException("a commit may be on its way for " + longest.toSeconds()
                    + " s (uploadStall " + limits.stall().toSeconds() + " s and four times callTimeout, "
                    + limits.commit().toSeconds() + " s), but after " + quietTime.toSeconds()
                    + " s a person is asked whether it was posted. Set uploadStall to less than "
                    + quietTime.minus(limits.commit()).toSeconds() + " s.");
        }
    }

    /** What can be chosen, while it is changed. */
    private static final class Draft {
        private final Settings from;
        private Duration jobLease;
        private Duration tokenRetention;
        private int renewalsAtOnce;
        private SharedGrants sharedGrants;
        private Duration accessTokenCache;
        private int threads;
        private Duration pollPause;
        private Duration profileCheckInterval;
        private PublishSettings publishing;

        Draft(Settings from) {
            this.from = from;
            this.jobLease = from.jobLease;
            this.tokenRetention = from.tokenRetention;
            this.renewalsAtOnce = from.renewalsAtOnce;
            this.sharedGrants = from.sharedGrants;
            this.accessTokenCache = from.accessTokenCache;
            this.threads = from.threads;
            this.pollPause = from.pollPause;
            this.profileCheckInterval = from.profileCheckInterval;
            this.publishing = from.publishing;
        }

        Settings build() {
            return new Settings(
                    from.node,
                    from.consentLife,
                    from.refreshLease,
                    from.refreshCall,
                    from.refreshMargin,
                    from.refreshCoolDown,
                    jobLease,
                    from.quietTime,
                    from.maxHandles,
                    from.mediaPatience,
                    from.patience,
                    tokenRetention,
                    from.doubtWait,
                    renewalsAtOnce,
                    sharedGrants,
                    accessTokenCache,
                    threads,
                    pollPause,
                    profileCheckInterval,
                    publishing);
        }
    }

    private Settings with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.build();
    }

    /** With another job lease. */
    public Settings withJobLease(Duration next) {
        return with(draft -> draft.jobLease = next);
    }

    /** With other threads and pause. */
    public Settings withWorker(int nextThreads, Duration nextPause) {
        return with(draft -> {
            draft.threads = nextThreads;
            draft.pollPause = nextPause;
        });
    }

    /** With another time between looks at profiles. */
    public Settings withProfileCheckInterval(Duration next) {
        return with(draft -> draft.profileCheckInterval = next);
    }

    /** With other rules for tokens. */
    public Settings withTokens(Duration retention, int nextRenewalsAtOnce, SharedGrants shared, Duration cache) {
        return with(draft -> {
            draft.tokenRetention = retention;
            draft.renewalsAtOnce = nextRenewalsAtOnce;
            draft.sharedGrants = shared;
            draft.accessTokenCache = cache;
        });
    }

    /** With other choices about publishing. */
    public Settings withPublishing(PublishSettings next) {
        return with(draft -> draft.publishing = next);
    }
}
