package io.linkspan.tiktok;

import io.linkspan.spi.CallClass;
import io.linkspan.spi.Flow;
import io.linkspan.spi.HttpBody;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.Secret;

/**
 * {@code creator_info/query}: 20 a minute and token. Reports account limits with HTTP 200 and another code than ok.
 *
 * <p>Source: {@code developers.tiktok.com/docs/en/content-posting-api-reference-query-creator-info}, read 2026-11-20.
 */
final class CreatorInfoQuery {
    private final TikTokEndpoints endpoints;
    private final Answers answers;

    CreatorInfoQuery(TikTokEndpoints endpoints, Answers answers) {
        this.endpoints = endpoints;
        this.answers = answers;
    }

    HttpCall call(Secret accessToken) {
        return HttpCall.of(
                        Operations.CREATOR_INFO,
                        CallClass.READ,
                        "POST",
                        endpoints.apiPath("/v2/post/publish/creator_info/query/"))
                .bearer(accessToken)
                .body(new HttpBody.Json("{}"));
    }

    Outcome<CreatorInfo> read(HttpResult result) {
        return answers.data(Operations.CREATOR_INFO, result, CreatorInfo::read);
    }

    Flow<CreatorInfo> ask(Secret accessToken) {
        return Flow.call(call(accessToken), this::read);
    }
}
