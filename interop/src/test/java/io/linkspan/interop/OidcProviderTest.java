package io.linkspan.interop;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;

/** Where Node is at hand; says so where it is not. */
class OidcProviderTest extends ForeignServerContract {
    @Override
    ForeignServer start() throws Exception {
        try {
            return NodeServer.start();
        } catch (IOException e) {
            return abort("oidc-provider cannot run here, its tests are skipped: " + e.getMessage());
        }
    }
}
