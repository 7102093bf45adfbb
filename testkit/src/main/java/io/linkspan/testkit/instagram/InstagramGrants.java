package io.linkspan.testkit.instagram;

import io.linkspan.testkit.internal.Digests;
import io.linkspan.testkit.internal.Ids;
import io.linkspan.testkit.sim.Ledger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Codes, grants and tokens. Thread-safe. */
final class InstagramGrants {

    static final int REMOVED = 458;
    static final int PASSWORD_CHANGED = 460;
    static final int EXPIRED = 463;
    static final int LOGGED_OUT = 467;

    private final InstantSource clock;
    private final Ids ids;
    private final InstagramRules rules;
    private final Map<String, Code> codes = new LinkedHashMap<>();
    private final List<Grant> grants = new ArrayList<>();
    private final Map<String, Token> tokens = new LinkedHashMap<>();

    InstagramGrants(InstantSource clock, Ids ids, InstagramRules rules) {
        this.clock = clock;
        this.ids = ids;
        this.rules = rules;
    }

    record Code(InstagramAccount account, Set<String> scopes, String redirectUri, Instant end) {}

    static final class Grant {
        final int number;
        final InstagramAccount account;
        final Set<String> scopes;
        final Instant at;
        String ended = "";

        Grant(int number, InstagramAccount account, Set<String> scopes, Instant at) {
            this.number = number;
            this.account = account;
            this.scopes = new TreeSet<>(scopes);
            this.at = at;
        }
    }

    static final class Token {
        final String value;
        final boolean longLived;
        final Grant grant;
        Instant issued;
        Instant expires;
        int deadSubcode;

        Token(String value, boolean longLived, Grant grant, Instant issued, Instant expires) {
            this.value = value;
            this.longLived = longLived;
            this.grant = grant;
            this.issued = issued;
            this.expires = expires;
        }
    }

    /** What became of a token when it was shown. */
    record Check(@Nullable Token token, int subcode) {}

    synchronized String code(InstagramAccount account, Set<String> scopes, String redirectUri) {
        String value = ids.secret("AQB", "");
        codes.put(
                value,
                new Code(
                        account,
                        Set.copyOf(scopes),
                        redirectUri,
                        clock.instant().plus(rules.codeLife)));
        return value;
    }

    /** Takes a code out, so that it works once; null when unknown, used or too old. */
    synchronized @Nullable Code takeCode(String value) {
        Code code = codes.remove(value);
        return code == null || !clock.instant().isBefore(code.end) ? null : code;
    }

    synchronized Token open(InstagramAccount account, Set<String> scopes, boolean longLived) {
        Grant grant = new Grant(grants.size() + 1, account, scopes, clock.instant());
        grants.add(grant);
        return issue(grant, longLived);
    }

    synchronized Token issue(Grant grant, boolean longLived) {
        Instant now = clock.instant();
        Token token = new Token(
                ids.secret("IGAA", ""),
                longLived,
                grant,
                now,
                now.plus(longLived ? rules.longTokenLife : rules.shortTokenLife));
        tokens.put(token.value, token);
        return token;
    }

    /** A Page's token, which has no end. */
    synchronized Token openPage(InstagramAccount account, Set<String> scopes) {
        Grant grant = new Grant(grants.size() + 1, account, scopes, clock.instant());
        grants.add(grant);
        Token token = new Token(ids.secret("EAAp", ""), true, grant, clock.instant(), Instant.MAX);
        tokens.put(token.value, token);
        return token;
    }

    synchronized void endToken(String value, String why, int subcode) {
        Token token = tokens.get(value);
        if (token != null && token.deadSubcode == 0) {
            token.grant.ended = why;
            token.deadSubcode = subcode;
        }
    }

    /** Extends a long-lived token. */
    synchronized Token refresh(Token token) {
        if (rules.refreshKeepsToken) {
            token.issued = clock.instant();
            token.expires = token.issued.plus(rules.longTokenLife);
            return token;
        }
        if (!rules.oldTokenSurvives) {
            token.deadSubcode = LOGGED_OUT;
        }
        return issue(token.grant, true);
    }

    /** A working token, or why there is none: a subcode of 190, or -1 when the text is no token at all. */
    synchronized Check check(String value) {
        Token token = tokens.get(value);
        if (token == null) {
            return new Check(null, -1);
        }
        if (token.deadSubcode != 0) {
            return new Check(null, token.deadSubcode);
        }
        return clock.instant().isBefore(token.expires) ? new Check(token, 0) : new Check(null, EXPIRED);
    }

    synchronized boolean hasScope(Token token, String scope) {
        return token.grant.scopes.contains(scope);
    }

    synchronized boolean oldEnough(Token token) {
        return !clock.instant().isBefore(token.issued.plus(rules.refreshMinimumAge));
    }

    synchronized boolean alive(InstagramAccount account) {
        return grants.stream().anyMatch(grant -> grant.account == account && grant.ended.isEmpty());
    }

    synchronized void end(InstagramAccount account, String why) {
        grants.stream()
                .filter(grant -> grant.account == account && grant.ended.isEmpty())
                .forEach(grant -> grant.ended = why);
        invalidate(account, REMOVED);
    }

    synchronized void invalidate(InstagramAccount account, int subcode) {
        tokens.values().stream()
                .filter(token -> token.grant.account == account && token.deadSubcode == 0)
                .forEach(token -> token.deadSubcode = subcode);
    }

    synchronized void withdraw(InstagramAccount account, String scope) {
        grants.stream().filter(grant -> grant.account == account).forEach(grant -> grant.scopes.remove(scope));
    }

    synchronized List<Ledger.Grant> grantRecords() {
        return grants.stream()
                .map(grant -> new Ledger.Grant(
                        grant.account.handle(),
                        grant.number,
                        List.copyOf(grant.scopes),
                        grant.at,
                        grant.ended.isEmpty(),
                        grant.ended))
                .toList();
    }

    synchronized List<Ledger.Token> tokenRecords() {
        return tokens.values().stream()
                .map(token -> new Ledger.Token(
                        token.grant.account.handle(),
                        token.grant.number,
                        token.longLived ? "long" : "short",
                        Digests.fingerprint(token.value),
                        token.issued,
                        token.expires,
                        state(token)))
                .toList();
    }

    private static String state(Token token) {
        return switch (token.deadSubcode) {
            case 0 -> "live";
            case LOGGED_OUT -> "replaced";
            default -> "190/" + token.deadSubcode;
        };
    }
}
