package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.Container;
import io.linkspan.preflight.Damage;
import io.linkspan.preflight.FactKey;
import io.linkspan.preflight.MediaFacts;
import io.linkspan.preflight.MediaKind;
import io.linkspan.preflight.RangedReader;
import io.linkspan.preflight.ReadBudget;
import io.linkspan.preflight.UnreadableMediaException;
import io.linkspan.preflight.UnreadableMediaException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Reads the facts of one file, whatever its format. */
public final class MediaReader {
    private MediaReader() {}

    /**
     * Reads a file.
     *
     * @param path where it is
     * @param budget how much may be read
     * @param nanos a clock that only moves forward
     * @return the facts; {@link MediaFacts#unreadable()} if it is not readable media
     * @throws UnreadableMediaException if the bytes cannot be had
     */
    public static MediaFacts read(Path path, ReadBudget budget, LongSupplier nanos) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                return unreadable(attributes.isDirectory() ? "it is a directory" : "it is not a regular file");
            }
            try (SeekableByteChannel channel = Files.newByteChannel(path);
                    Buffers buffers = channel instanceof FileChannel ? Buffers.reused() : Buffers.ofHeap()) {
                return read(new ChannelReader(channel), false, buffers, budget, nanos);
            }
        } catch (NoSuchFileException e) {
            throw new UnreadableMediaException(Reason.MISSING, "there is no file at " + path, e);
        } catch (AccessDeniedException e) {
            throw new UnreadableMediaException(Reason.ACCESS_DENIED, "no permission to read " + path, e);
        } catch (IOException e) {
            throw new UnreadableMediaException(Reason.IO, "could not open " + path + ": " + e, e);
        }
    }

    /**
     * Reads from a channel, which stays open.
     *
     * @param channel the bytes
     * @param budget how much may be read
     * @param nanos a clock that only moves forward
     * @return the facts
     * @throws UnreadableMediaException if the bytes cannot be had
     */
    public static MediaFacts read(SeekableByteChannel channel, ReadBudget budget, LongSupplier nanos) {
        return read(new ChannelReader(channel), false, Buffers.ofHeap(), budget, nanos);
    }

    /**
     * Reads ranges.
     *
     * @param ranges the bytes
     * @param budget how much may be read
     * @param nanos a clock that only moves forward
     * @return the facts
     * @throws UnreadableMediaException if the bytes cannot be had
     */
    public static MediaFacts read(RangedReader ranges, ReadBudget budget, LongSupplier nanos) {
        return read(ranges, true, Buffers.ofHeap(), budget, nanos);
    }

    private static MediaFacts read(
            RangedReader reader, boolean remote, Buffers buffers, ReadBudget budget, LongSupplier nanos) {
        if (Thread.currentThread().isInterrupted()) {
            throw new UnreadableMediaException(Reason.INTERRUPTED, "interrupted before reading media", null);
        }
        Source source = new Source(reader, remote, buffers, budget, nanos);
        if (source.size() == 0) {
            return unreadable("it is empty");
        }
        MediaFacts.Builder facts = MediaFacts.builder(MediaKind.UNRECOGNIZED);
        facts.known(FactKey.FILE_SIZE, source.size());
        try {
            facts(source, facts);
        } catch (ReadStop e) {
            facts.unreadable(new Damage(e.reason(), "", e.offset()));
        }
        if (source.currentSize() != source.size()) {
            facts.damage(new Damage("the file changed its size while it was read", "", source.size()));
        }
        return facts.build();
    }

    private static void facts(Source source, MediaFacts.Builder facts) {
        @Nullable Container container = Sniffer.sniff(source);
        if (container == null) {
            facts.unreadable(new Damage("not a media format that is known: " + Sniffer.describe(source), "", 0));
            return;
        }
        facts.kind(container.kind());
        ImageHeader image = new ImageHeader();
        switch (container) {
            case MP4, MOV -> new MovieFacts(source, new MovieReader(source, facts).read(), facts).derive();
            case WEBM, MATROSKA ->
                new MatroskaFacts(new MatroskaReader(source, facts).read(), container, facts).derive();
            case JPEG, MPO -> new JpegReader(source, image).read(facts);
            case PNG -> image.read(source, facts, container, new PngReader(source, image)::walk);
            case WEBP -> image.read(source, facts, container, new WebpReader(source, image)::walk);
            case GIF -> image.read(source, facts, container, new GifReader(source, image)::walk);
            case HEIF, AVIF ->
                image.read(
                        source,
                        facts,
                        container,
                        new HeifReader(source, facts, image, container == Container.HEIF)::walk);
            case AVI -> {
                facts.known(FactKey.CONTAINER, container);
                for (FactKey<?> key : FactKey.all()) {
                    if (key.appliesTo(container.kind())) {
                        facts.unknownIfUnset(key, "the inside of " + container + " files is not read");
                    }
                }
            }
        }
    }

    private static MediaFacts unreadable(String what) {
        return MediaFacts.builder(MediaKind.UNRECOGNIZED)
                .unreadable(new Damage(what, "", 0))
                .build();
    }
}
