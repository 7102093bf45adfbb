package io.linkspan.simulation;

import io.linkspan.Linkspan;
import io.linkspan.LinkspanException;
import io.linkspan.StoreException;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import io.linkspan.spi.TokenStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A node that keeps accounts connected over a store of its own moods; it loses its memory only where that costs no tokens. */
final class GrantNode {
    private static final Set<String> WRITES = Set.of("insert", "replace", "delete", "appendHistory");
    private static final Set<RecordKind> HOLD_TOKENS =
            EnumSet.of(RecordKind.CONNECTION, RecordKind.PENDING_CONNECT, RecordKind.UNWANTED_GRANT);

    private final GrantHistory history;
    private final int index;
    private final long skewMillis;
    private int life;
    private Node.@Nullable Life running;
    private @Nullable Linkspan linkspan;
    private boolean busy;
    private Instant databaseBack = Instant.MIN;
    private int keptButFailed;
    private int notKept;
    private boolean stalls;
    private boolean pauses;
    private boolean otherFirst;
    private boolean crashes;
    /** Accounts of answers that only this process has. */
    private final Set<String> unstored = new HashSet<>();

    private boolean ended;

    GrantNode(GrantHistory history, int index) {
        this.history = history;
        this.index = index;
        this.skewMillis = index == 0 ? 0 : history.draw(240_000) - 120_000;
    }

    /** Faults are over. */
    void recover() {
        databaseBack = Instant.MIN;
        keptButFailed = 0;
        notKept = 0;
        stalls = false;
        pauses = false;
        otherFirst = false;
        crashes = false;
    }

    int run() {
        return call(known -> known.worker().runDue()).orElse(0);
    }

    /** Does something; empty when it crashed, failed or is busy. */
    <T> Optional<T> call(Function<Linkspan, T> what) {
        if (busy) {
            return Optional.empty();
        }
        busy = true;
        try {
            return Optional.ofNullable(what.apply(started()));
        } catch (Node.Crash e) {
            died();
        } catch (LinkspanException e) {
            history.note("node" + index, "failed: " + e.getMessage());
            if (running != null && ended) {
                died();
            }
        } finally {
            busy = false;
        }
        return Optional.empty();
    }

    private void died() {
        history.note("node" + index, "crashed");
        unstored.clear();
        linkspan = null;
        running = null;
        ended = false;
        recover();
    }

    private Linkspan started() {
        Linkspan present = linkspan;
        if (present != null) {
            return present;
        }
        Node.Life fresh = new Node.Life();
        life++;
        TokenStore tokens = (TokenStore) Proxy.newProxyInstance(
                GrantNode.class.getClassLoader(), new Class<?>[] {TokenStore.class}, (proxy, method, arguments) -> {
                    fresh.check();
                    return WRITES.contains(method.getName())
                            ? write(fresh, method, arguments)
                            : read(method, arguments);
                });
        Linkspan begun = history.builder()
                .tokenStore(tokens)
                .jobStore(history.stores.jobs())
                .transport(call -> {
                    fresh.check();
                    return exchange(call);
                })
                .clock(() -> history.clock.instant().plusMillis(skewMillis))
                .random(new SplittableRandom(Mix.of(history.seed, 1_000L * life + index)))
                .retryBase(Duration.ZERO)
                .node("node" + index + "-" + life)
                .build();
        running = fresh;
        linkspan = begun;
        return begun;
    }

    private HttpResult exchange(HttpCall call) {
        history.advance(20 + history.draw(400));
        HttpResult result = history.network.exchange(call);
        history.note("node" + index, call.operation() + " -> " + result);
        boolean tokens = call.callClass() == CallClass.SPEND || call.callClass() == CallClass.CODE;
        if (tokens
                && result instanceof HttpResult.Answered answer
                && answer.text().contains("access_token")) {
            history.answered();
            unstored.add(history.newestTokenOf());
            if (history.faulty(50)) {
                suffer();
            }
        }
        return result;
    }

    private void suffer() {
        List<GrantFault> all = List.of(GrantFault.values());
        GrantFault fault = all.get(history.draw(all.size()));
        history.suffered(fault);
        history.note("node" + index, "suffers " + fault);
        switch (fault) {
            case DATABASE_LOST ->
                databaseBack = history.clock.instant().plusMillis(history.millis(10_000, 8 * 3_600_000));
            case WRITES_KEPT -> keptButFailed = 1 + history.draw(4);
            case WRITES_LOST -> notKept = 1 + history.draw(4);
            case WRITE_STALLS -> stalls = true;
            case NODE_PAUSES -> pauses = true;
            case OTHER_WRITER_FIRST -> otherFirst = true;
            case CRASH -> crashes = true;
        }
    }

    private Object read(Method method, Object[] arguments) throws Throwable {
        reachable();
        return invoke(method, arguments);
    }

    private void reachable() {
        if (history.clock.instant().isBefore(databaseBack)) {
            throw new StoreException("the database cannot be reached", null);
        }
    }

    private Object write(Node.Life now, Method method, Object[] arguments) throws Throwable {
        if (history.faulty(2)) {
            suffer();
        }
        boolean late = stalls;
        if (stalls || pauses) {
            stalls = false;
            pauses = false;
            history.others(this);
            now.check();
        }
        reachable();
        if (otherFirst && arguments[0] instanceof StoredRecord record) {
            otherFirst = false;
            history.stores
                    .tokens()
                    .find(record.tenant(), record.kind(), record.id())
                    .ifPresent(present ->
                            history.stores.tokens().replace(present.next().build()));
        }
        if (notKept > 0) {
            notKept--;
            throw new StoreException("no answer to a write", null);
        }
        Object result = invoke(method, arguments);
        history.note("node" + index, method.getName() + " " + arguments[0] + " " + result);
        if (arguments[0] instanceof StoredRecord record && HOLD_TOKENS.contains(record.kind()) && result.equals(true)) {
            unstored.removeIf(account -> account.startsWith(record.tenant().value()));
        }
        if (keptButFailed > 0 || (late && history.draw(3) == 0)) {
            keptButFailed = Math.max(0, keptButFailed - 1);
            throw new StoreException("no answer to a write", null);
        }
        if (crashes && unstored.isEmpty()) {
            crashes = false;
            ended = true;
            throw now.end();
        }
        return result;
    }

    private Object invoke(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(history.stores.tokens(), arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
