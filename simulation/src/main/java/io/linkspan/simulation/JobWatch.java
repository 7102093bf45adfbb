package io.linkspan.simulation;

import io.linkspan.publish.PublicationId;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks at every write of a job: verdicts stay, and whoever has not ended has a next time. */
final class JobWatch {
    private static final Set<String> VERDICTS = Set.of("published", "failed", "cancelled", "expired");

    private final World world;
    private final Map<String, String> states = new HashMap<>();
    /** Jobs about which a person said something that evidence may contradict. */
    private final Set<String> attested = new java.util.HashSet<>();

    private final Set<String> decisions = new java.util.TreeSet<>();
    private final List<String> violations = new ArrayList<>();
    private int commits;

    JobWatch(World world) {
        this.world = world;
    }

    /** A write that was kept; always true. */
    boolean written(StoredRecord record) {
        if (record.kind() != RecordKind.JOB) {
            return true;
        }
        String next = record.status();
        String before = states.put(record.id(), next);
        if (new String(record.payload(), StandardCharsets.UTF_8).contains("\"source\":\"person\"")) {
            attested.add(record.id());
        }
        boolean corrected = next.equals("published") && attested.contains(record.id());
        if (before != null && VERDICTS.contains(before) && !before.equals(next) && !corrected) {
            violations.add("wrong: a job went from " + before + " to " + next);
        }
        if (record.dueAt().isEmpty() && !VERDICTS.contains(next) && !next.equals("delivered")) {
            violations.add("lost: a job in " + next + " has no next time");
        }
        if (next.equals("awaiting_decision") && decisions.add(record.id())) {
            world.trace.add(world.elapsed(), "watch", "a decision is asked for");
        }
        return true;
    }

    /** A request reaches a platform. */
    void sent(HttpCall call) {
        if (call.callClass() == CallClass.COMMIT) {
            commits++;
        }
    }

    /** How many requests reached a platform that can create a post. */
    int commits() {
        return commits;
    }

    /** Whether all jobs of some publications have ended. */
    boolean allEnded(Collection<PublicationId> publications) {
        for (PublicationId publication : publications) {
            String first = states.get(publication.value() + "-1");
            if (first == null) {
                return false;
            }
        }
        return states.values().stream().allMatch(JobWatch::ended);
    }

    private static boolean ended(String state) {
        return VERDICTS.contains(state) || state.equals("delivered");
    }

    void violation(String what) {
        violations.add(what);
    }

    int decisions() {
        return decisions.size();
    }

    List<String> violations() {
        return List.copyOf(violations);
    }
}
