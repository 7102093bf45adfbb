package io.linkspan.tiktok;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.linkspan.spi.Flow;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** No text of any value shows a token, a secret or an upload address. */
class SecretsTest {
    @Test
    void toString_ofEverything_holdsNoSecret() {
        TikTok tiktok = Fixtures.tiktok();
        List<Object> values = new ArrayList<>(List.of(tiktok, UploadHandle.of(Fixtures.handle(1, 0))));
        List<Flow<?>> flows = List.of(
                tiktok.oauth().exchange("the-code", null),
                tiktok.oauth().renew(Fixtures.tokens()),
                tiktok.accounts().identify(Fixtures.access(), Set.of()),
                tiktok.revocation().revoke(Fixtures.tokens()).orElseThrow(),
                tiktok.publishing().commit(Fixtures.attempt(1).at(0).build()),
                tiktok.publishing()
                        .commit(Fixtures.attempt(Fixtures.photos(TikTokPhotoOptions.draft(), 2))
                                .with(PullHandle.named("p"))
                                .build()));
        values.add(tiktok.publishing().sends(Fixtures.photos(TikTokPhotoOptions.draft(), 2)));
        for (Flow<?> flow : flows) {
            values.add(flow);
            values.add(((Flow.Call<?>) flow).call());
            values.add(((Flow.Call<?>) flow).call().body());
        }
        for (Object value : values) {
            String text = value.toString();
            for (String secret :
                    List.of(Fixtures.SECRET, Fixtures.ACCESS, Fixtures.REFRESH, "the-code", "upload_token", "SAMPLE")) {
                assertFalse(text.contains(secret), () -> value.getClass() + " shows " + secret);
            }
        }
    }
}
