package io.telltale.gateway.payload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.telltale.analytics.model.DeadLetter.Reason;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Point;
import io.telltale.analytics.model.Report;
import io.telltale.gateway.GatewaySettings;
import java.io.IOException;

/// Reads telemetry payloads, JSON straight to points.
///
/// Metric names are canonical: the parser's symbol table, shared by all payloads and bounded at 6,000 names (it is then
/// begun anew), gives the same name as the same `String`.
final class TelemetryReader {
    private static final int MAX_NUMBER_LENGTH = 1000;
    private static final int MAX_DETAIL_LENGTH = 300;
    /// Bytes. A name within [Point#MAX_METRIC_LENGTH] characters fits; a greater one would only fill the symbol table.
    private static final int MAX_NAME_LENGTH = 4 * Point.MAX_METRIC_LENGTH;
    /// Our own limit, [TelemetryDocument#MAX_NESTING], is reached before.
    private static final int MAX_NESTING = 2 * TelemetryDocument.MAX_NESTING;

    private final JsonFactory json;
    private final GatewaySettings.Payload limits;

    TelemetryReader(GatewaySettings.Payload limits) {
        this.limits = limits;
        this.json = new JsonFactoryBuilder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_NESTING)
                        .maxNameLength(MAX_NAME_LENGTH)
                        .maxNumberLength(MAX_NUMBER_LENGTH)
                        .maxStringLength(limits.maxBytes())
                        .build())
                .build();
    }

    Reading read(DeviceId device, byte[] payload, long arrivalMillis) {
        var encoding = Encoding.of(payload);
        if (encoding == Encoding.NOT_UTF_8) {
            return Reading.Refused.at(
                    Encoding.firstNotUtf8(payload),
                    Reason.MALFORMED,
                    "expected JSON in UTF-8 without a byte order mark");
        }
        try (var parser = json.createParser(payload)) {
            var document = new TelemetryDocument(parser, encoding, arrivalMillis, limits);
            var refusal = document.read();
            return refusal == null
                    ? new Reading.Understood(new Report(device, arrivalMillis, document.points()))
                    : refusal;
        } catch (StreamConstraintsException tooLong) {
            return refused(Reason.INVALID_VALUE, tooLong);
        } catch (JsonProcessingException malformed) {
            return refused(Reason.MALFORMED, malformed);
        } catch (IOException | RuntimeException parserBug) {
            // Nothing else is thrown today. If it ever is, redelivery would bring this payload back for ever and stop
            // its device; as a dead letter it is seen and can be replayed.
            return Reading.Refused.asAWhole(Reason.MALFORMED, parserBug.toString());
        }
    }

    private static Reading refused(Reason reason, JsonProcessingException problem) {
        var location = problem.getLocation();
        long offset = location == null ? -1 : location.getByteOffset();
        var text = (offset < 0 ? "" : "byte " + offset + ": ") + problem.getOriginalMessage();
        var detail = text.length() <= MAX_DETAIL_LENGTH ? text : text.substring(0, MAX_DETAIL_LENGTH);
        return Reading.Refused.at(offset, reason, detail);
    }
}
