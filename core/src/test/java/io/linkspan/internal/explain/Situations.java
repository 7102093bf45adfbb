package io.linkspan.internal.explain;

import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.connection.Capability;
import io.linkspan.connection.CapabilityHealth;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.connection.Evidence;
import io.linkspan.connection.Explanation;
import io.linkspan.connection.Sides;
import io.linkspan.internal.explain.ConnectionRule.Tokens;
import io.linkspan.link.Intent;
import io.linkspan.publish.Failure;
import io.linkspan.publish.JobFacts;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublicationId;
import io.linkspan.publish.PublishJob;
import io.linkspan.publish.PublishState;
import io.linkspan.spi.Actor;
import io.linkspan.spi.Cause;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.PlatformError;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The most frequent situations, made of the facts that a store would hold and of the platforms' own codes. */
final class Situations {
    static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

    private static final Catalogue TIKTOK = Catalogue.of("tiktok");
    private static final Catalogue INSTAGRAM = Catalogue.of("instagram");
    private static final Platform TIKTOK_NAME = Platform.of("tiktok");
    private static final Platform INSTAGRAM_NAME = Platform.of("instagram");
    private static final Instant EARLIER = NOW.minus(Duration.ofMinutes(7));
    private static final Instant BEFORE = NOW.minus(Duration.ofMinutes(9));
    private static final Instant SOON = NOW.plus(Duration.ofMinutes(5));
    private static final Instant TOMORROW = NOW.plus(Duration.ofHours(23));

    private final Map<String, Explanation> all = new LinkedHashMap<>();

    private Situations() {}

    static List<String> sections() {
        return List.of("Posts that are not sent yet", "Posts that were sent", "Posts that have ended", "Accounts");
    }

    static Map<String, Explanation> all() {
        Situations situations = new Situations();
        situations.waiting();
        situations.refused();
        situations.sent();
        situations.ended();
        situations.accounts();
        return situations.all;
    }

    /** One post to one account. */
    private record Job(
            Platform platform,
            PublishState state,
            @Nullable Evidence seen,
            @Nullable ConnectionStatus connection,
            @Nullable Instant next,
            @Nullable Instant notBefore,
            @Nullable Instant notAfter,
            @Nullable String cancel) {
        static Job tiktok(PublishState state, @Nullable Evidence seen) {
            return new Job(TIKTOK_NAME, state, seen, fine(), SOON, null, null, null);
        }

        static Job instagram(PublishState state, @Nullable Evidence seen) {
            return new Job(INSTAGRAM_NAME, state, seen, fine(), SOON, null, null, null);
        }

        Job over(ConnectionStatus status) {
            return new Job(platform, state, seen, status, next, notBefore, notAfter, cancel);
        }

        Job next(@Nullable Instant at) {
            return new Job(platform, state, seen, connection, at, notBefore, notAfter, cancel);
        }

        Job between(@Nullable Instant from, @Nullable Instant to) {
            return new Job(platform, state, seen, connection, from == null ? next : from, from, to, cancel);
        }

        Job stopping(String reason) {
            return new Job(platform, state, seen, connection, next, notBefore, notAfter, reason);
        }

        PublishJob job() {
            return new PublishJob(
                    "job",
                    "mira",
                    new ConnectionId("0".repeat(32)),
                    platform,
                    "@quay.studio",
                    state,
                    "",
                    1,
                    cancel,
                    seen == null ? List.of() : List.of(seen),
                    next,
                    new JobFacts(
                            notBefore,
                            notAfter,
                            connection == null
                                    ? null
                                    : Situations.connection(platform, connection, Map.of(), NOW, null),
                            state.phase().afterCommit(),
                            name(platform)));
        }
    }

    private static ConnectionStatus fine() {
        return new ConnectionStatus.Authorized(TOMORROW);
    }

    private static String name(Platform platform) {
        return platform.equals(TIKTOK_NAME) ? "TikTok" : "Instagram";
    }

