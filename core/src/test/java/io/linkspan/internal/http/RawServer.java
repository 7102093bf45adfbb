package io.linkspan.internal.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A server that does to a connection whatever a {@link Play} says, one thread each. Counts what reached it. */
final class RawServer implements Closeable {
    /** What happens to one request, whose head has been read. */
    @FunctionalInterface
    interface Play {
        void on(Peer peer) throws IOException;
    }

    private final ServerSocket socket;
    private final Play play;
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger effects = new AtomicInteger();
    private final AtomicLong bodyBytes = new AtomicLong();

    /** Reads the whole request, answers with these bytes (maybe none) and closes. */
    RawServer(String answer) throws IOException {
        this(peer -> {
            peer.readBody();
            peer.write(answer);
            peer.close();
        });
    }

    RawServer(Play play) throws IOException {
        this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), play);
    }

    RawServer(ServerSocket socket, Play play) {
        this.socket = socket;
        this.play = play;
        start(this::accept);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
    }

    int connections() {
        return connections.get();
    }

    int requests() {
        return requests.get();
    }

    /** How often the wish of a request was granted. */
    int effects() {
        return effects.get();
    }

    long bodyBytes() {
        return bodyBytes.get();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                connections.incrementAndGet();
                clients.add(client);
                start(() -> serve(client));
            } catch (IOException e) {
                // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            while (!client.isClosed()) {
                Peer peer = new Peer(client);
                if (!peer.readHead()) {
                    return;
                }
                play.on(peer);
            }
        } catch (IOException e) {
            // the client left, or the test is over
        } finally {
            clients.remove(client);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket client : clients) {
            client.close();
        }
    }

    /** One request and the connection it came on. */
    final class Peer {
        private final Socket client;
        private final InputStream in;
        private int number;
        private long length;

        private Peer(Socket client) throws IOException {
            this.client = client;
            this.in = client.getInputStream();
        }

        /** From 1, over all connections. */
        int number() {
            return number;
        }

        private boolean readHead() throws IOException {
            String line = line();
            if (!line.endsWith(" HTTP/1.1")) {
                return false; // no request: the end, or the first words of TLS
            }
            number = requests.incrementAndGet();
            while (!line.isEmpty()) {
                if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                    length =
                            Long.parseLong(line.substring(line.indexOf(':') + 1).trim());
                }
                line = line();
            }
            return true;
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            int next = in.read();
            while (next >= 0 && next != '\n') {
                if (next != '\r') {
                    line.append((char) next);
                }
                next = in.read();
            }
            return line.toString();
        }

        void readBody() throws IOException {
            read(length);
        }

        void read(long bytes) throws IOException {
            byte[] buffer = new byte[64 * 1024];
            long left = bytes;
            while (left > 0) {
                int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (count < 0) {
                    return;
                }
                bodyBytes.addAndGet(count);
                left -= count;
            }
            length -= bytes;
        }

        /** The whole request came and takes effect. */
        void takeEffect() throws IOException {
            readBody();
            effects.incrementAndGet();
        }

        void write(String bytes) throws IOException {
            client.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            client.getOutputStream().flush();
        }

        /** Answers completely and keeps the connection. */
        void answer(String statusAndHeaders, String body) throws IOException {
            readBody();
            write("HTTP/1.1 " + statusAndHeaders + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        }

        /** Writes again and again, with pauses, until the client has left. */
        void drip(String bytes, int pauseMillis) throws IOException {
            while (true) {
                write(bytes);
                LockSupport.parkNanos(pauseMillis * 1_000_000L);
            }
        }

        /** Says nothing until the client has left. */
        void hold() throws IOException {
            in.transferTo(OutputStream.nullOutputStream());
            client.close();
        }

        void close() throws IOException {
            client.close();
        }

        /** Closes so that the client sees a reset. */
        void reset() throws IOException {
            client.setSoLinger(true, 0);
            client.close();
        }
    }
}
