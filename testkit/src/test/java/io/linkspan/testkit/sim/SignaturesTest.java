package io.linkspan.testkit.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SignaturesTest {

    @Test
    void tikTok_testVector() {
        String body = "{\"client_key\":\"demo_client_key\",\"event\":\"post.publish.complete\","
                + "\"create_time\":1795132800,\"user_openid\":\"-000demoOpenId_AbC123\",\"content\":"
                + "\"{\\\"publish_id\\\":\\\"v_pub_file~v2-1.7600000000000000001\\\","
                + "\\\"publish_type\\\":\\\"DIRECT_PUBLISH\\\"}\"}";
        assertEquals(232, body.length());
        assertEquals(
                "t=1795132805,s=1948f467a1e5b71ba632c29370c3fcd256c578dfecf73a5d7a36b61e2e185a4c",
                Signatures.tikTok("demo_client_secret", Instant.ofEpochSecond(1795132805), body));
    }

    @Test
    void hub_testVector() {
        assertEquals(
                "sha256=28b7aa5ecd1789d4015aae44a5ff7c1d24dd28dffb75fdd44b274bb36bbc7ffa",
                Signatures.hub("sim-app-secret", "{\"object\":\"instagram\",\"entry\":[]}"));
    }

    @Test
    void signedRequest_publicTestVector() {
        assertEquals(
                "w5ZbbWP9yOwBA1uJZbc7-9gZok0O42U4i0yyvxXE_jY."
                        + "eyJhbGdvcml0aG0iOiJITUFDLVNIQTI1NiIsImV4cGlyZXMiOjEyOTE4NDA0MDAsImlzc3VlZF9hdCI6MTI5MTgz"
                        + "NjgwMCwidXNlcl9pZCI6IjIxODQ3MSJ9",
                Signatures.signedRequest(
                        "client_secret_shhhhhh!",
                        "{\"algorithm\":\"HMAC-SHA256\",\"expires\":1291840400,\"issued_at\":1291836800,"
                                + "\"user_id\":\"218471\"}"));
    }

    @Test
    void signedRequest_ownTestVector() {
        assertEquals(
                "LH9HeNMLAjdX5aVPpk5cM8sqWLke6BdYN3JEagMlvMA."
                        + "eyJhbGdvcml0aG0iOiJITUFDLVNIQTI1NiIsImV4cGlyZXMiOjE3OTAwMDM2MDAsImlzc3VlZF9hdCI6MTc5MDAw"
                        + "MDAwMCwidXNlcl9pZCI6IjI3MDAwMDAwMDAwMDAwMDAxIn0",
                Signatures.signedRequest(
                        "sim-app-secret",
                        "{\"algorithm\":\"HMAC-SHA256\",\"expires\":1790003600,\"issued_at\":1790000000,"
                                + "\"user_id\":\"27000000000000001\"}"));
    }
}