    private static Connection connection(
            Platform platform,
            ConnectionStatus status,
            Map<Capability, CapabilityHealth> health,
            @Nullable Instant checked,
            @Nullable Instant consentEnds) {
        return new Connection(
                new ConnectionId("0".repeat(32)),
                Owner.of("harbour", "mira"),
                platform,
                "17841400000000001",
                "quay.studio",
                "Quay Studio",
                Intent.CROSS_POSTING,
                Set.of("video.publish"),
                status,
                health,
                NOW.minus(Duration.ofDays(20)),
                checked,
                consentEnds,
                SOON);
    }

    private void post(String title, Job... jobs) {
        put(
                title,
                new Publication(
                                new PublicationId("0".repeat(32)),
                                Owner.of("harbour", "mira"),
                                "launch",
                                EARLIER,
                                null,
                                List.of(),
                                Arrays.stream(jobs).map(Job::job).toList(),
                                NOW)
                        .explain());
    }

    private void put(String title, Explanation explanation) {
        if (all.put(title, explanation) != null) {
            throw new IllegalStateException("two situations are called " + title);
        }
    }

    private static Evidence seen(String source, String code, String detail) {
        return new Evidence(source, EARLIER, code, detail);
    }

    private static PlatformError tiktok(String operation, String code) {
        return TIKTOK.error(operation, code);
    }

    private static PlatformError instagram(String operation, String code) {
        return INSTAGRAM.error(operation, code);
    }

    private static Evidence seen(PlatformError error) {
        String detail = error.meaning().cause() + ". " + error.meaning().remedy();
        return new Evidence(error.operation(), EARLIER, error.code(), detail, Cause.of(error));
    }

    private void waiting() {
        String in = "Posts that are not sent yet: ";
        PublishState begun = new PublishState.Preparing();
        PublishState ready = new PublishState.Prepared("v_pub_1");
        post(in + "scheduled", Job.tiktok(new PublishState.Accepted(), null).between(TOMORROW, null));
        post(
                in + "just submitted",
                Job.instagram(new PublishState.Accepted(), null).next(NOW));
        post(
                in + "due, and no worker runs",
                Job.tiktok(new PublishState.Accepted(), null).next(NOW.minus(Duration.ofHours(2))));
        post(in + "being prepared", Job.tiktok(begun, null));
        post(
                in + "the platform processes the video",
                Job.instagram(begun, seen("instagram.prepare", "waiting", "Instagram is processing the video")));
        post(in + "ready", Job.instagram(ready, seen("instagram.prepare", "ready", "handle 17900")));
        post(
                in + "another post of the account is being sent",
                Job.instagram(ready, seen("linkspan.lane", "busy", "another post of this account is being sent")));
        post(
                in + "a limit that Linkspan counts",
                Job.instagram(ready, seen("linkspan.quota", "posts", "100 posts in 24 hours are used"))
                        .next(TOMORROW));
        post(
                in + "daily limit of TikTok",
                Job.tiktok(begun, seen(tiktok("tiktok.video_init", "spam_risk_too_many_posts")))
                        .next(TOMORROW));
        post(
                in + "five drafts wait in the inbox",
                Job.tiktok(begun, seen(tiktok("tiktok.inbox_init", "spam_risk_too_many_pending_share")))
                        .next(TOMORROW));
        post(
                in + "TikTok wants fewer requests",
                Job.tiktok(begun, seen(tiktok("tiktok.video_init", "rate_limit_exceeded"))));
        post(
                in + "TikTok's limit of users of the app",
                Job.tiktok(begun, seen(tiktok("tiktok.video_init", "reached_active_user_cap"))));
        post(
                in + "Instagram wants fewer requests",
                Job.instagram(begun, seen(instagram("instagram.container_create", "4"))));
        post(in + "TikTok has trouble", Job.tiktok(begun, seen(tiktok("tiktok.video_init", "internal_error"))));
        post(in + "Instagram has trouble", Job.instagram(begun, seen(instagram("instagram.container_create", "2"))));
        post(
                in + "the platform cannot be reached",
                Job.tiktok(
                        begun, seen("tiktok.prepare", "not_done", "not sent: no connection to open.tiktokapis.com")));
        post(
                in + "the media host cannot be reached",
                Job.instagram(
                        begun,
                        seen(
                                "linkspan.media_host",
                                "media_unreachable",
                                "the address of film.mp4 does not answer (connection refused)")));
        post(
                in + "the file cannot be read",
                Job.tiktok(begun, seen("linkspan.media", "media_unreadable", "the media film.mp4 cannot be read now")));
        post(
                in + "Instagram could not fetch the video",
                Job.instagram(begun, seen(instagram("instagram.container_status", "9004/2207052"))));
        post(
                in + "an answer without a known meaning",
                Job.instagram(begun, seen(instagram("instagram.container_create", "987654"))));
    }

