package io.linkspan.instagram;

/** How people sign in, which decides what may be sent. */
enum Login {
    /** Instagram API with Instagram Login. */
    INSTAGRAM,
    /** Instagram API with Facebook Login. */
    FACEBOOK
}
