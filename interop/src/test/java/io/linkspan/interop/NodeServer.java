package io.linkspan.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;

/** The npm package oidc-provider in a process of its own: PKCE forced, {@code iss} in callbacks, reuse ends the family. */
final class NodeServer implements ForeignServer {
    static final String VERSION = "9.13.3";
    private static final Path FOLDER = Path.of(System.getProperty("basedir", "."), "target", "oidc-provider")
            .toAbsolutePath();

    private final Process process;
    private final String base;

    private NodeServer(Process process, String base) {
        this.process = process;
        this.base = base;
    }

    /** Installs it below target when needed, and starts it. */
    static NodeServer start() throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        if (!Files.exists(FOLDER.resolve("node_modules/oidc-provider"))) {
            Process npm = new ProcessBuilder(
                            "npm",
                            "install",
                            "--no-audit",
                            "--no-fund",
                            "--prefix",
                            FOLDER.toString(),
                            "oidc-provider@" + VERSION)
                    .redirectErrorStream(true)
                    .redirectOutput(FOLDER.resolve("npm.log").toFile())
                    .start();
            if (!npm.waitFor(180, TimeUnit.SECONDS) || npm.exitValue() != 0) {
                npm.destroyForcibly();
                throw new IOException("npm could not install oidc-provider; see target/oidc-provider/npm.log");
            }
        }
        Path script = FOLDER.resolve("server.mjs");
        try (InputStream in = NodeServer.class.getResourceAsStream("server.mjs")) {
            if (in == null) {
                throw new IOException("server.mjs is missing");
            }
            Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
        }
        Process node = new ProcessBuilder("node", script.toString(), CLIENT, SECRET, REDIRECT)
                .redirectError(FOLDER.resolve("node.log").toFile())
                .start();
        BufferedReader out = new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8));
        String line;
        while ((line = out.readLine()) != null) {
            if (line.startsWith("port ")) {
                return new NodeServer(node, "http://127.0.0.1:" + line.substring(5));
            }
        }
        throw new IOException("node ended; see target/oidc-provider/node.log");
    }

    @Override
    public StandardAdapter.Profile profile() {
        return new StandardAdapter.Profile(
                URI.create(base + "/auth"),
                URI.create(base + "/token"),
                URI.create(base + "/me"),
                URI.create(base + "/token/revocation"),
                base,
                CLIENT,
                SECRET,
                REDIRECT);
    }

    @Override
    public boolean killsFamily() {
        return true;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
