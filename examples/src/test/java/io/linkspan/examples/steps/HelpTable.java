package io.linkspan.examples.steps;

import io.linkspan.connection.ConnectHelp;
import io.linkspan.connection.ConnectHelp.Bucket;
import io.linkspan.connection.ConnectHelp.Report;
import io.linkspan.instagram.Instagram;
import io.linkspan.spi.Actor;
import io.linkspan.spi.HelpCase;
import io.linkspan.spi.HelpCatalogue;
import io.linkspan.spi.HelpSignal;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.Secret;
import io.linkspan.tiktok.TikTok;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The rows of the fact sheet: what is seen, and the bucket and the actor it must lead to. */
final class HelpTable {
    static final PlatformAdapter TIKTOK = TikTok.builder(
                    "key", Secret.of("client-secret-0123"), URI.create("https://app.example.com/tiktok"))
            .build();
    static final PlatformAdapter INSTAGRAM = Instagram.withInstagramLogin(
                    "1", Secret.of("app-secret-0123"), URI.create("https://app.example.com/instagram"))
            .build();
    static final PlatformAdapter FACEBOOK = Instagram.withFacebookLogin(
                    "1", Secret.of("app-secret-0123"), URI.create("https://app.example.com/facebook"))
            .build();

    private static final Instant AT = Instant.parse("2026-11-30T09:00:00Z");
    private static final Bucket MISSING = Bucket.OPTION_MISSING;
    private static final Bucket FAILS = Bucket.AUTHORIZATION_FAILS;
    private static final Bucket REMOVED = Bucket.LOOKS_REMOVED;
    private static final Actor PERSON = Actor.PERSON;
    private static final Actor OPERATOR = Actor.OPERATOR;

    private HelpTable() {}

    /** A row: the failure, and what must come of it. */
    record Expected(PlatformAdapter adapter, HelpSignal signal, int failures, Bucket bucket, Actor actor, String row) {
        ConnectHelp help() {
            return HelpTable.help(adapter, signal, failures, 0);
        }

        @Override
        public String toString() {
            return adapter.platform() + " " + signal.key() + " \"" + signal.text() + "\" x" + failures + " -> " + row;
        }
    }

    static ConnectHelp help(PlatformAdapter adapter, HelpSignal signal, int failures, int users) {
        return help(adapter.help(), adapter, signal, failures, users);
    }

    /** From the rows of a catalogue; without rows, the common ones. */
    static ConnectHelp help(
            HelpCatalogue catalogue, PlatformAdapter adapter, HelpSignal signal, int failures, int users) {
        return catalogue.help(new HelpCase(
                signal,
                failures,
                users,
                Map.of(
                        "platform",
                        adapter.profiles().address().title(),
                        "account",
                        "@pier.bakery",
                        "expected",
                        "@quay.studio",
                        "reference",
                        "the reference 0197a2",
                        "address",
                        "https://www.instagram.com/quay.studio"),
                new Report(AT, adapter.platform(), "0197a2", "", "code", "trace", "app.example.com", 0)));
    }

    private static Expected row(
            PlatformAdapter adapter, String key, String text, Bucket bucket, Actor actor, String row) {
        return new Expected(adapter, new HelpSignal(key, text), 1, bucket, actor, row);
    }

    private static Expected row(PlatformAdapter adapter, String key, Bucket bucket, Actor actor, String row) {
        return row(adapter, key, "", bucket, actor, row);
    }

    /** Section 2 of the sheet: the link on the profile. */
    static List<Expected> profileLink() {
        return List.of(
                row(TIKTOK, "profile:NO_OPTION", MISSING, PERSON, "tiktok.profile.no_option"),
                new Expected(
                        TIKTOK,
                        HelpSignal.of("profile:NO_OPTION"),
                        2,
                        MISSING,
                        PERSON,
                        "tiktok.profile.no_option_still"),
                row(TIKTOK, "profile:LOGIN_LOOPS", FAILS, PERSON, "tiktok.profile.loop"),
                row(TIKTOK, "profile:WRONG_ACCOUNT", FAILS, PERSON, "tiktok.profile.wrong"),
                row(TIKTOK, "profile:ICON_GONE", REMOVED, PERSON, "tiktok.profile.gone"),
                row(TIKTOK, "profile:NAME_CHANGED", REMOVED, PERSON, "tiktok.profile.name"),
                row(INSTAGRAM, "profile:NO_OPTION", MISSING, PERSON, "common.profile"));
    }

