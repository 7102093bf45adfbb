package io.linkspan.internal.event;

import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.HttpTransport;
import io.linkspan.spi.Meter;
import java.time.Duration;
import java.util.Map;

/** Times every request by platform, operation and outcome. */
public final class MeteredTransport implements HttpTransport {
    private final HttpTransport inner;
    private final Meter meter;

    /** Over a transport. */
    public MeteredTransport(HttpTransport inner, Meter meter) {
        this.inner = inner;
        this.meter = meter;
    }

    @Override
    public HttpResult exchange(HttpCall call) {
        long start = System.nanoTime();
        HttpResult result = inner.exchange(call);
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        String operation = call.operation();
        int dot = operation.indexOf('.');
        meter.time(
                "linkspan.calls",
                taken,
                Map.of(
                        "platform",
                        dot < 0 ? "-" : operation.substring(0, dot),
                        "operation",
                        operation,
                        "outcome",
                        outcome(result)));
        return result;
    }

    private static String outcome(HttpResult result) {
        if (result instanceof HttpResult.Answered answered) {
            return answered.status() / 100 + "xx";
        }
        return result instanceof HttpResult.NotSent ? "not_sent" : "lost";
    }
}
