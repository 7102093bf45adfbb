package io.linkspan.instagram;

import io.linkspan.spi.Flow;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Plays the platform's part in a flow and remembers what was asked. */
final class Conversation<T> {
    private final List<HttpCall> calls = new ArrayList<>();
    private Flow<T> flow;

    private Conversation(Flow<T> flow) {
        this.flow = flow;
    }

    static <T> Conversation<T> of(Flow<T> flow) {
        return new Conversation<>(flow);
    }

    static HttpResult.Answered json(int status, String body) {
        return new HttpResult.Answered(
                status, Map.of("Content-Type", List.of("application/json")), body.getBytes(StandardCharsets.UTF_8));
    }

    Conversation<T> answer(HttpResult result) {
        Flow.Call<T> call = current();
        calls.add(call.call());
        flow = call.next().apply(result);
        return this;
    }

    Conversation<T> answer(int status, String body) {
        return answer(json(status, body));
    }

    HttpCall next() {
        return current().call();
    }

    private Flow.Call<T> current() {
        if (flow instanceof Flow.Call<T>) {
            return (Flow.Call<T>) flow;
        }
        throw new AssertionError("the flow has ended: " + outcome().describe());
    }

    HttpCall call(int index) {
        return calls.get(index);
    }

    Outcome<T> outcome() {
        if (flow instanceof Flow.Finished<T>) {
            return ((Flow.Finished<T>) flow).outcome();
        }
        throw new AssertionError("the flow goes on with " + next());
    }

    T done() {
        Outcome<T> outcome = outcome();
        if (outcome instanceof Outcome.Done<T>) {
            return ((Outcome.Done<T>) outcome).value();
        }
        throw new AssertionError("expected done, was " + outcome.describe());
    }

    PlatformError refused() {
        Outcome<T> outcome = outcome();
        if (outcome instanceof Outcome.Refused<T>) {
            return ((Outcome.Refused<T>) outcome).error();
        }
        throw new AssertionError("expected refused, was " + outcome.describe());
    }

    Outcome.Unclear<T> unclear() {
        Outcome<T> outcome = outcome();
        if (outcome instanceof Outcome.Unclear<T>) {
            return (Outcome.Unclear<T>) outcome;
        }
        throw new AssertionError("expected unclear, was " + outcome.describe());
    }
}
