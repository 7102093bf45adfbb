package io.linkspan.testkit.instagram;

import io.linkspan.testkit.SettableClock;
import io.linkspan.testkit.internal.Caller;
import io.linkspan.testkit.internal.Forms;
import java.net.URI;

/** A simulator with one app, one account and a client. */
final class InstagramBench implements AutoCloseable {

    static final String REDIRECT = "https://app.example/ig";
    static final String SCOPES = "instagram_business_basic,instagram_business_content_publish";
    final SettableClock clock = SettableClock.at("2026-11-21T10:00:00Z");
    final InstagramSimulator sim = InstagramSimulator.builder()
            .clock(clock)
            .app("4711", "secret-1", REDIRECT)
            .start();
    final InstagramAccount account = sim.addAccount("shop");
    final Caller caller = new Caller(sim.baseUri());

    URI consent(String scopes) {
        return URI.create(sim.baseUri() + "/oauth/authorize?"
                + Forms.query(
                        "client_id",
                        "4711",
                        "response_type",
                        "code",
                        "scope",
                        scopes,
                        "redirect_uri",
                        REDIRECT,
                        "state",
                        "st/1"));
    }

    Caller.Reply exchange(String code, String redirect) throws Exception {
        return caller.form(
                "/oauth/access_token",
                "client_id",
                "4711",
                "client_secret",
                "secret-1",
                "grant_type",
                "authorization_code",
                "redirect_uri",
                redirect,
                "code",
                code);
    }

    String token() {
        return sim.issueTokens(account).accessToken();
    }

    Caller.Reply refresh(String token) throws Exception {
        return caller.get("/refresh_access_token?grant_type=ig_refresh_token&access_token=" + token, "");
    }

    Caller.Reply me(String token, String fields) throws Exception {
        return caller.get("/v26.0/me?fields=" + fields, token);
    }

    Caller.Reply create(String token, String... parameters) throws Exception {
        return caller.postForm("/v26.0/" + account.userId() + "/media", token, parameters);
    }

    Caller.Reply status(String token, String container) throws Exception {
        return caller.get("/v26.0/" + container + "?fields=status_code,status", token);
    }

    Caller.Reply publish(String token, String container) throws Exception {
        return caller.postForm("/v26.0/" + account.userId() + "/media_publish", token, "creation_id", container);
    }

    @Override
    public void close() {
        sim.close();
    }
}
