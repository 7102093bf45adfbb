package io.linkspan.preflight.internal.read;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the boxes that tell what an audio track really holds; the sample entry alone often says "2 channels". */
final class AudioConfigs {
    private static final int[] RATES = {
        96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350
    };
    private static final int[] CHANNELS = {0, 1, 2, 3, 4, 5, 6, 8, 0, 0, 0, 7, 8, 0, 8, 0};
    // ETSI TS 102 366 table 4.3: full-bandwidth channels by acmod
    private static final int[] AC3_CHANNELS = {2, 1, 2, 3, 3, 4, 4, 5};
    private static final int[] AC3_RATES = {48000, 44100, 32000, 0};
    private static final int MOST_OBJECT_TYPE = 46;
    private static final int MOST_RATE = 192_000;
    /** Object types that AAC decoders know. */
    private static final Set<Integer> AAC = Set.of(1, 2, 3, 4, 5, 6, 17, 19, 20, 22, 23, 29, 39, 42);

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry(".mp3", "mp3"),
            Map.entry("ac-3", "ac3"),
            Map.entry("ec-3", "eac3"),
            Map.entry("Opus", "opus"),
            Map.entry("alac", "alac"),
            Map.entry("fLaC", "flac"),
            Map.entry("samr", "amr_nb"),
            Map.entry("sawb", "amr_wb"),
            Map.entry("sqcp", "qcelp"),
            Map.entry("sevc", "evrc"),
            Map.entry("sowt", "pcm"),
            Map.entry("twos", "pcm"),
            Map.entry("lpcm", "pcm"),
            Map.entry("ipcm", "pcm"),
            Map.entry("fpcm", "pcm"),
            Map.entry("in24", "pcm"),
            Map.entry("in32", "pcm"),
            Map.entry("fl32", "pcm"),
            Map.entry("fl64", "pcm"),
            Map.entry("raw ", "pcm"),
            Map.entry("ulaw", "pcm_mulaw"),
            Map.entry("alaw", "pcm_alaw"));

    private AudioConfigs() {}

    static String name(String format) {
        return NAMES.getOrDefault(format, format);
    }

    /** The configuration in one child box of a sample entry, or null if the box holds none. */
    static @Nullable AudioConfig read(Source source, Box box) {
        long at = box.payload();
        return switch (box.name()) {
            case "esds" -> elementaryStream(source, box);
            case "dac3" -> {
                int bits = source.u24(box.need(3).payload());
                yield new AudioConfig(
                        "ac3", null, AC3_RATES[bits >>> 22], AC3_CHANNELS[bits >>> 11 & 7] + (bits >>> 10 & 1), 0);
            }
            case "dec3" -> {
                int first = source.u24(box.need(5).payload() + 2);
                yield new AudioConfig(
                        "eac3", null, AC3_RATES[first >>> 22], AC3_CHANNELS[first >>> 9 & 7] + (first >>> 8 & 1), 0);
            }
            case "dOps" ->
                sound(
                        new AudioConfig(
                                "opus", null, 48000, source.u8(box.need(11).payload() + 1), 0),
                        at);
            case "alac" -> {
                box.need(28);
                yield sound(
                        new AudioConfig(
                                "alac", null, positive(source.u32(at + 24)), source.u8(at + 13), source.u32(at + 20)),
                        at);
            }
            case "dfLa" -> {
                // the stream info block: 20 bits of rate, 3 bits of channels less one
                long bits = source.u32(box.need(22).payload() + 18);
                yield sound(new AudioConfig("flac", null, (int) (bits >>> 12), (int) (bits >>> 9 & 7) + 1, 0), at);
            }
            default -> null;
        };
    }

    /** A decoder cannot start without these. */
    private static AudioConfig sound(AudioConfig config, long at) {
        if (config.channels() == 0 || config.rate() == 0) {
            throw ReadStop.broken(config.channels() + " channels at " + config.rate() + " Hz", at);
        }
        return config;
    }

    /** Descriptors 3, 4 and 5 of ISO 14496-1, followed along one straight path. */
    private static AudioConfig elementaryStream(Source source, Box box) {
        Descriptors in = decoder(source, box);
        int type = in.u8();
        in.skip(8);
        long bitRate = (long) in.u8() << 24 | in.u8() << 16 | in.u8() << 8 | in.u8();
        String codec = codec(type, box);
        if (!codec.equals("aac")) {
            return new AudioConfig(codec, null, 0, 0, bitRate);
        }
        if (!in.enter(5) || in.left() < 2) {
            throw ReadStop.broken("the AAC description is missing in " + box.path(), in.position());
        }
        return aac(source, in.position(), in.left(), bitRate);
    }

    /** The codec of pictures, by the same descriptors. */
    static String videoCodec(Source source, Box box) {
        int type = decoder(source, box).u8();
        return switch (type) {
            case 0x20 -> "mpeg4";
            case 0x21 -> "h264";
            case 0x23 -> "hevc";
            case 0x60, 0x61, 0x62, 0x63, 0x64, 0x65 -> "mpeg2video";
            case 0x6A -> "mpeg1video";
            case 0x6C -> "mjpeg";
            case 0x6D -> "png";
            case 0x6E -> "jpeg2000";
            case 0xA3 -> "vc1";
            case 0xB1 -> "vp9";
            default -> "mp4v-" + Integer.toHexString(named(type, box));
        };
    }

    private static Descriptors decoder(Source source, Box box) {
        Descriptors in = new Descriptors(source, box.need(4).payload() + 4, box.end());
        if (!in.enter(3)) {
            throw ReadStop.broken("the stream is not described in " + box.path(), box.start());
        }
        in.skip(2);
        int flags = in.u8();
        in.skip((flags & 0x80) != 0 ? 2 : 0);
        in.skip((flags & 0x40) != 0 ? in.u8() : 0);
        in.skip((flags & 0x20) != 0 ? 2 : 0);
        if (!in.enter(4)) {
            throw ReadStop.broken("the decoder is not described in " + box.path(), box.start());
        }
        return in;
    }

    /** 0 is forbidden and 0xFF means that there is no decoder. */
    private static int named(int type, Box box) {
        if (type == 0 || type == 0xFF) {
            throw ReadStop.broken("the codec is not named in " + box.path(), box.start());
        }
        return type;
    }

    /** An audio specific configuration. */
    static AudioConfig aac(Source source, long at, long available, long bitRate) {
        byte[] config = new byte[40];
        int length = (int) Math.min(config.length, available);
        source.read(at, config, length);
        return specific(Bits.plain(config, length), length * 8, bitRate);
    }

    private static String codec(int type, Box box) {
        return switch (type) {
            case 0x40, 0x66, 0x67, 0x68 -> "aac";
            case 0x69, 0x6B -> "mp3";
            case 0xA5 -> "ac3";
            case 0xA6 -> "eac3";
            case 0xA9 -> "dts";
            case 0xAD -> "opus";
            case 0xDD -> "vorbis";
            default -> "mp4a-" + Integer.toHexString(named(type, box));
        };
    }

    /** ISO 14496-3 1.6.2.1. */
    private static AudioConfig specific(Bits in, int bits, long bitRate) {
        int type = objectType(in);
        int rate = rate(in);
        int configuration = (int) in.bits(4);
        int channels = CHANNELS[configuration];
        int named = type;
        if (type == 36) {
            return lossless(in, bitRate);
        }
        if (type == 5 || type == 29) {
            rate = rate(in);
            objectType(in);
        } else if (type == 2 && bits >= 16 + 16 + 5) {
            int higher = extension(in);
            named = higher > 0 ? 5 : 2;
            rate = higher > 0 ? higher : rate;
        }
        if (named == 29 && channels == 1) {
            channels = 2;
        }
        if (type == 0 || type > MOST_OBJECT_TYPE || rate == 0 || rate > MOST_RATE) {
            throw ReadStop.broken("MPEG-4 audio of type " + type + " at " + rate + " Hz does not exist", 0);
        }
        // channels may be left to the stream
        return AAC.contains(named)
                ? new AudioConfig("aac", objectTypeName(named), rate, channels, bitRate)
                : new AudioConfig(
                        named >= 32 && named <= 34 ? "mp3on4" : "mp4a.40." + named, null, rate, channels, bitRate);
    }

    /** The rate that the backward compatible signal of SBR gives after the rest, or 0 without one. */
    private static int extension(Bits in) {
        try {
            in.skip(3);
            return in.bits(11) == 0x2B7 && objectType(in) == 5 && in.flag() ? rate(in) : 0;
        } catch (ReadStop e) {
            return 0;
        }
    }

    /** MPEG-4 ALS says rate and channels in a header of its own, which some writers begin three bytes late. */
    private static AudioConfig lossless(Bits in, long bitRate) {
        in.skip(5);
        long mark = in.bits(24);
        mark = mark == 0x414C53 ? mark << 8 | in.bits(8) : in.bits(32);
        if (mark != 0x414C5300L) {
            throw ReadStop.broken("the header of MPEG-4 ALS is missing", 0);
        }
        int rate = positive(in.bits(32));
        in.skip(32);
        return sound(new AudioConfig("mp4als", null, rate, (int) in.bits(16) + 1, bitRate), 0);
    }

    /** Codecs of telephones are mono at one rate, whatever the sample entry says. */
    static @Nullable AudioConfig fixed(String format) {
        return switch (format) {
            case "samr", "sqcp", "sevc" -> new AudioConfig(name(format), null, 8000, 1, 0);
            case "sawb" -> new AudioConfig(name(format), null, 16000, 1, 0);
            default -> null;
        };
    }

    private static int objectType(Bits in) {
        int type = (int) in.bits(5);
        return type == 31 ? 32 + (int) in.bits(6) : type;
    }

    private static int rate(Bits in) {
        int index = (int) in.bits(4);
        if (index == 15) {
            return (int) in.bits(24);
        }
        return index < RATES.length ? RATES[index] : 0;
    }

    private static String objectTypeName(int type) {
        return switch (type) {
            case 1 -> "Main";
            case 2 -> "LC";
            case 3 -> "SSR";
            case 4 -> "LTP";
            case 5 -> "HE";
            case 23 -> "LD";
            case 29 -> "HEv2";
            case 39 -> "ELD";
            case 42 -> "xHE";
            default -> "type " + type;
        };
    }

    static int positive(long value) {
        return value > 0 && value <= Integer.MAX_VALUE ? (int) value : 0;
    }
}
