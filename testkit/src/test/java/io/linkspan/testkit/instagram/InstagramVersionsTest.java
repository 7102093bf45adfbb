package io.linkspan.testkit.instagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.HttpResult;
import io.linkspan.testkit.internal.Direct;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions of the Graph API: which ones an app may call, which one answers, and which one addresses carry. */
class InstagramVersionsTest {
    private final InstagramDesk desk = new InstagramDesk();

    private HttpResult me(String version) {
        return desk.plain.get("/" + version + "/me?fields=id");
    }

    private static String answering(HttpResult result) {
        return Direct.answer(result).header("facebook-api-version").orElse("");
    }

    /** What calls of these versions get, one after the other: the version that answers, or the error. */
    private List<String> answers(String... versions) {
        List<String> answers = new ArrayList<>();
        for (String version : versions) {
            HttpResult result = me(version);
            answers.add(Direct.answer(result).status() == 200 ? answering(result) : Direct.graph(result));
        }
        return answers;
    }

    @Test
    void olderVersions_thanThatOfTheFirstCall_areRefusedOrForwarded() {
        assertEquals(List.of("v27.0", "2635/-", "v27.0"), answers("v27.0", "v26.0", "v27.0"));
        desk.sim.rules().closedVersion(ClosedVersion.FORWARDED);
        assertEquals(List.of("v27.0", "v28.0"), answers("v26.0", "v28.0"));
        desk.sim.rules().olderVersionsClosed(false);
        assertEquals(List.of("v26.0"), answers("v26.0"));
    }

    @Test
    void laterVersions_thanThatOfTheFirstCall_areOpen() {
        assertEquals(List.of("v26.0", "v27.0", "v26.0", "2635/-"), answers("v26.0", "v27.0", "v26.0", "v25.0"));
    }

    @Test
    void endedVersions_areRefusedOrForwarded() {
        desk.sim.rules().versions("v26.0", "v27.0");
        assertEquals(List.of("2635/-", "v26.0"), answers("v25.0", "v26.0"));
        desk.sim.rules().closedVersion(ClosedVersion.FORWARDED);
        assertEquals(List.of("v26.0"), answers("v25.0"));
        assertThrows(IllegalArgumentException.class, () -> desk.sim.rules().versions("v27.0", "v26.0"));
        assertThrows(IllegalArgumentException.class, () -> desk.sim.rules().versions("26", "v27.0"));
    }

    @Test
    void closedVersion_doesNothing() {
        me("v27.0");
        assertEquals("2635/-", Direct.graph(create(desk.plain, "v26.0", "video_url", InstagramDesk.VIDEO)));
        assertEquals("2635/-", Direct.graph(desk.facebook.get("/v26.0/" + desk.account.userId() + "?fields=username")));
        assertEquals(0, desk.sim.ledger().posts().size());
    }

    private HttpResult create(Direct as, String version, String name, String value) {
        return as.form("/" + version + "/" + desk.account.userId() + "/media", "media_type", "REELS", name, value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v26.0", "v27.0"})
    void uploadAddress_carriesTheVersionThatWasCalled(String version) {
        HttpResult created = create(desk.facebook, version, "upload_type", "resumable");
        String uri = Direct.document(created).path("uri").asString();
        assertTrue(uri.contains("/ig-api-upload/" + version + "/"), uri);
    }

    @ParameterizedTest
    @CsvSource({"v26.0,plain,instagram", "v27.0,plain,instagram", "v26.0,facebook,facebook", "v27.0,facebook,facebook"})
    void pagingAddress_carriesTheVersionThatWasCalled(String version, String login, String host) {
        Direct as = login.equals("plain") ? desk.plain : desk.facebook;
        for (int i = 0; i < 2; i++) {
            String id = Direct.document(create(as, version, "video_url", InstagramDesk.VIDEO))
                    .path("id")
                    .asString();
            assertEquals(
                    200,
                    Direct.answer(as.form(
                                    "/" + version + "/" + desk.account.userId() + "/media_publish", "creation_id", id))
                            .status());
        }
        desk.clock.advance(java.time.Duration.ofMinutes(5));
        String path = "/" + version + "/" + desk.account.userId() + "/media";
        String next = Direct.document(as.get(path + "?fields=id&limit=1"))
                .path("paging")
                .path("next")
                .asString();
        assertTrue(next.startsWith("https://graph." + host + ".com" + path + "?"), next);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ids=1,2", "date_format=U", "method=delete", "callback=x", "batch=[]", "fields=id.as(x)"})
    void featuresClosedToNewApps_areRefusedInEveryVersionAndLogin(String query) {
        for (String version : List.of("v26.0", "v27.0")) {
            assertEquals("100/-", Direct.graph(desk.plain.get("/" + version + "/me?" + query)));
            assertEquals("100/-", Direct.graph(desk.facebook.get("/" + version + "/me?" + query)));
            assertEquals("100/-", Direct.graph(desk.facebook.get("/" + version + "/me/accounts?" + query)));
            assertEquals("100/-", Direct.graph(desk.facebook.get("/" + version + "/debug_token?" + query)));
        }
    }
}
