package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.internal.read.Ebml.Element;
import io.linkspan.preflight.internal.read.Matroska.MatroskaTrack;
import org.jspecify.annotations.Nullable;

/** The index of a Matroska file: muxers list every key frame of the video in it. */
final class MatroskaCues {
    static final int ID = 0x1C53BB6B;

    private final Source source;
    private final MatroskaTrack video;
    private final KeyFrames frames = new KeyFrames();

    private MatroskaCues(Source source, MatroskaTrack video) {
        this.source = source;
        this.video = video;
    }

    /** Where a seek head says that the index is, or -1. */
    static long place(Source source, Element seekHead, long segment) {
        Ebml entries = Ebml.in(source, seekHead);
        for (Element entry = entries.next(); entry != null; entry = entries.next()) {
            if (entry.id() != 0x4DBB) {
                continue;
            }
            long id = 0;
            long position = -1;
            Ebml children = Ebml.in(source, entry);
            for (Element child = children.next(); child != null; child = children.next()) {
                if (child.id() == 0x53AB) {
                    id = Ebml.number(source, child);
                } else if (child.id() == 0x53AC) {
                    position = Ebml.number(source, child);
                }
            }
            if (id == ID && position >= 0) {
                return Saturating.add(segment, position);
            }
        }
        return -1;
    }

    /** The key frames of a track, or null if there is no whole index. */
    static @Nullable KeyFrames read(Source source, long position, MatroskaTrack video) {
        try {
            source.readAhead(Source.SCATTERED);
            Element index = position < 0 ? null : new Ebml(source, position, source.size()).next();
            if (index == null || index.id() != ID || index.open() || index.cut()) {
                return null;
            }
            source.readAhead((int) Math.min(Source.LARGEST, index.length()));
            MatroskaCues cues = new MatroskaCues(source, video);
            Ebml points = Ebml.in(source, index);
            for (Element point = points.next(); point != null; point = points.next()) {
                if (point.id() == 0xBB) {
                    cues.point(point);
                }
            }
            return cues.frames;
        } catch (ReadStop e) {
            if (e.isLimit()) {
                throw e;
            }
            // nothing but the key frames rests on the index
            return null;
        }
    }

    private void point(Element point) {
        long time = -1;
        boolean ours = false;
        Ebml children = Ebml.in(source, point);
        for (Element child = children.next(); child != null; child = children.next()) {
            if (child.id() == 0xB3) {
                time = Ebml.number(source, child);
            } else if (child.id() == 0xB7) {
                Ebml places = Ebml.in(source, child);
                for (Element place = places.next(); place != null; place = places.next()) {
                    ours |= place.id() == 0xF7 && Ebml.number(source, place) == video.number;
                }
            }
        }
        if (ours && time >= 0) {
            frames.key(time, 0, 0);
        }
    }
}
