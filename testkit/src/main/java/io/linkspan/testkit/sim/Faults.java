package io.linkspan.testkit.sim;

import java.util.function.Function;

/**
 * The faults a simulator has in store, per operation.
 *
 * <p>Thread-safe. A request first takes the next scripted fault of its operation, if there is none the standing one, and
 * if there is none either one that is {@linkplain #drawnFrom(Function) drawn}.
 *
 * @param <O> the operations of the platform
 */
public interface Faults<O extends Enum<O>> {

    /**
     * Scripts the faults of one operation.
     *
     * @param operation which requests suffer
     * @return the script to add to
     */
    Script on(O operation);

    /**
     * Sets where faults come from that nobody scripted, such as a generator with a seed.
     *
     * @param source asked for each request without scripted or standing fault; {@link Fault#none()} for no fault
     */
    void drawnFrom(Function<? super O, ? extends Fault> source);

    /** Removes all faults, scripted, standing and drawn, of all operations. */
    void clear();

    /** The faults of one operation. */
    interface Script {

        /**
         * Adds faults that are used up in this order, one per request.
         *
         * @param faults what goes wrong with the next requests
         * @return this script
         */
        Script next(Fault... faults);

        /**
         * Sets what goes wrong with every request that finds no scripted fault.
         *
         * @param fault the standing fault; {@link Fault#none()} ends it
         * @return this script
         */
        Script always(Fault fault);

        /** {@return how many scripted faults have not been used yet} */
        int remaining();

        /** Removes the scripted and the standing faults of this operation. */
        void clear();
    }
}
