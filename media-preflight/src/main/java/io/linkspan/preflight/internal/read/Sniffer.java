package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.Container;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a format by its first bytes. */
final class Sniffer {
    private static final Set<String> HEIF = Set.of(
            "heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs", "mif1", "mif2", "mif3", "msf1", "avci",
            "avcs");
    private static final Set<String> QUICKTIME = Set.of("moov", "mdat", "wide", "free", "skip", "pnot");
    private static final Set<String> ISO = Set.of("ftyp", "styp");

    private Sniffer() {}

    static @Nullable Container sniff(Source source) {
        int length = (int) Math.min(64, source.size());
        String head = source.ascii(0, length);
        if (head.startsWith("\u00FF\u00D8\u00FF")) {
            return Container.JPEG;
        }
        if (head.startsWith("\u0089PNG\r\n\u001A\n")) {
            return Container.PNG;
        }
        if (head.startsWith("GIF87a") || head.startsWith("GIF89a")) {
            return Container.GIF;
        }
        if (head.startsWith("\u001AE\u00DF\u00A3")) {
            return head.contains("webm") ? Container.WEBM : Container.MATROSKA;
        }
        if (head.startsWith("RIFF") && length >= 12) {
            String form = head.substring(8, 12);
            return form.equals("WEBP") ? Container.WEBP : form.equals("AVI ") ? Container.AVI : null;
        }
        if (length < 8) {
            return null;
        }
        String type = head.substring(4, 8);
        if (type.equals("ftyp") && length >= 12) {
            // a low-overhead image names its codec where others have their minor version
            String brands = head.substring(8);
            String major = head.substring(8, 12);
            if (major.equals("avif") || major.equals("avis") || (HEIF.contains(major) && brands.contains("avif"))) {
                return Container.AVIF;
            }
            return HEIF.contains(major) ? Container.HEIF : Container.MP4;
        }
        return ISO.contains(type) ? Container.MP4 : QUICKTIME.contains(type) ? Container.MOV : null;
    }

    /** The first bytes, for a report about a file that is not media. */
    static String describe(Source source) {
        StringBuilder text = new StringBuilder("it starts with");
        for (int i = 0; i < Math.min(8, source.size()); i++) {
            text.append(String.format(Locale.ROOT, " %02x", source.u8(i)));
        }
        return text.toString();
    }
}
