package io.linkspan.tiktok;

import io.linkspan.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 over {@code t + "." + raw body} with one of the secrets, compared in constant time. */
final class SignatureCheck {
    private final List<Secret> secrets;

    SignatureCheck(List<Secret> secrets) {
        this.secrets = List.copyOf(secrets);
    }

    /** Which secret signed it, from 0; negative when none did. Every secret is tried, so that time tells nothing. */
    int signedWith(SignatureHeader header, byte[] body) {
        int match = -1;
        for (int i = secrets.size() - 1; i >= 0; i--) {
            byte[] key = secrets.get(i).reveal().getBytes(StandardCharsets.UTF_8);
            byte[] wanted = hmac(key, (header.stamp() + ".").getBytes(StandardCharsets.US_ASCII), body);
            for (byte[] given : header.signatures()) {
                match = MessageDigest.isEqual(wanted, given) ? i : match;
            }
        }
        return match;
    }

    static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
