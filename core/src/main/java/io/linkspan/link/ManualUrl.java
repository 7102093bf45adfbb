package io.linkspan.link;

import io.linkspan.Platform;
import java.net.URI;
import java.util.List;
import java.util.Objects;

/**
 * An address ready to paste, for where no app can put it.
 *
 * @param profile the platform whose profile it goes on
 * @param shows the platform it leads to
 * @param url the address
 * @param steps what the person does, with the present menu path
 */
public record ManualUrl(Platform profile, Platform shows, URI url, List<String> steps) {
    /**
     * Copies the list.
     *
     * @param profile the platform whose profile it goes on
     * @param shows the platform it leads to
     * @param url the address
     * @param steps what the person does, with the present menu path
     */
    public ManualUrl {
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(shows, "shows");
        Objects.requireNonNull(url, "url");
        steps = List.copyOf(steps);
    }
}
