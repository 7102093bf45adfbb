package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.Damage;
import io.linkspan.preflight.MediaFacts;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Walks the boxes of an ISO base media or QuickTime file. Only the few paths that matter are followed, so nesting is
 * bounded by the shape of this class whatever the file contains.
 */
final class MovieReader {
    private static final int LONGEST_FTYP = 1024;

    private final Source source;
    private final MediaFacts.Builder facts;
    private final SampleEntries entries;
    private final Locations locations;
    private final Boxes fragments;
    private final Boxes trackFragments;
    private final Movie movie = new Movie();
    /** One for all fragments, of which there may be thousands. */
    private final Runnable readMoof = this::moof;

    private @Nullable Box moof;

    MovieReader(Source source, MediaFacts.Builder facts) {
        this.source = source;
        this.facts = facts;
        fragments = Boxes.ofMany(source, facts);
        trackFragments = Boxes.ofMany(source, facts);
        this.entries = new SampleEntries(source, facts);
        this.locations = new Locations(source, facts);
    }

    Movie read() {
        Boxes boxes = new Boxes(source, facts, null, 0, source.size(), true);
        try {
            for (Box box = boxes.next(); box != null; box = boxes.next()) {
                top(box);
                source.readAhead(Source.SCATTERED);
            }
        } catch (ReadStop e) {
            movie.stopped = e.reason() + " (at byte " + e.offset() + ")";
        }
        movie.truncated = boxes.wasCut();
        return movie;
    }

    private void top(Box box) {
        switch (box.name()) {
            case "ftyp" -> {
                if (!movie.hasFileType) {
                    part(box, () -> brands(box));
                }
            }
            case "moov" -> {
                if (movie.moovAt < 0) {
                    movie.moovAt = box.start();
                    movie.moovSize = box.end() - box.start();
                    source.readAheadTo(box.start(), box.end());
                    part(box, () -> moov(box));
                }
            }
            case "uuid" -> part(box, () -> locations.extension(box, movie));
            case "mdat" -> movie.mediaAt = movie.mediaAt < 0 ? box.start() : movie.mediaAt;
            case "moof" -> {
                movie.fragments.seen = true;
                moof = box;
                part(box, readMoof);
            }
            default -> {}
        }
    }

    private void brands(Box box) {
        movie.hasFileType = true;
        movie.brands.add(source.fourCc(box.need(8).payload()));
        long end = Math.min(box.end(), box.payload() + LONGEST_FTYP);
        for (long at = box.payload() + 8; at + 4 <= end; at += 4) {
            String brand = source.fourCc(at);
            if (!movie.brands.contains(brand)) {
                movie.brands.add(brand);
            }
        }
    }

    private void moov(Box moov) {
        Boxes children = Boxes.in(source, facts, moov, 0);
        for (Box box = children.next(); box != null; box = children.next()) {
            Box child = box;
            switch (box.name()) {
                case "mvhd" -> part(box, () -> movieHeader(child));
                case "trak" -> {
                    if (movie.tracks.size() < source.budget().tracks()) {
                        Track track = new Track();
                        movie.tracks.add(track);
                        track(child, track);
                    } else {
                        movie.unreadTracks++;
                    }
                }
                case "mvex" -> extend(box);
                case "udta", "meta" -> part(box, () -> locations.read(child, movie));
                case "uuid" -> part(box, () -> locations.extension(child, movie));
                case "cmov" -> movie.compressed = true;
                default -> {}
            }
        }
    }

    private void movieHeader(Box box) {
        boolean wide = source.u8(box.need(100).payload()) == 1;
        long at = box.payload() + (wide ? 20 : 12);
        movie.timescale = source.u32(at);
        movie.duration = duration(at + 4, wide);
        movie.matrix = matrix(box.payload() + (wide ? 48 : 36));
    }

    private void extend(Box mvex) {
        movie.fragments.seen = true;
        Boxes children = Boxes.in(source, facts, mvex, 0);
        for (Box box = children.next(); box != null; box = children.next()) {
            Box child = box;
            if (box.type() == FourCc.code("trex")) {
                part(box, () -> movie.fragments.trackDefaults(source, child));
            } else if (box.type() == FourCc.code("mehd")) {
                part(box, () -> {
                    boolean wide = source.u8(child.need(8).payload()) == 1;
                    movie.fragments.declaredDuration = Math.max(0, duration(child.payload() + 4, wide));
                });
            }
        }
    }

