package io.linkspan.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.linkspan.preflight.UnreadableMediaException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Input that is no media: one clear finding or the declared exception, and all else that was read. */
final class BadInputTest {
    private static final byte[] GOOD = Fixtures.bytes("good.mp4");

    @TempDir
    private Path folder;

    @Test
    void check_ofAnEmptyFile_isUnreadable() throws IOException {
        assertUnreadable("it is empty (at byte 0)", Files.createFile(folder.resolve("empty.mp4")));
    }

    @Test
    void check_ofTextNamedMp4_isUnreadable() throws IOException {
        assertUnreadable(
                "not a media format that is known: it starts with 23 20 52 65 61 64 20 6d (at byte 0)",
                Files.writeString(folder.resolve("readme.mp4"), "# Read me\n"));
    }

    @Test
    void check_ofADirectory_isUnreadable() {
        assertUnreadable("it is a directory (at byte 0)", folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/zero", "/dev/null"})
    void check_ofADevice_isUnreadable(String device) {
        assumeTrue(Files.exists(Path.of(device)), "there is no " + device);
        assertUnreadable("it is not a regular file (at byte 0)", Path.of(device));
    }

    @Test
    void check_ofANamedPipe_doesNotWaitForAWriter() {
        Path pipe = folder.resolve("pipe.mp4");
        assumeTrue(HostileFiles.makePipe(pipe), "named pipes cannot be made here");
        assertUnreadable("it is not a regular file (at byte 0)", pipe);
    }

    @Test
    void check_withoutPermission_throws() throws IOException {
        Path closed = Files.write(folder.resolve("closed.mp4"), GOOD);
        assumeTrue(Files.getFileStore(closed).supportsFileAttributeView("posix"), "no permissions on this file system");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(closed), "this user, perhaps root, may read everything");
        UnreadableMediaException e = assertThrows(UnreadableMediaException.class, () -> Preflight.check(closed));
        assertEquals(Reason.ACCESS_DENIED, e.reason());
        assertEquals("no permission to read " + closed, e.getMessage());
    }

    @Test
    void check_ofALinkToItself_throws() throws IOException {
        Path self = folder.resolve("self.mp4");
        Files.createSymbolicLink(self, self);
        UnreadableMediaException e = assertThrows(UnreadableMediaException.class, () -> Preflight.check(self));
        assertEquals(Reason.IO, e.reason());
    }

    @ParameterizedTest
    @CsvSource({
        "mvhd,0,moov,44,box mvhd claims a size of 1 bytes",
        "tkhd,0,moov/trak,160,box tkhd claims a size of 1 bytes",
        "mdhd,0,moov/trak/mdia,260,box mdhd claims a size of 1 bytes",
        "stts,0,moov/trak/mdia/minf/stbl,601,box stts claims a size of 1 bytes",
        "avcC,0,moov/trak/mdia/minf/stbl/stsd/avc1,511,box avcC claims a size of 1 bytes"
    })
    void check_ofABoxSmallerThanItsHeader_tellsWhereAndWhatElseWasRead(
            String type, int nth, String path, long offset, String what) {
        // a size of 1 asks for a 64-bit size; made 1 as well
        byte[] media = new Bytes(GOOD)
                .size(type, nth, 1)
                .u32(type, nth, 0, 0)
                .u32(type, nth, 4, 1)
                .done();
        MediaFacts facts = Fixtures.check(media).facts();
        assertEquals(new Damage(what, path, offset), facts.damage().get(0));
        assertEquals(new Fact.Known<>(Container.MP4), facts.fact(FactKey.CONTAINER));
        assertEquals(new Fact.Known<>((long) GOOD.length), facts.fact(FactKey.FILE_SIZE));
    }

    @Test
    void check_ofZeroByteBoxes_doesNotLoop() {
        byte[] media = Bytes.join(HostileMovies.FTYP, Bytes.box("moov", new byte[80_000]));
        PreflightReport report = Fixtures.check(media);
        assertEquals(
                List.of("media.videoMissing"),
                report.findings(Destination.INSTAGRAM_REEL).stream()
                        .filter(finding -> finding.severity() == Severity.ERROR)
                        .map(Finding::ruleId)
                        .toList());
        assertEquals(new Fact.Known<>(Container.MP4), report.facts().fact(FactKey.CONTAINER));
    }

    @Test
    void check_ofAGrowingFile_reportsWhatWasThereAndSaysSo() {
        MediaFacts facts = Preflight.check(
                        new HostileFiles.ChangingChannel(GOOD, 1, GOOD.length + 1L), PreflightOptions.defaults())
                .facts();
        assertEquals(
                List.of(new Damage("the file changed its size while it was read", "", GOOD.length)), facts.damage());
        assertEquals(new Fact.Known<>("h264"), facts.fact(FactKey.VIDEO_CODEC));
    }

    @Test
    void check_ofAShrinkingFile_tellsWhereItEnded() {
        // the first read is of the head; the tables behind it are gone then
        byte[] late = Bytes.join(HostileMovies.FTYP, Bytes.box("free", new byte[100_000]), GOOD);
        MediaFacts facts = Preflight.check(
                        new HostileFiles.ChangingChannel(late, 1, 1_000), PreflightOptions.defaults())
                .facts();
        assertEquals(
                "the file changed its size while it was read (at byte " + late.length + ")",
                facts.damage().get(facts.damage().size() - 1).toString());
        assertEquals(new Fact.Known<>(Container.MP4), facts.fact(FactKey.CONTAINER));
        assertEquals(
                new Fact.Unknown<String>("the file became shorter while it was read (at byte 100032)"),
                facts.fact(FactKey.VIDEO_CODEC));
    }

    private static void assertUnreadable(String measured, Path media) {
        PreflightReport report = Preflight.check(media);
        assertEquals(Verdict.BLOCKED, report.verdict());
        assertEquals(
                List.of("media.unreadable"),
                report.findings().stream().map(Finding::ruleId).toList());
        assertEquals(measured, report.findings().get(0).measured());
        assertFalse(report.toText().isEmpty());
    }
}
