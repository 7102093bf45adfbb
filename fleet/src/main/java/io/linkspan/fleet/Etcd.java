package io.linkspan.fleet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** One etcd server: where Patroni keeps who leads. */
final class Etcd {
    static final Duration START = Duration.ofSeconds(30);

    private final Path log;
    private final int port;
    private final Process process;

    private Etcd(Path log, int port, Process process) {
        this.log = log;
        this.port = port;
        this.process = process;
    }

    static Etcd start(Path folder, int port, int peerPort) throws IOException {
        String clients = "http://127.0.0.1:" + port;
        String peers = "http://127.0.0.1:" + peerPort;
        Path log = folder.resolve("log");
        Process process = Machine.start(
                folder,
                log,
                Machine.as(
                        PatroniMember.USER,
                        List.of(
                                Machine.requiredProgram("etcd"),
                                "--name=etcd",
                                "--data-dir=" + folder.resolve("data"),
                                "--listen-client-urls=" + clients,
                                "--advertise-client-urls=" + clients,
                                "--listen-peer-urls=" + peers,
                                "--initial-advertise-peer-urls=" + peers,
                                "--initial-cluster=etcd=" + peers)));
        return new Etcd(log, port, process);
    }

    void awaitReady() throws IOException {
        Machine.await("start of etcd", START, () -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            }
        });
    }

    Path log() {
        return log;
    }

    void kill() {
        Machine.kill(Stream.of(process.toHandle()));
    }
}
