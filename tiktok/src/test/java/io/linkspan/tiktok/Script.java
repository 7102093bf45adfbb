package io.linkspan.tiktok;

import io.linkspan.spi.Flow;
import io.linkspan.spi.HttpBody;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Plays prepared answers to a flow and keeps its requests. */
final class Script {
    private final List<HttpResult> results;
    private final List<HttpCall> calls = new ArrayList<>();

    private Script(List<HttpResult> results) {
        this.results = results;
    }

    static Script of(HttpResult... results) {
        return new Script(List.copyOf(Arrays.asList(results)));
    }

    static HttpResult.Answered answer(int status, String body) {
        return new HttpResult.Answered(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    static HttpResult.Answered answer(int status, String header, String value) {
        return new HttpResult.Answered(status, Map.of(header, List.of(value)), new byte[0]);
    }

    static HttpResult.Answered data(String data) {
        return answer(200, "{\"data\":" + data + ",\"error\":{\"code\":\"ok\",\"message\":\"\",\"log_id\":\"L1\"}}");
    }

    static HttpResult.Answered failure(int status, String code, String message) {
        return answer(
                status,
                "{\"data\":{},\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message
                        + "\",\"log_id\":\"L1\"}}");
    }

    static HttpResult.Answered oauthFailure(int status, String error, String description) {
        return answer(
                status,
                "{\"error\":\"" + error + "\",\"error_description\":\"" + description + "\",\"log_id\":\"L1\"}");
    }

    <T> Outcome<T> play(Flow<T> flow) {
        Flow<T> at = flow;
        while (at instanceof Flow.Call<T> call) {
            if (calls.size() == results.size()) {
                throw new AssertionError("no answer left for " + call.call());
            }
            calls.add(call.call());
            at = call.next().apply(results.get(calls.size() - 1));
        }
        return ((Flow.Finished<T>) at).outcome();
    }

    <T> T done(Flow<T> flow) {
        return done(play(flow));
    }

    HttpCall call(int index) {
        return calls.get(index);
    }

    int count() {
        return calls.size();
    }

    static <T> T done(Outcome<T> outcome) {
        if (outcome instanceof Outcome.Done<T> done) {
            return done.value();
        }
        throw new AssertionError(outcome.describe());
    }

    static PlatformError refused(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Refused<?> refused) {
            return refused.error();
        }
        throw new AssertionError("expected a refusal, was " + outcome.describe());
    }

    static Outcome.Unclear<?> unclear(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Unclear<?> unclear) {
            return unclear;
        }
        throw new AssertionError("expected unclear, was " + outcome.describe());
    }

    static Map<String, String> form(HttpCall call) {
        return ((HttpBody.Form) call.body()).fields();
    }

    static String json(HttpCall call) {
        return ((HttpBody.Json) call.body()).text();
    }

    static HttpBody.Slice slice(HttpCall call) {
        return (HttpBody.Slice) call.body();
    }
}
