/** The Instagram adapter. */
module io.linkspan.instagram {
    requires transitive io.linkspan.core;
    requires io.linkspan.json;
    requires static org.jspecify;

    exports io.linkspan.instagram;

    // the error catalogue lies beside the classes and is read by core
    opens io.linkspan.instagram to
            io.linkspan.core;
}
