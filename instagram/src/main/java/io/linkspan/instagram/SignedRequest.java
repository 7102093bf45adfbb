package io.linkspan.instagram;

import io.linkspan.json.databind.JsonNode;
import io.linkspan.spi.PlatformEvent;
import io.linkspan.spi.Secret;
import io.linkspan.spi.SignedMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Meta's {@code signed_request}: signature and payload in base64url, joined by a dot, the signature being over the payload
 * as it was encoded. The deauthorize callback and the data deletion request both have this form and cannot be
 * told apart but by the address they come to.
 *
 * @see <a href="https://developers.facebook.com/documentation/instagram-platform/instagram-api-with-instagram-login/business-login">
 *     Business Login for Instagram, deauthorize callback</a> (page of 2026-03-13, read 2026-11-21)
 */
final class SignedRequest {
    private static final Duration OLDEST = Duration.ofHours(24);
    private static final Duration CLOCK_AHEAD = Duration.ofMinutes(5);

    private SignedRequest() {}

    static SignedMessage read(
            String signedRequest,
            List<Secret> secrets,
            Instant now,
            BiFunction<String, Instant, PlatformEvent> meaning) {
        int dot = signedRequest.indexOf('.');
        if (dot < 0) {
            return new SignedMessage.Rejected("signed_request has no dot between signature and payload");
        }
        String encoded = signedRequest.substring(dot + 1);
        Optional<byte[]> signature = Signatures.base64Url(signedRequest.substring(0, dot));
        int signedWith = signature
                .map(bytes -> Signatures.signedWith(secrets, encoded.getBytes(StandardCharsets.UTF_8), bytes))
                .orElse(-1);
        if (signedWith < 0) {
            return new SignedMessage.Rejected("signed_request has a signature that fits none of the app secrets");
        }
        return Signatures.base64Url(encoded)
                .flatMap(Fields::object)
                .map(payload -> payload(payload, now, signedWith, signed(signature.orElseThrow(), encoded), meaning))
                .orElseGet(() -> new SignedMessage.Rejected("signed_request has no readable payload"));
    }

    /** The decoded signature, for its Base64 may be padded or not; nobody without the secret can make it. */
    private static String signed(byte[] signature, String encoded) {
        return HexFormat.of().formatHex(signature) + "." + encoded;
    }

    private static SignedMessage payload(
            JsonNode payload,
            Instant now,
            int signedWith,
            String signed,
            BiFunction<String, Instant, PlatformEvent> meaning) {
        if (!"HMAC-SHA256".equals(Fields.text(payload, "algorithm"))) {
            return new SignedMessage.Rejected("signed_request names another algorithm than HMAC-SHA256");
        }
        Optional<Instant> issuedAt = Fields.moment(payload, "issued_at");
        if (issuedAt.isEmpty()
                || issuedAt.get().isBefore(now.minus(OLDEST))
                || issuedAt.get().isAfter(now.plus(CLOCK_AHEAD))) {
            return new SignedMessage.Rejected(
                    "signed_request must be issued within the last 24 hours and not in the future");
        }
        return Fields.id(payload, "user_id")
                .<SignedMessage>map(user ->
                        new SignedMessage.Authentic(List.of(meaning.apply(user, issuedAt.get())), signedWith, signed))
                .orElseGet(() -> new SignedMessage.Rejected("signed_request names no user_id"));
    }
}
