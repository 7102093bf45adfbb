package io.linkspan.instagram;

import io.linkspan.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.Optional;

/**
 * The GET request with which Meta asks whether a webhook address is the app's.
 *
 * <p>A subscription succeeds even where nothing is delivered later: events need a live app, business verification and Advanced
 * Access, with Instagram Login for every field, with Facebook Login for {@code comments} and {@code live_comments}. Linkspan needs
 * none of them.
 *
 * @see <a href="https://developers.facebook.com/documentation/instagram-platform/webhooks">Webhooks</a> (copies of 2025 and 2026, read
 *     2026-11-21)
 */
public final class InstagramHandshake {
    private InstagramHandshake() {}

    /**
     * Checks the request. Answer 200 with the text as the whole body, or 403 when there is none.
     *
     * @param rawQuery the query as received, still encoded
     * @param verifyToken the token typed into the app's dashboard
     * @return {@code hub.challenge}, digits only and at most 64; empty when mode, token or challenge are not right
     */
    public static Optional<String> answer(String rawQuery, Secret verifyToken) {
        Objects.requireNonNull(rawQuery, "rawQuery");
        Objects.requireNonNull(verifyToken, "verifyToken");
        boolean subscribes =
                Forms.single(rawQuery, "hub.mode").filter("subscribe"::equals).isPresent();
        boolean knowsToken = Forms.single(rawQuery, "hub.verify_token")
                .filter(token -> MessageDigest.isEqual(
                        token.getBytes(StandardCharsets.UTF_8),
                        verifyToken.reveal().getBytes(StandardCharsets.UTF_8)))
                .isPresent();
        return subscribes && knowsToken
                ? Forms.single(rawQuery, "hub.challenge").filter(challenge -> challenge.matches("[0-9]{1,64}"))
                : Optional.empty();
    }
}
