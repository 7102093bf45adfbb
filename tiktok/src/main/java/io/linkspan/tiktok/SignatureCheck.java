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

    boolean matches(SignatureHeader header, byte[] body) {
        boolean match = false;
        for (Secret secret : secrets) {
            byte[] wanted = hmac(secret, header.stamp(), body);
            for (byte[] given : header.signatures()) {
                match |= MessageDigest.isEqual(wanted, given);
            }
        }
        return match;
    }

    private static byte[] hmac(Secret secret, String stamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((stamp + ".").getBytes(StandardCharsets.US_ASCII));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
