package io.linkspan.preflight;

/** How the bytes reach the platform; some rules differ by it. */
public enum Delivery {
    /** The file is uploaded to the platform. */
    BYTES,
    /** The platform fetches the file from a public URL. */
    PULL
}
