package io.linkspan.internal.connection;

import io.linkspan.connection.Explanation;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository.Stored;
import io.linkspan.internal.explain.ConnectionExplainer;
import io.linkspan.internal.explain.ConnectionRule;
import io.linkspan.internal.wire.ConnectionDoc;
import io.linkspan.internal.wire.RemovalDoc;
import io.linkspan.internal.wire.RevokeDoc;
import io.linkspan.internal.wire.TokenDoc;
import io.linkspan.internal.wire.TokenFact;
import io.linkspan.internal.wire.TokenPhase;
import io.linkspan.spi.RenewalModel;
import io.linkspan.spi.RevocationAdapter;
import io.linkspan.spi.TokenEffect;
import java.util.List;

/** Gathers what the explanation of a connection needs. */
public final class Explains {
    private final Kernel kernel;
    private final ConnectionRepository repository;
    private final Views views;

    /** Over its parts. */
    public Explains(Kernel kernel, ConnectionRepository repository, Views views) {
        this.kernel = kernel;
        this.repository = repository;
        this.views = views;
    }

    /** The explanation at the present moment. */
    public Explanation explain(Stored stored) {
        RevocationAdapter revocation = kernel.adapter(stored.platform()).revocation();
        RevokeDoc revoke = stored.doc().revoke();
        return ConnectionExplainer.explain(
                views.connection(stored),
                new ConnectionExplainer.Background(
                        views.platformName(stored.platform()),
                        revocation.removeAppGuidance(),
                        revocation.removeProfileLinkGuidance(),
                        revoke == null ? List.of() : revoke.evidence(),
                        tokens(
                                stored.doc(),
                                kernel.adapter(stored.platform()).oauth().renewal())),
                repository.history(stored),
                kernel.now());
    }

    static ConnectionRule.Tokens tokens(ConnectionDoc doc, RenewalModel renewal) {
        TokenDoc token = doc.token();
        RemovalDoc removal = doc.removal();
        return new ConnectionRule.Tokens(
                token.is(TokenFact.ACCESS_REFUSED),
                token.phase() == TokenPhase.UNCLEAR || token.is(TokenFact.RENEWAL_PENDING),
                token.effect() == TokenEffect.REMOVED_BY_PERSON,
                TokenLife.overdueAt(token, renewal),
                token.cause(),
                removal == null ? null : removal.seen(),
                removal == null ? null : removal.until());
    }
}
