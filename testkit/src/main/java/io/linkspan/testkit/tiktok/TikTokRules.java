package io.linkspan.testkit.tiktok;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * How a simulated TikTok behaves where the real one varies or where nobody knows.
 *
 * <p>The defaults are what the documentation says, and where it says nothing, the nastiest behaviour that is still
 * legal. Every rule may change at any time, from any thread; each method returns this object.
 */
public final class TikTokRules {

    volatile Duration codeLife = Duration.ofMinutes(5);
    volatile Duration accessTokenLife = Duration.ofHours(2);
    volatile Duration refreshTokenLife = Duration.ofDays(180);
    volatile boolean refreshExtendsChain;
    volatile boolean strictRotation = true;
    volatile boolean refreshKillsAccessToken = true;
    volatile int oauthErrorStatus = 200;
    volatile boolean revokeAnswersObject;
    volatile Set<String> appScopes = Set.of(
            "user.info.basic", "user.info.profile", "user.info.stats", "video.list", "video.publish", "video.upload");
    volatile boolean audited = true;
    volatile int publishingUsers = 5;
    volatile boolean rateLimits = true;
    volatile boolean sharedInitLimit = true;
    volatile boolean orphansCount = true;
    volatile int pendingShares = 5;
    volatile Set<String> verifiedPrefixes = Set.of();
    volatile boolean strictChunks;
    volatile boolean acceptResentChunk;
    volatile boolean progressAsIndex;
    volatile Duration uploadLife = Duration.ofHours(1);
    volatile int statusGapReads = 1;
    volatile boolean gapInMessage = true;
    volatile int processingPolls = 1;
    volatile Duration processingTime = Duration.ZERO;
    volatile boolean publicIds = true;
    volatile int publicIdPolls = 1;
    volatile boolean holdPulls;
    volatile boolean documentedSpelling;
    volatile String missingScopeCode = "scope_not_authorized";

    volatile boolean unknownFieldsIgnored;
    volatile boolean brandedPrivateRefused = true;
    volatile boolean coverIndexChecked = true;
    volatile Set<String> verifiedDomains = Set.of();
    volatile Duration statusGap = Duration.ZERO;
    volatile int auditedUsers = Integer.MAX_VALUE;
    volatile Duration pullLife = Duration.ofHours(1);
    volatile int photoWidth = 1080;
    volatile int photoHeight = 1920;
    volatile String oversizedPhotoReason = "picture_size_check_failed";
    volatile Duration videoListLag = Duration.ofSeconds(30);
    volatile boolean deadHandlesMayPost;
    volatile boolean resentChunksPostAgain;

    TikTokRules() {}

    /**
     * Whether fields that {@code post_info} does not know are ignored.
     *
     * @param value default {@code false}: {@code invalid_params} (TikTok does not say)
     * @return this
     */
    public TikTokRules unknownFieldsIgnored(boolean value) {
        unknownFieldsIgnored = value;
        return this;
    }

    /**
     * Whether branded content for {@code SELF_ONLY} is refused by the API; the guidelines forbid it.
     *
     * @param value default {@code true}: {@code invalid_params} (no code is documented)
     * @return this
     */
    public TikTokRules brandedPrivateRefused(boolean value) {
        brandedPrivateRefused = value;
        return this;
    }

    /**
     * Whether a {@code photo_cover_index} outside the list is refused.
     *
     * @param value default {@code true} (TikTok does not say)
     * @return this
     */
    public TikTokRules coverIndexChecked(boolean value) {
        coverIndexChecked = value;
        return this;
    }

    /**
     * The domains the app has verified for pulling, each with all its subdomains, over {@code https} only.
     *
     * @param domains default none
     * @return this
     */
    public TikTokRules verifiedDomains(String... domains) {
        verifiedDomains = Set.of(domains);
        return this;
    }

    /**
     * How long status denies knowing a new publish id, besides {@link #statusGapReads(int)}.
     *
     * @param gap default zero: reads decide alone
     * @return this
     */
    public TikTokRules statusGap(Duration gap) {
        statusGap = Objects.requireNonNull(gap, "gap");
        return this;
    }

    /**
     * How many accounts an audited app may post to in 24 hours before {@code reached_active_user_cap}.
     *
     * @param limit default without limit; the real one is agreed in the audit
     * @return this
     */
    public TikTokRules auditedUsers(int limit) {
        auditedUsers = limit;
        return this;
    }