    /** Section 3: TikTok. */
    static List<Expected> tiktok() {
        String refused = "refused:PLATFORM_REFUSED:";
        return List.of(
                row(TIKTOK, "no_return", FAILS, PERSON, "tiktok.no_return"),
                row(TIKTOK, "no_return", "Wrong client_key", FAILS, OPERATOR, "tiktok.client_key"),
                row(TIKTOK, "no_return", "redirect_uri", FAILS, OPERATOR, "tiktok.redirect_uri"),
                row(TIKTOK, "no_return", "Something went wrong: scope", FAILS, OPERATOR, "tiktok.scope"),
                row(TIKTOK, refused + "CONFIGURATION:invalid_scope", FAILS, OPERATOR, "tiktok.scope"),
                row(TIKTOK, "no_return", "only target users may sign in", FAILS, OPERATOR, "tiktok.sandbox"),
                row(TIKTOK, "no_return", "The app has no logo", FAILS, OPERATOR, "tiktok.business_logo"),
                row(TIKTOK, "no_return", "Oops", FAILS, PERSON, "common.page"),
                row(TIKTOK, "denied:access_denied", FAILS, PERSON, "tiktok.denied"),
                row(TIKTOK, "mismatch", FAILS, PERSON, "tiktok.mismatch"),
                row(TIKTOK, refused + "AUTHORIZATION:invalid_grant", FAILS, PERSON, "tiktok.code"),
                new Expected(
                        TIKTOK,
                        HelpSignal.of(refused + "AUTHORIZATION:invalid_grant"),
                        3,
                        FAILS,
                        OPERATOR,
                        "tiktok.code"),
                row(TIKTOK, refused + "CONFIGURATION:invalid_client", FAILS, OPERATOR, "tiktok.client_secret"),
                row(TIKTOK, refused + "CONFIGURATION:invalid_request", FAILS, OPERATOR, "common.setup"),
                row(TIKTOK, refused + "UNKNOWN:new_code", FAILS, PERSON, "common.refused"),
                row(TIKTOK, refused + "QUOTA:rate_limit_exceeded", FAILS, Actor.PLATFORM, "common.busy"),
                row(TIKTOK, "refused:UNCLEAR", FAILS, Actor.PLATFORM, "common.unclear"),
                row(TIKTOK, "refused:STATE_USED", FAILS, PERSON, "common.state_used"),
                row(TIKTOK, "refused:WRONG_BROWSER", FAILS, PERSON, "common.wrong_browser"),
                row(TIKTOK, "refused:UNKNOWN_STATE", FAILS, PERSON, "common.wrong_browser"),
                row(TIKTOK, "refused:STATE_EXPIRED", FAILS, PERSON, "common.state_expired"),
                row(TIKTOK, "connected:scopes_missing", MISSING, PERSON, "tiktok.scopes"),
                row(TIKTOK, "blocked:OPERATOR:scope_not_authorized", FAILS, Actor.DEVELOPER, "tiktok.not_authorized"),
                row(TIKTOK, "blocked:PERSON:spam_risk_user_banned_from_posting", FAILS, PERSON, "tiktok.banned"),
                row(
                        TIKTOK,
                        "blocked:OPERATOR:unaudited_client_can_only_post_to_private_accounts",
                        MISSING,
                        OPERATOR,
                        "tiktok.unaudited"),
                row(TIKTOK, "ended:REAUTHORIZATION_REQUIRED:access_token_invalid", REMOVED, PERSON, "tiktok.ended"),
                row(TIKTOK, "ended:REAUTHORIZATION_REQUIRED:invalid_grant", REMOVED, PERSON, "tiktok.ended"),
                row(TIKTOK, "removed:0", REMOVED, PERSON, "tiktok.removed"),
                row(TIKTOK, "removed:1", REMOVED, PERSON, "tiktok.removed.user"),
                row(TIKTOK, "removed:2", REMOVED, PERSON, "tiktok.removed.deleted"),
                row(TIKTOK, "removed:3", REMOVED, PERSON, "tiktok.removed.age"),
                row(TIKTOK, "removed:4", REMOVED, PERSON, "tiktok.removed.banned"),
                row(TIKTOK, "removed:5", REMOVED, OPERATOR, "tiktok.removed.developer"));
    }

