package io.linkspan.examples.steps;

import static io.linkspan.examples.steps.RemovedCheck.Cut.cut;

import io.linkspan.examples.CallbackServerTest;
import java.util.List;
import java.util.stream.Stream;

/**
 * A check of the OAuth checklist, how it is removed, and the test that then fails.
 *
 * @param name row of the checklist and what is checked there
 * @param file the source that checks, seen from the root of the project
 * @param cuts what is replaced in it
 * @param testClass class of the test
 * @param test its method, or the name of a case of {@link OAuthRefusalsTest}
 */
record RemovedCheck(String name, String file, List<Cut> cuts, Class<?> testClass, String test) {
    private static final String CONNECTION = "core/src/main/java/io/linkspan/internal/connection/";
    private static final String CHECKS = CONNECTION + "CallbackChecks.java";
    private static final String QUERY = CONNECTION + "CallbackQuery.java";
    private static final String ADMISSION = CONNECTION + "Admission.java";
    private static final String CONNECTOR = CONNECTION + "Connector.java";
    private static final String ANSWERS = "core/src/main/java/io/linkspan/internal/CheckedOAuth.java";
    private static final String SECRET = "core/src/main/java/io/linkspan/spi/Secret.java";
    private static final String TIKTOK = "tiktok/src/main/java/io/linkspan/tiktok/";
    private static final String CALLBACK = "examples/src/main/java/io/linkspan/examples/CallbackServer.java";

    /** A text that occurs once in a source, and what stands there instead. */
    record Cut(String from, String to) {
        static Cut cut(String from, String to) {
            return new Cut(from, to);
        }
    }

    private static RemovedCheck of(String name, String file, Class<?> testClass, String test, Cut... cuts) {
        return new RemovedCheck(name, file, List.of(cuts), testClass, test);
    }

    /** One that a row of the table of refused connects notices. */
    private static RemovedCheck row(String name, String file, String row, Cut... cuts) {
        return of(name, file, OAuthRefusalsTest.class, row, cuts);
    }

    static List<RemovedCheck> all() {
        return Stream.of(state(), context(), code(), query(), account(), answer(), secret())
                .flatMap(List::stream)
                .toList();
    }

    private static List<RemovedCheck> state() {
        return List.of(
                of(
                        "L1 the state has 256 random bits",
                        CONNECTOR,
                        AdmissionTest.class,
                        "pendingConnect_isStoredWithoutItsSecrets",
                        cut("kernel.randomBytes(32)", "kernel.randomBytes(16)")),
                of(
                        "L1 the state is stored hashed",
                        CONNECTION + "PendingConnects.java",
                        AdmissionTest.class,
                        "pendingConnect_isStoredWithoutItsSecrets",
                        cut("state == null ? null : Kernel.sha256(state)", "state"),
                        cut(
                                "RecordKind.PENDING_CONNECT, Kernel.sha256(state), 2",
                                "RecordKind.PENDING_CONNECT, state, 2")),
                row(
                        "L1 the state lives ten minutes",
                        CHECKS,
                        "tiktok: a minute late",
                        cut(" && kernel.now().isBefore(doc.expiresAt())", "")),
                of(
                        "L2 the state is used up before the code is spent",
                        CONNECTOR,
                        OAuthRefusalsTest.class,
                        "twoCallbacksAtOnce_spendOneCode",
                        cut(
                                "pendings.save(pending, pending.doc().at(Stage.CONSUMED, kernel.now()))\n"
                                        + "                .map(consumed -> exchange.spend(consumed, query",
                                "Optional.of(pending)\n"
                                        + "                .map(consumed -> exchange.spend(consumed, query")),
                row(
                        "L2 a state that was used is refused",
                        CHECKS,
                        "tiktok: reload after a refusal",
                        cut("doc.stage() == wanted || doc.stage() == Stage.EXPIRED", "true")));
    }

