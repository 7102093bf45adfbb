package io.linkspan.publish;

/** A person's answer about a job in {@link PublishState.AwaitingDecision}. */
public enum Decision {
    /** It is on the profile. */
    IT_IS_THERE,
    /** It is not there; try again with a new handle. Posts twice if the person is wrong. */
    TRY_AGAIN,
    /** Keep waiting for evidence. */
    WAIT,
    /** It is not there; do not try again. */
    GIVE_UP
}
