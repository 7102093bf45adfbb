package io.linkspan.preflight.internal.rule;

import io.linkspan.preflight.MediaKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds the command that applies a rule's fix to one file. */
final class Ffmpeg {
    private Ffmpeg() {}

    /**
     * The argument list, or none if the rule has no such fix or the media has no name. Names carry {@code file:}, else
     * {@code -x.mp4} would be an option and {@code concat:a} a protocol.
     */
    static List<String> command(List<String> arguments, MediaKind kind, @Nullable String name) {
        if (arguments.isEmpty() || name == null) {
            return List.of();
        }
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-i", "file:" + name));
        command.addAll(arguments);
        int separator = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
        int dot = name.lastIndexOf('.');
        String stem = dot > separator + 1 ? name.substring(0, dot) : name;
        command.add("file:" + stem + "-fixed" + (kind == MediaKind.IMAGE ? ".jpg" : ".mp4"));
        return List.copyOf(command);
    }
}