    private static List<RemovedCheck> context() {
        return List.of(
                row(
                        "L3 the browser that began finishes",
                        CHECKS,
                        "instagram: another browser",
                        cut(".or(() -> browser(callback.browserSecret()))", "")),
                of(
                        "L3 the app session that began hands over",
                        CHECKS,
                        LoginFlavoursTest.class,
                        "mobile_misuse_isRefusedBeforeTheCodeIsSpent",
                        cut(".or(() -> browser(sessionSecret))", "")),
                of(
                        "L3 the browser that began chooses",
                        CHECKS,
                        FacebookLoginTest.class,
                        "choice_ofAStranger_orInAnotherBrowser_orTooLate_isRefused",
                        cut(".or(() -> browser(browserSecret))", "")),
                row(
                        "L4 the platform of the redirect path",
                        CHECKS,
                        "tiktok: at another platform's address",
                        cut("!platform.name().equals(doc.platform())", "false")),
                row(
                        "L4 tenant and user signed in",
                        CHECKS,
                        "instagram: another tenant signed in",
                        cut("!owner.equals(pending.owner())", "false")),
                of(
                        "L4 the app registration",
                        CHECKS,
                        OAuthRefusalsTest.class,
                        "anotherAppRegistration_doesNotFinishTheConnect",
                        cut("adapter.registration().equals(doc.registration())", "true")),
                row("L5 the issuer", CHECKS, "tiktok: an issuer nobody declared", cut(".or(() -> issuer(query))", "")));
    }

    private static List<RemovedCheck> code() {
        return List.of(
                of(
                        "L6 a challenge is sent",
                        TIKTOK + "TikTokOAuth.java",
                        LoginFlavoursTest.class,
                        "desktop_usesHexPkceAndItsOwnPort",
                        cut("if (pkce) {\n            query.put", "if (false) {\n            query.put")),
                of(
                        "L6 the challenge is in TikTok's form",
                        TIKTOK + "Pkce.java",
                        LoginFlavoursTest.class,
                        "desktop_usesHexPkceAndItsOwnPort",
                        cut(
                                "HexFormat.of().formatHex(hash)",
                                "java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(hash)")),
                of(
                        "L6 the verifier is fresh for each connect",
                        CONNECTOR,
                        LoginFlavoursTest.class,
                        "desktop_takesAFreshVerifierForEachConnect",
                        cut("Secret.of(random())", "Secret.of(\"v\".repeat(43))")),
                of(
                        "L7 the redirect address of both requests is the same",
                        TIKTOK + "TikTokOAuth.java",
                        ConnectTest.class,
                        "tiktok_allowed_connectedWithGrantedScopes",
                        cut(
                                "form.put(\"redirect_uri\", redirectUri.toString())",
                                "form.put(\"redirect_uri\", redirectUri + \"/\")")),
                of(
                        "L7 the redirect address of a desktop program is the registered one",
                        TIKTOK + "TikTokOAuth.java",
                        LoginFlavoursTest.class,
                        "desktop_atAnAddressThatIsNotTheRegisteredOne_isTheCallersMistake",
                        cut("!DesktopRedirect.fits(registered, asked)", "false")),
                of(
                        "L8 nothing of the query is an address or a text to show",
                        CONNECTOR,
                        AdmissionTest.class,
                        "returnPathInTheQuery_goesNowhere",
                        cut("code.matches(\"[A-Za-z0-9_.-]{1,64}\") ? code :", "true ? code :")),
                of(
                        "L11 a code is sent once",
                        "core/src/main/java/io/linkspan/internal/http/Caller.java",
                        ConnectTest.class,
                        "tokenExchange_answerLost_unclearAndNeverRepeated",
                        cut("|| kind == CallClass.REVOKE;", "|| kind == CallClass.REVOKE || kind == CallClass.CODE;")));
    }

    private static List<RemovedCheck> query() {
        return List.of(
                row(
                        "L9 no parameter twice",
                        QUERY,
                        "tiktok: another code after it",
                        cut(
                                "parameters.putIfAbsent(name, value) != null",
                                "parameters.put(name, value) != null && pair.isEmpty()")),
                row(
                        "L9 not both code and error",
                        QUERY,
                        "tiktok: code and error",
                        cut("query.get(\"code\").isPresent() && query.get(\"error\").isPresent()", "false")),
                row("L9 at most 8 KiB", QUERY, "instagram: nine kibibytes", cut("raw.length() > MAX", "raw.isBlank()")),
                row(
                        "L9 no control characters",
                        QUERY,
                        "tiktok: C1 control character",
                        cut("!Texts.isClean(decoded)", "false")),
                of(
                        "L10 the callback leaves no referrer",
                        CALLBACK,
                        CallbackServerTest.class,
                        "callback_isAnsweredWithARedirectThatKeepsNothing",
                        cut("exchange.getResponseHeaders().set(\"Referrer-Policy\", \"no-referrer\");", "")),
                of(
                        "L10 the callback is not stored",
                        CALLBACK,
                        CallbackServerTest.class,
                        "callback_isAnsweredWithARedirectThatKeepsNothing",
                        cut("exchange.getResponseHeaders().set(\"Cache-Control\", \"no-store\");", "")),
                of(
                        "L10 the callback leaves no history",
                        CALLBACK,
                        CallbackServerTest.class,
                        "callback_isAnsweredWithARedirectThatKeepsNothing",
                        cut("exchange.sendResponseHeaders(303, -1);", "exchange.sendResponseHeaders(200, -1);")));
    }