    private void refused() {
        String in = "Posts that are not sent yet: ";
        PublishState begun = new PublishState.Preparing();
        post(
                in + "Instagram restricts the account",
                Job.instagram(begun, seen(instagram("instagram.container_create", "25/2207050"))));
        post(
                in + "a permission is missing",
                Job.tiktok(begun, seen(tiktok("tiktok.video_init", "scope_not_authorized"))));
        post(
                in + "the password was changed",
                Job.instagram(begun, null)
                        .over(new ConnectionStatus.ReauthorizationRequired(seen(instagram("instagram.me", "190/460"))))
                        .between(null, NOW.plus(Duration.ofDays(2))));
        post(
                in + "TikTok no longer accepts the account",
                Job.tiktok(begun, null)
                        .over(new ConnectionStatus.ReauthorizationRequired(
                                seen(tiktok("tiktok.refresh", "invalid_grant")))));
        post(
                in + "the user removed the app",
                Job.instagram(begun, null)
                        .over(new ConnectionStatus.ReauthorizationRequired(
                                seen(instagram("instagram.me", "190/458")))));
        post(
                in + "the consent has ended",
                Job.tiktok(begun, null).over(new ConnectionStatus.Expired(NOW.minus(Duration.ofDays(1)))));
        post(
                in + "Instagram wants a check",
                Job.instagram(begun, null)
                        .over(new ConnectionStatus.AwaitingAccount(seen(instagram("instagram.me", "190/459")))));
        post(
                in + "the token is being renewed",
                Job.tiktok(begun, seen(tiktok("tiktok.video_init", "access_token_invalid")))
                        .over(new ConnectionStatus.RefreshRequired("the access token ended at " + EARLIER)));
        post(
                in + "the token could not be renewed yet",
                Job.tiktok(begun, seen("linkspan.connection", "not_now", "the renewal was not answered")));
        post(
                in + "the connection was just removed",
                Job.tiktok(begun, null).over(new ConnectionStatus.Revoked(gone(Sides.Grant.REMOVED_BY_PERSON))));
        post(in + "being cancelled", Job.tiktok(begun, null).stopping("mira asked"));
    }

    private static Sides gone(Sides.Grant grant) {
        return new Sides(Sides.Local.WIPED, grant, Sides.VisibleLink.NOT_WANTED);
    }

    private void sent() {
        String in = "Posts that were sent: ";
        PublishState taken = new PublishState.Confirming("v_pub_1", BEFORE);
        PublishState doubt = new PublishState.InDoubt("17900", BEFORE, "no complete answer came back");
        PublishState undecided =
                new PublishState.AwaitingDecision("17900", EARLIER, "the platform has given no result for 10 min");
        post(in + "being sent", Job.instagram(new PublishState.Committing("17900", NOW), null));
        post(
                in + "the platform processes it",
                Job.tiktok(taken, seen("tiktok.status", "processing", "PROCESSING_UPLOAD")));
        post(in + "the answer was lost", Job.instagram(doubt, null));
        post(
                in + "the result cannot be read now",
                Job.instagram(doubt, seen(instagram("instagram.container_status", "2"))));
        post(
                in + "the result cannot be read before a reconnect",
                Job.tiktok(taken, null)
                        .over(new ConnectionStatus.ReauthorizationRequired(
                                seen(tiktok("tiktok.refresh", "invalid_grant")))));
        post(in + "no worker reads the result", Job.tiktok(taken, null).next(NOW.minus(Duration.ofHours(1))));
        post(in + "stopped too late", Job.instagram(doubt, null).stopping("mira asked"));
        post(in + "someone has to decide", Job.instagram(undecided, null));
        post(
                in + "someone has to decide, and the account has to be connected again",
                Job.instagram(undecided, null)
                        .over(new ConnectionStatus.ReauthorizationRequired(
                                seen(instagram("instagram.me", "190/460")))));
        post(
                in + "someone has to decide, and the account is no longer connected",
                Job.instagram(undecided, null).over(new ConnectionStatus.Revoked(gone(Sides.Grant.REMOVED_BY_PERSON))));
    }

