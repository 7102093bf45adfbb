package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.Damage;
import io.linkspan.preflight.MediaFacts;

/** Reads the first sample entry of a track: codec, encryption, picture and sound parameters. */
final class SampleEntries {
    private final Source source;
    private final MediaFacts.Builder facts;

    SampleEntries(Source source, MediaFacts.Builder facts) {
        this.source = source;
        this.facts = facts;
    }

    void read(Box stsd, Track track) {
        Box entry = Boxes.in(source, facts, stsd.need(8), 8).next();
        if (entry == null) {
            return;
        }
        track.format = FourCc.text(entry.type());
        if (track.isVideo()) {
            video(entry, track);
        } else if (track.isAudio()) {
            audio(entry, track);
        }
    }

    private void video(Box entry, Track track) {
        entry.need(78);
        track.width = source.u16(entry.payload() + 24);
        track.height = source.u16(entry.payload() + 26);
        Boxes children = Boxes.in(source, facts, entry, 78);
        for (Box box = children.next(); box != null; box = children.next()) {
            try {
                videoChild(box, track);
            } catch (ReadStop e) {
                if (e.isLimit()) {
                    throw e;
                }
                track.pictureProblem = "part of the sample entry makes no sense: " + e.reason();
                if (!source.worthTelling()) {
                    throw ReadStop.limit("more damage than is worth telling", box.start());
                }
            }
        }
    }

    private void videoChild(Box box, Track track) {
        long at = box.payload();
        switch (box.name()) {
            case "avcC", "hvcC", "vpcC", "av1C", "esds" -> {
                if (!track.configured) {
                    track.configured = true;
                    configuration(box, track);
                }
            }
            case "colr" -> {
                Colour colour = Colour.box(source, box);
                track.colour = colour == null ? track.colour : colour;
            }
            case "mdcv", "clli", "SmDm", "CoLL" -> track.hdrMetadata = true;
            case "dvcC", "dvvC" -> track.dolbyVision = true;
            case "pasp" -> {
                long across = source.u32(box.need(8).payload());
                long down = source.u32(at + 4);
                track.pixelAspect = across > 0 && down > 0 ? (double) across / down : 0;
            }
            case "clap" -> {
                box.need(16);
                track.apertureWidth = quotient(source.u32(at), source.u32(at + 4));
                track.apertureHeight = quotient(source.u32(at + 8), source.u32(at + 12));
            }
            case "btrt" -> track.declaredBitRate = source.u32(box.need(12).payload() + 8);
            case "sinf" -> protection(box, track);
            default -> {}
        }
    }

    private void configuration(Box box, Track track) {
        try {
            switch (box.name()) {
                case "avcC" -> ParameterSets.avc(source, box, track);
                case "hvcC" -> ParameterSets.hevc(source, box, track);
                case "vpcC" -> ParameterSets.vp9(source, box, track);
                case "esds" -> track.codec = AudioConfigs.videoCodec(source, box);
                default -> ParameterSets.av1(source, box, track);
            }
        } catch (ReadStop e) {
            undecodable(box, track, "shown", e);
            track.pictureProblem = "the parameter sets make no sense: " + e.reason();
        }
    }

    /** A decoder gets nothing else to start with. */
    private static void undecodable(Box box, Track track, String what, ReadStop stop) {
        if (stop.isLimit()) {
            throw stop;
        }
        track.undecodable = new Damage(
                "the decoder configuration says nothing, so nothing can be " + what + ": " + stop.reason(),
                box.path(),
                box.start());
    }

    private void audio(Box entry, Track track) {
        long at = entry.need(28).payload();
        int version = source.u16(at + 8);
        track.entryChannels = source.u16(at + 16);
        track.entryRate = source.u16(at + 24);
        int skip = 28;
        if (version == 1) {
            skip = 44;
        } else if (version == 2) {
            entry.need(64);
            double rate = Double.longBitsToDouble(source.s64(at + 32));
            track.entryRate = rate > 0 && rate < Integer.MAX_VALUE ? (int) rate : 0;
            track.entryChannels = AudioConfigs.positive(source.u32(at + 40));
            skip = 64;
        }
        audioChildren(entry.need(skip), skip, track, 0);
        track.audio = track.audio == null ? AudioConfigs.fixed(track.format) : track.audio;
        if (track.format.equals("mp4a") && track.audio == null && track.undecodable == null) {
            track.undecodable = new Damage(
                    "there is no decoder configuration for the sound, so nothing can be heard",
                    entry.path(),
                    entry.start());
        }
    }

    private void audioChildren(Box parent, int skip, Track track, int depth) {
        Boxes children = Boxes.in(source, facts, parent, skip);
        for (Box box = children.next(); box != null; box = children.next()) {
            String type = box.name();
            if (type.equals("sinf")) {
                protection(box, track);
            } else if (type.equals("wave") && depth == 0) {
                audioChildren(box, 0, track, 1);
            } else if (type.equals("btrt")) {
                track.declaredBitRate = source.u32(box.need(12).payload() + 8);
            } else if (track.audio == null && track.undecodable == null) {
                try {
                    track.audio = AudioConfigs.read(source, box);
                } catch (ReadStop e) {
                    undecodable(box, track, "heard", e);
                }
            }
        }
    }

    private void protection(Box sinf, Track track) {
        track.encrypted = true;
        Boxes children = Boxes.in(source, facts, sinf, 0);
        for (Box box = children.next(); box != null; box = children.next()) {
            if (box.type() == FourCc.code("frma")) {
                track.format = source.fourCc(box.need(4).payload());
            }
        }
    }

    private static long quotient(long numerator, long denominator) {
        return denominator == 0 ? 0 : Math.round((double) numerator / denominator);
    }
}
