package io.linkspan.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.CallClass;
import io.linkspan.spi.HttpCall;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What depends on the settings of a whole Java process, in processes of their own. */
class ChildProcessTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    private Path folder;

    /** The child: one exchange, told by the name of its result. */
    static final class Main {
        private Main() {}

        public static void main(String[] args) {
            JdkTransport transport = new JdkTransport(HttpLimits.DEFAULT);
            HttpCall call = HttpCall.of("test", CallClass.valueOf(args[0]), "GET", URI.create(args[1]));
            System.out.println(transport.exchange(call).getClass().getSimpleName());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Djdk.httpclient.enableAllMethodRetry", "-Djdk.httpclient.enableAllMethodRetry=true"})
    void transport_inAProcessThatRepeatsEverything_refusesToStart(String option) throws Exception {
        try (RawServer server = new RawServer("")) {
            String output = child(List.of(option), "COMMIT", server.uri());

            assertTrue(
                    output.contains("java.lang.IllegalStateException: the system property"
                            + " jdk.httpclient.enableAllMethodRetry is set"),
                    output);
            assertEquals(0, server.connections());
        }
    }

    @Test
    void transport_inAProcessThatSaysNotToRepeat_starts() throws Exception {
        try (RawServer server = new RawServer("")) {
            String output = child(List.of("-Djdk.httpclient.enableAllMethodRetry=false"), "COMMIT", server.uri());

            assertEquals("Lost", output);
            assertEquals(1, server.requests());
        }
    }

    @ParameterizedTest
    @CsvSource({"localhost, Answered", "127.0.0.1, NotSent"})
    void exchange_overTls_checksTheHostName(String host, String expected) throws Exception {
        try (RawServer server = tlsServer(false)) {
            URI uri = URI.create("https://" + host + ":" + server.uri().getPort() + "/");

            assertEquals(expected, child(trusting(), "SPEND", uri));
        }
    }

    @Test
    void exchange_withAnUntrustedCertificate_isNotSent() throws Exception {
        try (RawServer server = tlsServer(false)) {
            URI uri = URI.create("https://localhost:" + server.uri().getPort() + "/");

            assertEquals("NotSent", child(List.of(), "SPEND", uri));
            assertEquals(0, server.requests());
        }
    }

    /**
     * A server that wants a certificate refuses after the client thinks the handshake is over and has sent its request. The
     * error looks like a failed handshake, and yet bytes have left.
     */
    @Test
    void exchange_refusedByTlsAfterTheRequestLeft_isLost() throws Exception {
        try (RawServer server = tlsServer(true)) {
            URI uri = URI.create("https://localhost:" + server.uri().getPort() + "/");

            assertEquals("Lost", child(trusting(), "SPEND", uri));
        }
    }

    private List<String> trusting() {
        return List.of(
                "-Djavax.net.ssl.trustStore=" + folder.resolve("keys"),
                "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
    }

    private RawServer tlsServer(boolean wantsCertificate) throws Exception {
        Path keys = folder.resolve("keys");
        run(List.of(
                tool("keytool"),
                "-genkeypair",
                "-alias",
                "localhost",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-validity",
                "30",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD));
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        SSLServerSocket socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        socket.setEnabledProtocols(new String[] {"TLSv1.3"});
        socket.setNeedClientAuth(wantsCertificate);
        return new RawServer(socket, peer -> peer.answer("200 OK", "{}"));
    }

    private String child(List<String> options, String callClass, URI uri) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(tool("java")));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), callClass));
        command.add(uri.toString());
        return run(command);
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", "");
        Process child = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertTrue(child.waitFor(2, TimeUnit.MINUTES), "the child hangs");
        return Files.readString(output)
                .lines()
                .filter(line -> !line.startsWith("SLF4J"))
                .findFirst()
                .orElse("");
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }
}
