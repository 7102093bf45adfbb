package io.linkspan.testkit.sim;

import io.linkspan.spi.HttpTransport;
import java.net.URI;

/** A simulated platform, however it is reached. */
public interface SimPlatform extends AutoCloseable {

    /** {@return the address below which all hosts of the platform are served, without a slash at the end} */
    URI baseUri();

    /**
     * The way in without sockets, threads and waiting: each call is carried out on the calling thread.
     *
     * <p>Faults are played as what a real transport would see: nothing left, no answer, or an answer. Hosts are not
     * looked at, only paths; use {@link SimNetwork} to reach several platforms.
     *
     * @return the transport; one per simulator
     */
    HttpTransport transport();

    @Override
    void close();
}
