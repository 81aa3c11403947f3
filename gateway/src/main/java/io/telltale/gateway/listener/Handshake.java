package io.telltale.gateway.listener;

import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_BAD_AUTHENTICATION_METHOD;
import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USERNAME_OR_PASSWORD;
import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD;
import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_CLIENT_IDENTIFIER_NOT_VALID;
import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED;
import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED;

import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectPayload;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a CONNECT asks for, and whether it may have it. A pure rule.
sealed interface Handshake {
    int MAX_CLIENT_ID_LENGTH = 256;

    /// @param isAssigned the client id is ours, and the device must be told
    /// @param keepSession how long the session is kept after the connection
    record Accepted(
            String clientId,
            boolean isAssigned,
            boolean isClean,
            boolean isMqtt5,
            Duration keepAlive,
            Duration keepSession,
            @Nullable Will will)
            implements Handshake {}

    /// @param reason the label of its metric
    record Refused(MqttConnectReturnCode code, String reason) implements Handshake {}

    static Handshake judge(MqttConnectMessage connect, Guard guard) {
        var header = connect.variableHeader();
        var payload = connect.payload();
        boolean isMqtt5 = header.version() == MqttVersion.MQTT_5.protocolLevel();
        boolean isClean = header.isCleanSession();
        if (header.properties().getProperty(MqttProperties.AUTHENTICATION_METHOD) != null) {
            return new Refused(CONNECTION_REFUSED_BAD_AUTHENTICATION_METHOD, "authentication-method");
        }
        if (!guard.admits(payload.userName(), payload.passwordInBytes())) {
            var code = isMqtt5
                    ? CONNECTION_REFUSED_BAD_USERNAME_OR_PASSWORD
                    : header.hasUserName()
                            ? CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD
                            : CONNECTION_REFUSED_NOT_AUTHORIZED;
            return new Refused(code, "credentials");
        }
        var clientId = payload.clientIdentifier() == null ? "" : payload.clientIdentifier();
        boolean isNameless = clientId.isEmpty();
        if (clientId.length() > MAX_CLIENT_ID_LENGTH || (isNameless && !isMqtt5 && !isClean)) {
            return new Refused(
                    isMqtt5 ? CONNECTION_REFUSED_CLIENT_IDENTIFIER_NOT_VALID : CONNECTION_REFUSED_IDENTIFIER_REJECTED,
                    "client-id");
        }
        var keepSession = isMqtt5
                ? seconds(header.properties(), MqttProperties.SESSION_EXPIRY_INTERVAL)
                : isClean ? Duration.ZERO : Sessions.FOR_EVER;
        return new Accepted(
                isNameless ? "telltale-" + UUID.randomUUID() : clientId,
                isNameless,
                isClean,
                isMqtt5,
                Duration.ofSeconds(header.keepAliveTimeSeconds()),
                keepSession,
                header.isWillFlag() ? will(payload) : null);
    }

    /// Zero when the property is absent.
    static Duration seconds(MqttProperties properties, int id) {
        return properties.getProperty(id) instanceof MqttProperties.IntegerProperty property
                ? Duration.ofSeconds(Integer.toUnsignedLong(property.value()))
                : Duration.ZERO;
    }

    private static Will will(MqttConnectPayload payload) {
        return new Will(
                payload.willTopic(),
                payload.willMessageInBytes(),
                seconds(payload.willProperties(), MqttProperties.WILL_DELAY_INTERVAL));
    }
}
