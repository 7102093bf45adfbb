/** Says before publishing whether a platform will take a video or an image. */
module io.linkspan.preflight {
    requires static transitive org.jspecify;
    requires io.linkspan.json;

    exports io.linkspan.preflight;
}
