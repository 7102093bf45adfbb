package io.linkspan.internal.http;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a network and a platform do to a request, and what has to be made of it.
 *
 * @param name number and words
 * @param result what the transport must say: NotSent, Lost or Answered
 * @param outcome what must be read from it: NotSent, Refused, Done or Unclear
 * @param repeated whether a harmless call is sent again
 * @param slow whether only a deadline ends it
 * @param scheme how it is addressed
 * @param play what the server does; null when there is none
 */
record SocketFault(
        String name,
        String result,
        String outcome,
        boolean repeated,
        boolean slow,
        String scheme,
        RawServer.Play play) {
    /** Codes that prove, in an answer that agrees, that nothing happened. */
    static final List<String> DEFINITE = List.of(
            "access_token_invalid", "scope_not_authorized", "invalid_params", "rate_limit_exceeded", "spam_risk");

    static final String CLOSED_IN_HANDSHAKE = "F3 closed in the TLS handshake";

    static final String DONE = "{\"data\":{\"id\":\"7\"},\"error\":{\"code\":\"ok\"}}";

    static List<SocketFault> all() {
        List<SocketFault> all = new ArrayList<>();
        all.add(notSent("F1 name not resolved", false, "http", null));
        all.add(notSent("F2 connection refused", false, "refused", null));
        all.add(notSent("F2 connection times out", true, "full", null));
        all.add(notSent(CLOSED_IN_HANDSHAKE, false, "https", RawServer.Peer::close));
        all.add(notSent("F3 reset in the TLS handshake", false, "https-reset", null));
        all.add(notSent("F3 TLS handshake stands still", true, "stuck", null));
        all.add(lost("F4 reset after the head, no effect", RawServer.Peer::reset));
        all.add(lost("F4 closed without answer, no effect", peer -> {
            peer.readBody();
            peer.close();
        }));
        all.add(lost("F5 reset, effect", peer -> {
            peer.takeEffect();
            peer.reset();
        }));
        all.add(lost("F5 closed without answer, effect", peer -> {
            peer.takeEffect();
            peer.close();
        }));
        all.add(silent("F6 never answers, no effect", peer -> {
            peer.readBody();
            peer.hold();
        }));
        all.add(silent("F7 never answers, effect", peer -> {
            peer.takeEffect();
            peer.hold();
        }));
        all.add(silent("F8 no answer, effect, errors later", peer -> {
            if (peer.number() == 1) {
                peer.takeEffect();
                peer.hold();
            }
            peer.answer("500 Error", "");
        }));
        all.add(answered("F9 503, no effect", "Unclear", true, peer -> peer.answer("503 Unavailable", "")));
        all.add(answered("F10 500 with a definite code, effect", "Unclear", true, peer -> {
            peer.takeEffect();
            peer.answer("500 Error", error("invalid_params"));
        }));
        all.add(answered("F10 400 with an unknown code, effect", "Unclear", false, peer -> {
            peer.takeEffect();
            peer.answer("400 Bad", error("4/2207051"));
        }));
        for (String code : DEFINITE) {
            all.add(answered("F11 400 " + code, "Refused", false, peer -> peer.answer("400 Bad", error(code))));
        }
        all.add(answered("F12 429", "Refused", false, peer -> peer.answer("429 Slow", error("rate_limit_exceeded"))));
        all.add(answered(
                "F12 429 with Retry-After",
                "Refused",
                false,
                peer -> peer.answer("429 Slow\r\nRetry-After: 7", error("rate_limit_exceeded"))));
        all.add(answered("F12 429 without a body", "Unclear", false, peer -> peer.answer("429 Slow", "")));
        all.add(answered(
                "F13 200 with an error body", "Refused", false, peer -> peer.answer("200 OK", error("spam_risk"))));
        all.add(answered(
                "F13 200 with an unknown error", "Unclear", false, peer -> peer.answer("200 OK", error("new"))));
        Stream.of("{\"data\":{\"id\":\"7", "[]", "{\"data\":{\"id\":7}}", "{\"data\":{}}", "")
                .forEach(body -> all.add(answered(
                        "F14 200 with " + (body.isEmpty() ? "nothing" : body),
                        "Unclear",
                        false,
                        peer -> peer.answer("200 OK", body))));
        all.add(lost("F14 body cut by the connection", peer -> {
            peer.readBody();
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: " + DONE.length() + "\r\n\r\n{\"data\"");
            peer.close();
        }));
        all.add(lost("F14 no HTTP", peer -> {
            peer.readBody();
            peer.write("hello\r\n\r\n");
            peer.close();
        }));
        hostile(all);
        for (String status : List.of("301 Moved", "302 Found", "307 Temporary", "308 Permanent")) {
            all.add(answered(
                    "F16 " + status, "Unclear", false, peer -> peer.answer(status + "\r\nLocation: /internal", "")));
        }
        all.add(answered("no fault", "Done", false, peer -> peer.answer("200 OK", DONE)));
        return all;
    }

    private static void hostile(List<SocketFault> all) {
        all.add(lost("F15 body declared past the cap", peer -> {
            peer.readBody();
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1048577\r\n\r\n");
            peer.hold();
        }));
        all.add(lost("F15 body without end", peer -> {
            peer.readBody();
            peer.write("HTTP/1.1 200 OK\r\n\r\n");
            peer.drip("x".repeat(1 << 18), 0);
        }));
        all.add(lost("F15 head past the cap", peer -> {
            String header = "X-Much: " + "x".repeat(8_000) + "\r\n";
            peer.answer("200 OK\r\n" + header.repeat(9).trim(), DONE);
        }));
        all.add(lost("F15 head without end", peer -> {
            peer.readBody();
            peer.write("HTTP/1.1 200 OK\r\n");
            peer.drip("X-More: " + "x".repeat(8_000) + "\r\n", 0);
        }));
        all.add(answered("F15 deep nesting", "Unclear", false, peer -> peer.answer("200 OK", "[".repeat(500_000))));
        all.add(silent("F15 dripping body", peer -> {
            peer.readBody();
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
            peer.drip("{", 20);
        }));
        all.add(silent("F15 dripping chunks", peer -> {
            peer.readBody();
            peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            peer.drip("1\r\n{\r\n", 20);
        }));
        all.add(silent("F15 dripping head", peer -> {
            peer.readBody();
            peer.write("HTTP/1.1 200 OK\r\nX-Long: ");
            peer.drip("x", 20);
        }));
        all.add(silent("F15 interim answers without end", peer -> {
            peer.readBody();
            peer.drip("HTTP/1.1 103 Early Hints\r\n\r\n", 20);
        }));
    }

    private static String error(String code) {
        return "{\"data\":{},\"error\":{\"code\":\"" + code + "\"}}";
    }

    private static SocketFault notSent(String name, boolean slow, String scheme, RawServer.Play play) {
        return new SocketFault(name, "NotSent", "NotSent", true, slow, scheme, play);
    }

    private static SocketFault lost(String name, RawServer.Play play) {
        return new SocketFault(name, "Lost", "Unclear", true, false, "http", play);
    }

    private static SocketFault silent(String name, RawServer.Play play) {
        return new SocketFault(name, "Lost", "Unclear", true, true, "http", play);
    }

    private static SocketFault answered(String name, String outcome, boolean repeated, RawServer.Play play) {
        return new SocketFault(name, "Answered", outcome, repeated, false, "http", play);
    }

    @Override
    public String toString() {
        return name;
    }
}
