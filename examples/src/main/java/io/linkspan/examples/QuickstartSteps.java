package io.linkspan.examples;

import io.linkspan.Linkspan;
import io.linkspan.Platform;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectRedirect;
import io.linkspan.connection.ConnectRequest;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.connection.Disconnect;
import io.linkspan.connection.DisconnectReport;
import io.linkspan.connection.Explanation;
import io.linkspan.connection.Sides;
import io.linkspan.instagram.Instagram;
import io.linkspan.instagram.InstagramReelOptions;
import io.linkspan.jdbc.H2FileStores;
import io.linkspan.link.AccountLink;
import io.linkspan.link.Intent;
import io.linkspan.preflight.Preflight;
import io.linkspan.preflight.PreflightReport;
import io.linkspan.preflight.Verdict;
import io.linkspan.publish.Post;
import io.linkspan.publish.PostRefusedException;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublicationId;
import io.linkspan.publish.PublishState;
import io.linkspan.testkit.instagram.InstagramOperation;
import io.linkspan.testkit.sim.Browser;
import io.linkspan.testkit.sim.Fault;
import io.linkspan.tiktok.TikTok;
import io.linkspan.tiktok.TikTokPrivacyLevel;
import io.linkspan.tiktok.TikTokVideoOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The steps of the quickstart, in order. */
final class QuickstartSteps {
    private static final Duration A_DAY = Duration.ofHours(25);

    private static final String KEY = "quickstart-launch";

    private final QuickstartOptions options;
    private final DemoPlatforms platforms;
    private final Terminal terminal;
    private final Path video;
    private final List<String[]> summary = new ArrayList<>();
    private @Nullable H2FileStores stores;
    private @Nullable Linkspan linkspan;

    QuickstartSteps(QuickstartOptions options, DemoPlatforms platforms, Terminal terminal) {
        this.options = options;
        this.platforms = platforms;
        this.terminal = terminal;
        this.video = options.video() == null ? Samples.good(platforms.host().folder()) : options.video();
        summary.add(new String[] {"step", "result"});
    }

    void run() throws InterruptedException {
        try {
            open();
            ConnectionId tiktok = connect(TikTok.PLATFORM, "1. Connect TikTok");
            ConnectionId instagram = connect(Instagram.PLATFORM, "2. Connect Instagram");
            AccountLink link = link(tiktok, instagram);
            preflight(link);
            publish(link);
            renew(List.of(tiktok, instagram));
            revokedByPerson(tiktok);
            disconnect(tiktok, instagram);
        } finally {
            close();
        }
        terminal.title("Summary");
        terminal.table(summary);
    }

    private void open() {
        stores = platforms.host().stores();
        linkspan = platforms.host().linkspan(stores, platforms.clock(), event -> {});
        platforms.web().serve(linkspan);
    }

    private void close() {
        if (linkspan != null) {
            linkspan.close();
        }
        if (stores != null) {
            stores.close();
        }
    }

    private Linkspan linkspan() {
        if (linkspan == null) {
            throw new IllegalStateException("Linkspan is not open");
        }
        return linkspan;
    }

