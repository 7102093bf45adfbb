package io.linkspan.tiktok;

import io.linkspan.connection.Capability;
import io.linkspan.json.databind.JsonNode;
import io.linkspan.spi.AccountAdapter;
import io.linkspan.spi.AccountIdentity;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.CapabilityFinding;
import io.linkspan.spi.ErrorMeaning;
import io.linkspan.spi.Flow;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Identity by {@code user/info}, capabilities by {@code creator_info}.
 *
 * <p>{@code user/info} refuses the whole call when one field lacks its scope, so only covered fields are asked for.
 * Source: {@code developers.tiktok.com/docs/en/tiktok-api-v2-get-user-info}, read 2026-11-20.
 */
final class TikTokAccounts implements AccountAdapter {
    static final String BIO = "bio_description";

    private static final List<String> BASIC_FIELDS = List.of("open_id", "union_id", "display_name");
    private static final List<String> PROFILE_FIELDS = List.of("username", BIO, "profile_deep_link", "is_verified");
    private static final List<String> ATTRIBUTES = List.of("union_id", BIO, "profile_deep_link", "is_verified");
    private static final String UNAUDITED = "unaudited_client_can_only_post_to_private_accounts";
    /** Refusals that concern posting, not the question. */
    private static final Set<String> FINDINGS = Set.of(
            "spam_risk_too_many_posts",
            "spam_risk_user_banned_from_posting",
            "spam_risk_too_many_pending_share",
            "spam_risk",
            "reached_active_user_cap",
            "scope_not_authorized",
            "scope_permission_missed",
            UNAUDITED);

    private final TikTokConfig config;
    private final Answers answers;
    private final CreatorInfoQuery creatorInfo;

    TikTokAccounts(TikTokConfig config, Answers answers, CreatorInfoQuery creatorInfo) {
        this.config = config;
        this.answers = answers;
        this.creatorInfo = creatorInfo;
    }

    @Override
    public Flow<AccountIdentity> identify(Secret accessToken, Set<String> scopes) {
        Objects.requireNonNull(accessToken, "accessToken");
        List<String> fields = new ArrayList<>(BASIC_FIELDS);
        if (scopes.contains(Scopes.PROFILE)) {
            fields.addAll(PROFILE_FIELDS);
        }
        String path = "/v2/user/info/?fields=" + Answers.encode(String.join(",", fields));
        HttpCall call = HttpCall.of(
                        Operations.USER_INFO,
                        CallClass.READ,
                        "GET",
                        config.endpoints().apiPath(path))
                .bearer(accessToken);
        return Flow.call(call, result -> answers.data(Operations.USER_INFO, result, TikTokAccounts::identity));
    }

    private static Optional<AccountIdentity> identity(JsonNode data) {
        JsonNode user = data.path("user");
        String openId = Json.text(user, "open_id");
        if (openId.isBlank()) {
            return Optional.empty();
        }
        Map<String, String> attributes = new TreeMap<>();
        for (String name : ATTRIBUTES) {
            JsonNode value = user.path(name);
            String text = value.isBoolean() ? String.valueOf(value.booleanValue()) : Json.scalar(value);
            if (!text.isEmpty()) {
                attributes.put(name, text);
            }
        }
        return Optional.of(new AccountIdentity(
                openId, Set.of(), Json.text(user, "username"), Json.text(user, "display_name"), attributes));
    }

    @Override
    public Flow<List<CapabilityFinding>> probe(Secret accessToken, AccountIdentity account, Set<String> scopes) {
        Objects.requireNonNull(accessToken, "accessToken");
        if (!scopes.isEmpty() && !scopes.contains(Scopes.PUBLISH)) {
            return Flow.of(List.of()); // the scopes tell it already
        }
        return Flow.call(creatorInfo.call(accessToken), result -> findings(creatorInfo.read(result)));
    }

    private Outcome<List<CapabilityFinding>> findings(Outcome<CreatorInfo> outcome) {
        if (outcome instanceof Outcome.Refused<CreatorInfo> refused) {
            PlatformError error = refused.error();
            if (FINDINGS.contains(error.code())) {
                return Outcome.done(both(error.code(), error.describe(), error.meaning(), Map.of()));
            }
        }
        return outcome.map(info -> config.audited() || !info.publicAccount()
                ? both("ok", detail(info), null, told(info))
                : both(
                        UNAUDITED,
                        detail(info),
                        answers.catalogue()
                                .error(Operations.VIDEO_INIT, 0, UNAUDITED, "", null)
                                .meaning(),
                        told(info)));
    }

    /** Creator info refuses by the codes that an init would. */
    @Override
    public boolean probeShowsRestrictions() {
        return true;
    }

    /** Without the Display API only the creator info names the account. */
    @Override
    public Optional<String> handle(List<CapabilityFinding> findings) {
        return findings.stream()
                .map(finding -> finding.attributes().getOrDefault(CreatorInfo.USERNAME, ""))
                .filter(name -> !name.isBlank())
                .findFirst();
    }

    private static List<CapabilityFinding> both(
            String code, String detail, @Nullable ErrorMeaning blockedBy, Map<String, String> told) {
        return List.of(
                new CapabilityFinding(Capability.PUBLISH_VIDEO, Operations.CREATOR_INFO, code, detail, blockedBy, told),
                new CapabilityFinding(
                        Capability.PUBLISH_PHOTO, Operations.CREATOR_INFO, code, detail, blockedBy, told));
    }

    private Map<String, String> told(CreatorInfo info) {
        Map<String, String> told = new TreeMap<>(info.attributes());
        told.put(TikTokComposer.AUDITED, String.valueOf(config.audited()));
        return told;
    }

    private String detail(CreatorInfo info) {
        if (config.audited()) {
            return info.describe();
        }
        String rule = " The app is set up as not audited: until TikTok's Content Posting audit passes, posts must be"
                + " SELF_ONLY, the account must be private when posting, and at most 5 people a day can post.";
        return info.describe()
                + rule
                + (info.publicAccount()
                        ? " This account is public now, so TikTok would refuse a post until it is set to private."
                        : "");
    }
}
