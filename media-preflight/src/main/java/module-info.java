/** Says before publishing whether a platform will take a video or an image. */
module io.linkspan.preflight {
    requires static transitive org.jspecify;
    requires tools.jackson.core;
    requires tools.jackson.databind;

    exports io.linkspan.preflight;
}
