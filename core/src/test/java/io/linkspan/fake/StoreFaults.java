package io.linkspan.fake;

import io.linkspan.StoreException;
import io.linkspan.spi.TokenStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;

/** A token store that suffers from one of its writes on. */
public final class StoreFaults {
    /** What happens to the writes that suffer. */
    public enum Kind {
        /** Not kept, and reported as failed. */
        LOST,
        /** Kept, and reported as failed. */
        KEPT,
        /** Neither writes nor reads pass any more. */
        DOWN
    }

    private static final Set<String> WRITES = Set.of("insert", "replace", "delete", "appendHistory");

    private final TokenStore store;
    private final Kind kind;
    private final int from;
    private final int count;
    private int writes;
    private boolean over;

    /**
     * Faults of some writes.
     *
     * @param inner the store
     * @param kind what happens
     * @param from number of the first write that suffers, from 0
     * @param count how many suffer; a store that is down stays so until {@link #end}
     */
    public StoreFaults(TokenStore inner, Kind kind, int from, int count) {
        this.kind = kind;
        this.from = from;
        this.count = count;
        this.store = (TokenStore) Proxy.newProxyInstance(
                StoreFaults.class.getClassLoader(), new Class<?>[] {TokenStore.class}, (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.invoke(inner, arguments);
                    }
                    boolean write = WRITES.contains(method.getName());
                    boolean suffers = suffers(write);
                    if (suffers && (kind != Kind.KEPT || !write)) {
                        throw new StoreException("the database cannot be reached", null);
                    }
                    try {
                        Object result = method.invoke(inner, arguments);
                        if (suffers) {
                            throw new StoreException("no answer to a write", null);
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private synchronized boolean suffers(boolean write) {
        int number = write ? writes++ : writes;
        if (over || number < from) {
            return false;
        }
        return kind == Kind.DOWN || (write && number < from + count);
    }

    /** The store as the process sees it. */
    public TokenStore store() {
        return store;
    }

    /** Writes so far. */
    public synchronized int writes() {
        return writes;
    }

    /** From now on every call passes. */
    public synchronized void end() {
        over = true;
    }
}
