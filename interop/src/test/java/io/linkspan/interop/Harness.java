package io.linkspan.interop;

import io.linkspan.InMemoryStores;
import io.linkspan.Linkspan;
import io.linkspan.LocalKeys;
import io.linkspan.Owner;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectRequest;
import io.linkspan.connection.Connection;
import io.linkspan.internal.http.HttpLimits;
import io.linkspan.internal.http.JdkTransport;
import io.linkspan.link.Intent;
import io.linkspan.spi.HttpBody;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.HttpTransport;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A Linkspan in front of a real server, with a browser, a clock that can run ahead, and answers that can be damaged. */
final class Harness implements AutoCloseable, HttpTransport {
    static final Owner OWNER = Owner.of("harbour", "mira");
    static final String BROWSER = "browser-secret-of-mira";

    final StandardAdapter.Profile profile;
    final InMemoryStores stores = InMemoryStores.create();
    final List<HttpCall> sent = new ArrayList<>();
    final Map<String, UnaryOperator<HttpResult>> damage = new HashMap<>();
    final Linkspan linkspan;
    private final JdkTransport network = new JdkTransport(HttpLimits.DEFAULT);
    private Duration ahead = Duration.ZERO;

    Harness(StandardAdapter.Profile profile) {
        this.profile = profile;
        this.linkspan = open(profile);
    }

    Linkspan open(StandardAdapter.Profile other) {
        return Linkspan.builder()
                .stores(stores)
                .keys(LocalKeys.fromBase64(Base64.getEncoder().encodeToString(new byte[32])))
                .platform(new StandardAdapter(other))
                .transport(this)
                .clock(this::now)
                .retryBase(Duration.ofMillis(1))
                .build();
    }

    private Instant now() {
        return Instant.now().plus(ahead);
    }

    void advance(Duration by) {
        ahead = ahead.plus(by);
    }

    @Override
    public HttpResult exchange(HttpCall call) {
        sent.add(call);
        HttpResult answer = network.exchange(call);
        return damage.getOrDefault(call.operation(), result -> result).apply(answer);
    }

    long calls(String operation) {
        return sent.stream().filter(call -> call.operation().equals(operation)).count();
    }

    /** A form field of the last request of an operation. */
    String lastField(String operation, String name) {
        HttpCall last = sent.stream()
                .filter(call -> call.operation().equals(operation))
                .reduce((first, second) -> second)
                .orElseThrow();
        return ((HttpBody.Form) last.body()).fields().get(name);
    }

    static ConnectRequest asking() {
        return ConnectRequest.of(OWNER, StandardAdapter.PLATFORM, Intent.PROFILE)
                .boundTo(BROWSER);
    }

    String callback(String user, ConnectRequest request) {
        return ScriptedBrowser.signIn(linkspan.connections().connect(request).uri(), profile.redirectUri(), user);
    }

    ConnectOutcome complete(String query) {
        return linkspan.connections().complete(query, BROWSER);
    }

    Connection connect() {
        return ((ConnectOutcome.Connected) complete(callback("mira", asking()))).connection();
    }

    List<StoredRecord> records() {
        return stores.tokens().page(OWNER.tenant(), RecordKind.CONNECTION, OWNER.user(), "", 100);
    }

    @Override
    public void close() {
        linkspan.close();
    }
}