    /** Section 4: Instagram, with both logins. */
    static List<Expected> instagram() {
        String refused = "refused:PLATFORM_REFUSED:";
        String again = "ended:REAUTHORIZATION_REQUIRED:";
        return List.of(
                row(INSTAGRAM, "no_return", "Invalid platform app", FAILS, OPERATOR, "instagram.platform_app"),
                row(INSTAGRAM, "no_return", "Insufficient developer role", FAILS, OPERATOR, "instagram.developer_role"),
                row(
                        FACEBOOK,
                        "no_return",
                        "Feature Unavailable: we are updating additional details for this app",
                        FAILS,
                        OPERATOR,
                        "instagram.feature_unavailable"),
                row(
                        FACEBOOK,
                        "no_return",
                        "Invalid Scopes: instagram_business_basic",
                        FAILS,
                        OPERATOR,
                        "instagram.invalid_scopes"),
                row(
                        FACEBOOK,
                        "no_return",
                        "This app needs at least one supported permission",
                        FAILS,
                        OPERATOR,
                        "instagram.supported_permission"),
                row(FACEBOOK, "no_return", "URL Blocked", FAILS, OPERATOR, "instagram.url_blocked"),
                row(INSTAGRAM, "no_return", "Invalid redirect_uri", FAILS, OPERATOR, "instagram.url_blocked"),
                row(INSTAGRAM, "no_return", FAILS, PERSON, "instagram.no_return"),
                row(INSTAGRAM, "denied:access_denied", FAILS, PERSON, "instagram.denied"),
                row(FACEBOOK, "denied:access_denied", FAILS, PERSON, "facebook.denied"),
                row(INSTAGRAM, "connected:scopes_missing", MISSING, PERSON, "instagram.scopes"),
                row(INSTAGRAM, "not_eligible:not_professional", MISSING, PERSON, "instagram.not_professional"),
                row(INSTAGRAM, "not_eligible:190/459", FAILS, PERSON, "instagram.confirm"),
                row(FACEBOOK, "not_eligible:no_page", MISSING, PERSON, "facebook.no_page"),
                row(FACEBOOK, "not_eligible:page_role_missing", MISSING, PERSON, "facebook.no_page"),
                row(FACEBOOK, "not_eligible:page_not_listed", MISSING, PERSON, "facebook.no_page"),
                row(FACEBOOK, "not_eligible:no_professional_account", MISSING, PERSON, "facebook.no_account"),
                row(FACEBOOK, "refused:NOT_A_CANDIDATE", MISSING, PERSON, "facebook.not_offered"),
                row(INSTAGRAM, "mismatch", FAILS, PERSON, "instagram.mismatch"),
                row(INSTAGRAM, refused + "AUTHORIZATION:400", FAILS, PERSON, "instagram.code"),
                row(FACEBOOK, refused + "AUTHORIZATION:100/36009", FAILS, PERSON, "instagram.code"),
                new Expected(
                        INSTAGRAM, HelpSignal.of(refused + "AUTHORIZATION:400"), 3, FAILS, OPERATOR, "instagram.code"),
                row(INSTAGRAM, "ended:AWAITING_ACCOUNT:190/459", REMOVED, PERSON, "instagram.checkpoint"),
                row(INSTAGRAM, "ended:AWAITING_ACCOUNT:190", REMOVED, PERSON, "instagram.checkpoint"),
                row(INSTAGRAM, "removed:190/458", REMOVED, PERSON, "instagram.removed"),
                row(FACEBOOK, "removed:deauthorize", REMOVED, PERSON, "facebook.removed"),
                row(INSTAGRAM, again + "190/460", REMOVED, PERSON, "instagram.signed_out"),
                row(INSTAGRAM, again + "190/467", REMOVED, PERSON, "instagram.signed_out"),
                row(FACEBOOK, again + "190/492", REMOVED, PERSON, "facebook.role"),
                row(INSTAGRAM, again + "190/463", REMOVED, PERSON, "instagram.not_renewed"),
                row(INSTAGRAM, "ended:EXPIRED:", REMOVED, PERSON, "instagram.not_renewed"),
                row(INSTAGRAM, "blocked:OPERATOR:200", REMOVED, OPERATOR, "instagram.api_blocked"),
                row(INSTAGRAM, "blocked:PERSON:10", MISSING, PERSON, "instagram.permission"),
                row(INSTAGRAM, "blocked:PERSON:200", MISSING, PERSON, "instagram.permission"),
                row(INSTAGRAM, "blocked:PERSON:299", MISSING, PERSON, "instagram.permission"),
                row(INSTAGRAM, "blocked:PERSON:368", MISSING, PERSON, "instagram.restricted"),
                row(INSTAGRAM, "blocked:PERSON:25/2207050", MISSING, PERSON, "instagram.restricted"),
                row(INSTAGRAM, "blocked:PERSON:4/2207051", MISSING, PERSON, "instagram.restricted"));
    }

    /** A signal that leads to a row of a catalogue, with the attempt from which it does. */
    static HelpSignal signal(HelpCatalogue.Row row) {
        String key = row.fits().signals().get(0);
        return new HelpSignal(key.endsWith("*") ? key.substring(0, key.length() - 1) + "x" : key, "");
    }
}
