package io.telltale.server.cli;

import io.telltale.server.ServerSettings;
import io.telltale.server.TelltaleServer;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

@Command(
        name = "server",
        mixinStandardHelpOptions = true,
        description = "Run the server until it is told to stop (Ctrl-C or SIGTERM).")
final class ServerCommand implements Callable<Integer> {
    @Mixin
    private SettingOptions settings = new SettingOptions();

    @Override
    public Integer call() {
        var server = TelltaleServer.start(ServerSettings.from(settings.load(List.of())));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
        System.out.println(server.addresses());
        server.awaitClosed();
        return ExitCode.OK;
    }
}
