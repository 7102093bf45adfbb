package io.linkspan.tiktok;

import io.linkspan.connection.Capability;
import io.linkspan.connection.CapabilityHealth;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.connection.Evidence;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the posting screen of a TikTok video must show and offer, as TikTok told it for this creator. Immutable; holds no
 * default for anything the person has to choose.
 *
 * <p>TikTok wants fresh creator info each time the screen is shown:
 *
 * <pre>{@code
 * TikTokComposer composer = TikTokComposer.of(connections.check(owner, id, Duration.ofMinutes(5)));
 * }</pre>
 *
 * @see <a href="https://developers.tiktok.com/docs/en/content-sharing-guidelines">Content Sharing Guidelines</a> and <a
 *     href="https://developers.tiktok.com/docs/en/content-posting-api-reference-query-creator-info">Query Creator Info</a>
 *     (read 2026-11-20)
 */
public final class TikTokComposer {
    /** What to say beside the private level while branded content is on. */
    public static final String BRANDED_NOT_PRIVATE_NOTICE = "Branded content visibility cannot be set to private.";

    static final String AUDITED = "app_audited";

    private static final URI MUSIC = URI.create("https://www.tiktok.com/legal/page/global/music-usage-confirmation/en");
    private static final URI BRANDED = URI.create("https://www.tiktok.com/legal/page/global/bc-policy/en");

    private final Connection connection;
    private final Map<String, String> told;
    private final @Nullable Instant asOf;
    private final @Nullable String blocked;

    private TikTokComposer(
            Connection connection, Map<String, String> told, @Nullable Instant asOf, @Nullable String blocked) {
        this.connection = connection;
        this.told = told;
        this.asOf = asOf;
        this.blocked = blocked;
    }

    /**
     * What the connection's last look says about the posting screen. Asks nothing.
     *
     * @param connection a TikTok connection, checked not long ago
     * @return the composer
     * @throws IllegalArgumentException when the connection is on another platform
     */
    public static TikTokComposer of(Connection connection) {
        if (!connection.platform().equals(TikTok.PLATFORM)) {
            throw new IllegalArgumentException(
                    "TikTokComposer needs a TikTok connection, " + connection.id() + " is on " + connection.platform());
        }
        CapabilityHealth health = connection.health().get(Capability.PUBLISH_VIDEO);
        ConnectionStatus.Kind kind = connection.status().kind();
        boolean usable = kind == ConnectionStatus.Kind.AUTHORIZED || kind == ConnectionStatus.Kind.REFRESH_REQUIRED;
        String notUsable = usable ? null : connection.status().describe();
        if (health == null) {
            return new TikTokComposer(
                    connection,
                    Map.of(),
                    null,
                    "not connected for publishing; connect again for CROSS_POSTING or BOTH");
        }
        if (health instanceof CapabilityHealth.Ready ready) {
            Map<String, String> told = ready.attributes();
            return new TikTokComposer(
                    connection, told, ready.evidence().at(), notUsable == null ? notAudited(told) : notUsable);
        }
        Evidence seen = health instanceof CapabilityHealth.Blocked block ? block.evidence() : null;
        String why = health instanceof CapabilityHealth.Blocked block
                ? block.reason() + ": " + block.remedy()
                : health.describe();
        return new TikTokComposer(
                connection, Map.of(), seen == null ? null : seen.at(), notUsable == null ? why : notUsable);
    }

    private static @Nullable String notAudited(Map<String, String> told) {
        boolean open = levels(told).contains(TikTokPrivacyLevel.PUBLIC_TO_EVERYONE);
        return open && "false".equals(told.get(AUDITED))
                ? "the app has not passed TikTok's Content Posting audit, so the account must be set to private first"
                : null;
    }

    private static List<TikTokPrivacyLevel> levels(Map<String, String> told) {
        List<String> names =
                List.of(told.getOrDefault(CreatorInfo.PRIVACY_LEVELS, "").split(",", -1));
        return Arrays.stream(TikTokPrivacyLevel.values())
                .filter(level -> names.contains(level.name()))
                .toList();
    }

    /**
     * Whether a post may be made now.
     *
     * @return false when {@link #blockedBecause()} says why not
     */
    public boolean mayPost() {
        return blocked == null;
    }

