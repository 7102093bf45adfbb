package io.linkspan.internal;

import io.linkspan.preflight.RulePacks;

/**
 * What hosts choose about publishing.
 *
 * @param rules the rules media are judged by
 * @param pullCheck whether the media host is looked at before a platform pulls from it
 * @param resendSameHandle whether a handle is assumed to post once at most, so that one seen unused may be committed again
 */
public record PublishSettings(RulePacks rules, boolean pullCheck, boolean resendSameHandle) {
    /** The rules of this release, a look at the media host, and no assumption about handles. */
    public static final PublishSettings DEFAULTS = new PublishSettings(RulePacks.builtIn(), true, false);
}
