package io.linkspan.simulation;

import io.linkspan.Platform;
import io.linkspan.simulation.Happening.Where;
import io.linkspan.simulation.Outages.Kind;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.HttpTransport;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The network as one node sees it. */
final class NodeNetwork implements HttpTransport {
    private static final long PATIENCE = 30_000;
    private static final long LONG_PATIENCE = 120_000;

    private final World world;
    private final Node node;
    private final Node.Life life;
    private final Map<Platform, Instant> readsFailUntil = new HashMap<>();

    NodeNetwork(World world, Node node, Node.Life life) {
        this.world = world;
        this.node = node;
        this.life = life;
    }

    @Override
    public HttpResult exchange(HttpCall call) {
        life.check();
        if (call.operation().startsWith("linkspan.media")) {
            return world.media.answer(call);
        }
        world.advance(20L + world.chance(400));
        Event event = world.at(Where.SEND, call.callClass() + " " + call.operation());
        HttpResult result = event == null ? usual(call) : happens(event, call);
        life.check();
        world.trace.add(world.elapsed(), node.name(), call.operation() + " -> " + result);
        return result;
    }

    private static Platform platform(HttpCall call) {
        return call.operation().startsWith("tiktok") ? Platforms.TIKTOK : Platforms.INSTAGRAM;
    }

    private HttpResult usual(HttpCall call) {
        boolean fails = call.callClass() == CallClass.READ
                && world.now().isBefore(readsFailUntil.getOrDefault(platform(call), Instant.MIN));
        return fails && !world.calm() ? Answers.serverError(call) : effect(call);
    }

    private HttpResult effect(HttpCall call) {
        HttpResult instead = world.outages.answer(node, call);
        if (instead != null) {
            return instead;
        }
        world.watch.sent(call);
        return world.platforms.network.exchange(call);
    }

    private HttpResult happens(Event event, HttpCall call) {
        return switch (event.what()) {
            case F1_NAME_NOT_RESOLVED -> new HttpResult.NotSent("name not resolved");
            case F2_CONNECTION_REFUSED -> new HttpResult.NotSent("connection refused");
            case F3_TLS_FAILURE -> new HttpResult.NotSent("TLS handshake failed");
            case F4_RESET_NO_EFFECT -> lost("reset");
            case F5_RESET_EFFECT -> {
                effect(call);
                yield lost("reset");
            }
            case F6_TIMEOUT_NO_EFFECT -> timeout(call);
            case F7_TIMEOUT_EFFECT -> {
                effect(call);
                yield timeout(call);
            }
            case F8_TIMEOUT_EFFECT_READS_FAIL -> {
                effect(call);
                readsFailUntil.put(platform(call), world.now().plusMillis(event.millis(1, 10_000, 3_600_000)));
                yield timeout(call);
            }
            case F9_SERVER_ERROR_NO_EFFECT -> Answers.serverError(call);
            case F10_SERVER_ERROR_EFFECT -> {
                effect(call);
                yield Answers.untrue(call);
            }
            case F11_DEFINITE_REFUSAL -> Answers.refusal(call, event);
            case F12_TOO_MANY_REQUESTS -> Answers.throttled(call, event);
            case F13_OK_WITH_ERROR_BODY -> Answers.okWithError(call);
            case F14_DAMAGED_ANSWER -> Answers.damaged(effect(call), event);
            case F15_HOSTILE_ANSWER -> Answers.hostile(effect(call), event);
            case F16_REDIRECT -> Answers.redirect(event.draw(1, 2) == 0 ? null : effect(call));
            case F17_LATE_EFFECT -> late(event, call);
            case F18_NOT_YET_READABLE -> call.callClass() == CallClass.READ ? Answers.unreadable(call) : usual(call);
            case F19_TOKEN_DIES -> {
                world.platforms.endTokens(Tenants.at(event.draw(1, 2)), platform(call));
                yield usual(call);
            }
            case F20_APP_REMOVED -> {
                world.platforms.removeApp(Tenants.at(event.draw(1, 2)), platform(call));
                yield usual(call);
            }
            case F21_OUTAGE -> {
                boolean all = event.draw(1, 2) == 0;
                String calls = all ? platform(call).name() : call.operation();
                List<Kind> kinds = List.of(Kind.values());
                Kind kind = kinds.get(event.draw(2, kinds.size()));
                world.outages.expect(calls, kind, lasting(event));
                yield usual(call);
            }
            case F22_CUT_OFF -> {
                world.outages.cutOff(node, lasting(event));
                yield usual(call);
            }
            case N1_CRASH_BEFORE -> throw life.end();
            case N1_CRASH_AFTER -> {
                usual(call);
                throw life.end();
            }
            case N2_PAUSE_BEFORE -> {
                world.others(event, true);
                yield afterwards(call);
            }
            case N5_LONG_STALL -> {
                Stalls.play(world, event);
                yield afterwards(call);
            }
            case N6_STORE_GONE_AFTER -> {
                HttpResult result = usual(call);
                world.storeDown(event.millis(1, 10_000, 3_600_000));
                yield result;
            }
            case N2_PAUSE_AFTER -> {
                HttpResult result = usual(call);
                world.others(event, true);
                yield result;
            }
            case N3_OTHER_NODE_AT_ONCE -> {
                world.others(event, false);
                yield afterwards(call);
            }
            default -> throw new IllegalStateException("not at a send: " + event);
        };
    }

    /** Connected at last: the transport asks once more whether the request may leave. */
    private HttpResult afterwards(HttpCall call) {
        life.check();
        return call.permitted() ? usual(call) : new HttpResult.NotSent("not permitted any more");
    }

    /** Seconds, minutes or hours. */
    private static Duration lasting(Event event) {
        return Duration.ofMillis(
                switch (event.draw(3, 3)) {
                    case 0 -> event.millis(4, 5_000, 120_000);
                    case 1 -> event.millis(4, 120_000, 3_600_000);
                    default -> event.millis(4, 3_600_000, 93_600_000);
                });
    }

    private static HttpResult lost(String why) {
        return new HttpResult.Lost(why);
    }

    private HttpResult timeout(HttpCall call) {
        world.advance(call.operation().endsWith("media_publish") ? LONG_PATIENCE : PATIENCE);
        return lost("no answer in time");
    }

    /** The request is still on its way when the caller gives up, or when somebody before the platform answers. */
    private HttpResult late(Event event, HttpCall call) {
        world.effectLater(event.millis(1, 1_000, 93_600_000), () -> {
            HttpResult result = effect(call);
            world.trace.add(world.elapsed(), "late", call.operation() + " -> " + result);
        });
        return switch (event.draw(2, 3)) {
            case 0 -> lost("reset");
            case 1 -> Answers.untrue(call);
            default -> timeout(call);
        };
    }
}
