package io.telltale.simulator;

import io.telltale.simulator.report.Comparison;
import io.telltale.simulator.report.ReportFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// The command `simulate compare`.
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = "Puts two reports (of --json or --ledger) side by side.")
final class CompareCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "BEFORE", description = "a report")
    private Path before = Path.of("");

    @Parameters(index = "1", paramLabel = "AFTER", description = "another")
    private Path after = Path.of("");

    @Override
    public Integer call() {
        try {
            System.out.print(Comparison.of(ReportFile.read(before), ReportFile.read(after)));
            return CommandLine.ExitCode.OK;
        } catch (IOException e) {
            System.err.println("telltale simulate compare: cannot read " + e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
    }
}
