package io.linkspan.instagram;

import io.linkspan.spi.CallClass;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.Secret;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * One app registration and where it talks to.
 *
 * @param id Instagram app id
 * @param secret Instagram app secret
 * @param redirectUri the registered redirect address
 * @param endpoints where Instagram is
 * @param graphVersion version in the path of Graph calls
 * @param webhookSecrets every secret that may have signed a message
 */
record InstagramApp(
        String id,
        Secret secret,
        URI redirectUri,
        InstagramEndpoints endpoints,
        String graphVersion,
        List<Secret> webhookSecrets) {
    InstagramApp {
        webhookSecrets = List.copyOf(webhookSecrets);
    }

    /** A read below the versioned root, with the token in a header: addresses end up in logs. */
    HttpCall read(String operation, String path, Map<String, String> query, Secret accessToken) {
        return HttpCall.of(
                        operation,
                        CallClass.READ,
                        "GET",
                        InstagramEndpoints.at(endpoints.graph(), versioned(path), query))
                .bearer(accessToken);
    }

    /** A POST below the versioned root. */
    HttpCall post(String operation, CallClass callClass, String path, Secret accessToken) {
        return HttpCall.of(operation, callClass, "POST", InstagramEndpoints.at(endpoints.graph(), versioned(path)))
                .bearer(accessToken);
    }

    String versioned(String path) {
        return "/" + graphVersion + path;
    }
}
