package io.telltale.server.bench.peers;

import io.telltale.server.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// Fetches the Node-RED that `peers/node-red` names, from npm, once.
final class NodeRed {
    private static final List<String> WHAT = List.of("package.json", "package-lock.json");

    private NodeRed() {}

    /// @param directory where it is, or is to be installed
    /// @throws Refusal when there is neither npm nor a Node-RED
    static void install(Path home, Path directory) throws IOException, InterruptedException {
        var peer = home.resolve("peers/node-red");
        if (isThere(peer, directory)) {
            return;
        }
        System.err.println("installing Node-RED into " + directory + " ...");
        Files.createDirectories(directory);
        for (String file : WHAT) {
            Files.copy(peer.resolve(file), directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        int exit = npm(directory);
        if (exit != 0) {
            Files.deleteIfExists(directory.resolve("package-lock.json")); // try again next time
            throw new Refusal("npm could not install Node-RED into " + directory + " (exit code " + exit
                    + "): see above, or leave it out with --only");
        }
    }

    private static boolean isThere(Path peer, Path directory) throws IOException {
        var lock = directory.resolve("package-lock.json");
        return Files.isDirectory(directory.resolve("node_modules/node-red"))
                && Files.exists(lock)
                && Files.mismatch(lock, peer.resolve("package-lock.json")) < 0;
    }

    private static int npm(Path directory) throws InterruptedException {
        try {
            return new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
                    .directory(directory.toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new Refusal(
                    "Node-RED needs Node 20 and npm and found no 'npm' on the PATH: install them, or leave it"
                            + " out with --only",
                    e);
        }
    }
}
