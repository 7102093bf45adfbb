package io.linkspan.testkit.internal;

import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.HttpTransport;
import io.linkspan.testkit.sim.Fault;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The way into a simulator without sockets, threads and waiting.
 *
 * @param <O> the operations of the platform
 */
public final class SimTransport<O extends Enum<O>> implements HttpTransport {

    /** How long a caller waits for an answer: a slower one is lost. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Largest answer a caller takes. */
    private static final int MAX_ANSWER = 1 << 20;

    private final FaultPlayer<O> player;

    /**
     * Makes a way in.
     *
     * @param vendor the platform
     * @param faults what goes wrong
     * @param ledger where requests are noted
     */
    public SimTransport(Vendor<O> vendor, FaultScripts<O> faults, LedgerBook ledger) {
        this.player = new FaultPlayer<>(vendor, faults, ledger, pause -> {});
    }

    @Override
    public HttpResult exchange(HttpCall call) {
        FaultPlayer.Played played;
        try {
            played = player.play(SimRequest.of(call));
        } catch (UncheckedIOException e) {
            return new HttpResult.Lost("the body of the request could not be read");
        }
        if (played instanceof FaultPlayer.Played.NotReached missed) {
            return new HttpResult.NotSent(missed.why());
        }
        if (played instanceof FaultPlayer.Played.Closed) {
            return new HttpResult.Lost("the connection closed without an answer");
        }
        if (played instanceof FaultPlayer.Played.Answer answer) {
            return result(answer.reply(), answer.how());
        }
        return new HttpResult.Lost("no answer in time");
    }

    private static HttpResult result(SimReply reply, Fault how) {
        byte[] body = reply.bytes();
        if (tooSlow(how, body.length)) {
            return new HttpResult.Lost("no answer in time");
        }
        if (body.length > MAX_ANSWER) {
            return new HttpResult.Lost("the answer is larger than " + MAX_ANSWER + " bytes");
        }
        if (how instanceof Fault.Cut cut) {
            if (cut.connection()) {
                return new HttpResult.Lost("the connection closed within the answer");
            }
            return answered(200, reply, half(body));
        }
        return answered(reply.status(), reply, body);
    }

    private static boolean tooSlow(Fault how, int length) {
        Duration taken = Duration.ZERO;
        if (how instanceof Fault.Delay delay) {
            taken = delay.pause();
        } else if (how instanceof Fault.Drip drip) {
            taken = drip.pause().multipliedBy((length + drip.step() - 1) / drip.step());
        }
        return taken.compareTo(PATIENCE) >= 0;
    }

    /** Half an answer; a letter cut in two is dropped. */
    static byte[] half(byte[] whole) {
        return new String(whole, 0, whole.length / 2, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    }

    private static HttpResult answered(int status, SimReply reply, byte[] body) {
        Map<String, List<String>> headers = new TreeMap<>();
        reply.headers().forEach((name, value) -> headers.put(name, List.of(value)));
        return new HttpResult.Answered(status, headers, body);
    }
}
