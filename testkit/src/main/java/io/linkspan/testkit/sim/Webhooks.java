package io.linkspan.testkit.sim;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Delivery of webhooks and callbacks: at once in the background, or held back until a test lets go.
 *
 * <p>Thread-safe. The simulators deliver at least once and do not retry by themselves.
 */
public interface Webhooks {

    /**
     * Sets how often each event is sent.
     *
     * @param copies default 1; 0 loses every event, more than 1 makes duplicates
     * @return this
     */
    Webhooks copies(int copies);

    /**
     * Keeps events back from now on.
     *
     * @return this
     */
    Webhooks hold();

    /**
     * Sends what was held back, oldest first, on the calling thread, and ends the holding.
     *
     * @return how many requests were sent
     */
    int release();

    /**
     * Sends what was held back, newest first, on the calling thread, and ends the holding.
     *
     * @return how many requests were sent
     */
    int releaseReversed();

    /**
     * Sends what was held back, in an order drawn from a random source, on the calling thread, and ends the holding.
     *
     * @param random decides the order
     * @return how many requests were sent
     */
    int releaseShuffled(RandomGenerator random);

    /**
     * Loses what was held back and ends the holding.
     *
     * @return how many requests were lost
     */
    int loseHeld();

    /** {@return how many events are held back} */
    int held();

    /**
     * Sends the newest event once more, on the calling thread, signed anew.
     *
     * @return whether there was one
     */
    boolean resendLast();

    /**
     * Waits until everything handed to the background was sent.
     *
     * @param limit how long to wait
     * @return whether all was sent in time
     */
    boolean await(Duration limit);
}
