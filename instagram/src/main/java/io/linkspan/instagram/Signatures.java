package io.linkspan.instagram;

import io.linkspan.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 over what came, compared in constant time with every secret that may have signed. */
final class Signatures {
    private static final String ALGORITHM = "HmacSHA256";

    private Signatures() {}

    /** Which secret signed it, from 0; negative when none did. Every secret is tried, so that time tells nothing. */
    static int signedWith(List<Secret> secrets, byte[] message, byte[] signature) {
        int match = -1;
        for (int i = secrets.size() - 1; i >= 0; i--) {
            byte[] key = secrets.get(i).reveal().getBytes(StandardCharsets.UTF_8);
            match = MessageDigest.isEqual(hmac(key, message), signature) ? i : match;
        }
        return match;
    }

    static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is part of every Java runtime", e);
        }
    }

    /**
     * Base64url with or without padding. Only the one spelling an encoder makes is taken, so that no second text decodes to
     * the same bytes.
     */
    static Optional<byte[]> base64Url(String text) {
        String bare = text.replaceAll("={0,2}$", "");
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(bare);
            boolean canonical = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(bytes)
                    .equals(bare);
            return canonical ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
