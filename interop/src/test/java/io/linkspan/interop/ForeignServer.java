package io.linkspan.interop;

/** An authorization server of others, with people mira and noor. */
interface ForeignServer extends AutoCloseable {
    String CLIENT = "linkspan-interop";
    String SECRET = "interop-client-secret-0123456789";
    String REDIRECT = "http://127.0.0.1:1/callback/standard";

    /** How to reach it. */
    StandardAdapter.Profile profile();

    /** Whether spending a replaced refresh token ends the whole grant. */
    boolean killsFamily();

    @Override
    void close();
}
