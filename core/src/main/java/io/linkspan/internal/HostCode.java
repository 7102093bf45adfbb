package io.linkspan.internal;

import io.linkspan.HostCodeException;
import io.linkspan.LinkspanException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls of code that a host gave: what it throws leaves as one of our exceptions, unless the virtual machine itself fails. */
public final class HostCode {
    private HostCode() {}

    /** Calls it. */
    public static <T extends @Nullable Object> T call(String part, Supplier<T> code) {
        try {
            return code.get();
        } catch (LinkspanException | VirtualMachineError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            throw failed(part, e);
        }
    }

    /** The failure of a part. */
    public static HostCodeException failed(String part, Throwable failure) {
        return new HostCodeException(
                part + " failed with " + failure.getClass().getName()
                        + "; the cause says what to check. Call again after it",
                failure);
    }
}
