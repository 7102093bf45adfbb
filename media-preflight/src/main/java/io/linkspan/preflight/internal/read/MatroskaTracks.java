package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.Damage;
import io.linkspan.preflight.Scan;
import io.linkspan.preflight.internal.read.Ebml.Element;
import io.linkspan.preflight.internal.read.Matroska.MatroskaTrack;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the entries of a Matroska {@code Tracks} element. */
final class MatroskaTracks {
    private static final Map<String, String> FORMATS = Map.ofEntries(
            Map.entry("V_MPEG4/ISO/AVC", "avc1"),
            Map.entry("V_MPEGH/ISO/HEVC", "hvc1"),
            Map.entry("V_VP8", "vp08"),
            Map.entry("V_VP9", "vp09"),
            Map.entry("V_AV1", "av01"),
            Map.entry("V_MPEG4/ISO/ASP", "mp4v"),
            Map.entry("V_MJPEG", "mjpeg"),
            Map.entry("V_PRORES", "prores"),
            Map.entry("V_THEORA", "theora"),
            Map.entry("A_OPUS", "Opus"),
            Map.entry("A_VORBIS", "vorbis"),
            Map.entry("A_MPEG/L3", ".mp3"),
            Map.entry("A_AC3", "ac-3"),
            Map.entry("A_EAC3", "ec-3"),
            Map.entry("A_FLAC", "fLaC"),
            Map.entry("A_ALAC", "alac"),
            Map.entry("A_DTS", "dts"));

    private final Source source;

    MatroskaTracks(Source source) {
        this.source = source;
    }

    void read(Element tracks, Matroska file) {
        Ebml entries = Ebml.in(source, tracks);
        for (Element entry = entries.next(); entry != null; entry = entries.next()) {
            if (entry.id() != 0xAE) {
                continue;
            }
            if (file.tracks.size() >= source.budget().tracks()) {
                file.unreadTracks++;
                continue;
            }
            MatroskaTrack track = new MatroskaTrack();
            file.tracks.add(track);
            entry(entry, track);
        }
    }

    private void entry(Element entry, MatroskaTrack track) {
        String codec = "";
        @Nullable Element video = null;
        @Nullable Element audio = null;
        Ebml children = Ebml.in(source, entry);
        for (Element child = children.next(); child != null; child = children.next()) {
            switch (child.id()) {
                case 0xD7 -> track.number = Ebml.number(source, child);
                case 0x83 -> {
                    long type = Ebml.number(source, child);
                    track.track.handler = type == 1 ? "vide" : type == 2 ? "soun" : type == 0x11 ? "text" : "";
                }
                case 0xB9 -> track.track.enabled = Ebml.number(source, child) != 0;
                case 0x86 -> codec = Ebml.text(source, child);
                case 0x63A2 -> track.codecPrivate = child;
                case 0x23E383 -> track.frameNanos = Ebml.number(source, child);
                case 0xE0 -> video = child;
                case 0xE1 -> audio = child;
                case 0x6D80 -> encodings(child, track);
                default -> {}
            }
        }
        if (codec.startsWith("A_AAC")) {
            track.track.format = "mp4a";
        } else if (codec.startsWith("A_PCM")) {
            track.track.format = "lpcm";
        } else {
            track.track.format = FORMATS.getOrDefault(codec, codec);
        }
        if (track.track.isVideo() && video != null) {
            video(video, track);
        } else if (track.track.isAudio() && audio != null) {
            audio(audio, track.track);
        }
        configuration(track, entry.start());
    }

    private void encodings(Element encodings, MatroskaTrack track) {
        Ebml entries = Ebml.in(source, encodings);
        for (Element entry = entries.next(); entry != null; entry = entries.next()) {
            Ebml children = Ebml.in(source, entry);
            for (Element child = children.next(); child != null; child = children.next()) {
                track.packed |= child.id() == 0x5034 || child.id() == 0x5035;
                track.track.encrypted |= child.id() == 0x5035;
            }
        }
    }

