package io.linkspan.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** The process uploads go to: reads whole requests, plain and over TLS 1.3, and answers 201 without a body. */
final class UploadSink {
    static final String PASSWORD = "changeit";

    private static final int BUFFER = 256 * 1024;
    private static final byte[] CREATED =
            "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private UploadSink() {}

    /**
     * Serves until its input ends.
     *
     * @param args the key store
     * @throws IOException if it cannot listen
     * @throws GeneralSecurityException if the key store is of no use
     */
    public static void main(String[] args) throws IOException, GeneralSecurityException {
        try (ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                ServerSocket tls = tls(Path.of(args[0]))) {
            start(() -> accept(plain));
            start(() -> accept(tls));
            System.out.println(plain.getLocalPort() + " " + tls.getLocalPort());
            while (System.in.read() >= 0) {
                // until the parent is gone
            }
        }
    }

    private static ServerSocket tls(Path keys) throws IOException, GeneralSecurityException {
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
        return socket;
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "sink");
        thread.setDaemon(true);
        thread.start();
    }

    private static void accept(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                start(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void serve(Socket client) {
        byte[] buffer = new byte[BUFFER];
        try (client;
                InputStream in = new BufferedInputStream(client.getInputStream(), BUFFER)) {
            long length = head(client, in);
            while (length >= 0) {
                for (long left = length; left > 0; ) {
                    int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                    if (count < 0) {
                        return;
                    }
                    left -= count;
                }
                client.getOutputStream().write(CREATED);
                length = head(client, in);
            }
        } catch (IOException e) {
            // the client left
        }
    }

    /** Length of the body that follows, or -1 at the end. */
    private static long head(Socket client, InputStream in) throws IOException {
        String line = line(in);
        if (line.isEmpty()) {
            return -1;
        }
        long length = 0;
        while (!line.isEmpty()) {
            String header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:")) {
                length = Long.parseLong(header.substring(15).trim());
            } else if (header.startsWith("expect:")) {
                client.getOutputStream().write(CONTINUE);
            }
            line = line(in);
        }
        return length;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
