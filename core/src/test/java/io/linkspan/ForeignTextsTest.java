package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.ConnectionId;
import io.linkspan.fake.FakePosting;
import io.linkspan.fake.FakePosting.Way;
import io.linkspan.fake.FakeWorld;
import io.linkspan.publish.Publication;
import io.linkspan.spi.AccountChoice;
import io.linkspan.spi.AccountIdentity;
import io.linkspan.spi.CommitResult;
import io.linkspan.spi.EligibilityFinding;
import io.linkspan.spi.Grant;
import io.linkspan.spi.HandleStatus;
import io.linkspan.spi.KeyProvider;
import io.linkspan.spi.MediaHost;
import io.linkspan.spi.MediaSource;
import io.linkspan.spi.PlatformEvent;
import io.linkspan.spi.Secret;
import io.linkspan.spi.Texts;
import io.linkspan.spi.TokenPair;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that enter through an interface that a host or an adapter implements: refused by name of the method, or made fit to be kept. */
class ForeignTextsTest {
    private static final String BAD = "a\0b\nc\uD800" + "x".repeat(100_000);

    private final FakeWorld world = new FakeWorld();

    private static KeyProvider keys(String id, int wrapped) {
        return new KeyProvider() {
            @Override
            public String currentKeyId() {
                return id;
            }

            @Override
            public byte[] wrap(String keyId, byte[] dataKey) {
                return new byte[wrapped];
            }

            @Override
            public byte[] unwrap(String keyId, byte[] bytes) {
                return new byte[32];
            }
        };
    }

    private String refusal(KeyProvider keys) {
        Linkspan linkspan = world.process(builder -> builder.keys(keys), world.platform());
        return String.valueOf(assertThrows(HostCodeException.class, () -> world.connect(linkspan))
                .getMessage());
    }

    static Stream<String> keyIds() {
        return Stream.of("", " ", "a b", "a\nb", "a\0", "schl\u00fcssel", "\uD83D", "x".repeat(65));
    }

    /** What no node could find again in a sealed value. */
    @ParameterizedTest
    @MethodSource("keyIds")
    void keyId_thatCannotBeKept_isRefusedByTheMethodsName(String id) {
        String message = refusal(keys(id, 40));

        assertTrue(message.contains("method currentKeyId, returned the id "), message);
        assertTrue(message.endsWith("Return 1 to 64 printable ASCII characters without blanks."), message);
        assertTrue(message.length() < 500 && Texts.isClean(message), message);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1025, 40_000})
    void wrappedKey_thatCannotBeKept_isRefusedByTheMethodsName(int length) {
        String message = refusal(keys("key-1", length));

        assertTrue(message.contains("method wrap, returned " + length + " bytes. Return 1 to 1024 bytes."), message);
    }

    static Stream<URI> addresses() {
        return Stream.of(
                URI.create("/relative"),
                URI.create("file:///etc/passwd"),
                URI.create("ftp://media.test/a"),
                URI.create("https:/nohost"),
                URI.create("https://media.test/\uD83D"),
                URI.create("https://media.test/" + "x".repeat(5000)));
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void addressOfAMediaHost_thatNoPlatformCanPull_isRefusedByTheMethodsName(URI address) {
        MediaHost host = new MediaHost() {
            @Override
            public URI issue(String attempt, MediaSource media, String contentType) {
                return address;
            }

            @Override
            public Served withdraw(String attempt) {
                return Served.NOTHING;
            }
        };
        FakeWorld pulling = new FakeWorld().posting(inner -> new FakePosting(inner, Way.PULL));
        Linkspan linkspan = pulling.process(builder -> builder.mediaHost(host), pulling.platform());
        ConnectionId connection = pulling.connect(linkspan);
        Publication submitted = linkspan.publisher().submit(FakeWorld.OWNER, "pull", FakeWorld.post(connection));

        linkspan.worker().runDue();
        pulling.advance(Duration.ofMinutes(1));
        linkspan.worker().runDue();

        String seen = linkspan.publisher()
                .find(FakeWorld.OWNER, submitted.id())
                .orElseThrow()
                .jobs()
                .get(0)
                .evidence()
                .toString();
        assertTrue(seen.contains("method issue, returned ") && seen.contains("Return an absolute http or https"), seen);
        assertFalse(seen.contains("etc/passwd"), "the address is a secret");
        assertEquals(0, pulling.platform().calls("fake.init"));
    }

    @Test
    void grant_isBounded() {
        Set<String> scopes = IntStream.range(0, 300).mapToObj(i -> i + BAD).collect(Collectors.toSet());
        TokenPair tokens = new TokenPair(Secret.of("access"), null);
        Grant grant = new Grant(tokens, null, null, scopes, BAD, BAD);

        assertTrue(grant.scopes().size() <= 100);
        grant.scopes().forEach(ForeignTextsTest::assertKept);
        assertKept(grant.accountId());
        assertKept(grant.tokenType());
        assertNull(new Grant(tokens, null, null, null, null).scopes());
    }

    private static void assertKept(String text) {
        assertTrue(text.length() <= 2048 && Texts.isClean(text), () -> "length " + text.length());
    }

    @Test
    void textsOfAdapters_areMadeFitToBeKept() {
        EligibilityFinding finding = new EligibilityFinding(BAD, BAD, BAD, BAD);
        AccountIdentity account = new AccountIdentity("1", Set.of(), "", "", Map.of());
        HandleStatus.Published published = new HandleStatus.Published(BAD, BAD);
        HandleStatus.Delivered delivered = new HandleStatus.Delivered(BAD, BAD);
        PlatformEvent.HandleMoved moved = new PlatformEvent.HandleMoved(BAD, BAD, BAD, BAD);
        Stream.of(
                        finding.code(),
                        finding.source(),
                        finding.detail(),
                        finding.remedy(),
                        published.postId(),
                        published.detail(),
                        delivered.instruction(),
                        delivered.detail(),
                        new HandleStatus.Processing(BAD).detail(),
                        new HandleStatus.NotPublished(BAD).detail(),
                        new CommitResult.Published(BAD).postId(),
                        moved.accountId(),
                        moved.handle(),
                        moved.name(),
                        moved.occurrence(),
                        new PlatformEvent.AccessRemoved(BAD, Instant.EPOCH, BAD, true).code(),
                        new PlatformEvent.DeletionWanted(BAD, Instant.EPOCH).accountId(),
                        new PlatformEvent.Other(BAD).name(),
                        new AccountChoice.Candidate(account, new TokenPair(Secret.of("a"), null), null, BAD).label())
                .forEach(ForeignTextsTest::assertKept);
    }
}
