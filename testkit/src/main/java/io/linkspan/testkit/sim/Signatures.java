package io.linkspan.testkit.sim;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How the platforms sign what they send, for tests that deliver or forge events themselves. */
public final class Signatures {

    private Signatures() {}

    /**
     * Value of TikTok's {@code TikTok-Signature} header.
     *
     * @param clientSecret the app's client secret
     * @param at time of signing, whole seconds are used
     * @param body the raw body
     * @return {@code t=…,s=…}
     */
    public static String tikTok(String clientSecret, Instant at, String body) {
        long t = at.getEpochSecond();
        return "t=" + t + ",s=" + HexFormat.of().formatHex(hmac(clientSecret, t + "." + body));
    }

    /**
     * Value of Meta's {@code X-Hub-Signature-256} header.
     *
     * @param appSecret the app secret
     * @param body the raw body
     * @return {@code sha256=…}
     */
    public static String hub(String appSecret, String body) {
        return "sha256=" + HexFormat.of().formatHex(hmac(appSecret, body));
    }

    /**
     * Meta's {@code signed_request}.
     *
     * @param appSecret the app secret
     * @param payload the JSON text to sign
     * @return signature and payload in base64url without padding, joined by a dot
     */
    public static String signedRequest(String appSecret, String payload) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        String encoded = encoder.encodeToString(payload.getBytes(StandardCharsets.UTF_8));
        return encoder.encodeToString(hmac(appSecret, encoded)) + "." + encoded;
    }

    private static byte[] hmac(String secret, String message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every Java runtime", e);
        }
    }
}