    /**
     * How long a new public post is missing from the lists of videos.
     *
     * @param lag default 30 seconds (TikTok does not say)
     * @return this
     */
    public TikTokRules videoListLag(Duration lag) {
        videoListLag = Objects.requireNonNull(lag, "lag");
        return this;
    }

    /**
     * How long a pull may take before it fails.
     *
     * @param life default 1 hour
     * @return this
     */
    public TikTokRules pullLife(Duration life) {
        pullLife = Objects.requireNonNull(life, "life");
        return this;
    }

    /**
     * The largest photo in pixels; a larger one ends with {@code picture_size_check_failed}.
     *
     * @param width default 1080
     * @param height default 1920 (TikTok says 1080p)
     * @return this
     */
    public TikTokRules photoLimit(int width, int height) {
        photoWidth = width;
        photoHeight = height;
        return this;
    }

    /**
     * What a photo above 20 MB ends with.
     *
     * @param failReason default {@code picture_size_check_failed} (TikTok does not say)
     * @return this
     */
    public TikTokRules oversizedPhotoReason(String failReason) {
        oversizedPhotoReason = Objects.requireNonNull(failReason, "failReason");
        return this;
    }

    /**
     * Life of an authorization code.
     *
     * @param life default 5 minutes (TikTok does not say)
     * @return this
     */
    public TikTokRules codeLife(Duration life) {
        codeLife = Objects.requireNonNull(life, "life");
        return this;
    }

    /**
     * Life of an access token.
     *
     * @param life default 2 hours; before November 2026 it was 24 hours
     * @return this
     */
    public TikTokRules accessTokenLife(Duration life) {
        accessTokenLife = Objects.requireNonNull(life, "life");
        return this;
    }

    /**
     * Life of a chain of refresh tokens, counted from the consent.
     *
     * @param life default 180 days; before November 2026 it was 365 days
     * @return this
     */
    public TikTokRules refreshTokenLife(Duration life) {
        refreshTokenLife = Objects.requireNonNull(life, "life");
        return this;
    }

    /**
     * Whether a refresh starts the life of the refresh token anew.
     *
     * @param value default {@code false}: the chain has a fixed end
     * @return this
     */
    public TikTokRules refreshExtendsChain(boolean value) {
        refreshExtendsChain = value;
        return this;
    }

    /**
     * Whether spending a replaced refresh token ends the whole grant.
     *
     * @param value default {@code true}; {@code false} answers {@code invalid_grant} and leaves the grant alive
     * @return this
     */
    public TikTokRules strictRotation(boolean value) {
        strictRotation = value;
        return this;
    }

    /**
     * Whether a refresh ends the previous access token before its time.
     *
     * @param value default {@code true} (TikTok does not say)
     * @return this
     */
    public TikTokRules refreshKillsAccessToken(boolean value) {
        refreshKillsAccessToken = value;
        return this;
    }

    /**
     * HTTP status of errors of the OAuth endpoints.
     *
     * @param status default 200, as recorded; other clients expect 400 or 401
     * @return this
     */
    public TikTokRules oauthErrorStatus(int status) {
        oauthErrorStatus = status;
        return this;
    }

    /**
     * Whether a successful revoke answers <code>{}</code> instead of nothing.
     *
     * @param value default {@code false}: an empty body
     * @return this
     */
    public TikTokRules revokeAnswersObject(boolean value) {
        revokeAnswersObject = value;
        return this;
    }

    /**
     * The scopes the app is approved for.
     *
     * @param scopes default all login, profile, list and posting scopes
     * @return this
     */
    public TikTokRules appScopes(String... scopes) {
        appScopes = Set.of(scopes);
        return this;
    }

    /**
     * Whether the app passed the Direct Post audit.
     *
     * @param value default {@code true}; an unaudited app posts {@code SELF_ONLY} to private accounts only
     * @return this
     */
    public TikTokRules audited(boolean value) {
        audited = value;
        return this;
    }

    /**
     * How many accounts an unaudited app may post to in 24 hours before {@code reached_active_user_cap}.
     *
     * @param limit default 5
     * @return this
     */
    public TikTokRules publishingUsers(int limit) {
        publishingUsers = limit;
        return this;
    }

    /**
     * Whether calls per minute are limited: 6 inits, 30 status, 20 creator info, 600 user info per token.
     *
     * @param value default {@code true}
     * @return this
     */
    public TikTokRules rateLimits(boolean value) {
        rateLimits = value;
        return this;
    }

    /**
     * Whether the three inits share one limit per minute.
     *
     * @param value default {@code true} (TikTok does not say)
     * @return this
     */
    public TikTokRules sharedInitLimit(boolean value) {
        sharedInitLimit = value;
        return this;
    }

