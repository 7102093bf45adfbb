package io.linkspan.internal;

import io.linkspan.connection.Capability;
import io.linkspan.connection.Login;
import io.linkspan.spi.AuthorizationRequest;
import io.linkspan.spi.Flow;
import io.linkspan.spi.Grant;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.OAuthAdapter;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.RenewalModel;
import io.linkspan.spi.Secret;
import io.linkspan.spi.TokenPair;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks every token answer: bearer type, tokens of at most 8 KiB printable characters, believable lives. What an adapter
 * throws while it reads an answer is an unclear answer.
 */
final class CheckedOAuth implements OAuthAdapter {
    private static final Logger log = LoggerFactory.getLogger(CheckedOAuth.class);
    private static final int MOST_TOKEN_BYTES = 8 * 1024;
    /** Longer lives are taken as not told; no token lives ten years. */
    private static final Duration LONGEST_LIFE = Duration.ofDays(3650);

    private final OAuthAdapter inner;

    CheckedOAuth(OAuthAdapter inner) {
        this.inner = inner;
    }

    @Override
    public URI redirectUri() {
        return inner.redirectUri();
    }

    @Override
    public Set<String> scopes(Set<Capability> wanted) {
        return inner.scopes(wanted);
    }

    @Override
    public Set<Capability> granted(Set<String> scopes) {
        return inner.granted(scopes);
    }

    @Override
    public URI authorizationUri(AuthorizationRequest request) {
        return inner.authorizationUri(request);
    }

    @Override
    public boolean usesPkce() {
        return inner.usesPkce();
    }

    @Override
    public Flow<Grant> exchange(String code, @Nullable Secret verifier) {
        return checked(inner.exchange(code, verifier));
    }

    @Override
    public Flow<Grant> renew(TokenPair tokens) {
        return checked(inner.renew(tokens));
    }

    @Override
    public Flow<Grant> resume(String operation, HttpResult.Answered answer) {
        return safely(operation, () -> checked(inner.resume(operation, answer)));
    }

    @Override
    public Optional<Grant> issued(String operation, HttpResult.Answered answer) {
        try {
            return inner.issued(operation, answer);
        } catch (RuntimeException e) {
            return Optional.empty(); // an answer that cannot be read names no tokens
        }
    }

    @Override
    public RenewalModel renewal() {
        return inner.renewal();
    }

    @Override
    public Optional<String> issuer() {
        return inner.issuer();
    }

    @Override
    public Optional<PlatformError> callbackError(String code, String description) {
        return inner.callbackError(code, description);
    }

    @Override
    public OAuthAdapter via(Login login) {
        return new CheckedOAuth(inner.via(login));
    }

    private Flow<Grant> checked(Flow<Grant> flow) {
        if (flow instanceof Flow.Finished<Grant> end) {
            return Flow.finished(judged(end.outcome()));
        }
        Flow.Call<Grant> call = (Flow.Call<Grant>) flow;
        return new Flow.Call<>(
                call.call(),
                result -> safely(
                        call.call().operation(), () -> checked(call.next().apply(result))));
    }

    private static Flow<Grant> safely(String operation, Supplier<Flow<Grant>> read) {
        try {
            return read.get();
        } catch (RuntimeException e) {
            // the text of the exception may hold parts of the answer
            log.warn("the adapter could not read an answer operation={} failure={}", operation, e.getClass());
            return Flow.finished(new Outcome.Unclear<>(operation + " was answered with something unreadable", null));
        }
    }

    private Outcome<Grant> judged(Outcome<Grant> outcome) {
        if (!(outcome instanceof Outcome.Done<Grant> done)) {
            return outcome;
        }
        Grant grant = done.value();
        Secret refresh = grant.tokens().refresh();
        String problem = grant.tokenType() != null && !grant.tokenType().equalsIgnoreCase("bearer")
                ? "a token type other than bearer"
                : !clean(grant.tokens().access())
                        ? "an access token longer than 8 KiB or with characters that are not printable"
                        : refresh != null && !clean(refresh)
                                ? "a refresh token longer than 8 KiB or with characters that are not printable"
                                : "";
        if (!problem.isEmpty()) {
            return new Outcome.Unclear<>("the token answer holds " + problem, null);
        }
        return Outcome.done(new Grant(
                grant.tokens(),
                believable(grant.accessLife()),
                believable(grant.refreshLife()),
                grant.scopes(),
                grant.accountId(),
                grant.tokenType()));
    }

    private static @Nullable Duration believable(@Nullable Duration life) {
        boolean sane = life != null && !life.isNegative() && !life.isZero() && life.compareTo(LONGEST_LIFE) <= 0;
        return sane ? life : null;
    }

    /** Whether a token is fit for a header. */
    static boolean clean(Secret token) {
        byte[] bytes = token.reveal().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MOST_TOKEN_BYTES) {
            return false;
        }
        for (byte b : bytes) {
            if (b <= 0x20 || b >= 0x7f) {
                return false;
            }
        }
        return true;
    }
}