    private static void must(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(otherwise);
        }
    }

    private ConnectionId connect(Platform platform, String title) throws InterruptedException {
        terminal.title(title);
        ConnectRedirect go = linkspan()
                .connections()
                .connect(ConnectRequest.of(Quickstart.OWNER, platform, Intent.BOTH)
                        .boundTo(Quickstart.BROWSER_SECRET));
        if (options.browser()) {
            terminal.line("   open this address in a browser and choose on the consent page:");
            terminal.line("   " + go.uri());
        } else {
            terminal.line("   a scripted browser visits the consent page and clicks Allow");
            String redirect = (platform.equals(TikTok.PLATFORM)
                            ? platforms.host().tiktokRedirect()
                            : platforms.host().instagramRedirect())
                    .toString();
            Browser.create().allowAndReturn(go.uri(), redirect);
        }
        ConnectOutcome outcome = platforms.web().await(options.browser() ? 600 : 30);
        if (outcome == null) {
            throw new IllegalStateException("no callback came back in time; start again and allow on the consent page");
        }
        if (!(outcome instanceof ConnectOutcome.Connected connected)) {
            throw new IllegalStateException(outcome.describe());
        }
        Connection connection = connected.connection();
        terminal.line("   " + outcome.describe() + ", granted " + connection.scopes());
        summary.add(new String[] {"connect " + platform, outcome.describe()});
        return connection.id();
    }

    private AccountLink link(ConnectionId tiktok, ConnectionId instagram) {
        terminal.title("3. Link the two accounts and check their health");
        AccountLink link = linkspan().links().link(Quickstart.OWNER, tiktok, instagram, Intent.BOTH);
        for (ConnectionId id : link.connections()) {
            terminal.indented(
                    linkspan().connections().check(Quickstart.OWNER, id).explain());
        }
        summary.add(new String[] {"link", "joined for " + link.intent()});
        return link;
    }

    private Post post(Path file, AccountLink link) {
        return Post.video(file)
                .caption("First crossing of the day #harbour")
                .options(
                        TikTok.PLATFORM,
                        TikTokVideoOptions.builder(TikTokPrivacyLevel.PUBLIC_TO_EVERYONE)
                                .build()
                                .toMap())
                .options(
                        Instagram.PLATFORM,
                        InstagramReelOptions.builder().build().toMap())
                .to(link);
    }

    private void preflight(AccountLink link) {
        terminal.title("4. Check the video before anything is queued");
        PreflightReport report = Preflight.check(video);
        terminal.indented(report.toText());
        if (options.video() != null) {
            // a file of the user's own is refused by submit, with the reasons, when a rule blocks it
            summary.add(new String[] {"preflight", video.getFileName() + ": " + report.verdict()});
            return;
        }
        must(report.verdict() != Verdict.BLOCKED, "the sample is blocked");
        Path slow = Samples.slow(platforms.host().folder());
        terminal.line("   now a file that breaks a rule:");
        try {
            linkspan().publisher().submit(Quickstart.OWNER, "quickstart-slow", post(slow, link));
            throw new IllegalStateException("a blocked file was accepted");
        } catch (PostRefusedException e) {
            terminal.indented(String.valueOf(e.getMessage()));
        }
        summary.add(new String[] {"preflight", "sample " + report.verdict() + ", 15 fps file refused before queueing"});
    }

    private void publish(AccountLink link) throws InterruptedException {
        terminal.title("5. Publish to both with one submit, and kill the worker in the middle");
        Publication publication = linkspan().publisher().submit(Quickstart.OWNER, KEY, post(video, link));
        terminal.line("   accepted as " + publication.id() + " with "
                + publication.jobs().size() + " jobs");
        close(); // the file store belongs to one process at a time: now to the worker
        killedWorker(publication.id());
        secondWorker(publication.id());
        open();
        Publication settled =
                linkspan().publisher().find(Quickstart.OWNER, publication.id()).orElseThrow();
        terminal.indented(settled.explain().toText());
        onePostEach(settled);
        Publication again = linkspan().publisher().submit(Quickstart.OWNER, KEY, post(video, link));
        must(again.id().equals(publication.id()), "the same key made a new publication");
        linkspan().worker().runDue();
        onePostEach(again);
        terminal.line("   submitted again with the same key: the same publication, nothing new is posted");
        summary.add(new String[] {
            "publish",
            "worker killed once; ledgers show "
                    + platforms.tiktok().ledger().posts().size() + " TikTok post and "
                    + platforms.instagram().ledger().posts().size() + " Instagram post"
        });
    }

    /** Goes on with what the killed worker left. */
    private void secondWorker(PublicationId publication) throws InterruptedException {
        WorkerProcess second = WorkerProcess.start(platforms.host(), publication.value());
        if (options.killAfter().isEmpty() || second.ends(45_000)) {
            must(second.endsWell(75), "the worker did not finish in time");
            return;
        }
        // killed after the intent was stored and before the request arrived: Instagram shows an unused container, which
        // proves
        // nothing until the container has ended, and nothing is sent again before
        second.kill();
        must(second.ends(60_000), "the second worker was not killed");
        terminal.line("   -- the platform cannot tell yet; a day passes, and the container ends");
        platforms.clock().advance(A_DAY);
        WorkerProcess third = WorkerProcess.start(platforms.host(), publication.value(), A_DAY);
        must(third.endsWell(75), "the worker did not finish in time");
    }

    private void killedWorker(PublicationId publication) throws InterruptedException {
        AtomicReference<@Nullable WorkerProcess> first = new AtomicReference<>();
        if (options.killAfter().isEmpty()) {
            // the nastiest moment: the post exists, and nobody has been told
            platforms.instagram().faults().on(InstagramOperation.MEDIA_PUBLISH).next(Fault.hold(() -> {
                WorkerProcess victim = first.get();
                if (victim != null) {
                    terminal.line("   -- kill -9: Instagram has published; the worker has not received the response");
                    victim.kill();
                }
            }));
        }
        WorkerProcess worker = WorkerProcess.start(platforms.host(), publication.value());
        first.set(worker);
        if (options.killAfter().isPresent()) {
            long millis = options.killAfter().getAsLong();
            if (!worker.ends(millis)) {
                terminal.line("   -- kill -9 after " + millis + " ms");
                worker.kill();
            }
        }
        must(worker.ends(60_000), "the first worker was not killed");
    }

    private void onePostEach(Publication publication) {
        int onTikTok = platforms.tiktok().ledger().posts().size();
        int onInstagram = platforms.instagram().ledger().posts().size();
        terminal.line("   ledger: " + onTikTok + " post on TikTok, " + onInstagram + " post on Instagram");
        must(onTikTok == 1 && onInstagram == 1, "expected one post on each platform");
        must(
                publication.jobs().stream().allMatch(job -> job.state().phase() == PublishState.Phase.PUBLISHED),
                "a job does not know that its post was published");
    }

    private void renew(List<ConnectionId> ids) {
        terminal.title("6. Thirty-five days later: the tokens have expired, and Linkspan renews them");
        platforms.clock().advance(Duration.ofDays(35));
        for (ConnectionId id : ids) {
            terminal.line("   before: " + status(id).describe());
        }
        linkspan().worker().runDue();
        for (ConnectionId id : ids) {
            ConnectionStatus after = status(id);
            terminal.line("   after:  " + after.describe());
            must(after.kind() == ConnectionStatus.Kind.AUTHORIZED, "a token was not renewed");
            must(
                    linkspan().connections().history(Quickstart.OWNER, id).stream()
                            .anyMatch(entry -> entry.action().equals("renewed")),
                    "the history does not show a renewal");
        }
        summary.add(new String[] {"renew", "both renewed after 35 days without the user"});
    }

    private ConnectionStatus status(ConnectionId id) {
        return linkspan().connections().find(Quickstart.OWNER, id).orElseThrow().status();
    }

    private void revokedByPerson(ConnectionId tiktok) throws InterruptedException {
        terminal.title("7. The user removes the app inside TikTok");
        platforms.tiktok().removeApp(platforms.tiktokAccount());
        must(platforms.tiktok().webhooks().await(Duration.ofSeconds(20)), "the signed message was not delivered");
        Explanation explanation = linkspan().connections().explain(Quickstart.OWNER, tiktok);
        terminal.line("   noticed by a signed message and confirmed by the refused token:");
        terminal.line("   " + explanation.verdict() + " " + explanation.reason());
        must(status(tiktok).kind() != ConnectionStatus.Kind.AUTHORIZED, "the removal was not noticed");
        summary.add(new String[] {"removed by the user", explanation.reason()});
        ConnectionId again = connect(TikTok.PLATFORM, "8. The user connects TikTok again");
        must(again.equals(tiktok), "the account came back under another id");
    }

    private void disconnect(ConnectionId tiktok, ConnectionId instagram) throws InterruptedException {
        terminal.title("9. Disconnect both, and prove it");
        DisconnectReport first = disconnected(tiktok);
        must(first.sides().grant() == Sides.Grant.REVOKED_VERIFIED, "TikTok's grant is not proven gone");
        DisconnectReport second = disconnected(instagram);
        must(second.sides().grant() == Sides.Grant.NOT_VERIFIABLE, "Instagram Login has no revoke call");
        terminal.line("   the user removes the app in Instagram, and Instagram reports it:");
        platforms.instagram().removeApp(platforms.instagramAccount());
        must(platforms.instagram().webhooks().await(Duration.ofSeconds(20)), "the signed message was not delivered");
        terminal.line("   " + status(instagram).describe());
        for (ConnectionId id : List.of(tiktok, instagram)) {
            Connection confirmed =
                    linkspan().connections().confirmProfileLinkRemoved(Quickstart.OWNER, id, "demo-user");
            must(
                    confirmed.status().kind() == ConnectionStatus.Kind.REVOKED,
                    confirmed.status().describe());
            terminal.line("");
            terminal.line("   history of " + confirmed.platform() + " " + confirmed.shown());
            linkspan()
                    .connections()
                    .history(Quickstart.OWNER, id)
                    .forEach(entry -> terminal.line(
                            "   " + entry.sequence() + ". " + entry.at().truncatedTo(ChronoUnit.SECONDS) + " "
                                    + entry.actor() + ": " + entry.action() + " - " + entry.detail()));
            summary.add(new String[] {
                "disconnect " + confirmed.platform(), confirmed.status().describe()
            });
        }
    }

    private DisconnectReport disconnected(ConnectionId id) {
        DisconnectReport report =
                linkspan().connections().disconnect(Quickstart.OWNER, id, Disconnect.everywhere("demo-user asked"));
        terminal.line(
                "   " + report.connection().platform() + ": " + report.sides().describe());
        report.evidence().forEach(seen -> terminal.line("     evidence: " + seen.describe()));
        report.forPerson().forEach(text -> terminal.line("     for the user: " + text));
        return report;
    }
}
