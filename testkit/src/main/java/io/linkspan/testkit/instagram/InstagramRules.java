package io.linkspan.testkit.instagram;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * How a simulated Instagram behaves where the real one varies or where nobody knows.
 *
 * <p>The defaults are what was observed, and where nothing was, the nastiest behaviour that is still legal. Every rule
 * may change at any time, from any thread; each method returns this object.
 */
public final class InstagramRules {

    volatile Duration codeLife = Duration.ofHours(1);
    volatile Duration shortTokenLife = Duration.ofHours(1);
    volatile Duration longTokenLife = Duration.ofSeconds(5_183_944);
    volatile Duration refreshMinimumAge = Duration.ofHours(24);
    volatile boolean refreshKeepsToken;
    volatile boolean oldTokenSurvives;
    volatile boolean refreshTellsPermissions = true;
    volatile boolean wrappedExchange;
    volatile boolean userIdAsText;
    volatile boolean exchangeTellsProfessionalId;
    volatile boolean permissionsAsText;
    volatile boolean wrappedMe;
    volatile Set<String> appScopes = Set.of(
            "instagram_business_basic",
            "instagram_business_content_publish",
            "instagram_business_manage_comments",
            "instagram_business_manage_messages",
            "instagram_business_manage_insights");
    volatile boolean appBlocked;
    volatile boolean fetchMedia = true;
    volatile int processingPolls = 1;
    volatile Duration processingTime = Duration.ZERO;
    volatile Duration containerLife = Duration.ofHours(24);
    volatile int containersPerDay = 400;
    volatile SecondPublish secondPublish = SecondPublish.DUPLICATE;
    volatile Duration publishedLag = Duration.ofSeconds(30);
    volatile Duration listLag = Duration.ofSeconds(30);
    volatile boolean captionsLoseAt = true;
    volatile boolean copyrightOffered = true;
    volatile Duration copyrightTime = Duration.ZERO;
    volatile int quotaTotal = 100;
    volatile Duration quotaLag = Duration.ofMinutes(5);
    volatile boolean flatQuota;
    volatile boolean callbackTellsProfessionalId;
    volatile boolean revokeAnswersObject;
    volatile Set<String> facebookScopes = Set.of(
            "instagram_basic",
            "instagram_content_publish",
            "pages_show_list",
            "pages_read_engagement",
            "business_management",
            "public_profile");
    volatile Map<String, Set<String>> configurations = Map.of();

    volatile boolean strayParametersIgnored;
    volatile Set<String> rejectedHandles = Set.of();
    volatile Set<String> places = Set.of();
    volatile Duration videoDuration = Duration.ofMinutes(15);
    volatile boolean resumableWithInstagramLogin;
    volatile boolean uploadsInPieces;
    volatile boolean brokenUploadsKept = true;
    volatile boolean tellsUploadOffset;
    volatile boolean otherImagesPass;
    volatile int containerGapReads;
    volatile Duration containerGap = Duration.ZERO;
    volatile Duration mediaGap = Duration.ZERO;
    volatile int accountCalls;
    volatile int appCalls;
    volatile boolean deadHandlesMayPost;
    volatile String oldestVersion = "v21.0";
    volatile String newestVersion = "v27.0";
    volatile boolean olderVersionsClosed = true;
    volatile ClosedVersion closedVersion = ClosedVersion.REFUSED;

    InstagramRules() {}

    /**
     * The versions of the Graph API that have not ended; newer ones than the newest are answered as well.
     *
     * @param oldest default {@code v21.0}, which ends on 2027-01-21
     * @param newest default {@code v27.0}, which addresses without a version get
     * @return this
     */
    public InstagramRules versions(String oldest, String newest) {
        if (GraphVersions.number(oldest) > GraphVersions.number(newest)) {
            throw new IllegalArgumentException(oldest + " is newer than " + newest);
        }
        oldestVersion = oldest;
        newestVersion = newest;
        return this;
    }

    /**
     * Whether versions before that of the app's first call are closed to it.
     *
     * @param value default {@code true}, as documented for versions that came out before that call
     * @return this
     */
    public InstagramRules olderVersionsClosed(boolean value) {
        olderVersionsClosed = value;
        return this;
    }