    /**
     * Whether an init without bytes counts towards the caps of posts and drafts.
     *
     * @param value default {@code true} (TikTok does not say)
     * @return this
     */
    public TikTokRules orphansCount(boolean value) {
        orphansCount = value;
        return this;
    }

    /**
     * How many unposted drafts fit into 24 hours before {@code spam_risk_too_many_pending_share}.
     *
     * @param limit default 5
     * @return this
     */
    public TikTokRules pendingShares(int limit) {
        pendingShares = limit;
        return this;
    }

    /**
     * The URL prefixes the app has verified for pulling. Plain HTTP and IP addresses count when named here.
     *
     * @param prefixes default none: every pull is refused with {@code url_ownership_unverified}
     * @return this
     */
    public TikTokRules verifiedPrefixes(String... prefixes) {
        verifiedPrefixes = Set.copyOf(List.of(prefixes));
        return this;
    }

    /**
     * Whether chunk sizes must be legal with decimal and with binary megabytes at once.
     *
     * @param value default {@code false}: legal in one reading is enough
     * @return this
     */
    public TikTokRules strictChunks(boolean value) {
        strictChunks = value;
        return this;
    }

    /**
     * What a chunk gets that is stored already.
     *
     * @param value default {@code false}: 416; {@code true}: 206 or 201 like the first time
     * @return this
     */
    public TikTokRules acceptResentChunk(boolean value) {
        acceptResentChunk = value;
        return this;
    }

    /**
     * Whether the {@code Content-Range} of an upload answer ends with the last index.
     *
     * @param value default {@code false}: it ends with the count of bytes
     * @return this
     */
    public TikTokRules progressAsIndex(boolean value) {
        progressAsIndex = value;
        return this;
    }

    /**
     * How long an upload URL is valid.
     *
     * @param life default 1 hour
     * @return this
     */
    public TikTokRules uploadLife(Duration life) {
        uploadLife = Objects.requireNonNull(life, "life");
        return this;
    }

    /**
     * How many status reads deny knowing a new publish id.
     *
     * @param reads default 1
     * @return this
     */
    public TikTokRules statusGapReads(int reads) {
        statusGapReads = reads;
        return this;
    }

    /**
     * Where the read-after-write gap says {@code invalid_publish_id}.
     *
     * @param value default {@code true}: in the message, the code is {@code invalid_params}; {@code false}: in the code
     * @return this
     */
    public TikTokRules gapInMessage(boolean value) {
        gapInMessage = value;
        return this;
    }

    /**
     * How many status reads show a publish as processing after its last byte.
     *
     * @param polls default 1
     * @return this
     */
    public TikTokRules processingPolls(int polls) {
        processingPolls = polls;
        return this;
    }

    /**
     * How long a publish processes on the simulator's clock after its last byte.
     *
     * @param time default zero: {@link #processingPolls(int)} decides; longer: the clock decides alone
     * @return this
     */
    public TikTokRules processingTime(Duration time) {
        processingTime = Objects.requireNonNull(time, "time");
        return this;
    }

    /**
     * Whether public posts ever show their id.
     *
     * @param value default {@code true}; {@code false}: the list stays empty for ever, as some saw
     * @return this
     */
    public TikTokRules publicIds(boolean value) {
        publicIds = value;
        return this;
    }

    /**
     * How many status reads show a complete public post without its id.
     *
     * @param polls default 1
     * @return this
     */
    public TikTokRules publicIdPolls(int polls) {
        publicIdPolls = polls;
        return this;
    }

    /**
     * Whether pulls wait for {@link TikTokSimulator#startPulls()}.
     *
     * @param value default {@code false}: they start with the init
     * @return this
     */
    public TikTokRules holdPulls(boolean value) {
        holdPulls = value;
        return this;
    }

    /**
     * Whether parameter errors are spelled as documented, {@code invalid_param}.
     *
     * @param value default {@code false}: {@code invalid_params}, as seen in practice
     * @return this
     */
    public TikTokRules documentedSpelling(boolean value) {
        documentedSpelling = value;
        return this;
    }

    /**
     * What user info answers when a field needs a scope that was not granted.
     *
     * @param code default {@code scope_not_authorized} (401); also seen: {@code scope_permission_missed} (400)
     * @return this
     */
    public TikTokRules missingScopeCode(String code) {
        missingScopeCode = Objects.requireNonNull(code, "code");
        return this;
    }
}
