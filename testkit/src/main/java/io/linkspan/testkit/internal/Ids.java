package io.linkspan.testkit.internal;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Makes ids and secrets from a seed, and remembers the secrets. */
public final class Ids {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

    private final RandomGenerator random;
    private final Set<String> secrets = new LinkedHashSet<>();
    private long counter;

    /**
     * Starts a sequence.
     *
     * @param seed equal seeds give equal sequences
     */
    public Ids(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** {@return a number that no other call returns, from 1} */
    public synchronized long next() {
        return ++counter;
    }

    /**
     * Random text of letters, digits, {@code -} and {@code _}.
     *
     * @param length its length
     * @return the text
     */
    public synchronized String text(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /**
     * A secret that is remembered.
     *
     * @param prefix its beginning
     * @param suffix its end
     * @return the secret
     */
    public synchronized String secret(String prefix, String suffix) {
        String secret = prefix + text(48) + suffix;
        secrets.add(secret);
        return secret;
    }

    /** {@return four random digits} */
    public synchronized String digits() {
        return Integer.toString(random.nextInt(1000, 10000));
    }

    /**
     * Remembers a secret that was made elsewhere.
     *
     * @param secret the secret
     */
    public synchronized void remember(String secret) {
        secrets.add(secret);
    }

    /** {@return every secret made so far} */
    public synchronized Set<String> secrets() {
        return Set.copyOf(secrets);
    }
}