    private static PublishState failed(PlatformError error) {
        return new PublishState.Failed(Failure.of(error));
    }

    private void ended() {
        String in = "Posts that have ended: ";
        post(
                in + "published",
                Job.instagram(
                                new PublishState.Published(
                                        "1789", URI.create("https://www.instagram.com/reel/abc/"), EARLIER),
                                null)
                        .next(null));
        post(
                in + "published, poll not attached",
                Job.instagram(
                                new PublishState.Published("1789", null, EARLIER),
                                seen(
                                        "instagram.commit",
                                        "published",
                                        "post 1789, {poll_attachment={\"attached\":false}}"))
                        .next(null));
        post(
                in + "published, id unknown",
                Job.instagram(new PublishState.Published("", null, EARLIER), null)
                        .next(null));
        post(
                in + "published on one, waiting on the other",
                Job.instagram(new PublishState.Published("1789", null, EARLIER), null)
                        .next(null),
                Job.tiktok(new PublishState.Preparing(), seen(tiktok("tiktok.video_init", "spam_risk_too_many_posts")))
                        .next(TOMORROW));
        post(
                in + "draft in the inbox",
                Job.tiktok(
                        new PublishState.Delivered("Open the inbox in TikTok, finish the draft and post it.", EARLIER),
                        null));
        post(
                in + "account barred",
                Job.tiktok(failed(tiktok("tiktok.video_init", "spam_risk_user_banned_from_posting")), null));
        post(
                in + "activity taken for spam",
                Job.instagram(failed(instagram("instagram.container_create", "4/2207051")), null));
        post(in + "video format", Job.instagram(failed(instagram("instagram.container_status", "352/2207026")), null));
        post(
                in + "Instagram could not process the video",
                Job.instagram(failed(instagram("instagram.container_status", "/2207076")), null));
        post(
                in + "privacy level",
                Job.tiktok(failed(tiktok("tiktok.video_init", "privacy_level_option_mismatch")), null));
        post(
                in + "app not audited",
                Job.tiktok(
                        failed(tiktok("tiktok.video_init", "unaudited_client_can_only_post_to_private_accounts")),
                        null));
        post(
                in + "trouble for too long",
                Job.instagram(failed(instagram("instagram.container_create", "-1/2207001")), null));
        post(
                in + "the media changed",
                Job.tiktok(
                        new PublishState.Failed(
                                new Failure(
                                        "media_changed",
                                        CauseClass.CONTENT,
                                        "the media film.mp4 changed after it was accepted",
                                        Actor.DEVELOPER,
                                        "Keep media as they are until the publication has settled; restore them and submit again with a new key.")),
                        null));
        post(
                in + "given up",
                Job.instagram(
                        new PublishState.Failed(new Failure(
                                Failure.GIVEN_UP,
                                CauseClass.UNKNOWN,
                                "given up by mira",
                                Actor.PERSON,
                                "Nothing more is sent.")),
                        null));
        post(in + "cancelled", Job.tiktok(new PublishState.Cancelled("mira asked"), null));
        post(
                in + "cancelled because the user removed the app",
                Job.tiktok(new PublishState.Cancelled("the user removed the app on the platform"), null));
        post(
                in + "too late",
                Job.tiktok(new PublishState.Expired(EARLIER), seen(tiktok("tiktok.video_init", "internal_error"))));
    }

    private void account(
            String title,
            Platform platform,
            ConnectionStatus status,
            Map<Capability, CapabilityHealth> health,
            @Nullable Instant consentEnds,
            Tokens tokens) {
        put(
                "Accounts: " + title,
                ConnectionExplainer.explain(
                        connection(platform, status, health, EARLIER, consentEnds),
                        new ConnectionExplainer.Background(
                                name(platform),
                                "In the " + name(platform) + " app, remove the app from the list of connected apps.",
                                "In the " + name(platform) + " app, remove the link from the profile.",
                                List.of(),
                                tokens),
                        List.of(),
                        NOW));
    }