    private void video(Element video, MatroskaTrack track) {
        long[] crop = new long[4];
        long shownWidth = 0;
        long shownHeight = 0;
        Ebml children = Ebml.in(source, video);
        for (Element child = children.next(); child != null; child = children.next()) {
            switch (child.id()) {
                case 0xB0 -> track.track.width = side(child);
                case 0xBA -> track.track.height = side(child);
                case 0x54B0 -> shownWidth = side(child);
                case 0x54BA -> shownHeight = side(child);
                case 0x54AA -> crop[0] = side(child);
                case 0x54BB -> crop[1] = side(child);
                case 0x54CC -> crop[2] = side(child);
                case 0x54DD -> crop[3] = side(child);
                case 0x9A -> {
                    long interlaced = Ebml.number(source, child);
                    track.track.declaredScan =
                            interlaced == 1 ? Scan.INTERLACED : interlaced == 2 ? Scan.PROGRESSIVE : null;
                }
                case 0x55B0 -> colour(child, track.track);
                case 0x7670 -> track.projected = true;
                default -> {}
            }
        }
        long width = track.track.width - crop[2] - crop[3];
        long height = track.track.height - crop[0] - crop[1];
        track.track.apertureWidth = Math.max(0, width);
        track.track.apertureHeight = Math.max(0, height);
        if (shownWidth > 0 && shownHeight > 0 && width > 0 && height > 0) {
            // whatever the unit, the two sides have the same one
            track.track.pixelAspect = (double) shownWidth * height / ((double) shownHeight * width);
        }
    }

    private void colour(Element colour, Track track) {
        int primaries = 2;
        int transfer = 2;
        int matrix = 2;
        @Nullable Boolean full = null;
        Ebml children = Ebml.in(source, colour);
        for (Element child = children.next(); child != null; child = children.next()) {
            switch (child.id()) {
                case 0x55B1 -> matrix = side(child);
                case 0x55BA -> transfer = side(child);
                case 0x55BB -> primaries = side(child);
                case 0x55B9 -> {
                    long range = Ebml.number(source, child);
                    full = range == 1 ? Boolean.FALSE : range == 2 ? Boolean.TRUE : null;
                }
                case 0x55BC, 0x55BD, 0x55D0 -> track.hdrMetadata = true;
                default -> {}
            }
        }
        track.colour = new Colour(primaries, transfer, matrix, full);
    }

    private void audio(Element audio, Track track) {
        track.entryRate = 8000;
        track.entryChannels = 1;
        Ebml children = Ebml.in(source, audio);
        for (Element child = children.next(); child != null; child = children.next()) {
            switch (child.id()) {
                case 0xB5, 0x78B5 -> {
                    double rate = Ebml.real(source, child);
                    track.entryRate = rate > 0 && rate < Integer.MAX_VALUE ? (int) Math.round(rate) : track.entryRate;
                }
                case 0x9F -> track.entryChannels = side(child);
                default -> {}
            }
        }
    }

    /** The codec's own description of itself. */
    private void configuration(MatroskaTrack track, long at) {
        Element data = track.codecPrivate;
        if (track.track.encrypted) {
            return;
        }
        boolean needed = track.track.isAvc() || track.track.isHevc();
        if (data == null) {
            if (needed) {
                undecodable(track, "there is no CodecPrivate for " + track.track.codec(), at);
            }
            return;
        }
        Box box = new Box(FourCc.code("priv"), data.start(), data.payload(), data.end(), null);
        try {
            switch (track.track.format) {
                case "avc1" -> ParameterSets.avc(source, box, track.track);
                case "hvc1" -> ParameterSets.hevc(source, box, track.track);
                case "av01" -> ParameterSets.av1(source, box, track.track);
                case "mp4a" -> track.track.audio = AudioConfigs.aac(source, data.payload(), data.length(), 0);
                default -> {}
            }
            if (needed && track.track.picture == null) {
                throw ReadStop.broken("there are no parameter sets", data.start());
            }
        } catch (ReadStop e) {
            if (e.isLimit()) {
                throw e;
            }
            track.track.pictureProblem = "the parameter sets in CodecPrivate make no sense: " + e.reason();
            undecodable(track, "CodecPrivate makes no sense: " + e.reason(), data.start());
        }
    }

    /** What is packed may still make sense once it is unpacked. */
    private static void undecodable(MatroskaTrack track, String what, long at) {
        if (!track.packed) {
            track.track.undecodable = new Damage(what + ", so nothing can be decoded", "Segment/Tracks/TrackEntry", at);
        }
    }

    private int side(Element element) {
        return (int) Math.min(Integer.MAX_VALUE, Ebml.number(source, element));
    }
}
