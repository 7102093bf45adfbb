package io.linkspan.internal.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Where a fault happens: an address, and the server behind it if there is one. */
record FaultPlace(URI uri, RawServer server, List<Closeable> others) implements Closeable {
    static FaultPlace of(SocketFault fault) throws IOException {
        return switch (fault.scheme()) {
            case "refused" -> refused();
            case "full" -> full();
            case "stuck" -> stuck();
            case "https-reset" -> reset();
            default ->
                fault.play() == null
                        ? new FaultPlace(URI.create("http://nobody.invalid/"), null, List.of())
                        : served(fault);
        };
    }

    private static FaultPlace served(SocketFault fault) throws IOException {
        RawServer server = new RawServer(fault.play());
        String uri = fault.scheme() + server.uri().toString().substring("http".length());
        return new FaultPlace(URI.create(uri), server, List.of(server));
    }

    private static FaultPlace refused() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new FaultPlace(at("http", closed), null, List.of());
        }
    }

    /** Takes the bytes of the handshake and answers none. */
    private static FaultPlace stuck() throws IOException {
        ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        return new FaultPlace(at("https", silent), null, List.of(silent));
    }

    /** Resets when the first words of TLS are there. */
    private static FaultPlace reset() throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(
                () -> {
                    while (!server.isClosed()) {
                        try (Socket client = server.accept()) {
                            client.getInputStream().read();
                            client.setSoLinger(true, 0);
                        } catch (IOException e) {
                            // closed
                        }
                    }
                },
                "resetting-server");
        thread.setDaemon(true);
        thread.start();
        return new FaultPlace(at("https", server), null, List.of(server));
    }

    /** Nobody accepts and the queue is full, so that a further connection is not made. */
    private static FaultPlace full() throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        List<Closeable> open = new ArrayList<>(List.of(server));
        for (int i = 0; i < 100; i++) {
            Socket waiting = new Socket();
            open.add(waiting);
            try {
                waiting.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), 200);
            } catch (SocketTimeoutException e) {
                return new FaultPlace(at("http", server), null, open);
            }
        }
        throw new IOException("the queue of connections does not fill up");
    }

    private static URI at(String scheme, ServerSocket socket) {
        return URI.create(scheme + "://127.0.0.1:" + socket.getLocalPort() + "/");
    }

    int requests() {
        return server == null ? 0 : server.requests();
    }

    int effects() {
        return server == null ? 0 : server.effects();
    }

    @Override
    public void close() throws IOException {
        for (Closeable each : others) {
            each.close();
        }
    }
}