    /**
     * What a call of a version gets that has ended or is closed to the app.
     *
     * @param value default {@link ClosedVersion#REFUSED} (unknown for closed ones; forwarding is documented for ended ones)
     * @return this
     */
    public InstagramRules closedVersion(ClosedVersion value) {
        closedVersion = Objects.requireNonNull(value, "value");
        return this;
    }

    /**
     * Whether parameters are ignored that do not belong to the kind of container, or that nobody knows.
     *
     * @param value default {@code false}: code 100
     * @return this
     */
    public InstagramRules strayParametersIgnored(boolean value) {
        strayParametersIgnored = value;
        return this;
    }

    /**
     * Users who cannot be tagged or invited: subcode 2207018, like any name with {@code @}.
     *
     * @param handles default none
     * @return this
     */
    public InstagramRules rejectedHandles(String... handles) {
        rejectedHandles = Set.of(handles);
        return this;
    }

    /**
     * The Pages that have a place and can be a {@code location_id}.
     *
     * @param ids default none: every number is one
     * @return this
     */
    public InstagramRules places(String... ids) {
        places = Set.of(ids);
        return this;
    }

    /**
     * How long every video is taken to be, for {@code thumb_offset}.
     *
     * @param duration default 15 minutes, the longest reel
     * @return this
     */
    public InstagramRules videoDuration(Duration duration) {
        videoDuration = Objects.requireNonNull(duration, "duration");
        return this;
    }

    /**
     * Whether bytes can be uploaded with Instagram Login too.
     *
     * @param value default {@code false}: the {@code video_url} is required (reports differ)
     * @return this
     */
    public InstagramRules resumableWithInstagramLogin(boolean value) {
        resumableWithInstagramLogin = value;
        return this;
    }

    /**
     * Whether bytes may come in several complete requests.
     *
     * @param value default {@code false}: a request must hold all that is left, else {@code PartialRequestError}
     * @return this
     */
    public InstagramRules uploadsInPieces(boolean value) {
        uploadsInPieces = value;
        return this;
    }

    /**
     * Whether the bytes of an upload that broke off are kept, so that the rest can follow from their {@code offset}.
     *
     * @param value default {@code true}; {@code false}: the upload begins again at 0
     * @return this
     */
    public InstagramRules brokenUploadsKept(boolean value) {
        brokenUploadsKept = value;
        return this;
    }

    /**
     * Whether {@code video_status} of a container tells how many bytes came in.
     *
     * @param value default {@code false} (documented for Facebook's reels only)
     * @return this
     */
    public InstagramRules tellsUploadOffset(boolean value) {
        tellsUploadOffset = value;
        return this;
    }

    /**
     * Whether images of other formats than JPEG pass, as some saw.
     *
     * @param value default {@code false}: 36001/2207005, as documented
     * @return this
     */
    public InstagramRules otherImagesPass(boolean value) {
        otherImagesPass = value;
        return this;
    }

    /**
     * How many reads of a new container fail with 100/33.
     *
     * @param reads default 0
     * @return this
     */
    public InstagramRules containerGapReads(int reads) {
        containerGapReads = reads;
        return this;
    }

    /**
     * How long reads of a new container fail with 100/33, besides {@link #containerGapReads(int)}.
     *
     * @param gap default zero
     * @return this
     */
    public InstagramRules containerGap(Duration gap) {
        containerGap = Objects.requireNonNull(gap, "gap");
        return this;
    }

    /**
     * How long reads of a new post fail with 100/33 although it is live.
     *
     * @param gap default zero
     * @return this
     */
    public InstagramRules mediaGap(Duration gap) {
        mediaGap = Objects.requireNonNull(gap, "gap");
        return this;
    }

    /**
     * How many calls an account takes in 24 hours before code 80002; used shares are told in
     * {@code X-Business-Use-Case-Usage}. Calls beyond the limit prolong the block.
     *
     * @param limit default 0: no limit and no header
     * @return this
     */
    public InstagramRules accountCalls(int limit) {
        accountCalls = limit;
        return this;
    }

    /**
     * How many calls the app may make in one hour before code 4; used shares are told in {@code X-App-Usage}.
     *
     * @param limit default 0: no limit and no header
     * @return this
     */
    public InstagramRules appCalls(int limit) {
        appCalls = limit;
        return this;
    }

