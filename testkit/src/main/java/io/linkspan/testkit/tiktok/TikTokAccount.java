package io.linkspan.testkit.tiktok;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A person's account on a simulated TikTok. Its settings may change at any time, from any thread.
 *
 * <p>At first the account is public, allows comments, duets and stitches, and may post videos of up to 10 minutes.
 */
public final class TikTokAccount {

    private final String handle;
    private final String openId;
    private final String unionId;
    private volatile String username;
    private volatile String displayName;
    private volatile String bio = "";
    private volatile boolean isPrivate;
    private volatile boolean commentDisabled;
    private volatile boolean duetDisabled;
    private volatile boolean stitchDisabled;
    private volatile boolean banned;
    private volatile Duration maxDuration = Duration.ofMinutes(10);
    private volatile int postsPerDay = 15;
    private volatile Set<String> denied = Set.of();
    private volatile boolean oldApp;

    TikTokAccount(String handle, String openId, String unionId) {
        this.handle = handle;
        this.username = handle;
        this.openId = openId;
        this.unionId = unionId;
        this.displayName = handle;
    }

    /** {@return the @handle, without the sign} */
    public String handle() {
        return handle;
    }

    /** {@return the id of this person in the simulated app; starts with a minus sign} */
    public String openId() {
        return openId;
    }

    /** {@return the id of this person across the apps of one developer} */
    public String unionId() {
        return unionId;
    }

    /**
     * The person changes the handle: reads show the new one, {@link #handle()} stays the name used here.
     *
     * @param name without the sign
     * @return this account
     */
    public TikTokAccount renamed(String name) {
        username = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * Sets the display name.
     *
     * @param name the name; default is the handle
     * @return this account
     */
    public TikTokAccount displayName(String name) {
        displayName = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * Sets what the bio says; read with {@code user.info.profile} only. The icon of another platform beside it is in no
     * field, as on TikTok.
     *
     * @param text default empty
     * @return this account
     */
    public TikTokAccount bio(String text) {
        bio = Objects.requireNonNull(text, "text");
        return this;
    }

    /**
     * Makes the account private or public.
     *
     * @param value default {@code false}
     * @return this account
     */
    public TikTokAccount privateAccount(boolean value) {
        isPrivate = value;
        return this;
    }

    /**
     * Switches comments off for everybody.
     *
     * @param value default {@code false}
     * @return this account
     */
    public TikTokAccount commentDisabled(boolean value) {
        commentDisabled = value;
        return this;
    }

    /**
     * Switches duets off; a private account has none anyway.
     *
     * @param value default {@code false}
     * @return this account
     */
    public TikTokAccount duetDisabled(boolean value) {
        duetDisabled = value;
        return this;
    }

    /**
     * Switches stitches off; a private account has none anyway.
     *
     * @param value default {@code false}
     * @return this account
     */
    public TikTokAccount stitchDisabled(boolean value) {
        stitchDisabled = value;
        return this;
    }

    /**
     * Bars the person from posting: {@code spam_risk_user_banned_from_posting}.
     *
     * @param value default {@code false}
     * @return this account
     */
    public TikTokAccount bannedFromPosting(boolean value) {
        banned = value;
        return this;
    }

    /**
     * Sets the longest video this creator may post.
     *
     * @param limit whole seconds; default 10 minutes
     * @return this account
     */
    public TikTokAccount maxVideoDuration(Duration limit) {
        maxDuration = Objects.requireNonNull(limit, "limit");
        return this;
    }

    /**
     * Sets how many direct posts fit into 24 hours before {@code spam_risk_too_many_posts}.
     *
     * @param limit default 15
     * @return this account
     */
    public TikTokAccount postsPerDay(int limit) {
        postsPerDay = limit;
        return this;
    }

    /**
     * Sets the scopes this person refuses when asked; {@code user.info.basic} cannot be refused.
     *
     * @param scopes default none
     * @return this account
     */
    public TikTokAccount denies(String... scopes) {
        denied = Set.of(scopes);
        return this;
    }

    /**
     * Gives the person a TikTok app older than 31.8: photo drafts are refused with {@code app_version_check_failed}.
     *
     * @param value default {@code false}
     * @return this account
     */
    public TikTokAccount oldApp(boolean value) {
        oldApp = value;
        return this;
    }

    boolean hasOldApp() {
        return oldApp;
    }

    String bio() {
        return bio;
    }

    String username() {
        return username;
    }

    String displayName() {
        return displayName;
    }

    boolean isPrivate() {
        return isPrivate;
    }

    boolean commentDisabled() {
        return commentDisabled;
    }

    boolean duetDisabled() {
        return duetDisabled || isPrivate;
    }

    boolean stitchDisabled() {
        return stitchDisabled || isPrivate;
    }

    boolean banned() {
        return banned;
    }

    Duration maxDuration() {
        return maxDuration;
    }

    int postsPerDay() {
        return postsPerDay;
    }

    Set<String> denied() {
        return denied;
    }

    List<String> privacyOptions() {
        return List.of(isPrivate ? "FOLLOWER_OF_CREATOR" : "PUBLIC_TO_EVERYONE", "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY");
    }
}
