package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.Damage;
import io.linkspan.preflight.MediaFacts;
import io.linkspan.preflight.internal.read.Ebml.Element;
import io.linkspan.preflight.internal.read.Matroska.MatroskaTrack;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Walks the elements of a WebM or Matroska file. Where the headers say all, it ends at the first cluster's first key frame;
 * a browser's recording, without duration or frame rate, is walked block by block.
 */
final class MatroskaReader {
    private static final int HEADER = 0x1A45DFA3;
    private static final int SEGMENT = 0x18538067;
    private static final int SEEK_HEAD = 0x114D9B74;
    private static final int INFO = 0x1549A966;
    private static final int TRACKS = 0x1654AE6B;
    private static final int CLUSTER = 0x1F43B675;
    private static final int TAGS = 0x1254C367;
    private static final int CHAPTERS = 0x1043A770;
    private static final int ATTACHMENTS = 0x1941A469;

    private final Source source;
    private final MediaFacts.Builder facts;
    private final Matroska file = new Matroska();
    private boolean clusters;
    /** Whether the last cluster met was read, and whether any was not. */
    private boolean lastRead;

    private boolean skipped;

    private long cuesAt = -1;

    @Nullable
    private Element lastCluster;

    MatroskaReader(Source source, MediaFacts.Builder facts) {
        this.source = source;
        this.facts = facts;
    }

    Matroska read() {
        try {
            Ebml top = new Ebml(source, 0, source.size());
            for (Element element = top.next(); element != null; element = top.next()) {
                if (element.id() == SEGMENT) {
                    file.truncated = element.cut();
                    segment(element);
                    break;
                }
                if (element.open() || element.cut() || (element.id() != HEADER && element.id() != 0xEC)) {
                    throw ReadStop.broken("there is no segment", element.start());
                }
            }
            if (lastCluster != null && file.duration <= 0 && !lastRead) {
                cluster(lastCluster);
            }
        } catch (ReadStop e) {
            file.stopped = e.reason() + " (at byte " + e.offset() + ")";
            file.complete = false;
            if (!e.isLimit()) {
                facts.damage(new Damage(e.reason(), "Segment", e.offset()));
                file.truncated |= e.offset() >= source.size();
            }
        }
        MatroskaTrack video = file.main("vide");
        if (skipped || !file.complete) {
            // the frames of some clusters say nothing about the rate of all
            for (MatroskaTrack track : file.tracks) {
                track.frames = 0;
                track.keyFrames = new KeyFrames();
            }
            if (video != null && file.stopped == null) {
                cues(video);
            }
        } else if (video != null) {
            video.keyFrames.end(Saturating.add(video.lastTime, Math.round(video.frameTicks(file.scale))));
        }
        return file;
    }

    private void cues(MatroskaTrack video) {
        try {
            KeyFrames listed = MatroskaCues.read(source, cuesAt, video);
            if (listed != null) {
                listed.end(Math.round(file.duration));
                video.keyFrames = listed;
            }
        } catch (ReadStop e) {
            file.unlisted = e.reason();
        }
    }

    private void segment(Element segment) {
        Ebml children = Ebml.in(source, segment);
        for (Element child = children.next(); child != null; child = children.next()) {
            file.truncated |= child.cut();
            if (child.open() && child.id() != CLUSTER) {
                throw ReadStop.broken("an element of unknown size that is no cluster", child.start());
            }
            switch (child.id()) {
                case SEEK_HEAD -> cuesAt = MatroskaCues.place(source, child, segment.payload());
                case MatroskaCues.ID -> cuesAt = child.start();
                case INFO -> info(child);
                case TRACKS -> {
                    if (file.tracks.isEmpty()) {
                        source.readAhead(4096);
                        new MatroskaTracks(source).read(child, file);
                    }
                }
                case TAGS -> tags(child);
                case CLUSTER -> {
                    if (lastCluster == null || child.open()) {
                        clusters = child.open() || wantsBlocks();
                    }
                    lastCluster = child;
                    source.readAhead(64);
                    lastRead = clusters || file.lastTime < 0;
                    skipped |= !lastRead;
                    if (lastRead) {
                        children.position(cluster(child));
                    }
                    if (enough()) {
                        return;
                    }
                }
                default -> {}
            }
        }
        file.complete = true;
    }

    /** Whether frames must be counted one by one. */
    private boolean wantsBlocks() {
        MatroskaTrack video = file.main("vide");
        return video != null && video.frameNanos == 0;
    }

    private boolean enough() {
        return file.info && !file.tracks.isEmpty() && file.duration > 0 && !clusters;
    }

