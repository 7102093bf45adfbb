package io.linkspan.testkit.tiktok;

import io.linkspan.testkit.internal.MediaFetcher;
import io.linkspan.testkit.internal.MediaLook;
import java.util.List;

/** What TikTok finds wrong with received media; bytes that look like nothing known pass. */
final class MediaVerdict {

    private static final String FORMAT = "file_format_check_failed";
    private static final long MAX_PHOTO = 20L << 20;

    private MediaVerdict() {}

    static String pullFailed(String kind) {
        return kind.equals("PHOTO") ? "photo_pull_failed" : "video_pull_failed";
    }

    static String video(MediaFetcher.Fetched video) {
        MediaLook.Format format = video.look().format();
        return format.picture() || format == MediaLook.Format.HTML ? FORMAT : "";
    }

    static String photos(List<MediaFetcher.Fetched> photos, TikTokRules rules) {
        for (MediaFetcher.Fetched photo : photos) {
            MediaLook look = photo.look();
            switch (look.format()) {
                case JPEG, WEBP, UNKNOWN -> {}
                case PNG, GIF, HEIC, MP4, WEBM, HTML -> {
                    return FORMAT;
                }
            }
            if (photo.bytes() > MAX_PHOTO) {
                return rules.oversizedPhotoReason;
            }
            if (look.width() > rules.photoWidth || look.height() > rules.photoHeight) {
                return "picture_size_check_failed";
            }
        }
        return "";
    }
}
