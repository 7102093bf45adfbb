package io.linkspan.publish;

import io.linkspan.Platform;
import io.linkspan.spi.Texts;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The check of what enters with a post. It is not made again when a post is read back, so that older records stay readable. */
final class Entrance {
    private static final int MOST = 100;
    private static final int MOST_PATH = 4096;
    private static final int MOST_REFERENCE = 1024;
    private static final int MOST_NAME = 100;
    private static final int MOST_VALUE = 8 * 1024;

    private Entrance() {}

    /** Where media are. */
    static void checked(Media media) {
        if (media instanceof Media.File file) {
            Texts.line("the path of a media file", file.path().toString(), MOST_PATH);
        } else {
            Texts.name("a media reference", ((Media.Stored) media).reference(), MOST_REFERENCE);
        }
    }

    /** Options: how many, and each name and value. */
    static Map<String, String> checked(String platform, Map<String, String> values) {
        String name = Platform.of(platform).name();
        if (values.size() > MOST) {
            throw new IllegalArgumentException("a post must have at most " + MOST + " options for " + name + ", had "
                    + values.size() + ": " + Texts.listed(values.keySet()));
        }
        values.forEach((option, value) -> {
            Texts.name("the name of an option for " + name, option, MOST_NAME);
            Texts.text("option " + option + " for " + name, value, MOST_VALUE);
        });
        return Collections.unmodifiableMap(new TreeMap<>(values));
    }
}
