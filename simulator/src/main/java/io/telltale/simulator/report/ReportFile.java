package io.telltale.simulator.report;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A report as one JSON document.
public final class ReportFile {
    private static final JsonSetter.Value MISSING_IS_EMPTY = JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .withConfigOverride(List.class, list -> list.setSetterInfo(MISSING_IS_EMPTY))
            .withConfigOverride(Map.class, map -> map.setSetterInfo(MISSING_IS_EMPTY))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private ReportFile() {}

    public static void write(Path file, RunReport report) throws IOException {
        JSON.writerWithDefaultPrettyPrinter()
                .with(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
                .writeValue(file.toFile(), report);
    }

    /// @throws IOException also if it is no report
    public static RunReport read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), RunReport.class);
    }
}
