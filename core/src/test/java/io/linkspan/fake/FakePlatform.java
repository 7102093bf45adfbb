package io.linkspan.fake;

import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.HttpTransport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

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
    private int refreshToken = 1;
    private boolean keepsRefreshToken;
    private boolean revokeLies;
    private boolean alive = true;
    private boolean strict = true;
    private Instant issuedAt;
    private Duration told = ACCESS_LIFE;
    private Duration life = ACCESS_LIFE;
    private Duration chain = Duration.ofDays(180);
    private Instant chainEnd;
    private String account = "account-1";

    private final Map<String, Integer> drafts = new HashMap<>();
    private final Map<String, String> others = new HashMap<>();
    private String next;
    private final Set<String> working = new HashSet<>();
    private final Set<String> dead = new HashSet<>();
    private final Map<String, String> refusals = new HashMap<>();
    private final Map<String, Runnable> during = new HashMap<>();
    private FakeMediaHost media = new FakeMediaHost();

    /** The next consent is of another account, whose tokens live for ten days. */
    public synchronized void consentsAs(String other) {
        next = other;
    }

    /** Pulls from another media host. */
    public synchronized void pullsFrom(FakeMediaHost host) {
        media = host;
    }

    /** Refuses an operation with a code from now on; null ends it. */
    public synchronized void refuses(String operation, String code) {
        refusals.put(operation, code);
    }

    /** Something happens while the next request of an operation is under way, after it had its effect. */
    public synchronized void during(String operation, Runnable event) {
        during.put(operation, event);
    }

    /** What is being worked on becomes posts. */
    public synchronized void finish() {
        working.forEach(id -> posts.merge(id, 1, Integer::sum));
        working.clear();
    }

    /** What is being worked on never becomes a post. */
    public synchronized void fail() {
        dead.addAll(working);
        working.clear();
    }

    /** The person posts all drafts. */
    public synchronized void personPosts() {
        drafts.keySet().forEach(id -> posts.put(id, 1));
    }

    /** Drafts that exist, repeated ones counted. */
    public synchronized int drafts() {
        return drafts.values().stream().mapToInt(Integer::intValue).sum();
    }

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
    public HttpResult exchange(HttpCall call) {
        HttpResult answer = answered(call);
        Runnable event = during.remove(call.operation());
        if (event != null) {
            event.run();
        }
        return answer;
    }

    private synchronized HttpResult answered(HttpCall call) {
        calls.merge(call.operation(), 1, Integer::sum);
        if (call.operation().startsWith("linkspan.media")) {
            return media.answer(call);
        }
        String refusal = refusals.get(call.operation());
        if (refusal != null) {
            return answer(400, refusal);
        }
        String path = call.uri().getPath();
        String argument = path.substring(path.lastIndexOf('/') + 1);
        return switch (call.operation()) {
            case "fake.token" -> first();
            case "fake.refresh" -> refresh(Integer.parseInt(argument));
            case "fake.me" ->
                others.containsKey(argument)
                        ? answer(200, others.get(argument))
                        : works(argument) ? answer(200, account) : answer(401, "dead");
            case "fake.revoke" -> revoke(argument);
            case "fake.create" -> create();
            case "fake.status" -> answer(200, status(argument));
            case "fake.commit" -> commit(argument);
            case "fake.draft" -> draft(argument);
            case "fake.slow" -> slow(argument);
            case "fake.init" -> pull(argument);
            case "fake.cancel" -> stop(argument);
            case "fake.look" -> answer(200, "ok");
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
        alive = revokeLies;
        return answer(200, "revoked");
    }

    /** A revocation is answered with success and ends nothing. */
    public synchronized void revokeLies() {
        revokeLies = true;
    }

    private HttpResult refresh(int spent) {
        if (!alive || spent != refreshToken || !clock.instant().isBefore(chainEnd)) {
            alive &= !strict; // a replaced token kills the family
            return answer(400, "invalid_grant");
        }
        token++;
        refreshToken = keepsRefreshToken ? refreshToken : token;
        issuedAt = clock.instant();
        return answer(200, grant());
    }

    /** Renewals bring no refresh token from now on, and the old one stays good. */
    public synchronized void keepsRefreshToken() {
        keepsRefreshToken = true;
    }

    /** Number, told life and rest of the consent in seconds, account, and whether a refresh token comes with it. */
    private String grant() {
        long rest = Duration.between(clock.instant(), chainEnd).toSeconds();
        return token + "," + (told == null ? "" : told.toSeconds()) + "," + rest + "," + account + ","
                + (keepsRefreshToken && token > refreshToken ? "none" : "");
    }

    private HttpResult first() {
        String other = next;
        if (other != null) {
            int number = 1000 + others.size();
            others.put("access-" + number, other);
            next = null;
            return answer(200, number + ",864000,864000," + other);
        }
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
        if (dead.contains(id)) {
            return "EXPIRED";
        }
        if (working.contains(id)) {
            return "WORKING";
        }
        if (drafts.containsKey(id)) {
            return "INBOX";
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

    private HttpResult draft(String id) {
        if (status(id).equals("EXPIRED")) {
            return answer(400, "expired");
        }
        drafts.merge(id, 1, Integer::sum);
        return answer(200, id);
    }

    private HttpResult slow(String id) {
        working.add(id);
        return answer(200, id);
    }

    /** Each request is a new post, as long as the media can be fetched. */
    private HttpResult pull(String address) {
        String id = "p" + (containers.size() + 1);
        containers.put(id, clock.instant());
        if (media.fetch(address)) {
            posts.merge(id, 1, Integer::sum);
        } else {
            dead.add(id);
        }
        return answer(200, id);
    }

    private HttpResult stop(String id) {
        boolean stopped = working.remove(id);
        if (stopped) {
            dead.add(id);
        }
        return stopped ? answer(200, "stopped") : answer(400, "late");
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
