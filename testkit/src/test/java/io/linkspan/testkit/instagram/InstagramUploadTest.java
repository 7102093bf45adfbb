package io.linkspan.testkit.instagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.CallClass;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.testkit.internal.Caller;
import io.linkspan.testkit.internal.Direct;
import io.linkspan.testkit.internal.Pictures;
import io.linkspan.testkit.sim.Fault;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class InstagramUploadTest {

    private static final byte[] VIDEO = Pictures.mp4(1000);
    private final InstagramDesk desk = new InstagramDesk();
    private final String token = desk.facebook.token();

    private HttpResult open() {
        return desk.create(desk.facebook, "media_type", "REELS", "upload_type", "resumable", "caption", "bytes");
    }

    private static String uri(HttpResult created) {
        return Direct.document(created).path("uri").asString();
    }

    private static String id(HttpResult created) {
        return Direct.document(created).path("id").asString();
    }

    private HttpResult send(String uri, long offset, long length) {
        return desk.upload(uri, token, VIDEO, offset, length, VIDEO.length);
    }

    private static String failure(HttpResult result) {
        assertEquals(400, Direct.answer(result).status());
        return Direct.document(result).path("debug_info").path("type").asString();
    }

    @Test
    void bytes_finishTheContainer_andPost() {
        HttpResult created = open();
        assertTrue(uri(created).endsWith("/ig-api-upload/v26.0/" + id(created)));
        assertEquals("IN_PROGRESS", desk.status(id(created)));
        HttpResult sent = send(uri(created), 0, 1000);
        assertTrue(Direct.document(sent).path("success").asBoolean(false));
        assertEquals("FINISHED", desk.status(id(created)));
        assertEquals(200, Direct.answer(desk.publish(id(created))).status());
        assertEquals(1000, desk.sim.ledger().posts().get(0).bytes());
        assertEquals("bytes", desk.sim.ledger().posts().get(0).text());
        assertEquals(1, desk.sim.ledger().count(InstagramOperation.UPLOAD));
    }

    @Test
    void bytes_alsoComeOverSockets() throws Exception {
        try (InstagramSimulator sim = InstagramSimulator.builder().start()) {
            InstagramAccount account = sim.addAccount("shop");
            FacebookPage page = sim.addPage("Shop", account);
            String served =
                    sim.issuePageToken(sim.addPerson("Mira").on(page), page).accessToken();
            Caller caller = new Caller(sim.baseUri());
            Caller.Reply created = caller.postForm(
                    "/v26.0/" + account.userId() + "/media", served, "media_type", "REELS", "upload_type", "resumable");
            Caller.Reply sent = caller.send(caller.to(created.json().path("uri").asString())
                    .header("Authorization", "OAuth " + served)
                    .header("offset", "0")
                    .header("file_size", "2000000")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(Arrays.copyOf(VIDEO, 2_000_000))));
            assertEquals(200, sent.status(), sent.response().body());
        }
    }

    @Test
    void instagramLogin_wantsAnAddress_unlessTheRulesSayOtherwise() {
        HttpResult refused = desk.create(desk.plain, "media_type", "REELS", "upload_type", "resumable");
        assertTrue(Direct.answer(refused).text().contains("The parameter video_url is required"));
        desk.sim.rules().resumableWithInstagramLogin(true);
        assertTrue(uri(desk.create(desk.plain, "media_type", "REELS", "upload_type", "resumable"))
                .contains("/ig-api-upload/"));
        assertEquals("100/-", Direct.graph(desk.create(desk.facebook, "upload_type", "resumable", "image_url", "x")));
        assertEquals(
                "100/-", Direct.graph(desk.create(desk.facebook, "media_type", "REELS", "upload_type", "RESUMABLE")));
    }

    @Test
    void offsetAndLength_mustFit() {
        HttpResult created = open();
        assertEquals("OffsetInvalidError", failure(send(uri(created), 10, 990)));
        assertEquals("PartialRequestError", failure(send(uri(created), 0, 500)));
        assertEquals("IN_PROGRESS", desk.status(id(created)));
        send(uri(created), 0, 1000);
        assertEquals("OffsetInvalidError", failure(send(uri(created), 0, 1000)));
    }

    @Test
    void brokenUpload_goesOnFromItsOffset() {
        HttpResult created = open();
        desk.sim.rules().tellsUploadOffset(true);
        HttpResult broken = desk.upload(uri(created), token, Arrays.copyOf(VIDEO, 400), 0, 1000, 1000);
        assertInstanceOf(HttpResult.Lost.class, broken);
        HttpResult read = desk.facebook.get("/v26.0/" + id(created) + "?fields=video_status");
        assertEquals(
                400,
                Direct.document(read)
                        .path("video_status")
                        .path("uploading_phase")
                        .path("bytes_transfered")
                        .asInt());
        assertEquals("OffsetInvalidError", failure(send(uri(created), 0, 1000)));
        assertEquals(200, Direct.answer(send(uri(created), 400, 600)).status());
        assertEquals("FINISHED", desk.status(id(created)));
    }

    @Test
    void brokenUpload_beginsAgain_whenTheRulesSaySo() {
        desk.sim.rules().brokenUploadsKept(false);
        HttpResult created = open();
        desk.upload(uri(created), token, Arrays.copyOf(VIDEO, 400), 0, 1000, 1000);
        assertEquals("OffsetInvalidError", failure(send(uri(created), 400, 600)));
        assertEquals(200, Direct.answer(send(uri(created), 0, 1000)).status());
    }

    @Test
    void pieces_areTakenWhenTheRulesSaySo() {
        desk.sim.rules().uploadsInPieces(true);
        HttpResult created = open();
        assertEquals(200, Direct.answer(send(uri(created), 0, 500)).status());
        assertEquals("IN_PROGRESS", desk.status(id(created)));
        assertEquals(200, Direct.answer(send(uri(created), 500, 500)).status());
        assertEquals("FINISHED", desk.status(id(created)));
    }

    @Test
    void strangers_areRefused_andOwnAddressesLeadNowhere() {
        HttpResult created = open();
        HttpResult stranger = desk.upload(uri(created), "nonsense", VIDEO, 0, 1000, 1000);
        assertEquals("ProcessingFailedError", failure(stranger));
        assertTrue(Direct.answer(stranger).text().contains("unauthorized user request"));
        assertEquals(
                200,
                Direct.answer(send(uri(created).replace("v26.0", "v25.0"), 0, 1000))
                        .status());
        assertEquals("IN_PROGRESS", desk.status(id(created)));
    }

    @Test
    void hostedFile_isPulled() {
        HttpResult created = open();
        HttpCall call = HttpCall.of("test.upload", CallClass.PREPARE, "POST", URI.create(uri(created)))
                .header("Authorization", "OAuth " + token)
                .header("file_url", InstagramDesk.VIDEO);
        assertEquals(200, Direct.answer(desk.sim.transport().exchange(call)).status());
        assertEquals("FINISHED", desk.status(id(created)));
    }

    @Test
    void faults_speakTheEnvelopeOfUploads() {
        HttpResult created = open();
        desk.sim.faults().on(InstagramOperation.UPLOAD).next(Fault.serverErrorBefore());
        HttpResult failed = send(uri(created), 0, 1000);
        assertEquals(500, Direct.answer(failed).status());
        assertTrue(Direct.document(failed).path("debug_info").path("retriable").asBoolean(false));
    }
}
