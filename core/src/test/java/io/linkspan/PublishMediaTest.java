package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.ConnectionId;
import io.linkspan.fake.FakeWorld;
import io.linkspan.fake.Faults;
import io.linkspan.preflight.PreflightReport;
import io.linkspan.publish.IdempotencyConflictException;
import io.linkspan.publish.Media;
import io.linkspan.publish.Post;
import io.linkspan.publish.PostRefusedException;
import io.linkspan.publish.Preview;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishState;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.spi.MediaSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Media that are gone, changed or shorter after they were accepted. */
class PublishMediaTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** What happens to a file. */
    enum Harm {
        DELETED {
            @Override
            void to(Path file) throws IOException {
                Files.delete(file);
            }
        },
        CHANGED {
            @Override
            void to(Path file) throws IOException {
                byte[] bytes = Files.readAllBytes(file);
                bytes[bytes.length - 1] ^= 1;
                Files.write(file, bytes);
            }
        },
        TRUNCATED {
            @Override
            void to(Path file) throws IOException {
                byte[] bytes = Files.readAllBytes(file);
                Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
            }
        };

        abstract void to(Path file) throws IOException;
    }

    @TempDir
    private Path directory;

    private Path file;
    private final Map<String, Path> bucket = new HashMap<>();
    private IOException outage;
    private final FakeWorld world = new FakeWorld().with(builder -> builder.mediaStore(this::find));
    private final ConnectionId connection = world.connect(world.process());

    private MediaSource find(String reference) throws IOException {
        if (outage != null) {
            throw outage;
        }
        Path found = bucket.get(reference);
        if (found == null || !Files.exists(found)) {
            throw new NoSuchFileException(reference);
        }
        return MediaSource.ofFile(found);
    }

    @BeforeEach
    void copyTheSample() throws IOException {
        file = Files.copy(FakeWorld.sample(), directory.resolve("video.mp4"));
        bucket.put("bucket/video", file);
    }

    private Post post(Media media) {
        return Post.video(media).caption("Hello").to(connection);
    }

    private Publication submit(Linkspan linkspan, Media media) {
        return linkspan.publisher().submit(FakeWorld.OWNER, "k", post(media));
    }

    private static PublishState state(Publication publication) {
        return publication.jobs().get(0).state();
    }

    /** Reports are shown to users: they name the media, and no folder, bucket or address. */
    @ParameterizedTest
    @CsvSource({
        "/srv/uploads/tenant-7/clip.mp4,clip.mp4",
        "C:\\uploads\\tenant-7\\clip.mp4,clip.mp4",
        "s3://bucket-7/tenant-7/clip.mp4,clip.mp4",
        "https://bucket-7.example/tenant-7/clip.mp4?version=/srv/3,clip.mp4",
        "4711,4711",
        "/srv/uploads/tenant-7/,media"
    })
    void reports_nameTheMediaWithoutItsPlace(String reference, String name) throws IOException {
        bucket.put(reference, FakeWorld.sample().resolveSibling("sample-15fps.mp4"));
        Path slow = Files.copy(bucket.get(reference), directory.resolve("clip.mp4"));
        for (Media media : new Media[] {Media.stored(reference), Media.file(slow)}) {
            String expected = media instanceof Media.File ? "clip.mp4" : name;
            Preview preview = world.process().publisher().preview(FakeWorld.OWNER, post(media));
            PreflightReport report = preview.targets().get(0).reports().get(0);
            assertEquals(expected, report.name());
            for (String text : new String[] {report.toText(), report.toJson(), report.toHtml()}) {
                assertTrue(text.contains(expected), text);
                for (String place : new String[] {"tenant-7", "bucket-7", "srv", "uploads", directory.toString()}) {
                    assertFalse(text.contains(place), () -> place + " in " + text);
                }
            }
        }
    }

    @Test
    void signedAddressInAFailure_isNeitherThrownNorKept() {
        Linkspan linkspan = world.process();
        Publication submitted = submit(linkspan, Media.stored("bucket/video"));
        outage =
                new IOException("HTTP 503 of https://bucket.example/video.mp4?X-Signature=5ad0c1f2e3 for bucket/video");

        PostRefusedException refused = assertThrows(
                PostRefusedException.class,
                () -> linkspan.publisher().preview(FakeWorld.OWNER, post(Media.stored("bucket/video"))));
        linkspan.worker().runDue();
        String kept = linkspan.publisher()
                .find(FakeWorld.OWNER, submitted.id())
                .orElseThrow()
                .explain()
                .toText();

        for (String text : new String[] {String.valueOf(refused.getMessage()), kept}) {
            assertTrue(text.contains("HTTP 503 of [redacted] for bucket/video"), text);
            assertFalse(text.contains("5ad0c1f2e3"), text);
        }
    }

    @ParameterizedTest
    @EnumSource(Harm.class)
    void harm_beforeTheFirstHandle_failsWithoutARequest(Harm harm) throws IOException {
        for (Media media : new Media[] {Media.file(file), Media.stored("bucket/video")}) {
            FakeWorld here = new FakeWorld().with(builder -> builder.mediaStore(this::find));
            ConnectionId id = here.connect(here.process());
            Linkspan linkspan = here.process();
            Publication submitted = linkspan.publisher()
                    .submit(FakeWorld.OWNER, "k", Post.video(media).to(id));
            harm.to(file);

            Publication after = here.settle(linkspan, submitted);

            PublishState.Failed failed = (PublishState.Failed) state(after);
            assertEquals("media_changed", failed.failure().code());
            assertTrue(
                    failed.failure().describe().contains("video"),
                    failed.failure().describe());
            assertEquals(0, here.platform().calls("fake.create"));
            Files.deleteIfExists(file);
            Files.copy(FakeWorld.sample(), file);
        }
    }

    @ParameterizedTest
    @EnumSource(Harm.class)
    void harm_beforeTheCommit_failsWithoutACommit(Harm harm) throws IOException {
        Linkspan linkspan = world.process();
        world.platform().refuses("fake.commit", "busy");
        Publication submitted = submit(linkspan, Media.file(file));
        linkspan.worker().runDue();
        assertEquals(
                Phase.PREPARED,
                state(world.work(linkspan, submitted, 0, MINUTE)).phase());
        world.platform().refuses("fake.commit", null);
        harm.to(file);

        Publication after = world.settle(linkspan, submitted);

        assertEquals(
                "media_changed", ((PublishState.Failed) state(after)).failure().code());
        assertEquals(0, world.platform().posts());
    }

    @ParameterizedTest
    @EnumSource(Harm.class)
    void harm_whileACommitMayLand_changesNothing(Harm harm) throws IOException {
        for (Media media : new Media[] {Media.file(file), Media.stored("bucket/video")}) {
            FakeWorld here = new FakeWorld().with(builder -> builder.mediaStore(this::find));
            ConnectionId id = here.connect(here.process());
            Linkspan linkspan =
                    here.process(new Faults(here.platform(), "fake.commit", 0, 1, Faults.Kind.LOST_WITH_EFFECT));
            here.platform().refuses("fake.status", null);
            Publication submitted = linkspan.publisher()
                    .submit(FakeWorld.OWNER, "k", Post.video(media).to(id));
            here.platform().during("fake.commit", () -> here.platform().refuses("fake.status", "busy"));
            linkspan.worker().runDue();
            harm.to(file);
            here.platform().refuses("fake.status", null);

            Publication after = here.work(linkspan, submitted, 5, MINUTE);

            assertEquals(
                    Phase.PUBLISHED, state(after).phase(), () -> after.explain().toText());
            assertEquals(1, here.platform().posts());
            Files.deleteIfExists(file);
            Files.copy(FakeWorld.sample(), file);
        }
    }

    @Test
    void store_thatIsDown_letsTheJobWaitAndNotFail() {
        Linkspan linkspan = world.process();
        Publication submitted = submit(linkspan, Media.stored("bucket/video"));
        outage = new IOException("connection reset");

        Publication waiting = world.work(linkspan, submitted, 10, MINUTE);

        assertEquals(Phase.PREPARING, state(waiting).phase());
        assertTrue(waiting.explain().toText().contains("cannot be read now (connection reset)"));
        outage = null;
        assertEquals(Phase.PUBLISHED, state(world.settle(linkspan, waiting)).phase());
    }

    @Test
    void store_thatIsDownAfterTheCommit_doesNotKeepTheHandleFromBeingRead() {
        Linkspan linkspan =
                world.process(new Faults(world.platform(), "fake.commit", 0, 1, Faults.Kind.LOST_WITH_EFFECT));
        Publication submitted = submit(linkspan, Media.stored("bucket/video"));
        world.platform().during("fake.commit", () -> outage = new IOException("connection reset"));

        Publication after = world.work(linkspan, submitted, 5, MINUTE);

        assertEquals(
                Phase.PUBLISHED, state(after).phase(), () -> after.explain().toText());
    }

    @Test
    void reference_isOpenedByAnotherProcess() {
        Publication submitted = submit(world.process(), Media.stored("bucket/video"));

        Publication after = world.settle(world.process(), submitted);

        assertEquals(Phase.PUBLISHED, state(after).phase());
    }

    @Test
    void sameKey_afterTheFileWasDeleted_givesThePublication() throws IOException {
        Linkspan linkspan = world.process();
        Publication first = world.settle(linkspan, submit(linkspan, Media.file(file)));
        Files.delete(file);

        assertEquals(first.id(), submit(linkspan, Media.file(file)).id());
    }

    @Test
    void sameKey_withOtherBytes_isAConflict() throws IOException {
        Linkspan linkspan = world.process();
        submit(linkspan, Media.file(file));
        Harm.CHANGED.to(file);

        IdempotencyConflictException conflict =
                assertThrows(IdempotencyConflictException.class, () -> submit(linkspan, Media.file(file)));

        assertFalse(String.valueOf(conflict.getMessage()).isBlank());
    }

    @Test
    void submit_ofAMissingFile_saysSoAndQueuesNothing() throws IOException {
        Files.delete(file);
        Linkspan linkspan = world.process();

        PostRefusedException refused =
                assertThrows(PostRefusedException.class, () -> submit(linkspan, Media.file(file)));

        assertEquals(
                "the post was refused and nothing was queued: linkspan.media: the media video.mp4 cannot be read"
                        + " (it is missing); check it and submit again",
                refused.getMessage());
    }
}
