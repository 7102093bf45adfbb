package io.linkspan.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.linkspan.InMemoryStores;
import io.linkspan.Linkspan;
import io.linkspan.LocalKeys;
import io.linkspan.spi.Secret;
import io.linkspan.tiktok.TikTok;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The callback of the example, as the host guide asks for it. */
public class CallbackServerTest {
    /** What the host guide asks for: the code stays neither in the history nor in a referrer. */
    @Test
    void callback_isAnsweredWithARedirectThatKeepsNothing() throws Exception {
        try (CallbackServer server = new CallbackServer();
                Linkspan linkspan = Linkspan.builder()
                        .stores(InMemoryStores.create())
                        .keys(LocalKeys.fromBase64(Base64.getEncoder().encodeToString(new byte[32])))
                        .platform(TikTok.builder("key", Secret.of("secret"), URI.create("https://app.example.com/c"))
                                .build())
                        .build()) {
            server.serve(linkspan);

            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(server.base().resolve("/callback/tiktok?code=c&state=s"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());

            assertEquals(303, answer.statusCode());
            assertEquals(Optional.of("/done"), answer.headers().firstValue("Location"));
            assertEquals(Optional.of("no-referrer"), answer.headers().firstValue("Referrer-Policy"));
            assertEquals(Optional.of("no-store"), answer.headers().firstValue("Cache-Control"));
            assertEquals("", answer.body());
        }
    }
}
