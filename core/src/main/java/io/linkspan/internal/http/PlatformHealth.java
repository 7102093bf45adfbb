package io.linkspan.internal.http;

import io.linkspan.internal.http.Circuit.Counts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether one platform answers, as a tree: the platform, its tenants, their accounts, the work for each. A circuit opens for all below
 * it only when the failures remain whichever one of them is left out; so one post, account or tenant is stopped alone, and an outage
 * stops all. Thread-safe.
 */
final class PlatformHealth {
    /** An open circuit that nothing asked for so long is forgotten. */
    private static final long FORGET = 10 * Circuit.WINDOW;
    /** So many of one level are remembered beneath a node, however many call within a minute. */
    static final int MOST = 4_096;

    private final Node platform = new Node(new RetryBudget(RetryBudget.PLATFORM));
    private long cleanedAt;

    private static final class Node {
        final Circuit circuit = new Circuit();
        final RetryBudget budget;
        /** The one that was asked for longest ago first. */
        final Map<String, Node> parts = new LinkedHashMap<>(16, 0.75f, true);

        long usedAt;

        Node(RetryBudget budget) {
            this.budget = budget;
        }

        Node part(String name) {
            Node part = parts.computeIfAbsent(name, it -> new Node(budget.share()));
            if (parts.size() > MOST) {
                parts.remove(parts.keySet().iterator().next());
            }
            return part;
        }

        /** Whether the platform fails, and not only one of those it is asked for. */
        boolean fails(long now) {
            if (!circuit.counts(now).failing()) {
                return false;
            }
            List<Counts> each = parts.values().stream()
                    .map(part -> part.circuit.counts(now))
                    .toList();
            Counts all = each.stream().reduce(Counts.NONE, Counts::plus);
            return each.stream().allMatch(one -> all.minus(one).failing());
        }

        boolean idle(long now) {
            long unused = Math.abs(now - usedAt);
            return parts.isEmpty() && (unused > FORGET || (unused > Circuit.WINDOW && !circuit.isOpen()));
        }

        void clean(long now) {
            parts.values().forEach(part -> part.clean(now));
            parts.values().removeIf(part -> part.idle(now));
        }
    }

    /** From the platform down. */
    private List<Node> nodes(CallOrigin origin) {
        List<Node> nodes = new ArrayList<>();
        Node node = platform;
        nodes.add(node);
        for (String name : origin.path()) {
            node = node.part(name);
            nodes.add(node);
        }
        return nodes;
    }

    /** Whether a call may leave now; if so, it is the trial of every open circuit above it. */
    synchronized boolean permits(CallOrigin origin, long now) {
        List<Node> nodes = nodes(origin);
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            if (!node.circuit.permits(caller(origin, i), node.parts.size() < 2, now)) {
                return false;
            }
        }
        for (int i = 0; i < nodes.size(); i++) {
            nodes.get(i).circuit.leaves(caller(origin, i), now);
        }
        return true;
    }

    private static String caller(CallOrigin origin, int depth) {
        return depth < origin.path().size() ? origin.path().get(depth) : "";
    }

    /** Whether no circuit above a call is open. */
    synchronized boolean closed(CallOrigin origin) {
        return nodes(origin).stream().noneMatch(node -> node.circuit.isOpen());
    }

    /** Notes how a call ended. */
    synchronized void ended(CallOrigin origin, boolean failed, long now) {
        List<Node> nodes = nodes(origin);
        for (Node node : nodes) {
            node.usedAt = now;
            node.circuit.ended(failed, now);
            if (!failed) {
                node.budget.success();
            }
        }
        open(nodes, now);
        if (Math.abs(now - cleanedAt) > Circuit.WINDOW) {
            cleanedAt = now;
            platform.clean(now);
        }
    }

    private static void open(List<Node> nodes, long now) {
        for (Node node : nodes) {
            if (!node.circuit.isOpen() && node.fails(now)) {
                node.circuit.open(now);
            }
        }
    }

    /** Takes one retry from all the budgets above it, or nothing. */
    synchronized boolean mayRetry(CallOrigin origin) {
        List<Node> nodes = nodes(origin);
        boolean allowed = nodes.stream().allMatch(node -> node.budget.allows());
        if (allowed) {
            nodes.forEach(node -> node.budget.take());
        }
        return allowed;
    }

    /** For a test: how many are remembered. */
    synchronized int remembered() {
        return count(platform);
    }

    private static int count(Node node) {
        return 1 + node.parts.values().stream().mapToInt(PlatformHealth::count).sum();
    }
}
