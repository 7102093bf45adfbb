package io.linkspan.testkit.sim;

import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.HttpTransport;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A network without sockets on which several simulated platforms live. Immutable.
 *
 * <p>A call to a host that is not there is {@link HttpResult.NotSent}.
 */
public final class SimNetwork implements HttpTransport {

    private final Map<String, HttpTransport> hosts;

    private SimNetwork(Map<String, HttpTransport> hosts) {
        this.hosts = hosts;
    }

    /**
     * A network of platforms under their base addresses.
     *
     * @param platforms the platforms
     * @return the network
     */
    public static SimNetwork of(SimPlatform... platforms) {
        Map<String, HttpTransport> hosts = new TreeMap<>();
        for (SimPlatform platform : platforms) {
            hosts.put(key(platform.baseUri().getAuthority()), platform.transport());
        }
        return new SimNetwork(hosts);
    }

    /**
     * Adds a host.
     *
     * @param host such as {@code open.tiktokapis.com}, with port where one is used
     * @param platform who answers there
     * @return a network that knows the host too
     */
    public SimNetwork with(String host, SimPlatform platform) {
        Map<String, HttpTransport> all = new TreeMap<>(hosts);
        all.put(key(host), platform.transport());
        return new SimNetwork(all);
    }

    private static String key(String host) {
        return Objects.requireNonNull(host, "host").toLowerCase(Locale.ROOT);
    }

    @Override
    public HttpResult exchange(HttpCall call) {
        String host = call.uri().getAuthority();
        HttpTransport transport = host == null ? null : hosts.get(key(host));
        return transport == null
                ? new HttpResult.NotSent("cannot reach " + call.uri().getHost() + " (UnknownHostException)")
                : transport.exchange(call);
    }
}