    /**
     * Why no post may be made now; show it instead of the publish button and let the person try later.
     *
     * @return the reason and what to do, or empty when a post may be made
     */
    public Optional<String> blockedBecause() {
        return Optional.ofNullable(blocked);
    }

    /**
     * When TikTok told this.
     *
     * @return the moment; empty when TikTok has not been asked yet
     */
    public Optional<Instant> asOf() {
        return Optional.ofNullable(asOf);
    }

    /**
     * Whether it is young enough to be shown.
     *
     * @param now the present moment
     * @param maxAge how old it may be
     * @return false when it is older, or when TikTok has not been asked yet
     */
    public boolean isFresh(Instant now, Duration maxAge) {
        return asOf != null && !asOf.plus(maxAge).isBefore(now);
    }

    /**
     * The name that must be shown, so that the person sees which account posts.
     *
     * @return the nickname; the connection's own name when TikTok did not tell one
     */
    public String nickname() {
        String nickname = told.getOrDefault(CreatorInfo.NICKNAME, "");
        return nickname.isEmpty() ? connection.displayName() : nickname;
    }

    /**
     * The handle.
     *
     * @return without {@code @}; may be empty
     */
    public String handle() {
        String handle = told.getOrDefault(CreatorInfo.USERNAME, "");
        return handle.isEmpty() ? connection.handle() : handle;
    }

