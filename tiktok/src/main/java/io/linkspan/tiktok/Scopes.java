package io.linkspan.tiktok;

import io.linkspan.connection.Capability;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Scope names and what they allow.
 *
 * <p>Source: {@code developers.tiktok.com/docs/en/tiktok-api-scopes}, read 2026-11-30.
 */
final class Scopes {
    static final String BASIC = "user.info.basic";
    /** Part of the Display API, which is reported as closed to new apps; an app without it that asks loses the whole consent. */
    static final String PROFILE = "user.info.profile";

    static final String PUBLISH = "video.publish";
    static final String UPLOAD = "video.upload";

    private Scopes() {}

    /**
     * The least scopes; {@code user.info.basic} always, because TikTok adds it and identity needs it.
     *
     * @param displayApi whether the app has the Display API
     */
    static Set<String> of(Set<Capability> wanted, boolean displayApi) {
        Set<String> scopes = new TreeSet<>();
        scopes.add(BASIC);
        if (displayApi && wanted.contains(Capability.PROFILE_LINK)) {
            scopes.add(PROFILE);
        }
        if (wanted.contains(Capability.PUBLISH_VIDEO) || wanted.contains(Capability.PUBLISH_PHOTO)) {
            scopes.add(PUBLISH);
        }
        if (wanted.contains(Capability.DELIVER_DRAFT)) {
            scopes.add(UPLOAD);
        }
        return Collections.unmodifiableSet(scopes);
    }

    static Set<Capability> allow(Set<String> scopes) {
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        if (scopes.contains(BASIC)) {
            capabilities.add(Capability.READ_PROFILE);
        }
        if (scopes.contains(PROFILE)) {
            capabilities.add(Capability.PROFILE_LINK);
        }
        if (scopes.contains(PUBLISH)) {
            capabilities.add(Capability.PUBLISH_VIDEO);
            capabilities.add(Capability.PUBLISH_PHOTO);
        }
        if (scopes.contains(UPLOAD)) {
            capabilities.add(Capability.DELIVER_DRAFT);
        }
        return Collections.unmodifiableSet(capabilities);
    }

    /** Reads TikTok's comma-separated list; order and blanks mean nothing. */
    static Set<String> parse(String list) {
        Set<String> scopes = new TreeSet<>();
        Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .forEach(scopes::add);
        return scopes;
    }
}
