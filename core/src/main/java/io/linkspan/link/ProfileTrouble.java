package io.linkspan.link;

/** Trouble with the link shown on a profile, as its user reports it. No API shows it. */
public enum ProfileTrouble {
    /** The profile's settings do not offer the other platform. */
    NO_OPTION,
    /** The other platform's sign-in page opens, then loops or returns without the icon. */
    LOGIN_LOOPS,
    /** Another account than the wanted one appears. */
    WRONG_ACCOUNT,
    /** The icon was there and is gone. */
    ICON_GONE,
    /** The icon is there and shows an old name. */
    NAME_CHANGED
}
