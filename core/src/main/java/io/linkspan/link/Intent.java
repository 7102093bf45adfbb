package io.linkspan.link;

import io.linkspan.connection.Capability;
import java.util.EnumSet;
import java.util.Set;

/** What two accounts are joined for. Scopes asked of the platform follow from it. */
public enum Intent {
    /** Visibility: the profiles point at each other. */
    PROFILE,
    /** Publishing to both. */
    CROSS_POSTING,
    /** Visibility and publishing. */
    BOTH,
    /** Drafts for the person's inbox, on platforms that have one; nothing is posted without the person. */
    DRAFTS,
    /** Publishing to both, and drafts for the person's inbox on platforms that have one. */
    CROSS_POSTING_AND_DRAFTS;

    /**
     * The capabilities the intent needs.
     *
     * @return a new set
     */
    public Set<Capability> capabilities() {
        EnumSet<Capability> needed = EnumSet.of(Capability.READ_PROFILE);
        if (visible()) {
            needed.add(Capability.PROFILE_LINK);
        }
        if (this != PROFILE && this != DRAFTS) {
            needed.add(Capability.PUBLISH_VIDEO);
            needed.add(Capability.PUBLISH_PHOTO);
        }
        if (this == DRAFTS || this == CROSS_POSTING_AND_DRAFTS) {
            needed.add(Capability.DELIVER_DRAFT);
        }
        return needed;
    }

    /**
     * Whether a link visible on the profiles is part of it.
     *
     * @return true for {@link #PROFILE} and {@link #BOTH}
     */
    public boolean visible() {
        return this == PROFILE || this == BOTH;
    }
}
