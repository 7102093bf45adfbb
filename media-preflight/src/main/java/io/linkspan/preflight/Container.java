package io.linkspan.preflight;

/** A file format told by its first bytes. All but AVI are read further. */
public enum Container {
    /** ISO base media with an MPEG-4 or similar brand. Read. */
    MP4(MediaKind.VIDEO),
    /** QuickTime, with or without a {@code ftyp} box. Read. */
    MOV(MediaKind.VIDEO),
    /** WebM. Read. */
    WEBM(MediaKind.VIDEO),
    /** Matroska other than WebM. Read. */
    MATROSKA(MediaKind.VIDEO),
    /** AVI. Recognised only. */
    AVI(MediaKind.VIDEO),
    /** JPEG with one picture. Read. */
    JPEG(MediaKind.IMAGE),
    /**
     * JPEG with several pictures of one scene, such as a panorama or a stereo pair, in a Multi-Picture Format index. Read. A
     * picture with a thumbnail or a gain map is a {@link #JPEG}.
     */
    MPO(MediaKind.IMAGE),
    /** PNG. Read. */
    PNG(MediaKind.IMAGE),
    /** WebP. Read. */
    WEBP(MediaKind.IMAGE),
    /** GIF. Read. */
    GIF(MediaKind.IMAGE),
    /** HEIC or another HEIF image. Read. */
    HEIF(MediaKind.IMAGE),
    /** AVIF. Read. */
    AVIF(MediaKind.IMAGE);

    private final MediaKind kind;

    Container(MediaKind kind) {
        this.kind = kind;
    }

    /**
     * What files of this format hold.
     *
     * @return the kind, never {@link MediaKind#UNRECOGNIZED}
     */
    public MediaKind kind() {
        return kind;
    }
}
