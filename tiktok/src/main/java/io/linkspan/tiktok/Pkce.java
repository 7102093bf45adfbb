package io.linkspan.tiktok;

import io.linkspan.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * TikTok's PKCE: the challenge is the lower-case hexadecimal SHA-256 of the verifier, not base64url as in RFC 7636.
 *
 * <p>Source: {@code developers.tiktok.com/docs/en/login-kit-desktop}, read 2026-11-20.
 */
final class Pkce {
    private Pkce() {}

    static String challenge(Secret verifier) {
        if (!verifier.reveal().matches("[A-Za-z0-9._~-]{43,128}")) {
            throw new IllegalArgumentException(
                    "a PKCE verifier must have 43 to 128 characters out of letters, digits, '-', '.', '_' and '~'");
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(verifier.reveal().getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