    /**
     * Life of an authorization code.
     *
     * @param life default 1 hour
     * @return this
     */
    public InstagramRules codeLife(Duration life) {
        codeLife = Objects.requireNonNull(life, "life");
        return this;
    }

    /**
     * Life of a short-lived token.
     *
     * @param life default 1 hour
     * @return this
     */
    public InstagramRules shortTokenLife(Duration life) {
        shortTokenLife = Objects.requireNonNull(life, "life");
        return this;
    }

    /**
     * Life of a long-lived token.
     *
     * @param life default 5183944 seconds, almost 60 days
     * @return this
     */
    public InstagramRules longTokenLife(Duration life) {
        longTokenLife = Objects.requireNonNull(life, "life");
        return this;
    }

    /**
     * How old a token must be to be refreshed.
     *
     * @param age default 24 hours
     * @return this
     */
    public InstagramRules refreshMinimumAge(Duration age) {
        refreshMinimumAge = Objects.requireNonNull(age, "age");
        return this;
    }

    /**
     * Whether a refresh returns the same string with a longer life.
     *
     * @param value default {@code false}: a new string (reports differ)
     * @return this
     */
    public InstagramRules refreshKeepsToken(boolean value) {
        refreshKeepsToken = value;
        return this;
    }

    /**
     * Whether the old token works on after a refresh that returned a new string.
     *
     * @param value default {@code false}: it is dead (unknown)
     * @return this
     */
    public InstagramRules oldTokenSurvives(boolean value) {
        oldTokenSurvives = value;
        return this;
    }

    /**
     * Whether a refresh lists the permissions.
     *
     * @param value default {@code true}, as observed
     * @return this
     */
    public InstagramRules refreshTellsPermissions(boolean value) {
        refreshTellsPermissions = value;
        return this;
    }

    /**
     * Whether the code exchange wraps its answer in {@code data}.
     *
     * @param value default {@code false}: flat, as observed; {@code true}: as documented
     * @return this
     */
    public InstagramRules wrappedExchange(boolean value) {
        wrappedExchange = value;
        return this;
    }

    /**
     * Whether the code exchange gives {@code user_id} as text.
     *
     * @param value default {@code false}: a number
     * @return this
     */
    public InstagramRules userIdAsText(boolean value) {
        userIdAsText = value;
        return this;
    }

    /**
     * Whether {@code user_id} of the code exchange is the professional account's id.
     *
     * @param value default {@code false}: the app-scoped id (unknown)
     * @return this
     */
    public InstagramRules exchangeTellsProfessionalId(boolean value) {
        exchangeTellsProfessionalId = value;
        return this;
    }

    /**
     * Whether the code exchange gives {@code permissions} as text with commas.
     *
     * @param value default {@code false}: an array
     * @return this
     */
    public InstagramRules permissionsAsText(boolean value) {
        permissionsAsText = value;
        return this;
    }

    /**
     * Whether {@code /me} wraps its answer in {@code data}.
     *
     * @param value default {@code false}: flat, as observed; {@code true}: as documented
     * @return this
     */
    public InstagramRules wrappedMe(boolean value) {
        wrappedMe = value;
        return this;
    }

    /**
     * The permissions the app may ask for.
     *
     * @param scopes default the five {@code instagram_business_*} permissions
     * @return this
     */
    public InstagramRules appScopes(String... scopes) {
        appScopes = Set.of(scopes);
        return this;
    }

    /**
     * Whether Meta has blocked the app: every call answers 200 "API access blocked.".
     *
     * @param value default {@code false}
     * @return this
     */
    public InstagramRules appBlocked(boolean value) {
        appBlocked = value;
        return this;
    }

    /**
     * Whether media is really fetched from its URL.
     *
     * @param value default {@code true}; {@code false} accepts every URL unseen
     * @return this
     */
    public InstagramRules fetchMedia(boolean value) {
        fetchMedia = value;
        return this;
    }

    /**
     * How many status reads show a new container in progress.
     *
     * @param polls default 1
     * @return this
     */
    public InstagramRules processingPolls(int polls) {
        processingPolls = polls;
        return this;
    }

    /**
     * How long a container is in progress on the simulator's clock.
     *
     * @param time default zero: {@link #processingPolls(int)} decides; longer: the clock decides alone
     * @return this
     */
    public InstagramRules processingTime(Duration time) {
        processingTime = Objects.requireNonNull(time, "time");
        return this;
    }