    /**
     * The creator's picture. Its address works for 2 hours after {@link #asOf()}.
     *
     * @return the address, if TikTok told a usable one
     */
    public Optional<URI> avatar() {
        try {
            URI uri = URI.create(told.getOrDefault(CreatorInfo.AVATAR_URL, ""));
            return "https".equalsIgnoreCase(uri.getScheme()) ? Optional.of(uri) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * The levels to choose from. Show all of them with none chosen; the person has to pick one.
     *
     * @param brandedContent whether the person switched branded content on, which takes {@code SELF_ONLY} away: see
     *     {@link #BRANDED_NOT_PRIVATE_NOTICE}
     * @return the levels; empty when a post may not be made
     */
    public List<TikTokPrivacyLevel> privacyLevels(boolean brandedContent) {
        boolean privateOnly = "false".equals(told.get(AUDITED));
        return levels(told).stream()
                .filter(level -> !privateOnly || level == TikTokPrivacyLevel.SELF_ONLY)
                .filter(level -> !brandedContent || level != TikTokPrivacyLevel.SELF_ONLY)
                .toList();
    }

    /**
     * The switch for comments.
     *
     * @return the switch
     */
    public Switch comments() {
        return toggle(CreatorInfo.COMMENT_DISABLED, "comments");
    }

    /**
     * The switch for duets; not for photos.
     *
     * @return the switch
     */
    public Switch duets() {
        return toggle(CreatorInfo.DUET_DISABLED, "duets");
    }

    /**
     * The switch for stitches; not for photos.
     *
     * @return the switch
     */
    public Switch stitches() {
        return toggle(CreatorInfo.STITCH_DISABLED, "stitches");
    }

    private Switch toggle(String field, String what) {
        // what TikTok did not tell is not offered
        return "false".equals(told.get(field))
                ? new Switch(true, "")
                : new Switch(false, "the creator's TikTok settings turn " + what + " off");
    }

    /**
     * Longest video TikTok accepts from this creator.
     *
     * @return the limit in whole seconds, if TikTok told one
     */
    public Optional<Duration> maxVideoDuration() {
        String seconds = told.getOrDefault(CreatorInfo.MAX_SECONDS, "");
        return seconds.matches("[0-9]{1,9}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(seconds)))
                : Optional.empty();
    }

    /**
     * What a commercial disclosure brings with it. The disclosure is off until the person turns it on, and then at least
     * one of the two must be chosen.
     *
     * @param ownBrand "Your brand"
     * @param brandedContent "Branded content"
     * @return label and declaration to show
     */
    public static Disclosure disclosure(boolean ownBrand, boolean brandedContent) {
        String label = brandedContent ? "Paid partnership" : ownBrand ? "Promotional content" : "";
        Link music = new Link("Music Usage Confirmation", MUSIC);
        return brandedContent
                ? new Disclosure(
                        label,
                        "By posting, you agree to TikTok's Branded Content Policy and Music Usage Confirmation",
                        List.of(new Link("Branded Content Policy", BRANDED), music))
                : new Disclosure(label, "By posting, you agree to TikTok's Music Usage Confirmation", List.of(music));
    }

    /**
     * What TikTok would refuse of a choice.
     *
     * @param options what the person chose
     * @param length how long the video is
     * @return one sentence for each problem; empty when it may be posted
     */
    public List<String> problems(TikTokVideoOptions options, Duration length) {
        Objects.requireNonNull(length, "length");
        if (options.isDraft()) {
            return List.of(); // everything is chosen in TikTok
        }
        Map<String, String> chosen = options.toMap();
        List<String> problems = problems(chosen);
        if (blocked == null) {
            refuse(problems, chosen, TikTokVideoOptions.ALLOW_DUET, duets());
            refuse(problems, chosen, TikTokVideoOptions.ALLOW_STITCH, stitches());
            maxVideoDuration()
                    .filter(most -> length.compareTo(most) > 0)
                    .ifPresent(most -> problems.add("the video is " + length.toSeconds()
                            + " s long, TikTok takes up to " + most.toSeconds() + " s from this creator"));
        }
        return List.copyOf(problems);
    }

    /**
     * What TikTok would refuse of a choice for photos.
     *
     * @param options what the person chose
     * @return one sentence for each problem; empty when they may be posted
     */
    public List<String> problems(TikTokPhotoOptions options) {
        return options.isDraft() ? List.of() : List.copyOf(problems(options.toMap()));
    }

    private List<String> problems(Map<String, String> chosen) {
        List<String> problems = new ArrayList<>();
        if (blocked != null) {
            problems.add(blocked);
            return problems;
        }
        boolean branded = PostRules.isOn(chosen, TikTokVideoOptions.BRANDED_CONTENT);
        List<TikTokPrivacyLevel> levels = privacyLevels(branded);
        String level = chosen.getOrDefault(TikTokVideoOptions.PRIVACY_LEVEL, "");
        if (levels.stream().noneMatch(offered -> offered.name().equals(level))) {
            problems.add("privacy level " + level + " is not offered to this creator now; choose one of " + levels);
        }
        refuse(problems, chosen, TikTokVideoOptions.ALLOW_COMMENT, comments());
        return problems;
    }

    private static void refuse(List<String> problems, Map<String, String> chosen, String option, Switch offered) {
        if (!offered.enabled() && PostRules.isOn(chosen, option)) {
            problems.add(option + " cannot be on: " + offered.why());
        }
    }

    @Override
    public String toString() {
        return "TikTokComposer[" + connection.id() + ", asOf=" + asOf + ", mayPost=" + mayPost() + "]";
    }

    /**
     * A switch of the posting screen. It starts off, always.
     *
     * @param enabled whether the person may turn it on; grey it out otherwise
     * @param why why not, empty when it may be turned on
     */
    public record Switch(boolean enabled, String why) {
        /**
         * Checks the argument.
         *
         * @param enabled whether the person may turn it on
         * @param why why not
         */
        public Switch {
            Objects.requireNonNull(why, "why");
        }
    }

    /**
     * What to show about a commercial disclosure.
     *
     * @param label the label TikTok puts on the post, to be announced; empty when nothing is disclosed
     * @param declaration the sentence above the publish button
     * @param links where the words of the declaration lead
     */
    public record Disclosure(String label, String declaration, List<Link> links) {
        /**
         * Copies the list.
         *
         * @param label the label TikTok puts on the post
         * @param declaration the sentence above the publish button
         * @param links where the words of the declaration lead
         */
        public Disclosure {
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(declaration, "declaration");
            links = List.copyOf(links);
        }
    }

    /**
     * Words of a declaration and where they lead.
     *
     * @param words the words
     * @param target the page
     */
    public record Link(String words, URI target) {
        /**
         * Checks the arguments.
         *
         * @param words the words
         * @param target the page
         */
        public Link {
            Objects.requireNonNull(words, "words");
            Objects.requireNonNull(target, "target");
        }
    }
}
