package io.linkspan.spi;

/** Who can do something about a finding. */
public enum Actor {
    /** The person whose account it is. */
    PERSON,
    /** The product's operator, in the platform's developer portal. */
    OPERATOR,
    /** The developers of the product. */
    DEVELOPER,
    /** Nobody but time or the platform. */
    PLATFORM
}
