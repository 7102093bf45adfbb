package io.linkspan.instagram;

/** Sample bodies of the fact sheet. */
final class Samples {
    static final String CODE_USED =
            "{\"error_type\":\"OAuthException\",\"code\":400,\"error_message\":\"Matching code was not found or was already"
                    + " used\"}";
    static final String REMOVED =
            "{\"error\":{\"message\":\"Error validating access token: The user has not authorized application"
                    + " 990602627938098.\",\"type\":\"OAuthException\",\"code\":190,\"error_subcode\":458,"
                    + "\"fbtrace_id\":\"SIM1\"}}";
    static final String PASSWORD =
            "{\"error\":{\"message\":\"Error validating access token: The session has been invalidated because the user"
                    + " changed their password or Facebook has changed the session for security reasons.\","
                    + "\"type\":\"OAuthException\",\"code\":190,\"error_subcode\":460,\"fbtrace_id\":\"SIM2\"}}";
    static final String EXPIRED =
            "{\"error\":{\"message\":\"Error validating access token: Session has expired on Tuesday, 05-Jan-27 10:40:11"
                    + " PST. The current time is Sunday, 24-Jan-27 09:16:56 PST.\",\"type\":\"OAuthException\","
                    + "\"code\":190,\"error_subcode\":463,\"fbtrace_id\":\"SIM3\"}}";
    static final String BLOCKED =
            "{\"error\":{\"message\":\"API access blocked.\",\"type\":\"OAuthException\",\"code\":200,"
                    + "\"fbtrace_id\":\"SIM4\"}}";
    static final String NO_PERMISSION =
            "{\"error\":{\"message\":\"(#200) The user hasn't authorized the application to perform this action\","
                    + "\"type\":\"OAuthException\",\"code\":200,\"fbtrace_id\":\"SIM5\"}}";
    static final String UNREADABLE =
            "{\"error\":{\"message\":\"Unsupported get request. Object with ID '17889455560051444' does not exist, cannot be"
                    + " loaded due to missing permissions, or does not support this operation.\","
                    + "\"type\":\"GraphMethodException\",\"code\":100,\"error_subcode\":33,\"fbtrace_id\":\"SIM6\"}}";
    static final String NO_FIELD =
            "{\"error\":{\"message\":\"(#100) Tried accessing nonexisting field (expires_at) …\","
                    + "\"type\":\"OAuthException\",\"code\":100,\"fbtrace_id\":\"SIM7\"}}";
    static final String NOT_READY =
            "{\"error\":{\"message\":\"Media ID is not available\",\"type\":\"OAuthException\",\"code\":9007,"
                    + "\"error_subcode\":2207027,\"is_transient\":false,\"error_user_title\":\"…\",\"error_user_msg\":\"The"
                    + " media is not ready for publishing, please wait for a moment\",\"fbtrace_id\":\"SIM8\"}}";
    static final String NOT_FETCHED =
            "{\"error\":{\"message\":\"Only photo or video can be accepted as media type.\",\"type\":\"OAuthException\","
                    + "\"code\":9004,\"error_subcode\":2207052,\"is_transient\":false,\"error_user_title\":\"Media download"
                    + " has failed. The media URI doesn't meet our requirements.\",\"error_user_msg\":\"The media could not"
                    + " be fetched from this URI: https://cdn.example.test/a.jpg. …\",\"fbtrace_id\":\"SIM9\"}}";
    static final String SPAM =
            "{\"error\":{\"message\":\"Application request limit reached\",\"type\":\"OAuthException\",\"code\":4,"
                    + "\"error_subcode\":2207051,\"is_transient\":false,\"error_user_title\":\"…\",\"error_user_msg\":\"We"
                    + " restrict certain activity to protect our community. …\",\"fbtrace_id\":\"SIM10\"}}";
    static final String QUOTA =
            "{\"error\":{\"message\":\"…\",\"type\":\"OAuthException\",\"code\":9,\"error_subcode\":2207042,"
                    + "\"is_transient\":false,\"error_user_title\":\"…\",\"error_user_msg\":\"You reached maximum number of"
                    + " posts that is allowed to be published by Content Publishing API.\",\"fbtrace_id\":\"SIM11\"}}";
    static final String THROTTLED =
            "{\"error\":{\"message\":\"(#80002) There have been too many calls to this Instagram account. Wait a bit and"
                    + " try again. …\",\"type\":\"OAuthException\",\"code\":80002,\"fbtrace_id\":\"SIM12\"}}";
    static final String UNAVAILABLE =
            "{\"error\":{\"message\":\"An unexpected error has occurred. Please retry your request later.\","
                    + "\"type\":\"OAuthException\",\"is_transient\":true,\"code\":2,\"fbtrace_id\":\"SIM13\"}}";
    static final String CHECKPOINT =
            "{\"error\":{\"message\":\"Error validating access token: You cannot access the app till you log in to"
                    + " www.instagram.com and follow the instructions given.\",\"type\":\"OAuthException\",\"code\":190,"
                    + "\"error_subcode\":0,\"fbtrace_id\":\"SIM\"}}";

    private Samples() {}

    static String graph(int code, int subcode, String message) {
        return "{\"error\":{\"message\":\"" + message + "\",\"type\":\"OAuthException\",\"code\":" + code
                + (subcode == 0 ? "" : ",\"error_subcode\":" + subcode) + ",\"fbtrace_id\":\"T\"}}";
    }
}
