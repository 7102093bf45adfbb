package io.linkspan.internal;

import io.linkspan.HostCodeException;
import io.linkspan.spi.KeyProvider;
import io.linkspan.spi.Texts;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keys as given: what the provider throws or leaves out is one of our exceptions, whoever wrote it. */
public final class CheckedKeys implements KeyProvider {
    private static final int KEY_BYTES = 32;
    private static final int MOST_WRAPPED = 1024;
    private static final String KEY_ID = "[\\p{Graph}]{1,64}";

    private final KeyProvider inner;

    /** Over a host's keys. */
    public CheckedKeys(KeyProvider inner) {
        this.inner = inner;
    }

    @Override
    public String currentKeyId() {
        String id = given("currentKeyId", inner::currentKeyId);
        if (!id.matches(KEY_ID)) {
            throw new HostCodeException(
                    "the key provider " + inner.getClass().getName() + ", method currentKeyId, returned the id "
                            + Texts.shown(id) + ". Return 1 to 64 printable ASCII characters without blanks.",
                    null);
        }
        return id;
    }

    @Override
    public byte[] wrap(String keyId, byte[] dataKey) {
        byte[] wrapped = given("wrap", () -> inner.wrap(keyId, dataKey));
        if (wrapped.length == 0 || wrapped.length > MOST_WRAPPED) {
            throw new HostCodeException(
                    "the key provider " + inner.getClass().getName() + ", method wrap, returned " + wrapped.length
                            + " bytes. Return 1 to " + MOST_WRAPPED + " bytes.",
                    null);
        }
        return wrapped;
    }

    @Override
    public byte[] unwrap(String keyId, byte[] wrapped) {
        byte[] key = given("unwrap", () -> inner.unwrap(keyId, wrapped));
        if (key.length != KEY_BYTES) {
            throw new HostCodeException(
                    "the key provider " + inner.getClass().getName() + " unwrapped a data key of " + key.length
                            + " bytes instead of " + KEY_BYTES + "; it must return what it was given to wrap",
                    null);
        }
        return key;
    }

    private <T> T given(String method, Supplier<@Nullable T> call) {
        T result = HostCode.call("the key provider " + inner.getClass().getName() + ", method " + method, call);
        if (result == null) {
            throw new HostCodeException(
                    "the key provider " + inner.getClass().getName() + " returned null from " + method
                            + "; an unknown key is an UnreadableRecordException",
                    null);
        }
        return result;
    }
}
