package io.linkspan.internal.http;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps the JDK's own HTTP client from logging whole addresses and headers, which hold tokens. Its debug logger writes them at
 * {@code FINE}, and so does every log that a host sets to that level as a whole.
 */
final class JdkHttpLog {
    private static final String DEBUG_LOGGER = "jdk.internal.httpclient.debug";
    private static final String LOG_PROPERTY = "jdk.httpclient.HttpClient.log";
    private static final List<String> SPEAKING = List.of("all", "requests", "headers", "content", "frames");

    private JdkHttpLog() {}

    /**
     * Switches the debug logger off where it only follows the level of others.
     *
     * @throws IllegalStateException when it was switched on by name
     */
    static void requireQuiet() {
        String wanted = System.getProperty(LOG_PROPERTY, "");
        if (List.of(wanted.split("[,:]", -1)).stream().anyMatch(SPEAKING::contains)) {
            throw refused("the system property " + LOG_PROPERTY + " is " + wanted, "remove it");
        }
        String debug = System.getProperty(DEBUG_LOGGER);
        if (debug != null && !debug.equals("false")) {
            throw refused("the system property " + DEBUG_LOGGER + " is set", "remove it");
        }
        try {
            JavaLogging.quiet();
        } catch (LinkageError e) {
            // a runtime without java.logging has no such logger
        }
        if (System.getLogger(DEBUG_LOGGER).isLoggable(System.Logger.Level.DEBUG)) {
            throw refused("the logger " + DEBUG_LOGGER + " is at DEBUG (FINE)", "set its level to INFO");
        }
    }

    private static IllegalStateException refused(String what, String remedy) {
        return new IllegalStateException(
                what + ": the JDK's HTTP client would log addresses and headers with tokens in them; " + remedy);
    }

    /** Apart, because a runtime may lack the module. */
    private static final class JavaLogging {
        /** Kept, because java.util.logging forgets a level with its logger. */
        private static final Logger LOGGER = Logger.getLogger(DEBUG_LOGGER);

        private JavaLogging() {}

        static void quiet() {
            if (LOGGER.getLevel() == null) {
                LOGGER.setLevel(Level.INFO);
            }
        }
    }
}
