package io.linkspan.testkit.instagram;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A person on a simulated Facebook, with their Pages. Settings may change at any time, from any thread. */
public final class FacebookPerson {
    private final String name;
    private final String id;
    private final List<FacebookPage> pages = new CopyOnWriteArrayList<>();
    private volatile Set<String> denied = Set.of();

    FacebookPerson(String name, String id) {
        this.name = name;
        this.id = id;
    }

    /** {@return the name, as the login dialog shows it} */
    public String name() {
        return name;
    }

    /** {@return the app-scoped id} */
    public String id() {
        return id;
    }

    /**
     * Gives the person a role on a Page.
     *
     * @param page the Page
     * @return this
     */
    public FacebookPerson on(FacebookPage page) {
        pages.add(Objects.requireNonNull(page, "page"));
        return this;
    }

    /**
     * Sets the permissions this person refuses.
     *
     * @param scopes the permissions
     * @return this
     */
    public FacebookPerson denies(String... scopes) {
        denied = Set.of(scopes);
        return this;
    }

    List<FacebookPage> pages() {
        return pages;
    }

    Set<String> denied() {
        return denied;
    }
}
