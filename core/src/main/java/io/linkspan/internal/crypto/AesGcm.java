package io.linkspan.internal.crypto;

import io.linkspan.UnreadableRecordException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM with a random 96-bit nonce in front and a 128-bit tag at the end (NIST SP 800-38D). */
public final class AesGcm {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private AesGcm() {}

    /** A new 256-bit key. */
    public static byte[] newKey() {
        byte[] key = new byte[32];
        RANDOM.nextBytes(key);
        return key;
    }

    /** Encrypts: nonce, ciphertext, tag. */
    public static byte[] seal(byte[] key, byte[] plain, byte[] aad) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        return seal(key, nonce, plain, aad);
    }

    static byte[] seal(byte[] key, byte[] nonce, byte[] plain, byte[] aad) {
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, aad).doFinal(plain);
            return ByteBuffer.allocate(NONCE + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is not available in this Java runtime", e);
        }
    }

    /** Decrypts what {@link #seal} made. */
    public static byte[] open(byte[] key, byte[] sealed, byte[] aad) {
        if (sealed.length < NONCE + TAG_BITS / 8) {
            throw unreadable(null);
        }
        byte[] nonce = java.util.Arrays.copyOf(sealed, NONCE);
        try {
            return cipher(Cipher.DECRYPT_MODE, key, nonce, aad).doFinal(sealed, NONCE, sealed.length - NONCE);
        } catch (AEADBadTagException e) {
            throw unreadable(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is not available in this Java runtime", e);
        }
    }

    private static UnreadableRecordException unreadable(@org.jspecify.annotations.Nullable Throwable cause) {
        return new UnreadableRecordException(
                "a sealed value cannot be opened: it was changed, moved from another record, or sealed with another key",
                cause);
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce, byte[] aad) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(aad);
        return cipher;
    }

    /** Text as bytes. */
    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
