package io.telltale.server.cli;

import io.telltale.server.ServerSettings;
import io.telltale.server.TelltaleServer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "server",
        mixinStandardHelpOptions = true,
        description = "Run the server until it is told to stop (Ctrl-C or SIGTERM).")
final class ServerCommand implements Callable<Integer> {
    @Mixin
    private SettingOptions settings = new SettingOptions();

    @Option(names = "--leash", hidden = true, description = "End when standard input does: with whoever started this.")
    private boolean leashed;

    @Override
    public Integer call() {
        if (leashed) {
            Thread.ofPlatform().daemon().name("leash").start(ServerCommand::endWithInput);
        }
        var server = TelltaleServer.start(ServerSettings.from(settings.load(List.of())));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
        System.out.println(server.addresses());
        server.awaitClosed();
        return ExitCode.OK;
    }

    private static void endWithInput() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException _) {
            // A broken pipe is an end as well.
        }
        System.exit(ExitCode.OK);
    }
}
