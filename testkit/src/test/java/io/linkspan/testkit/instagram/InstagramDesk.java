package io.linkspan.testkit.instagram;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.linkspan.spi.CallClass;
import io.linkspan.spi.HttpBody;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.testkit.SettableClock;
import io.linkspan.testkit.internal.Direct;
import io.linkspan.testkit.internal.Pictures;
import io.linkspan.testkit.sim.MediaWeb;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A simulator without sockets: one account in both flavours, and media to pull. Processing takes no time. */
final class InstagramDesk {

    static final String IMAGE = "https://media.example/i.jpg";
    static final String VIDEO = "https://media.example/v.mp4";
    final SettableClock clock = SettableClock.at("2026-11-21T10:00:00Z");
    final Map<URI, MediaWeb.Page> web = new HashMap<>();
    final InstagramSimulator sim;
    final InstagramAccount account;

    /** With Instagram Login. */
    final Direct plain;

    /** With Facebook Login. */
    final Direct facebook;

    InstagramDesk() {
        this(builder -> builder);
    }

    InstagramDesk(UnaryOperator<InstagramSimulator.Builder> more) {
        web.put(URI.create(IMAGE), MediaWeb.Page.of(Pictures.jpeg(1080, 1080)));
        web.put(URI.create(VIDEO), MediaWeb.Page.of(Pictures.mp4(500)));
        sim = more.apply(InstagramSimulator.builder()
                        .clock(clock)
                        .media(uri -> web.getOrDefault(uri, MediaWeb.Page.status(404)))
                        .rules(rules -> rules.processingPolls(0)))
                .build();
        account = sim.addAccount("shop");
        plain = new Direct(
                sim.transport(), sim.baseUri(), sim.issueTokens(account).accessToken());
        FacebookPage page = sim.addPage("Shop", account);
        FacebookPerson person = sim.addPerson("Mira").on(page);
        facebook = new Direct(
                sim.transport(), sim.baseUri(), sim.issuePageToken(person, page).accessToken());
    }

    HttpResult create(Direct as, String... parameters) {
        return as.form("/v26.0/" + account.userId() + "/media", parameters);
    }

    String created(Direct as, String... parameters) {
        HttpResult result = create(as, parameters);
        assertEquals(200, Direct.answer(result).status(), Direct.answer(result).text());
        return Direct.document(result).path("id").asString();
    }

    String status(String container) {
        return Direct.document(plain.get("/v26.0/" + container + "?fields=status_code,status"))
                .path("status_code")
                .asString();
    }

    HttpResult publish(String container) {
        return plain.form("/v26.0/me/media_publish", "creation_id", container);
    }

    Map<String, String> posted(Direct as, String... parameters) {
        assertEquals(200, Direct.answer(publish(created(as, parameters))).status());
        return sim.ledger().posts().get(sim.ledger().posts().size() - 1).details();
    }

    HttpResult upload(String uri, String token, byte[] media, long offset, long length, long size) {
        return sim.transport()
                .exchange(HttpCall.of("test.upload", CallClass.PREPARE, "POST", URI.create(uri))
                        .header("Authorization", "OAuth " + token)
                        .header("offset", Long.toString(offset))
                        .header("file_size", Long.toString(size))
                        .body(new HttpBody.Slice(
                                Direct.slice(media, 0, 1).source(),
                                offset,
                                length,
                                "application/octet-stream",
                                sent -> {})));
    }
}
