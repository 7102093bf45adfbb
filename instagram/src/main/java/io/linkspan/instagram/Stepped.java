package io.linkspan.instagram;

import io.linkspan.spi.PlatformError;
import java.time.Duration;

/** How one container moved on. */
sealed interface Stepped {
    /** The next step can follow at once. */
    record On(Progress progress) implements Stepped {}

    /** Instagram works on it. */
    record Busy(Progress progress, Duration pause, String detail) implements Stepped {}

    /** It can be published; with what Instagram found of material of someone else in it. */
    record Finished(Progress progress, ContainerState.Copyright copyright) implements Stepped {}

    /** It is a post already, by a commit of which nothing is remembered. */
    record Landed(Progress progress, String detail) implements Stepped {}

    /** It cannot be published any more. */
    record Failed(PlatformError error) implements Stepped {}
}
