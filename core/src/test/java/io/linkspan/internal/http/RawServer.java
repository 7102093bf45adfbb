package io.linkspan.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Reads a whole request, writes fixed bytes (maybe none), and closes. Counts what reached it. */
final class RawServer implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong bodyBytes = new AtomicLong();
    private final byte[] answer;
    private final boolean close;

    RawServer(String answer) throws IOException {
        this(answer, true);
    }

    private RawServer(String answer, boolean close) throws IOException {
        this.answer = answer.getBytes(StandardCharsets.ISO_8859_1);
        this.close = close;
        Thread thread = new Thread(this::serve, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    static RawServer thatStaysOpen(String answer) throws IOException {
        return new RawServer(answer, false);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
    }

    int requests() {
        return requests.get();
    }

    long bodyBytes() {
        return bodyBytes.get();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                serve(socket.accept());
            } catch (IOException e) {
                // the client left or the test is over
            }
        }
    }

    private void serve(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        long length = 0;
        String line = line(in);
        if (line.isEmpty()) {
            client.close();
            return;
        }
        requests.incrementAndGet();
        while (!line.isEmpty()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Long.parseLong(line.substring(line.indexOf(':') + 1).trim());
            }
            line = line(in);
        }
        byte[] buffer = new byte[8192];
        while (bodyBytes.get() < length) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, length - bodyBytes.get()));
            if (count < 0) {
                break;
            }
            bodyBytes.addAndGet(count);
        }
        client.getOutputStream().write(answer);
        client.getOutputStream().flush();
        if (close) {
            client.close();
        }
    }

    private static String line(InputStream in) throws IOException {
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

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