    private static List<RemovedCheck> account() {
        return List.of(
                row(
                        "L12 the pinned account",
                        ADMISSION,
                        "instagram: another account than the pinned one",
                        cut("!expected.equals(account.id())", "expected.isEmpty()")),
                of(
                        "L12 the pinned account among several",
                        ADMISSION,
                        FacebookLoginTest.class,
                        "pinnedAccount_isTakenWithoutAQuestion_andAMissingOneNamesAll",
                        cut("candidate.account().id().equals(expected)", "true")),
                of(
                        "L13 scopes are those the answer grants",
                        ADMISSION,
                        ConnectTest.class,
                        "scope_denied_blocksCapability",
                        cut("grant.scopes() == null ? Set.of() : grant.scopes()", "wish.asked()")),
                of(
                        "L13 scopes that are not named are not assumed",
                        ADMISSION,
                        AdmissionTest.class,
                        "grantThatNamesNoScopes_isUnknownUntilProbed",
                        cut("grant.scopes() == null ? Set.of() :", "grant.scopes() == null ? wish.asked() :")),
                row(
                        "L14 the token's account is the answer's",
                        ADMISSION,
                        "tiktok: account of another token",
                        cut("!named.equals(account.id())", "named.isEmpty()")));
    }

    private static List<RemovedCheck> answer() {
        return List.of(
                row(
                        "L14 bearer type",
                        ANSWERS,
                        "tiktok: token answer with token_type mac",
                        cut("grant.tokenType() != null && !grant.tokenType().equalsIgnoreCase(\"bearer\")", "false")),
                row(
                        "L14 a token has at most 8 KiB",
                        ANSWERS,
                        "tiktok: token answer with 9 KiB access_token",
                        cut("bytes.length > MOST_TOKEN_BYTES", "bytes.length < 0")),
                row(
                        "L14 a token is printable",
                        ANSWERS,
                        "tiktok: token answer with a letter beyond ASCII in refresh_token",
                        cut("b <= 0x20 || b >= 0x7f", "b == 0x20")),
                of(
                        "L15 a life counts from the request",
                        CONNECTION + "CodeExchange.java",
                        AdmissionTest.class,
                        "lifeOfAToken_countsFromTheRequest",
                        cut("current.get()), outcome, startedAt)", "current.get()), outcome, kernel.now())")),
                of(
                        "L15 a minute of skew",
                        CONNECTION + "TokenLife.java",
                        RenewTest.class,
                        "withAccessToken_inTheLastMinute_renews",
                        cut("now.plus(Settings.SKEW).isBefore(end)", "now.isBefore(end)")),
                of(
                        "L15 an absurd life is the profile's",
                        "core/src/main/java/io/linkspan/spi/RenewalModel.java",
                        OAuthRefusalsTest.class,
                        "absurdLife_fallsBackToTheProfile",
                        cut("Duration life = absurd ? life() : told;", "Duration life = told;")));
    }

    private static List<RemovedCheck> secret() {
        return List.of(
                of(
                        "L16 a secret has no text",
                        SECRET,
                        ShownSecretsTest.class,
                        "everyPublicType_showsNoSecret",
                        cut("return \"Secret[redacted]\";", "return value;")),
                of(
                        "L16 a secret is not serializable",
                        SECRET,
                        ShownSecretsTest.class,
                        "secret_isNeitherSerializableNorARecord",
                        cut(
                                "public final class Secret {",
                                "public final class Secret implements java.io.Serializable {")),
                of(
                        "L16 secrets are compared whole",
                        SECRET,
                        ShownSecretsTest.class,
                        "secret_isComparedWhole",
                        cut(
                                "&& MessageDigest.isEqual(\n"
                                        + "                        value.getBytes(StandardCharsets.UTF_8), that.value.getBytes(StandardCharsets.UTF_8))",
                                "&& value.charAt(0) == that.value.charAt(0)")));
    }

    @Override
    public String toString() {
        return name + ": removed, " + testClass.getSimpleName() + " '" + test + "' fails";
    }
}
