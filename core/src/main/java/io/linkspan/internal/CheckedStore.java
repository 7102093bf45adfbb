package io.linkspan.internal;

import io.linkspan.LinkspanException;
import io.linkspan.StoreException;
import io.linkspan.spi.RecordStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A store as given, with all its abilities. What it throws leaves as {@link StoreException}, whoever wrote it. An interrupt that came
 * before a call waits until after it: a thread that is to end must still be able to write how far it came, and some databases
 * close when a thread that was interrupted touches them.
 */
public final class CheckedStore implements InvocationHandler {
    private static final String ABILITIES = RecordStore.class.getPackageName();

    private final Object inner;

    private CheckedStore(Object inner) {
        this.inner = inner;
    }

    /** A store behind the check. */
    public static <S extends RecordStore> S of(S store, Class<S> type) {
        Class<?>[] abilities = interfaces(store.getClass())
                .filter(one -> one.getPackageName().equals(ABILITIES))
                .distinct()
                .toArray(Class<?>[]::new);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), abilities, new CheckedStore(store)));
    }

    private static Stream<Class<?>> interfaces(@Nullable Class<?> type) {
        return type == null
                ? Stream.empty()
                : Stream.of(
                                Stream.<Class<?>>of(type),
                                Arrays.stream(type.getInterfaces()).flatMap(CheckedStore::interfaces),
                                interfaces(type.getSuperclass()))
                        .flatMap(part -> part)
                        .filter(Class::isInterface);
    }

    /** The name of the class that a host gave. */
    public static String name(Object store) {
        return given(store).getClass().getName();
    }

    private static Object given(Object store) {
        return Proxy.isProxyClass(store.getClass()) && Proxy.getInvocationHandler(store) instanceof CheckedStore checked
                ? checked.inner
                : store;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args) throws Throwable {
        if (method.getDeclaringClass() == Object.class && !method.getName().equals("toString")) {
            // no questions to a store; one that is both stores is the same behind both checks
            Object other = args == null ? null : args[0];
            return args == null ? System.identityHashCode(inner) : other != null && inner == given(other);
        }
        boolean interrupted = Thread.interrupted();
        try {
            return checked(method, method.invoke(inner, args));
        } catch (InvocationTargetException e) {
            Throwable failure = e.getTargetException();
            if (failure instanceof LinkspanException || failure instanceof VirtualMachineError) {
                throw failure;
            }
            throw new StoreException(
                    "the store " + name(inner) + " failed in " + method.getName() + " with "
                            + failure.getClass().getName()
                            + "; a write may or may not have been kept. The cause says what to check; call again after it",
                    failure);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private @Nullable Object checked(Method method, @Nullable Object result) {
        if (result == null && method.getReturnType() != void.class && method.getDeclaringClass() != Object.class) {
            throw new StoreException(
                    "the store " + name(inner) + " returned null from " + method.getName()
                            + "; it must return a value, such as Optional.empty() or an empty list",
                    null);
        }
        return result;
    }
}