    private void info(Element info) {
        file.info = true;
        Ebml children = Ebml.in(source, info);
        for (Element child = children.next(); child != null; child = children.next()) {
            if (child.id() == 0x2AD7B1) {
                file.scale = Ebml.number(source, child);
            } else if (child.id() == 0x4489) {
                file.duration = Ebml.real(source, child);
            }
        }
    }

    private void tags(Element tags) {
        file.tagsSeen = true;
        Ebml entries = Ebml.in(source, tags);
        for (Element entry = entries.next(); entry != null; entry = entries.next()) {
            if (entry.id() != 0x7373) {
                continue;
            }
            Ebml simple = Ebml.in(source, entry);
            for (Element tag = simple.next(); tag != null; tag = simple.next()) {
                if (tag.id() != 0x67C8) {
                    continue;
                }
                Ebml children = Ebml.in(source, tag);
                for (Element child = children.next(); child != null; child = children.next()) {
                    file.location |= child.id() == 0x45A3
                            && Ebml.text(source, child).toUpperCase(Locale.ROOT).contains("LOCATION");
                }
            }
        }
    }

    /** Reads a cluster's blocks; answers where the next element of the segment starts. */
    private long cluster(Element cluster) {
        long base = 0;
        Ebml children = Ebml.in(source, cluster);
        for (long at = children.position(); ; at = children.position()) {
            Element child = children.next();
            if (child == null) {
                return cluster.end();
            }
            if (cluster.open() && startsSibling(child.id())) {
                return at;
            }
            switch (child.id()) {
                case 0xE7 -> base = Ebml.number(source, child);
                case 0xA3 -> block(child, base, false, false);
                case 0xA0 -> group(child, base);
                default -> {}
            }
            if (!clusters && enough() && described()) {
                return cluster.end();
            }
        }
    }

    private boolean described() {
        MatroskaTrack video = file.main("vide");
        return video == null || video.packed || video.pictureSeen;
    }

    private static boolean startsSibling(int id) {
        return switch (id) {
            case SEEK_HEAD, INFO, TRACKS, CLUSTER, MatroskaCues.ID, TAGS, CHAPTERS, ATTACHMENTS -> true;
            default -> false;
        };
    }

    private void group(Element group, long base) {
        @Nullable Element block = null;
        boolean refers = false;
        Ebml children = Ebml.in(source, group);
        for (Element child = children.next(); child != null; child = children.next()) {
            block = child.id() == 0xA1 ? child : block;
            refers |= child.id() == 0xFB;
        }
        if (block != null) {
            block(block, base, true, !refers);
        }
    }

    /** A block tells itself whether it is a key frame; of one in a group the group tells it. */
    private void block(Element block, long base, boolean grouped, boolean independent) {
        int length = Integer.numberOfLeadingZeros(source.u8(block.payload())) - 23;
        if (length > 8 || block.length() < length + 3) {
            throw ReadStop.broken("a block is too short", block.start());
        }
        long number = Ebml.vint(source, block.payload(), length);
        long time = Saturating.add(base, (short) source.u16(block.payload() + length));
        file.lastTime = Math.max(file.lastTime, time);
        boolean key = grouped ? independent : (source.u8(block.payload() + length + 2) & 0x80) != 0;
        for (MatroskaTrack track : file.tracks) {
            if (track.number == number) {
                track.firstTime = track.frames == 0 ? time : Math.min(track.firstTime, time);
                track.lastTime = Math.max(track.lastTime, time);
                track.frames++;
                long frame = block.payload() + length + 3;
                track.bytes = Saturating.add(track.bytes, block.end() - frame);
                if (key && track.track.isVideo()) {
                    track.keyFrames.key(time, frame, block.end() - frame);
                }
                boolean laced = (source.u8(block.payload() + length + 2) & 6) != 0;
                if (key && track.track.isVideo() && !track.packed && !track.pictureSeen && !laced) {
                    picture(track, new KeyFrames.Place(frame, block.end() - frame));
                }
                return;
            }
        }
    }

    /** Looks into key frames up to the first that says whether it can be decoded. */
    private void picture(MatroskaTrack track, KeyFrames.Place frame) {
        String problem = KeyPicture.problem(source, track.track, frame);
        boolean vpx = track.track.format.equals("vp08") || track.track.format.equals("vp09");
        track.pictureSeen = problem != null || !vpx || track.track.picture != null;
        if (problem != null && track.track.undecodable == null) {
            track.track.pictureProblem = problem;
            track.track.undecodable =
                    new Damage(problem + ", so nothing can be shown", "Segment/Cluster", frame.offset());
        }
    }
}
