package io.telltale.server.cli;

import com.typesafe.config.ConfigException;
import io.telltale.server.Refusal;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command line. Exit codes: 0 done, 1 the answer is no (something is lost, something differs), 2 wrong use or a
/// start that was refused, with one line that says why.
@Command(
        name = "telltale",
        mixinStandardHelpOptions = true,
        version = "telltale 0.1.0",
        description =
                "An IoT telemetry server: MQTT in, one actor per device, ClickHouse behind, a live page in front.",
        subcommands = {
            DemoCommand.class,
            ServerCommand.class,
            AuditCommand.class,
            DetectCommand.class,
            BenchCommand.class,
            ChaosCommand.class
        },
        footer = {
            "",
            "Besides these:",
            "  simulate  Publish as a fleet of devices that knows what it sent.",
            "  test      Install what the tests need, build, run every test."
        })
public final class Telltale implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before it calls
    private CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Telltale())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Telltale::wrongUse)
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command.getErr()));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected a command; see telltale --help");
    }

    private static int wrongUse(ParameterException wrong, String[] arguments) {
        wrong.getCommandLine().getErr().println("telltale: " + wrong.getMessage());
        return ExitCode.USAGE;
    }

    private static int failed(Exception failure, PrintWriter err) {
        return switch (failure) {
            case Refusal refusal -> refuse(refusal, err);
            case IllegalArgumentException refusal -> refuse(refusal, err);
            case ConfigException refusal -> refuse(refusal, err);
            default -> {
                failure.printStackTrace(err);
                yield ExitCode.SOFTWARE;
            }
        };
    }

    private static int refuse(Exception refusal, PrintWriter err) {
        err.println("telltale: " + String.valueOf(refusal.getMessage()).strip().replaceAll("\\s*\\R\\s*", "; "));
        return ExitCode.USAGE;
    }
}