    private void account(String title, Platform platform, ConnectionStatus status) {
        account(title, platform, status, Map.of(), null, Tokens.healthy());
    }

    private static Map<Capability, CapabilityHealth> blocked(PlatformError error) {
        CapabilityHealth block = new CapabilityHealth.Blocked(
                error.code(),
                error.meaning().causeClass(),
                error.meaning().actor(),
                seen(error.operation(), error.code(), error.meaning().cause()),
                EARLIER,
                error.meaning().remedy());
        return Map.of(Capability.PUBLISH_VIDEO, block, Capability.PUBLISH_PHOTO, block);
    }

    private void accounts() {
        account("ready", TIKTOK_NAME, fine());
        account(
                "daily limit",
                TIKTOK_NAME,
                fine(),
                blocked(tiktok("tiktok.creator_info", "spam_risk_too_many_posts")),
                null,
                Tokens.healthy());
        account(
                "barred from posting",
                TIKTOK_NAME,
                fine(),
                blocked(tiktok("tiktok.creator_info", "spam_risk_user_banned_from_posting")),
                null,
                Tokens.healthy());
        account(
                "permission not granted",
                INSTAGRAM_NAME,
                fine(),
                blocked(instagram("instagram.publishing_limit", "10")),
                null,
                Tokens.healthy());
        account("consent ends soon", TIKTOK_NAME, fine(), Map.of(), NOW.plus(Duration.ofDays(9)), Tokens.healthy());
        account("consent has ended", TIKTOK_NAME, new ConnectionStatus.Expired(NOW.minus(Duration.ofDays(1))));
        account(
                "no worker renews the token",
                TIKTOK_NAME,
                new ConnectionStatus.RefreshRequired("the access token ended at " + EARLIER),
                Map.of(),
                null,
                new Tokens(false, false, false, EARLIER, null, null, null));
        account(
                "the renewal is not answered",
                TIKTOK_NAME,
                new ConnectionStatus.RefreshRequired("the last renewal got no clear answer"),
                Map.of(),
                null,
                new Tokens(false, true, false, null, seen(tiktok("tiktok.refresh", "server_error")), null, null));
        account(
                "a removal was reported",
                TIKTOK_NAME,
                fine(),
                Map.of(),
                null,
                new Tokens(
                        false,
                        false,
                        false,
                        null,
                        null,
                        seen("tiktok.webhook", "1", "the person removed the app at " + EARLIER),
                        TOMORROW));
        account(
                "Instagram wants a check",
                INSTAGRAM_NAME,
                new ConnectionStatus.AwaitingAccount(seen(instagram("instagram.me", "190/459"))));
        account(
                "the password was changed",
                INSTAGRAM_NAME,
                new ConnectionStatus.ReauthorizationRequired(seen(instagram("instagram.me", "190/460"))));
        account(
                "the user removed the app",
                INSTAGRAM_NAME,
                new ConnectionStatus.ReauthorizationRequired(seen(instagram("instagram.me", "190/458"))),
                Map.of(),
                null,
                new Tokens(false, false, true, null, null, null, null));
        account(
                "disconnected, not proven",
                TIKTOK_NAME,
                new ConnectionStatus.PartiallyRevoked(new Sides(
                        Sides.Local.REVOKE_ONLY, Sides.Grant.REVOKE_REQUESTED, Sides.VisibleLink.NOT_WANTED)));
        account(
                "disconnected, link on the profile",
                TIKTOK_NAME,
                new ConnectionStatus.PartiallyRevoked(
                        new Sides(Sides.Local.WIPED, Sides.Grant.REMOVED_BY_PERSON, Sides.VisibleLink.UNKNOWN)));
        account("disconnected", TIKTOK_NAME, new ConnectionStatus.Revoked(gone(Sides.Grant.REVOKED_VERIFIED)));
    }
}
