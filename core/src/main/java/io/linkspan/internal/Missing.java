package io.linkspan.internal;

import io.linkspan.NotFoundException;
import io.linkspan.NotFoundException.Kind;
import io.linkspan.Platform;
import io.linkspan.connection.ConnectionId;
import io.linkspan.link.AccountLinkId;
import io.linkspan.publish.PublicationId;
import java.util.Collection;
import java.util.TreeSet;

/** The sentences for what does not exist. They are the same for what belongs to another owner. */
public final class Missing {
    private Missing() {}

    /** A connection. */
    public static NotFoundException connection(ConnectionId id) {
        return new NotFoundException(
                Kind.CONNECTION, id.value(), "no connection " + id + " of this owner; list(owner) shows theirs");
    }

    /** An account link. */
    public static NotFoundException link(AccountLinkId id) {
        return new NotFoundException(
                Kind.ACCOUNT_LINK,
                id.value(),
                "no account link " + id
                        + " of this owner; link(...) joins two connections, and an unlinked one is over");
    }

    /** A publication. */
    public static NotFoundException publication(PublicationId id) {
        return new NotFoundException(
                Kind.PUBLICATION,
                id.value(),
                "no publication " + id + " of this owner; use the id that submit(...) returned for this owner");
    }

    /** A job. */
    public static NotFoundException job(String id, PublicationId publication) {
        return new NotFoundException(
                Kind.JOB, id, "no job " + id + " in publication " + publication + "; its jobs() list their ids");
    }

    /** A platform. */
    public static NotFoundException platform(Platform platform, Collection<Platform> configured) {
        return new NotFoundException(
                Kind.PLATFORM,
                platform.name(),
                "no adapter for platform " + platform + "; configured are "
                        + new TreeSet<>(configured.stream().map(Platform::name).toList())
                        + ": add one with Linkspan.builder().platform(...)");
    }
}
