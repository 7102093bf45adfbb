package io.linkspan.preflight;

/** A file format told by its first bytes. Only some of them are read further. */
public enum Container {
    /** ISO base media with an MPEG-4 or similar brand. Read. */
    MP4(MediaKind.VIDEO),
    /** QuickTime, with or without a {@code ftyp} box. Read. */
    MOV(MediaKind.VIDEO),
    /** WebM. Recognised, not read yet. */
    WEBM(MediaKind.VIDEO),
    /** Matroska other than WebM. Recognised, not read yet. */
    MATROSKA(MediaKind.VIDEO),
    /** AVI. Recognised only. */
    AVI(MediaKind.VIDEO),
    /** JPEG with one picture. Read. */
    JPEG(MediaKind.IMAGE),
    /** JPEG with several pictures in a Multi-Picture Format index. Read. */
    MPO(MediaKind.IMAGE),
    /** PNG. Recognised, not read yet. */
    PNG(MediaKind.IMAGE),
    /** WebP. Recognised, not read yet. */
    WEBP(MediaKind.IMAGE),
    /** GIF. Recognised, not read yet. */
    GIF(MediaKind.IMAGE),
    /** HEIC or another HEIF image. Recognised, not read yet. */
    HEIF(MediaKind.IMAGE),
    /** AVIF. Recognised, not read yet. */
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