    /**
     * Life of a container that is not published.
     *
     * @param life default 24 hours
     * @return this
     */
    public InstagramRules containerLife(Duration life) {
        containerLife = Objects.requireNonNull(life, "life");
        return this;
    }

    /**
     * How many containers an account may create in 24 hours.
     *
     * @param limit default 400
     * @return this
     */
    public InstagramRules containersPerDay(int limit) {
        containersPerDay = limit;
        return this;
    }

    /**
     * What a further publish of the same container does.
     *
     * @param behaviour default {@link SecondPublish#DUPLICATE}
     * @return this
     */
    public InstagramRules secondPublish(SecondPublish behaviour) {
        secondPublish = Objects.requireNonNull(behaviour, "behaviour");
        return this;
    }

    /**
     * How long a published container still reads as finished.
     *
     * @param lag default 30 seconds (unknown)
     * @return this
     */
    public InstagramRules publishedLag(Duration lag) {
        publishedLag = Objects.requireNonNull(lag, "lag");
        return this;
    }

    /**
     * How long a new post is missing from the list.
     *
     * @param lag default 30 seconds (unknown)
     * @return this
     */
    public InstagramRules listLag(Duration lag) {
        listLag = Objects.requireNonNull(lag, "lag");
        return this;
    }

    /**
     * Whether captions read back without the sign of mentions.
     *
     * @param value default {@code true}
     * @return this
     */
    public InstagramRules captionsLoseAt(boolean value) {
        captionsLoseAt = value;
        return this;
    }

    /**
     * Whether containers have {@code copyright_check_status}; otherwise a read with that field answers code 100. Meta's pages contradict
     * each other about Instagram Login.
     *
     * @param value default {@code true}
     * @return this
     */
    public InstagramRules copyrightOffered(boolean value) {
        copyrightOffered = value;
        return this;
    }

    /**
     * Sets how long the copyright check of a container takes.
     *
     * @param time default 0
     * @return this
     */
    public InstagramRules copyrightTime(Duration time) {
        copyrightTime = Objects.requireNonNull(time, "time");
        return this;
    }

    /**
     * The publishing quota per 24 hours.
     *
     * @param total default 100, as measured; the documentation also says 50
     * @return this
     */
    public InstagramRules quotaTotal(int total) {
        quotaTotal = total;
        return this;
    }

    /**
     * How late {@code quota_usage} counts a post. The quota itself is enforced without delay.
     *
     * @param lag default 5 minutes
     * @return this
     */
    public InstagramRules quotaLag(Duration lag) {
        quotaLag = Objects.requireNonNull(lag, "lag");
        return this;
    }

    /**
     * Whether the publishing limit comes without the {@code data} wrapper.
     *
     * @param value default {@code false}: wrapped, as documented
     * @return this
     */
    public InstagramRules flatQuota(boolean value) {
        flatQuota = value;
        return this;
    }

    /**
     * Whether {@code signed_request} names the professional account's id.
     *
     * @param value default {@code false}: the app-scoped id (unknown)
     * @return this
     */
    public InstagramRules callbackTellsProfessionalId(boolean value) {
        callbackTellsProfessionalId = value;
        return this;
    }

    /**
     * Whether a successful revocation under Facebook Login answers an object instead of a bare {@code true}.
     *
     * @param value default {@code false}
     * @return this
     */
    public InstagramRules revokeAnswersObject(boolean value) {
        revokeAnswersObject = value;
        return this;
    }

    /**
     * The permissions the app may ask for under Facebook Login.
     *
     * @param scopes default those of reading and publishing
     * @return this
     */
    public InstagramRules facebookScopes(String... scopes) {
        facebookScopes = Set.of(scopes);
        return this;
    }

    /**
     * Makes a configuration of Facebook Login for Business: all of it is granted, or nothing.
     *
     * @param id the configuration's id
     * @param scopes its permissions
     * @return this
     */
    public InstagramRules configuration(String id, String... scopes) {
        Map<String, Set<String>> all = new HashMap<>(configurations);
        all.put(id, Set.of(scopes));
        configurations = Map.copyOf(all);
        return this;
    }
}
