package io.linkspan.internal.publish;

import io.linkspan.internal.Kernel;
import io.linkspan.internal.json.Json;
import io.linkspan.publish.Post;
import java.util.List;

/** The digest by which a request is known again. Pure. */
final class Requests {
    private Requests() {}

    /** Of everything but the bytes of the media. */
    static String digest(Post post) {
        return Kernel.sha256(Json.write(List.of(
                post.kind(),
                post.items().stream().map(Object::toString).toList(),
                post.cover().map(Object::toString).orElse("")
                        + (post.covers().isEmpty() ? "" : post.covers().toString()),
                post.captions(),
                post.captionFit(),
                post.allOptions(),
                post.targets().stream().map(Object::toString).toList(),
                String.valueOf(post.notBefore()),
                String.valueOf(post.notAfter()),
                post.waivers().stream().map(Object::toString).toList())));
    }

    /** Of everything. */
    static String digest(Post post, List<String> media) {
        return Kernel.sha256(digest(post) + "\n" + String.join("\n", media));
    }
}
