package io.linkspan.testkit.internal;

import io.linkspan.testkit.sim.CallbackReceiver;
import io.linkspan.testkit.sim.Webhooks;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends webhooks and callbacks to the application under test. */
public final class Courier implements Webhooks, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Courier.class);

    /** Where callbacks go when no address is set and a receiver takes them anyway. */
    private static final URI NOWHERE = URI.create("https://app.invalid/");

    private final LedgerBook ledger;
    private final @Nullable CallbackReceiver receiver;
    private @Nullable HttpClient client;
    private @Nullable ExecutorService background;
    private final Deque<Letter> kept = new ArrayDeque<>();
    private @Nullable Letter last;
    private boolean holding;
    private int copies = 1;

    /**
     * Makes a courier.
     *
     * @param ledger where deliveries are noted
     * @param receiver who takes them instead of a socket; null to send them to their addresses
     */
    public Courier(LedgerBook ledger, @Nullable CallbackReceiver receiver) {
        this.ledger = ledger;
        this.receiver = receiver;
    }

    /**
     * Where an event goes.
     *
     * @param set the address set, if any
     * @return where to, or null when nobody is interested
     */
    public @Nullable URI target(@Nullable URI set) {
        return set == null && receiver != null ? NOWHERE : set;
    }

    /**
     * An event on its way.
     *
     * @param event its name
     * @param account handle of the account
     * @param target where to
     * @param content makes header and body at the time of sending
     */
    public record Letter(String event, String account, URI target, Supplier<Content> content) {}

    /**
     * What is sent.
     *
     * @param contentType the content type
     * @param header name of the signature header; empty for none
     * @param signature value of the signature header
     * @param body the body
     */
    public record Content(String contentType, String header, String signature, String body) {}

    /**
     * Sends an event, or keeps it while holding.
     *
     * @param letter the event
     */
    public void send(Letter letter) {
        int now = 0;
        synchronized (this) {
            last = letter;
            for (int i = 0; i < copies; i++) {
                if (holding) {
                    kept.add(letter);
                } else {
                    now++;
                }
            }
        }
        for (int i = 0; i < now; i++) {
            if (receiver == null) {
                background().execute(() -> deliver(letter));
            } else {
                deliver(letter);
            }
        }
    }

    private synchronized ExecutorService background() {
        ExecutorService known = background;
        if (known == null) {
            known = DaemonThreads.single("linkspan-sim-webhooks");
            background = known;
        }
        return known;
    }

    private synchronized HttpClient client() {
        HttpClient known = client;
        if (known == null) {
            known = HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
            client = known;
        }
        return known;
    }

    @Override
    public synchronized Webhooks copies(int number) {
        if (number < 0) {
            throw new IllegalArgumentException("copies must not be negative, was " + number);
        }
        copies = number;
        return this;
    }

    @Override
    public synchronized Webhooks hold() {
        holding = true;
        return this;
    }

    @Override
    public int release() {
        List<Letter> letters = takeKept();
        letters.forEach(this::deliver);
        return letters.size();
    }

    @Override
    public int releaseReversed() {
        List<Letter> letters = takeKept();
        Collections.reverse(letters);
        letters.forEach(this::deliver);
        return letters.size();
    }

    @Override
    public int releaseShuffled(RandomGenerator random) {
        List<Letter> letters = takeKept();
        for (int i = letters.size() - 1; i > 0; i--) {
            Collections.swap(letters, i, random.nextInt(i + 1));
        }
        letters.forEach(this::deliver);
        return letters.size();
    }

    @Override
    public int loseHeld() {
        return takeKept().size();
    }

    private synchronized List<Letter> takeKept() {
        List<Letter> letters = new ArrayList<>(kept);
        kept.clear();
        holding = false;
        return letters;
    }

    @Override
    public synchronized int held() {
        return kept.size();
    }

    @Override
    public boolean resendLast() {
        Letter letter;
        synchronized (this) {
            letter = last;
        }
        if (letter == null) {
            return false;
        }
        deliver(letter);
        return true;
    }

    @Override
    public boolean await(Duration limit) {
        if (receiver != null) {
            return true;
        }
        try {
            background().submit(() -> {}).get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void deliver(Letter letter) {
        Content content = letter.content().get();
        CallbackReceiver taker = receiver;
        int status = taker == null ? post(letter, content) : hand(taker, letter, content);
        ledger.delivery(letter.event(), letter.account(), status);
    }

    private static int hand(CallbackReceiver taker, Letter letter, Content content) {
        Map<String, String> headers = new TreeMap<>(Map.of("Content-Type", content.contentType()));
        if (!content.header().isEmpty()) {
            headers.put(content.header(), content.signature());
        }
        return taker.receive(new CallbackReceiver.Callback(
                letter.event(), letter.account(), letter.target(), headers, content.body()));
    }

    private int post(Letter letter, Content content) {
        HttpRequest.Builder request = HttpRequest.newBuilder(letter.target())
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", content.contentType())
                .POST(HttpRequest.BodyPublishers.ofString(content.body()));
        if (!content.header().isEmpty()) {
            request.header(content.header(), content.signature());
        }
        try {
            return client().send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            log.debug("webhook not delivered event={}", letter.event(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    @Override
    public synchronized void close() {
        if (background != null) {
            background.shutdownNow();
        }
    }
}
