package io.linkspan.internal.publish;

/** What a move asks the worker to do. Durable first, then done; only what can be repeated, preparing and reading, may come before. */
public enum Effect {
    /** Go on preparing at the platform. */
    PREPARE,
    /** Send the commit, once. Nothing else may send one. */
    SEND_COMMIT,
    /** Read what became of the handle. */
    READ_HANDLE,
    /** Forget the handle: written together with the move. */
    DROP_HANDLE,
    /** Take the media off their public addresses. */
    WITHDRAW_MEDIA,
    /** Look for id and address of the post. */
    LOCATE
}
