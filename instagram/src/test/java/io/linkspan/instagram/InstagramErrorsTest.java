package io.linkspan.instagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.Actor;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.TokenEffect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstagramErrorsTest {
    private static final String PUBLISH = "instagram.media_publish";
    private final InstagramErrors errors = InstagramErrors.load();

    private PlatformError read(String operation, int status, String body) {
        GraphError error = GraphError.in(
                        Fields.object(body.getBytes(StandardCharsets.UTF_8)).orElseThrow())
                .orElseThrow();
        return errors.read(operation, status, error);
    }

    /** Every code of the sheet's tables 3.6, 6.1, 6.2 and 6.3. */
    static Stream<String> codesOfTheSheet() {
        return Stream.of(
                "190/458",
                "190/459",
                "190",
                "190/460",
                "190/463",
                "190/464",
                "190/467",
                "190/490",
                "190/492",
                "190/456",
                "190/457",
                "190/461",
                "190/462",
                "190/465",
                "190/466",
                "190/468",
                "102",
                "102/463",
                "483",
                "10",
                "200",
                "201",
                "299",
                "100/33",
                "104",
                "2635",
                "-2/2207003",
                "-2/2207020",
                "-1/2207001",
                "-1/2207032",
                "-1/2207053",
                "1/2207057",
                "4/2207051",
                "9/2207042",
                "24/2207006",
                "24/2207008",
                "25/2207050",
                "100/2207023",
                "100/2207028",
                "100/2207035",
                "100/2207036",
                "100/2207037",
                "100/2207040",
                "352/2207026",
                "9004/2207052",
                "9007/2207027",
                "36000/2207004",
                "36001/2207005",
                "36003/2207009",
                "36004/2207010",
                "-1/2207018",
                "-1/2207076",
                "-1/2207077",
                "-1/2207078",
                "-1/2207081",
                "-1/2207082",
                "-1/2207085",
                "-1/2207083",
                "-1/2207089",
                "1",
                "2",
                "3",
                "4",
                "17",
                "32",
                "100",
                "101",
                "230",
                "341",
                "368",
                "506",
                "613",
                "803",
                "80000/2446079",
                "80001",
                "80002",
                "80002/2446079",
                "80014",
                "9009",
                "1609005");
    }

    @ParameterizedTest
    @MethodSource("codesOfTheSheet")
    void everyCodeOfTheSheet_hasAMeaningAndARemedy(String code) {
        String[] parts = code.split("/", -1);
        int subcode = parts.length == 1 ? 0 : Integer.parseInt(parts[1]);
        PlatformError error =
                read("instagram.container_create", 400, Samples.graph(Integer.parseInt(parts[0]), subcode, "x"));
        assertNotEquals(CauseClass.UNKNOWN, error.meaning().causeClass());
        assertEquals(code, error.code());
        assertTrue(error.meaning().remedy().length() > 10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "190",
                "190/458",
                "190/460",
                "190/463",
                "10",
                "200",
                "9/2207042",
                "9007/2207027",
                "24/2207006",
                "24/2207008",
                "24/1",
                "25/2207050",
                "2635",
                "100",
                "100/2207023",
                "100/2207028"
            })
    void publish_codesOfTheDefiniteList_areDefinite(String code) {
        assertTrue(publish(code).definite(), code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4/2207051",
                "4",
                "1",
                "2",
                "-1/2207001",
                "-1/2207032",
                "-1/2207053",
                "-2/2207003",
                "-2/2207020",
                "1/2207057",
                "352/2207026",
                "9004/2207052",
                "36000/2207004",
                "36003/2207009",
                "17",
                "32",
                "613",
                "341",
                "80002",
                "80002/2446079",
                "368",
                "803",
                "3",
                "201",
                "100/33",
                "100/1",
                "10/1",
                "9/1",
                "9",
                "9007",
                "25",
                "7/2207042",
                "1/9007",
                "-1/2207085",
                "-1/2207083",
                "483",
                "101",
                "999",
                "0"
            })
    void publish_anyOtherCode_isNotDefinite(String code) {
        assertFalse(publish(code).definite(), code);
    }

    @Test
    void publish_noOtherEntryOfTheCatalogue_isDefinite() {
        for (String code : errors.codes()) {
            String seen = code.replace("*", "1");
            boolean listed =
                    seen.matches("190(/\\d+)?|10|200|2635|9/2207042|9007/2207027|24/\\d+|25/2207050|100(/2207\\d+)?");
            if (seen.matches("-?\\d+(/\\d+)?") && !listed) {
                assertFalse(publish(seen).definite(), code);
            }
        }
    }

    private PlatformError publish(String code) {
        String[] parts = code.split("/", -1);
        int subcode = parts.length == 1 ? 0 : Integer.parseInt(parts[1]);
        return read(PUBLISH, 400, Samples.graph(Integer.parseInt(parts[0]), subcode, "x"));
    }

    /** No commit can have left where a limit refuses a read or a container, so the wait is one of a known refusal. */
    @ParameterizedTest
    @ValueSource(strings = {"4/1", "17/2446079", "32/2446079", "341/5", "613/1996", "80001/7", "368/1390008", "9009/1"})
    void limitWithAnUnknownSubcode_hasTheMeaningOfItsCode(String code) {
        String[] parts = code.split("/", -1);
        String body = Samples.graph(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), "x");
        for (String operation : List.of("instagram.me", "instagram.container_create")) {
            PlatformError error = read(operation, 400, body);
            assertEquals(
                    read(operation, 400, Samples.graph(Integer.parseInt(parts[0]), 0, "x"))
                            .meaning(),
                    error.meaning());
            assertEquals(code, error.code());
            assertTrue(error.definite(), code);
        }
        assertFalse(read(PUBLISH, 400, body).definite());
    }

    @Test
    void unsupportedRequestWithoutSubcode_isNotDefinite() {
        assertFalse(read(PUBLISH, 400, Samples.graph(100, 0, "Unsupported post request. Object with ID"))
                .definite());
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 302, 500, 502, 503})
    void definiteCode_withoutStatus4xx_isNotDefinite(int status) {
        assertFalse(read(PUBLISH, status, Samples.REMOVED).definite());
    }

    /** Nothing was made: the version was refused before anything was done. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "instagram.media_publish",
                "instagram.container_create",
                "instagram.token",
                "instagram.long_lived_token",
                "instagram.refresh",
                "instagram.me",
                "instagram.facebook_token",
                "instagram.facebook_long_lived_token",
                "instagram.upload",
                "instagram.any"
            })
    void closedVersion_isForTheOperator_andDefiniteEverywhere(String operation) {
        PlatformError error = read(operation, 400, Samples.graph(2635, 0, "x"));
        assertTrue(error.definite());
        assertEquals(CauseClass.CONFIGURATION, error.meaning().causeClass());
        assertEquals(Actor.OPERATOR, error.meaning().actor());
        assertEquals(
                "the version of the Graph API has ended or is not open to this app",
                error.meaning().cause());
    }

    static Stream<List<Object>> samples() {
        return Stream.of(
                List.of(Samples.REMOVED, "190/458", CauseClass.AUTHORIZATION, TokenEffect.REMOVED_BY_PERSON),
                List.of(Samples.PASSWORD, "190/460", CauseClass.AUTHORIZATION, TokenEffect.DEAD),
                List.of(Samples.EXPIRED, "190/463", CauseClass.AUTHORIZATION, TokenEffect.DEAD),
                List.of(Samples.BLOCKED, "200", CauseClass.CONFIGURATION, TokenEffect.NONE),
                List.of(Samples.NO_PERMISSION, "200", CauseClass.PERMISSION, TokenEffect.NONE),
                List.of(Samples.UNREADABLE, "100/33", CauseClass.TRANSIENT, TokenEffect.NONE),
                List.of(Samples.NO_FIELD, "100", CauseClass.CONFIGURATION, TokenEffect.NONE),
                List.of(Samples.NOT_READY, "9007/2207027", CauseClass.TRANSIENT, TokenEffect.NONE),
                List.of(Samples.NOT_FETCHED, "9004/2207052", CauseClass.CONTENT, TokenEffect.NONE),
                List.of(Samples.SPAM, "4/2207051", CauseClass.ACCOUNT, TokenEffect.NONE),
                List.of(Samples.QUOTA, "9/2207042", CauseClass.QUOTA, TokenEffect.NONE),
                List.of(Samples.THROTTLED, "80002", CauseClass.QUOTA, TokenEffect.NONE),
                List.of(Samples.UNAVAILABLE, "2", CauseClass.TRANSIENT, TokenEffect.NONE),
                List.of(Samples.CHECKPOINT, "190", CauseClass.ACCOUNT, TokenEffect.WAITING_FOR_PERSON));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void sampleBody_isRead(List<Object> sample) {
        PlatformError error = read("instagram.me", 400, (String) sample.get(0));
        assertEquals(sample.get(1), error.code());
        assertEquals(sample.get(2), error.meaning().causeClass());
        assertEquals(sample.get(3), error.meaning().tokenEffect());
        assertTrue(error.trace().orElseThrow().startsWith("SIM"));
    }

    @Test
    void restrictedApp_isForTheOperator() {
        assertEquals(
                Actor.OPERATOR,
                read("instagram.me", 400, Samples.BLOCKED).meaning().actor());
    }

    @Test
    void codeAsText_isRead() {
        String body = "{\"error\":{\"message\":\"x\",\"code\":\"9007\",\"error_subcode\":\"2207027\"}}";
        assertEquals("9007/2207027", read(PUBLISH, 400, body).code());
        assertTrue(read(PUBLISH, 400, body).definite());
    }

    @ParameterizedTest
    @CsvSource({"459", "490"})
    void checkpointSubcodes_waitForThePerson(int subcode) {
        assertEquals(
                TokenEffect.WAITING_FOR_PERSON,
                read("instagram.me", 400, Samples.graph(190, subcode, "x"))
                        .meaning()
                        .tokenEffect());
    }

    @Test
    void checkpointText_withoutSubcode_waitsForThePerson() {
        String text =
                "You cannot access the app till you log in to www.instagram.com and follow the instructions given.";
        assertEquals(
                TokenEffect.WAITING_FOR_PERSON,
                read("instagram.refresh", 400, Samples.graph(190, 0, text))
                        .meaning()
                        .tokenEffect());
    }

    @Test
    void publishingSubcode_withAnotherCode_isUnderstoodButNotDefinite() {
        PlatformError error = read("instagram.container_create", 400, Samples.graph(-1, 2207004, "x"));
        assertEquals(CauseClass.CONTENT, error.meaning().causeClass());
        assertFalse(error.definite());
    }

    @Test
    void unknownCodeMarkedAsPassing_mayBeRepeatedButStaysUnclear() {
        String body = "{\"error\":{\"message\":\"x\",\"code\":777,\"is_transient\":true}}";
        assertTrue(read(PUBLISH, 400, body).meaning().retryable());
        assertFalse(read(PUBLISH, 400, body).definite());
    }

    @Test
    void namedError_isFoundInTheMessage() {
        String body = Samples.graph(100, 99, "INSTAGRAM_PLATFORM_API__INVALID_LOCATION_ID")
                .replace("100", "777");
        assertNotEquals(
                CauseClass.UNKNOWN,
                read("instagram.container_create", 400, body).meaning().causeClass());
    }

    @Test
    void allFourEnvelopes_areRead() {
        assertEquals("400", read("instagram.token", 400, Samples.CODE_USED).code());
        String upload = "{\"debug_info\":{\"retriable\":false,\"type\":\"ProcessingFailedError\",\"message\":\"x\"}}";
        assertEquals("ProcessingFailedError", read("x", 400, upload).code());
        String inspected = "{\"data\":{\"error\":{\"code\":190,\"message\":\"Session has expired\",\"subcode\":463},"
                + "\"is_valid\":false}}";
        assertEquals("190/463", read("x", 200, inspected).code());
    }

    @Test
    void message_holdsNeitherAddressNorToken() {
        PlatformError error = read("instagram.container_create", 400, Samples.NOT_FETCHED);
        assertFalse(error.message().contains("cdn.example.test"), error.message());
        PlatformError token = read("instagram.me", 400, Samples.graph(190, 0, "bad " + TestApp.TOKEN));
        assertFalse(token.message().contains(TestApp.TOKEN), token.message());
    }
}
