package io.linkspan.testkit.tiktok;

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
final class TikTokGrants {

    private final InstantSource clock;
    private final Ids ids;
    private final TikTokRules rules;
    private final Map<String, Code> codes = new LinkedHashMap<>();
    private final List<Grant> grants = new ArrayList<>();
    private final Map<String, Token> tokens = new LinkedHashMap<>();

    TikTokGrants(InstantSource clock, Ids ids, TikTokRules rules) {
        this.clock = clock;
        this.ids = ids;
        this.rules = rules;
    }

    record Code(
            TikTokAccount account,
            Set<String> scopes,
            String redirectUri,
            @Nullable String challenge,
            Instant end) {}

    record Pair(Token access, Token refresh) {}

    static final class Grant {
        final int number;
        final TikTokAccount account;
        final Set<String> scopes;
        final Instant at;
        Instant chainEnd;
        String ended = "";

        Grant(int number, TikTokAccount account, Set<String> scopes, Instant at, Instant chainEnd) {
            this.number = number;
            this.account = account;
            this.scopes = new TreeSet<>(scopes);
            this.at = at;
            this.chainEnd = chainEnd;
        }
    }

    static final class Token {
        final String value;
        final String kind;
        final Grant grant;
        final Instant issued;
        final Instant expires;
        String state = "live";

        Token(String value, String kind, Grant grant, Instant issued, Instant expires) {
            this.value = value;
            this.kind = kind;
            this.grant = grant;
            this.issued = issued;
            this.expires = expires;
        }
    }

    synchronized String code(
            TikTokAccount account, Set<String> scopes, String redirectUri, @Nullable String challenge) {
        String value = ids.secret("", "*v!" + ids.digits() + ".s1");
        Instant end = clock.instant().plus(rules.codeLife);
        codes.put(value, new Code(account, Set.copyOf(scopes), redirectUri, challenge, end));
        return value;
    }

    /** Takes a code out, so that it works once; null when unknown, used or too old. */
    synchronized @Nullable Code takeCode(String value) {
        Code code = codes.remove(value);
        return code == null || !clock.instant().isBefore(code.end) ? null : code;
    }

    synchronized Pair open(TikTokAccount account, Set<String> scopes) {
        Instant now = clock.instant();
        Grant grant = new Grant(grants.size() + 1, account, scopes, now, now.plus(rules.refreshTokenLife));
        grants.add(grant);
        return issue(grant);
    }

    /** Spends a refresh token; null when that fails, with whatever harm the rules say. */
    synchronized @Nullable Pair refresh(String value) {
        Token spent = tokens.get(value);
        if (spent == null || !spent.kind.equals("refresh")) {
            return null;
        }
        if (spent.state.equals("replaced") && rules.strictRotation) {
            end(spent.grant, "replaced refresh token was spent");
            return null;
        }
        if (!spent.state.equals("live") || !clock.instant().isBefore(spent.expires)) {
            return null;
        }
        for (Token other : tokens.values()) {
            boolean replaced = other.kind.equals("refresh") || rules.refreshKillsAccessToken;
            if (other.grant == spent.grant && other.state.equals("live") && replaced) {
                other.state = "replaced";
            }
        }
        if (rules.refreshExtendsChain) {
            spent.grant.chainEnd = clock.instant().plus(rules.refreshTokenLife);
        }
        return issue(spent.grant);
    }

    private Pair issue(Grant grant) {
        Instant now = clock.instant();
        String tail = "!" + ids.digits() + ".s1";
        Token access = new Token(ids.secret("act.", tail), "access", grant, now, now.plus(rules.accessTokenLife));
        Token refresh = new Token(ids.secret("rft.", tail), "refresh", grant, now, grant.chainEnd);
        tokens.put(access.value, access);
        tokens.put(refresh.value, refresh);
        return new Pair(access, refresh);
    }

    /** A working access token, or null. */
    synchronized @Nullable Token access(String value) {
        Token token = tokens.get(value);
        return token != null
                        && token.kind.equals("access")
                        && token.state.equals("live")
                        && clock.instant().isBefore(token.expires)
                ? token
                : null;
    }

    synchronized boolean hasScope(Token token, String scope) {
        return token.grant.scopes.contains(scope);
    }

    synchronized boolean alive(TikTokAccount account) {
        return grants.stream().anyMatch(grant -> grant.account == account && grant.ended.isEmpty());
    }

    synchronized void end(TikTokAccount account, String why) {
        grants.stream().filter(grant -> grant.account == account).forEach(grant -> end(grant, why));
    }

    private void end(Grant grant, String why) {
        if (grant.ended.isEmpty()) {
            grant.ended = why;
            tokens.values().stream()
                    .filter(token -> token.grant == grant && token.state.equals("live"))
                    .forEach(token -> token.state = why);
        }
    }

    synchronized void withdraw(TikTokAccount account, String scope) {
        grants.stream().filter(grant -> grant.account == account).forEach(grant -> grant.scopes.remove(scope));
    }

    synchronized void killAccessTokens(TikTokAccount account) {
        tokens.values().stream()
                .filter(token ->
                        token.grant.account == account && token.kind.equals("access") && token.state.equals("live"))
                .forEach(token -> token.state = "invalidated");
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
                        token.kind,
                        Digests.fingerprint(token.value),
                        token.issued,
                        token.expires,
                        token.state))
                .toList();
    }
}
