package io.linkspan.testkit.internal;

import io.linkspan.testkit.sim.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Carries out requests with what goes wrong with them, whichever way they came in.
 *
 * @param <O> the operations of the platform
 */
final class FaultPlayer<O extends Enum<O>> {

    private final Vendor<O> vendor;
    private final FaultScripts<O> faults;
    private final LedgerBook ledger;
    private final Consumer<Duration> pause;

    FaultPlayer(Vendor<O> vendor, FaultScripts<O> faults, LedgerBook ledger, Consumer<Duration> pause) {
        this.vendor = vendor;
        this.faults = faults;
        this.ledger = ledger;
        this.pause = pause;
    }

    /** What the caller gets to see. */
    sealed interface Played {

        /** The request never came. */
        record NotReached(String why) implements Played {}

        /** The connection closes. */
        record Closed() implements Played {}

        /** Nothing more happens on the connection. */
        record Silent() implements Played {}

        /** An answer, written as the fault says. */
        record Answer(SimReply reply, Fault how) implements Played {}
    }

    Played play(SimRequest request) {
        Vendor.Endpoint<O> endpoint = vendor.route(request);
        return play(request, endpoint, faults.take(endpoint.operation()));
    }

    private Played play(SimRequest request, Vendor.Endpoint<O> endpoint, Fault fault) {
        String name = fault instanceof Fault.Pass ? "" : fault.getClass().getSimpleName();
        if (fault instanceof Fault.Followed followed) {
            Played played = play(request, endpoint, followed.fault());
            followed.next().run();
            return played;
        }
        if (fault instanceof Fault.NotReached missed) {
            return new Played.NotReached(missed.why());
        }
        if (fault instanceof Fault.Drop drop) {
            unanswered(request, endpoint, drop.effect(), "dropped", name);
            return new Played.Closed();
        }
        if (fault instanceof Fault.Silence silence) {
            unanswered(request, endpoint, silence.effect(), "unanswered", name);
            return new Played.Silent();
        }
        if (fault instanceof Fault.DropThenEffect drop) {
            keep(request);
            ledger.record(endpoint.operation(), request, 0, "dropped", false, name);
            later(request, endpoint, drop.later(), name);
            return new Played.Closed();
        }
        return answered(request, endpoint, fault, name);
    }

    private Played answered(SimRequest request, Vendor.Endpoint<O> endpoint, Fault fault, String name) {
        if (fault instanceof Fault.Answer answer) {
            SimReply reply = new SimReply(answer.status(), answer.headers(), answer.body(), "scripted")
                    .with("Content-Type", answer.contentType());
            return instead(request, endpoint, answer.effect(), reply, name);
        }
        if (fault instanceof Fault.VendorError error) {
            return instead(request, endpoint, error.effect(), error(endpoint, error), name);
        }
        if (fault instanceof Fault.ErrorThenEffect error) {
            keep(request);
            Played played = instead(request, endpoint, false, error(endpoint, error.error()), name);
            later(request, endpoint, error.later(), name);
            return played;
        }
        if (fault instanceof Fault.Hold hold) {
            return around(request, endpoint, hold.effectFirst(), hold.during(), fault);
        }
        if (fault instanceof Fault.Delay delay) {
            return around(request, endpoint, delay.effectFirst(), () -> pause.accept(delay.pause()), fault);
        }
        SimReply reply = endpoint.answer(request);
        ledger.record(endpoint.operation(), request, reply.status(), reply.outcome(), true, name);
        return new Played.Answer(
                fault instanceof Fault.WithoutField without ? reply.without(without.field()) : reply, fault);
    }

    private void unanswered(
            SimRequest request, Vendor.Endpoint<O> endpoint, boolean effect, String otherwise, String name) {
        String outcome = effect ? endpoint.answer(request).outcome() : otherwise;
        ledger.record(endpoint.operation(), request, 0, outcome, effect, name);
    }

    private static void keep(SimRequest request) {
        try {
            request.keep();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void later(SimRequest request, Vendor.Endpoint<O> endpoint, Consumer<Runnable> schedule, String name) {
        schedule.accept(() -> {
            SimReply late = endpoint.answer(request);
            ledger.record(endpoint.operation(), request, 0, late.outcome(), true, name);
        });
    }

    private SimReply error(Vendor.Endpoint<O> endpoint, Fault.VendorError error) {
        SimReply reply = vendor.error(endpoint.operation(), error.status(), error.code(), error.message());
        for (Map.Entry<String, String> header : error.headers().entrySet()) {
            reply = reply.with(header.getKey(), header.getValue());
        }
        return reply;
    }

    private Played instead(
            SimRequest request, Vendor.Endpoint<O> endpoint, boolean effect, SimReply reply, String name) {
        if (effect) {
            endpoint.answer(request);
        }
        ledger.record(endpoint.operation(), request, reply.status(), reply.outcome(), effect, name);
        return new Played.Answer(reply, Fault.none());
    }

    private Played around(
            SimRequest request, Vendor.Endpoint<O> endpoint, boolean effectFirst, Runnable during, Fault fault) {
        if (!effectFirst) {
            during.run();
        }
        SimReply reply = endpoint.answer(request);
        ledger.record(
                endpoint.operation(),
                request,
                reply.status(),
                reply.outcome(),
                true,
                fault.getClass().getSimpleName());
        if (effectFirst) {
            during.run();
        }
        return new Played.Answer(reply, fault);
    }
}
