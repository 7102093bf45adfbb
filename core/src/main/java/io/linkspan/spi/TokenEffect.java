package io.linkspan.spi;

/** What an answer says about the token it was asked with. */
public enum TokenEffect {
    /** Nothing. */
    NONE,
    /** The access token ended; a renewal may bring a new one. */
    RENEW,
    /** The grant is gone; only a new consent helps. */
    DEAD,
    /** The person removed the app; only a new consent helps. */
    REMOVED_BY_PERSON,
    /** The platform waits for the person; the token may come back to life. */
    WAITING_FOR_PERSON
}