    private void moof() {
        Box parent = Objects.requireNonNull(moof);
        Boxes children = fragments.within(parent);
        for (Box box = children.next(); box != null; box = children.next()) {
            if (box.type() == FourCc.code("traf")) {
                movie.fragments.trackFragment(source, trackFragments.within(box), parent.start());
            }
        }
    }

    private void track(Box trak, Track track) {
        Boxes children = Boxes.in(source, facts, trak, 0);
        for (Box box = children.next(); box != null; box = children.next()) {
            Box child = box;
            switch (box.name()) {
                case "tkhd" -> part(box, () -> trackHeader(child, track));
                case "edts" -> {
                    Boxes edits = Boxes.in(source, facts, box, 0);
                    for (Box edit = edits.next(); edit != null; edit = edits.next()) {
                        if (edit.type() == FourCc.code("elst") && track.editList == null) {
                            track.editList = edit;
                        }
                    }
                }
                case "mdia" -> media(box, track);
                case "udta", "meta" -> part(box, () -> locations.read(child, movie));
                default -> {}
            }
        }
    }

    private void trackHeader(Box box, Track track) {
        boolean wide = source.u8(box.need(84).payload()) == 1;
        track.enabled = (source.u24(box.payload() + 1) & 1) != 0;
        track.id = source.u32(box.payload() + (wide ? 20 : 12));
        track.matrix = matrix(box.payload() + (wide ? 52 : 40));
    }

    private void media(Box mdia, Track track) {
        Boxes children = Boxes.in(source, facts, mdia, 0);
        for (Box box = children.next(); box != null; box = children.next()) {
            Box child = box;
            switch (box.name()) {
                case "mdhd" ->
                    part(box, () -> {
                        boolean wide = source.u8(child.need(20).payload()) == 1;
                        long at = child.payload() + (wide ? 20 : 12);
                        track.timescale = source.u32(at);
                        track.duration = duration(at + 4, wide);
                    });
                case "hdlr" ->
                    part(box, () -> track.handler = source.fourCc(child.need(12).payload() + 8));
                case "minf" -> {
                    Boxes information = Boxes.in(source, facts, box, 0);
                    for (Box inner = information.next(); inner != null; inner = information.next()) {
                        if (inner.type() == FourCc.code("stbl")) {
                            samples(inner, track);
                        }
                    }
                }
                default -> {}
            }
        }
    }

    private void samples(Box stbl, Track track) {
        Boxes children = Boxes.in(source, facts, stbl, 0);
        for (Box box = children.next(); box != null; box = children.next()) {
            Box child = box;
            switch (box.name()) {
                case "stsd" -> part(box, () -> entries.read(child, track));
                case "stts" -> track.timeToSample = track.timeToSample == null ? box : track.timeToSample;
                case "ctts" -> track.compositionOffsets = box;
                case "stss" -> track.syncSamples = box;
                case "stps" -> track.partialSyncSamples = box;
                case "stsz", "stz2" -> track.sampleSizes = track.sampleSizes == null ? box : track.sampleSizes;
                case "stsc" -> track.sampleToChunk = box;
                case "stco", "co64" -> track.chunkOffsets = track.chunkOffsets == null ? box : track.chunkOffsets;
                default -> {}
            }
        }
    }

    /** All ones means "not known", and so does what does not fit 63 bits. */
    private long duration(long at, boolean wide) {
        long value = wide ? source.s64(at) : source.u32(at);
        return value < 0 || (!wide && value == 0xFFFFFFFFL) ? -1 : value;
    }

    private double[] matrix(long at) {
        return new double[] {
            source.s32(at) / 65536.0, source.s32(at + 4) / 65536.0,
            source.s32(at + 12) / 65536.0, source.s32(at + 16) / 65536.0
        };
    }

    /** Reads one box; if it is broken, the rest of the file still counts. */
    private void part(Box box, Runnable read) {
        try {
            read.run();
        } catch (ReadStop e) {
            if (e.isLimit()) {
                throw e;
            }
            facts.damage(new Damage(e.reason(), box.path(), box.start()));
            if (!source.worthTelling()) {
                throw ReadStop.limit("more damage than is worth telling", box.start());
            }
        }
    }
}
