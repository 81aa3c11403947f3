package io.telltale.simulator;

import io.telltale.simulator.html.HtmlReport;
import io.telltale.simulator.report.Merger;
import io.telltale.simulator.report.ReportFile;
import io.telltale.simulator.report.RunReport;
import io.telltale.simulator.report.Summary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `simulate merge`.
@Command(
        name = "merge",
        mixinStandardHelpOptions = true,
        description = "Makes one report of those of several processes that ran a scenario together.")
final class MergeCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "REPORT", description = "reports (of --json or --ledger)")
    private List<Path> files = List.of();

    @Option(names = "--json", paramLabel = "FILE", description = "write the merged report: JSON")
    private Optional<Path> json = Optional.empty();

    @Option(names = "--report", paramLabel = "FILE", description = "write it as a page with plots: HTML")
    private Optional<Path> html = Optional.empty();

    @Override
    public Integer call() {
        try {
            var reports = new ArrayList<RunReport>();
            for (var file : files) {
                reports.add(ReportFile.read(file));
            }
            var merged = Merger.merge(reports);
            if (json.isPresent()) {
                ReportFile.write(json.get(), merged);
            }
            if (html.isPresent()) {
                HtmlReport.write(html.get(), merged);
            }
            System.out.print(Summary.of(merged));
            return CommandLine.ExitCode.OK;
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("telltale simulate merge: " + e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
    }
}
