package io.linkspan.examples.edge;

import io.linkspan.InMemoryStores;
import io.linkspan.LocalKeys;
import io.linkspan.event.LinkspanListener;
import io.linkspan.spi.HttpTransport;
import io.linkspan.spi.JobStore;
import io.linkspan.spi.KeyProvider;
import io.linkspan.spi.MediaSource;
import io.linkspan.spi.MediaStore;
import io.linkspan.spi.Meter;
import io.linkspan.spi.TokenStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;

/** What a host gives to Linkspan, each part of which can fail at its n-th call. */
final class HostParts {
    /** The parts. */
    enum Part {
        STORES,
        KEYS,
        MEDIA,
        NETWORK,
        LISTENER,
        METER
    }

    private static final byte[] SAMPLE = sample();

    private final InMemoryStores stores;
    private final LocalKeys keys = LocalKeys.fromBase64(Base64.getEncoder().encodeToString(new byte[32]));
    private Part part;
    private Fault fault;
    private int left = -1;

    HostParts(InstantSource clock) {
        this.stores = InMemoryStores.create(clock);
    }

    private static byte[] sample() {
        try (InputStream in = HostParts.class.getResourceAsStream("/media/sample.mp4")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The n-th call of a part from now on fails, once. */
    void fail(Part which, int number, Fault how) {
        part = which;
        left = number;
        fault = how;
    }

    /** Nothing fails any more; whether something did. */
    boolean repair() {
        boolean happened = left < 0;
        part = null;
        return happened;
    }

    TokenStore tokens() {
        return faulty(Part.STORES, stores.tokens(), TokenStore.class);
    }

    JobStore jobs() {
        return faulty(Part.STORES, stores.jobs(), JobStore.class);
    }

    /** The stores without faults, to look into. */
    InMemoryStores inside() {
        return stores;
    }

    KeyProvider keys() {
        return faulty(Part.KEYS, keys, KeyProvider.class);
    }

    MediaStore media() {
        MediaSource bytes = MediaSource.ofRanges(
                SAMPLE.length, (offset, length) -> new ByteArrayInputStream(SAMPLE, (int) offset, (int) length));
        MediaSource source = faulty(Part.MEDIA, bytes, MediaSource.class);
        return faulty(Part.MEDIA, reference -> source, MediaStore.class);
    }

    HttpTransport network(HttpTransport inner) {
        return faulty(Part.NETWORK, inner, HttpTransport.class);
    }

    LinkspanListener listener() {
        return faulty(Part.LISTENER, event -> {}, LinkspanListener.class);
    }

    Meter meter() {
        return faulty(Part.METER, Meter.NONE, Meter.class);
    }

    private <T> T faulty(Part which, T inner, Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), interfaces(inner.getClass()).toArray(Class<?>[]::new), (proxy, method, args) -> {
                    boolean fails = which == part && left-- == 0;
                    if (fails && !fault.done()) {
                        fault.happen();
                    }
                    try {
                        Object result = method.invoke(inner, args);
                        if (fails) {
                            fault.happen();
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                }));
    }

    private static Set<Class<?>> interfaces(Class<?> type) {
        Set<Class<?>> all = new LinkedHashSet<>();
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (Class<?> one : at.getInterfaces()) {
                all.add(one);
                all.addAll(interfaces(one));
            }
        }
        all.removeIf(one -> !one.getName().startsWith("io.linkspan."));
        return all;
    }
}
