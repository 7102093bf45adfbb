package io.linkspan.tiktok;

import io.linkspan.spi.PublishContent;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The six ways TikTok takes a post: what the init is, and which options it has fields for. */
enum PostMode {
    /** Direct video by bytes. */
    VIDEO(Operations.VIDEO_INIT, "/v2/post/publish/video/init/", true, false),
    /** Direct video that TikTok pulls. */
    PULLED_VIDEO(Operations.VIDEO_INIT, "/v2/post/publish/video/init/", true, true),
    /** Draft video by bytes. */
    DRAFT_VIDEO(Operations.INBOX_INIT, "/v2/post/publish/inbox/video/init/", false, false),
    /** Draft video that TikTok pulls. */
    PULLED_DRAFT_VIDEO(Operations.INBOX_INIT, "/v2/post/publish/inbox/video/init/", false, true),
    /** Direct post of photos, always pulled. */
    PHOTOS(Operations.PHOTO_INIT, "/v2/post/publish/content/init/", true, true),
    /** Draft of photos, always pulled. */
    DRAFT_PHOTOS(Operations.PHOTO_INIT, "/v2/post/publish/content/init/", false, true);

    /** Option: {@link #DIRECT_POST}, which is the default, or {@link #MEDIA_UPLOAD}, which is a draft. */
    static final String POST_MODE = "post_mode";

    static final String DIRECT_POST = "DIRECT_POST";
    static final String MEDIA_UPLOAD = "MEDIA_UPLOAD";
    /** Option: {@link #FILE_UPLOAD}, the default of videos, or {@link #PULL_FROM_URL}, the only way of photos. */
    static final String SOURCE = "source";

    static final String FILE_UPLOAD = "FILE_UPLOAD";
    static final String PULL_FROM_URL = "PULL_FROM_URL";

    private static final List<String> VIDEO_FIELDS = List.of(
            TikTokVideoOptions.PRIVACY_LEVEL,
            TikTokVideoOptions.ALLOW_COMMENT,
            TikTokVideoOptions.ALLOW_DUET,
            TikTokVideoOptions.ALLOW_STITCH,
            TikTokVideoOptions.OWN_BRAND,
            TikTokVideoOptions.BRANDED_CONTENT,
            TikTokVideoOptions.AI_GENERATED,
            TikTokVideoOptions.COVER_TIMESTAMP);
    private static final List<String> PHOTOS_FIELDS = List.of(
            TikTokVideoOptions.PRIVACY_LEVEL,
            TikTokVideoOptions.ALLOW_COMMENT,
            TikTokVideoOptions.OWN_BRAND,
            TikTokVideoOptions.BRANDED_CONTENT,
            TikTokVideoOptions.AI_GENERATED,
            TikTokPhotoOptions.AUTO_ADD_MUSIC,
            TikTokPhotoOptions.TITLE,
            TikTokPhotoOptions.COVER_INDEX);
    private static final List<String> DRAFT_PHOTOS_FIELDS =
            List.of(TikTokVideoOptions.AI_GENERATED, TikTokPhotoOptions.TITLE, TikTokPhotoOptions.COVER_INDEX);

    private final String operation;
    private final String path;
    private final boolean direct;
    private final boolean pulled;

    PostMode(String operation, String path, boolean direct, boolean pulled) {
        this.operation = operation;
        this.path = path;
        this.direct = direct;
        this.pulled = pulled;
    }

    static PostMode of(PublishContent content) {
        boolean draft = content.option(POST_MODE).filter(MEDIA_UPLOAD::equals).isPresent();
        if (content.kind() != PublishContent.Kind.VIDEO) {
            return draft ? DRAFT_PHOTOS : PHOTOS;
        }
        boolean pulled = content.option(SOURCE).filter(PULL_FROM_URL::equals).isPresent();
        if (draft) {
            return pulled ? PULLED_DRAFT_VIDEO : DRAFT_VIDEO;
        }
        return pulled ? PULLED_VIDEO : VIDEO;
    }

    String operation() {
        return operation;
    }

    String path() {
        return path;
    }

    /** Whether the post appears without the person doing anything in TikTok. */
    boolean direct() {
        return direct;
    }

    boolean pulled() {
        return pulled;
    }

    boolean photos() {
        return this == PHOTOS || this == DRAFT_PHOTOS;
    }

    /** Options with a field of their own in this mode. */
    List<String> fields() {
        return switch (this) {
            case VIDEO, PULLED_VIDEO -> VIDEO_FIELDS;
            case DRAFT_VIDEO, PULLED_DRAFT_VIDEO -> List.of();
            case PHOTOS -> PHOTOS_FIELDS;
            case DRAFT_PHOTOS -> DRAFT_PHOTOS_FIELDS;
        };
    }

    /** Options that some mode has a field for. */
    static Set<String> allFields() {
        return Stream.of(values()).flatMap(mode -> mode.fields().stream()).collect(Collectors.toSet());
    }

    /** For sentences: "a draft video". */
    String inWords() {
        return (direct ? "a direct post of " : "a draft of ") + (photos() ? "photos" : "a video");
    }
}
