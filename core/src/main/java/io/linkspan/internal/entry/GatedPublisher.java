package io.linkspan.internal.entry;

import io.linkspan.Owner;
import io.linkspan.publish.Decision;
import io.linkspan.publish.Post;
import io.linkspan.publish.Preview;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublicationId;
import io.linkspan.publish.Publisher;
import java.util.Optional;

/** {@link Publisher} behind the gate. */
public final class GatedPublisher implements Publisher {
    private final Publisher inner;
    private final Gate gate;

    /** Over the one that does it. */
    public GatedPublisher(Publisher inner, Gate gate) {
        this.inner = inner;
        this.gate = gate;
    }

    @Override
    public Preview preview(Owner owner, Post post) {
        return gate.reach(() -> inner.preview(owner, post));
    }

    @Override
    public Publication submit(Owner owner, String idempotencyKey, Post post) {
        return gate.reach(() -> inner.submit(owner, idempotencyKey, post));
    }

    @Override
    public Optional<Publication> find(Owner owner, PublicationId id) {
        return gate.call(() -> inner.find(owner, id));
    }

    @Override
    public Publication cancel(Owner owner, PublicationId id, String reason) {
        return gate.call(() -> inner.cancel(owner, id, reason));
    }

    @Override
    public Publication decide(Owner owner, PublicationId id, String jobId, Decision decision, String actor) {
        return gate.call(() -> inner.decide(owner, id, jobId, decision, actor));
    }

    @Override
    public Publication decide(
            Owner owner, PublicationId id, String jobId, Decision decision, String postId, String actor) {
        return gate.call(() -> inner.decide(owner, id, jobId, decision, postId, actor));
    }
}
