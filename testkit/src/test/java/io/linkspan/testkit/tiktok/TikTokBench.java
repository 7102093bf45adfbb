package io.linkspan.testkit.tiktok;

import io.linkspan.testkit.SettableClock;
import io.linkspan.testkit.internal.Caller;
import io.linkspan.testkit.internal.Forms;
import io.linkspan.testkit.sim.IssuedTokens;
import java.net.URI;
import java.util.Random;

/** A simulator with one app, one account and a client. */
final class TikTokBench implements AutoCloseable {

    static final String REDIRECT = "https://app.example/callback";
    final SettableClock clock = SettableClock.at("2026-11-21T10:00:00Z");
    final TikTokSimulator sim = TikTokSimulator.builder()
            .clock(clock)
            .app("key-1", "secret-1", REDIRECT)
            .start();
    final TikTokAccount account = sim.addAccount("demo");
    final Caller caller = new Caller(sim.baseUri());

    URI consent(String scopes, String... more) {
        String query = Forms.query(
                "client_key",
                "key-1",
                "response_type",
                "code",
                "scope",
                scopes,
                "redirect_uri",
                REDIRECT,
                "state",
                "st/1");
        return URI.create(
                sim.baseUri() + "/v2/auth/authorize/?" + query + (more.length == 0 ? "" : "&" + Forms.query(more)));
    }

    Caller.Reply token(String... parameters) throws Exception {
        String[] all = new String[parameters.length + 4];
        System.arraycopy(new String[] {"client_key", "key-1", "client_secret", "secret-1"}, 0, all, 0, 4);
        System.arraycopy(parameters, 0, all, 4, parameters.length);
        return caller.form("/v2/oauth/token/", all);
    }

    Caller.Reply exchange(String code) throws Exception {
        return token("grant_type", "authorization_code", "code", code, "redirect_uri", REDIRECT);
    }

    Caller.Reply refresh(String refreshToken) throws Exception {
        return token("grant_type", "refresh_token", "refresh_token", refreshToken);
    }

    Caller.Reply revoke(String accessToken) throws Exception {
        return caller.form(
                "/v2/oauth/revoke/", "client_key", "key-1", "client_secret", "secret-1", "token", accessToken);
    }

    IssuedTokens tokens() {
        return sim.issueTokens(account);
    }

    Caller.Reply init(String token, String privacy, String title, long size, long chunk, long count) throws Exception {
        return caller.json(
                "/v2/post/publish/video/init/",
                token,
                "{\"post_info\":{\"title\":\"" + title + "\",\"privacy_level\":\"" + privacy + "\"},"
                        + source(size, chunk, count) + "}");
    }

    static String source(long size, long chunk, long count) {
        return "\"source_info\":{\"source\":\"FILE_UPLOAD\",\"video_size\":" + size + ",\"chunk_size\":" + chunk
                + ",\"total_chunk_count\":" + count + "}";
    }

    Caller.Reply status(String token, String publishId) throws Exception {
        return caller.json("/v2/post/publish/status/fetch/", token, "{\"publish_id\":\"" + publishId + "\"}");
    }

    String statusAfterGap(String token, String publishId) throws Exception {
        Caller.Reply reply = status(token, publishId);
        if (!reply.code().equals("ok")) {
            reply = status(token, publishId);
        }
        return reply.data().path("status").asString();
    }

    static byte[] video(int size) {
        byte[] bytes = new byte[size];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    @Override
    public void close() {
        sim.close();
    }
}
