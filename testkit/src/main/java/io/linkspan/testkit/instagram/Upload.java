package io.linkspan.testkit.instagram;

import io.linkspan.testkit.internal.Intake;

/** Bytes on their way into a container. Its fields belong to its own lock. */
final class Upload {

    private final String path;
    private Intake intake = new Intake();
    private long size = -1;

    Upload(String path) {
        this.path = path;
    }

    /** The only path that leads here. */
    String path() {
        return path;
    }

    Intake intake() {
        return intake;
    }

    void intake(Intake next) {
        intake = next;
    }

    /** Whether the whole size is what was said before. */
    boolean sized(long announced) {
        if (size < 0) {
            size = announced;
        }
        return size == announced;
    }

    boolean complete() {
        return intake.bytes() == size;
    }
}
