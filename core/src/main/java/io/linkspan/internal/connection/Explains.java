package io.linkspan.internal.connection;

import io.linkspan.connection.Explanation;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository.Stored;
import io.linkspan.internal.explain.ConnectionExplainer;
import io.linkspan.internal.wire.RevokeDoc;
import io.linkspan.spi.RevocationAdapter;
import java.util.List;

/** Gathers what a support-ready account of a connection needs. */
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

    /** The account at the present moment. */
    public Explanation explain(Stored stored) {
        RevocationAdapter revocation = kernel.adapter(stored.platform()).revocation();
        RevokeDoc revoke = stored.doc().revoke();
        return ConnectionExplainer.explain(
                views.connection(stored),
                new ConnectionExplainer.Background(
                        revocation.removeAppGuidance(),
                        revocation.removeProfileLinkGuidance(),
                        revoke == null ? List.of() : revoke.evidence()),
                repository.history(stored),
                kernel.now());
    }
}
