package io.telltale.server.cli;

import io.telltale.server.Refusal;
import io.telltale.server.detect.Detection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "detect",
        mixinStandardHelpOptions = true,
        description =
                "Score recorded series with the detector of the server: timestamp,value in, timestamp,value,anomaly_score"
                        + " out, one score a row in order. docs/detection.md says what a score means.")
final class DetectCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FILE|DIR",
            description = "A CSV file with the columns timestamp (seconds since 1970 or YYYY-MM-DD HH:MM:SS) and value,"
                    + " also packed as .csv.gz; or a directory with such files at any depth.")
    @SuppressWarnings("NullAway.Init") // picocli refuses to go on without it
    private Path from;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Where the scored files go, under the names they have, unpacked.")
    @SuppressWarnings("NullAway.Init") // picocli refuses to go on without it
    private Path out;

    @Override
    public Integer call() {
        try {
            long rows = Detection.run(from, out);
            System.out.println("scored: " + rows + " rows into " + out);
            return ExitCode.OK;
        } catch (IOException e) {
            throw new Refusal(String.valueOf(e.getMessage()), e);
        }
    }
}
