package io.linkspan.testkit.instagram;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Page on a simulated Facebook. Settings may change at any time, from any thread. */
public final class FacebookPage {
    private final String id;
    private final String name;
    private volatile @Nullable InstagramAccount account;
    private volatile List<String> tasks = List.of("ANALYZE", "ADVERTISE", "MODERATE", "CREATE_CONTENT", "MANAGE");
    private volatile boolean listed = true;
    private volatile boolean readable = true;

    FacebookPage(String id, String name, @Nullable InstagramAccount account) {
        this.id = id;
        this.name = name;
        this.account = account;
    }

    /** {@return the Page's id} */
    public String id() {
        return id;
    }

    /** {@return the Page's name} */
    public String name() {
        return name;
    }

    /**
     * Links a professional account, or none.
     *
     * @param linked the account, or null
     * @return this
     */
    public FacebookPage linkedTo(@Nullable InstagramAccount linked) {
        account = linked;
        return this;
    }

    /**
     * Sets what people with a role may do.
     *
     * @param names task names, as Meta spells them
     * @return this
     */
    public FacebookPage tasks(String... names) {
        tasks = List.of(names);
        return this;
    }

    /**
     * Puts the Page into a business portfolio: it is granted, and missing from the list of Pages.
     *
     * @param canBeRead whether it can be read by its id
     * @return this
     */
    public FacebookPage unlisted(boolean canBeRead) {
        listed = false;
        readable = canBeRead;
        return this;
    }

    @Nullable
    InstagramAccount account() {
        return account;
    }

    List<String> tasks() {
        return tasks;
    }

    boolean isListed() {
        return listed;
    }

    boolean isReadable() {
        return readable;
    }
}
