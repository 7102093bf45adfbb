package io.linkspan.testkit.instagram;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A person's account on a simulated Instagram. Its settings may change at any time, from any thread.
 *
 * <p>At first it is a business account in good standing.
 */
public final class InstagramAccount {

    private final String handle;
    private final String userId;
    private final String scopedId;
    private volatile String username;
    private volatile String displayName = "";
    private volatile boolean personal;
    private volatile boolean creator;
    private volatile boolean checkpointed;
    private volatile int quotaUsed;
    private volatile Set<String> denied = Set.of();
    private volatile boolean restricted;
    private volatile boolean trialEligible = true;
    private final AtomicInteger trialsLeft = new AtomicInteger(Integer.MAX_VALUE);

    InstagramAccount(String handle, String userId, String scopedId) {
        this.handle = handle;
        this.username = handle;
        this.userId = userId;
        this.scopedId = scopedId;
    }

    /** {@return the handle, without the sign} */
    public String handle() {
        return handle;
    }

    /** {@return the id of the professional account, {@code user_id} of {@code /me}} */
    public String userId() {
        return userId;
    }

    /** {@return the app-scoped id, {@code id} of {@code /me}} */
    public String scopedId() {
        return scopedId;
    }

    /**
     * The person changes the handle: reads show the new one, {@link #handle()} stays the name used here.
     *
     * @param name without the sign
     * @return this account
     */
    public InstagramAccount renamed(String name) {
        username = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * Sets the display name.
     *
     * @param name default empty, as is common
     * @return this account
     */
    public InstagramAccount displayName(String name) {
        displayName = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * Makes the account personal: it cannot sign in to any app, and the browser never comes back.
     *
     * @param value default {@code false}
     * @return this account
     */
    public InstagramAccount personal(boolean value) {
        personal = value;
        return this;
    }

    /**
     * Makes the account a creator account instead of a business account.
     *
     * @param value default {@code false}
     * @return this account
     */
    public InstagramAccount creator(boolean value) {
        creator = value;
        return this;
    }

    /**
     * Puts the account into human verification: calls answer 190 with subcode 0, and work again afterwards.
     *
     * @param value default {@code false}
     * @return this account
     */
    public InstagramAccount checkpointed(boolean value) {
        checkpointed = value;
        return this;
    }

    /**
     * Counts posts made elsewhere towards the publishing quota.
     *
     * @param posts default 0
     * @return this account
     */
    public InstagramAccount quotaUsed(int posts) {
        quotaUsed = posts;
        return this;
    }

    /**
     * Sets the permissions this person refuses when asked; {@code instagram_business_basic} cannot be refused.
     *
     * @param scopes default none
     * @return this account
     */
    public InstagramAccount denies(String... scopes) {
        denied = Set.of(scopes);
        return this;
    }

    /**
     * Restricts the account: containers and publishing are refused with 25/2207050 until the person acts.
     *
     * @param value default {@code false}
     * @return this account
     */
    public InstagramAccount restricted(boolean value) {
        restricted = value;
        return this;
    }

    /**
     * Whether the account may make trial reels; otherwise they are refused with subcode 2207081.
     *
     * @param value default {@code true}
     * @return this account
     */
    public InstagramAccount trialEligible(boolean value) {
        trialEligible = value;
        return this;
    }

    /**
     * Sets how many more containers of trial reels may be made before subcode 2207078.
     *
     * @param left default without limit
     * @return this account
     */
    public InstagramAccount trialReels(int left) {
        trialsLeft.set(left);
        return this;
    }

    boolean isRestricted() {
        return restricted;
    }

    boolean trialEligible() {
        return trialEligible;
    }

    int trialsLeft() {
        return trialsLeft.get();
    }

    void trialUsed() {
        trialsLeft.decrementAndGet();
    }

    String username() {
        return username;
    }

    String displayName() {
        return displayName;
    }

    boolean isPersonal() {
        return personal;
    }

    String accountType() {
        if (personal) {
            return "PERSONAL";
        }
        return creator ? "MEDIA_CREATOR" : "BUSINESS";
    }

    boolean isCheckpointed() {
        return checkpointed;
    }

    int quotaUsed() {
        return quotaUsed;
    }

    Set<String> denied() {
        return denied;
    }
}
