package io.linkspan.benchmarks;

import io.linkspan.spi.JobStore;
import io.linkspan.spi.StoredRecord;
import io.linkspan.spi.Stores;
import io.linkspan.spi.TokenStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** Stores that count the writes that took effect, by operation, kind and status of the record. */
final class CountedStores implements Stores {
    private final ConcurrentMap<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final TokenStore tokens;
    private final JobStore jobs;

    CountedStores(Stores stores) {
        tokens = counted(TokenStore.class, stores.tokens());
        jobs = counted(JobStore.class, stores.jobs());
    }

    /** A store that can all that the one behind it can. */
    private <T> T counted(Class<T> type, T store) {
        Set<Class<?>> able = new LinkedHashSet<>();
        for (Class<?> in = store.getClass(); in != null; in = in.getSuperclass()) {
            able.addAll(Set.of(in.getInterfaces()));
        }
        able.removeIf(one -> !Modifier.isPublic(one.getModifiers()));
        return type.cast(Proxy.newProxyInstance(
                CountedStores.class.getClassLoader(), able.toArray(Class<?>[]::new), (proxy, method, arguments) -> {
                    try {
                        Object answer = method.invoke(store, arguments);
                        count(method.getName(), arguments, answer);
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private void count(String operation, Object[] arguments, Object answer) {
        boolean done = Boolean.TRUE.equals(answer);
        switch (operation) {
            case "insert", "replace", "delete" -> {
                if (done) {
                    StoredRecord record = (StoredRecord) arguments[0];
                    add(operation + " " + record.kind() + " " + record.status());
                }
            }
            case "claim" -> ((Collection<?>) answer).forEach(record -> add("claim"));
            case "replaceAll" -> ((Collection<?>) arguments[0]).forEach(record -> add("replaceAll"));
            case "appendHistory" -> add("appendHistory");
            default -> {}
        }
    }

    private void add(String what) {
        counts.computeIfAbsent(what, name -> new LongAdder()).increment();
    }

    Map<String, LongAdder> counts() {
        return counts;
    }

    @Override
    public TokenStore tokens() {
        return tokens;
    }

    @Override
    public JobStore jobs() {
        return jobs;
    }
}
