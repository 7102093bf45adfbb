package io.linkspan.fake;

import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.HttpTransport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * A platform in memory with a ledger, as nasty as it may be: a repeated commit posts again, tokens rotate strictly. Answers
 * are plain words.
 */
public final class FakePlatform implements HttpTransport {
    private static final Duration ACCESS_LIFE = Duration.ofHours(2);
    private static final Duration LIFE = Duration.ofHours(24);

    private final InstantSource clock;
    private final Map<String, Instant> containers = new HashMap<>();
    private final Map<String, Integer> posts = new HashMap<>();
    private final Map<String, Integer> calls = new HashMap<>();
    private int token = 1;
    private boolean alive = true;
    private boolean strict = true;
    private Instant issuedAt;
    private Duration told = ACCESS_LIFE;
    private Duration life = ACCESS_LIFE;
    private Duration chain = Duration.ofDays(180);
    private Instant chainEnd;
    private String account = "account-1";

    /** On a clock. */
    public FakePlatform(InstantSource clock) {
        this.clock = clock;
        this.issuedAt = clock.instant();
        this.chainEnd = issuedAt.plus(chain);
    }

    /** What answers say about the life of an access token; what cannot be is said, and two hours are meant. */
    public synchronized void tells(Duration next) {
        told = next;
        boolean possible = next != null && next.compareTo(Duration.ofDays(400)) < 0;
        life = possible ? next : ACCESS_LIFE;
    }

    /** How long a consent lasts from now on. */
    public synchronized void chain(Duration next) {
        chain = next;
        chainEnd = clock.instant().plus(next);
    }

    /** Renewals bring tokens of another account from now on. */
    public synchronized void renewsAs(String other) {
        account = other;
    }

    /** A replaced refresh token is refused, and the grant lives on. */
    public synchronized void lenient() {
        strict = false;
    }

    /** Whether the grant lives. */
    public synchronized boolean alive() {
        return alive;
    }

    @Override
    public synchronized HttpResult exchange(HttpCall call) {
        calls.merge(call.operation(), 1, Integer::sum);
        String path = call.uri().getPath();
        String argument = path.substring(path.lastIndexOf('/') + 1);
        return switch (call.operation()) {
            case "fake.token" -> first();
            case "fake.refresh" -> refresh(Integer.parseInt(argument));
            case "fake.me" -> works(argument) ? answer(200, account) : answer(401, "dead");
            case "fake.revoke" -> revoke(argument);
            case "fake.create" -> create();
            case "fake.status" -> answer(200, status(argument));
            case "fake.commit" -> commit(argument);
            default -> answer(404, "");
        };
    }

    /** A renewal ends the access token before it. */
    private boolean works(String access) {
        return alive && access.equals("access-" + token) && clock.instant().isBefore(issuedAt.plus(life));
    }

    private HttpResult revoke(String access) {
        if (!works(access)) {
            return answer(401, "dead");
        }
        alive = false;
        return answer(200, "revoked");
    }

    private HttpResult refresh(int spent) {
        if (!alive || spent != token || !clock.instant().isBefore(chainEnd)) {
            alive &= !strict; // a replaced token kills the family
            return answer(400, "invalid_grant");
        }
        token++;
        issuedAt = clock.instant();
        return answer(200, grant());
    }

    /** Number, told life and rest of the consent in seconds, account. */
    private String grant() {
        long rest = Duration.between(clock.instant(), chainEnd).toSeconds();
        return token + "," + (told == null ? "" : told.toSeconds()) + "," + rest + "," + account;
    }

    private HttpResult first() {
        issuedAt = clock.instant();
        chainEnd = issuedAt.plus(chain);
        return answer(200, grant());
    }

    private HttpResult create() {
        String id = "c" + (containers.size() + 1);
        containers.put(id, clock.instant());
        return answer(200, id);
    }

    private String status(String id) {
        if (posts.containsKey(id)) {
            return "PUBLISHED";
        }
        Instant made = containers.get(id);
        boolean over = made == null || !clock.instant().isBefore(made.plus(LIFE));
        return over ? "EXPIRED" : "FINISHED";
    }

    private HttpResult commit(String id) {
        if (status(id).equals("EXPIRED")) {
            return answer(400, "expired");
        }
        posts.merge(id, 1, Integer::sum);
        return answer(200, "post-" + id + "-" + posts.get(id));
    }

    /** Posts that exist, repeated ones counted. */
    public synchronized int posts() {
        return posts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Requests of an operation. */
    public synchronized int calls(String operation) {
        return calls.getOrDefault(operation, 0);
    }

    /** The person removes the app. */
    public synchronized void removeApp() {
        alive = false;
    }

    private static HttpResult answer(int status, String text) {
        return new HttpResult.Answered(status, Map.of(), text.getBytes(StandardCharsets.UTF_8));
    }
}
