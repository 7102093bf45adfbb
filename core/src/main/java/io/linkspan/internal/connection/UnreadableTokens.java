package io.linkspan.internal.connection;

import io.linkspan.AuthorizationException;
import io.linkspan.UnreadableRecordException;
import io.linkspan.connection.Evidence;
import io.linkspan.connection.Sides;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository.Line;
import io.linkspan.internal.connection.ConnectionRepository.Stored;
import io.linkspan.internal.wire.TokenDoc;
import io.linkspan.internal.wire.TokenPhase;
import java.time.Duration;

/**
 * Tokens whose key is not at hand. The connection asks for a new consent and says why; nothing is erased, and when the key
 * comes back so does the connection.
 */
final class UnreadableTokens {
    private static final String SOURCE = "linkspan.keys";

    private final Kernel kernel;
    private final ConnectionRepository repository;

    UnreadableTokens(Kernel kernel, ConnectionRepository repository) {
        this.kernel = kernel;
        this.repository = repository;
    }

    private static boolean marked(TokenDoc token) {
        return token.phase() == TokenPhase.REAUTH_REQUIRED
                && token.cause() != null
                && token.cause().source().equals(SOURCE);
    }

    /** Notes that the tokens cannot be opened. */
    Stored mark(Stored stored, UnreadableRecordException why) {
        TokenDoc token = stored.doc().token();
        if (stored.doc().sides().local() != Sides.Local.HELD) {
            return stored; // whoever revokes deals with it
        }
        Evidence seen = new Evidence(SOURCE, kernel.now(), "unreadable_tokens", String.valueOf(why.getMessage()));
        TokenDoc next = token.unreadable(seen, kernel.now().plus(Duration.ofHours(1)));
        return (marked(token)
                        ? repository.save(stored, stored.doc().withToken(next))
                        : repository.save(
                                stored,
                                stored.doc().withToken(next),
                                new Line("linkspan", "reauthorization_required", seen.describe())))
                .orElseGet(() -> reread(stored));
    }

    /** The connection, healed if its tokens can be opened again. */
    Stored again(Stored stored) {
        TokenDoc token = stored.doc().token();
        if (!marked(token) || stored.doc().sides().local() != Sides.Local.HELD) {
            return stored;
        }
        try {
            repository.open(stored);
        } catch (UnreadableRecordException e) {
            boolean later = token.retryAt() != null && kernel.now().isBefore(token.retryAt());
            return later ? stored : mark(stored, e);
        }
        return repository
                .save(
                        stored,
                        stored.doc().withToken(token.readable()),
                        new Line("linkspan", "tokens_readable_again", "their key is at hand again"))
                .orElseGet(() -> reread(stored));
    }

    AuthorizationException refusal(Stored stored, UnreadableRecordException why) {
        return new AuthorizationException("connection " + stored.record().id() + " (" + stored.platform() + " "
                + stored.doc().account().shown() + "): its tokens cannot be opened here; " + why.getMessage());
    }

    private Stored reread(Stored stored) {
        return repository.find(stored.record().tenant(), stored.record().id()).orElse(stored);
    }
}
