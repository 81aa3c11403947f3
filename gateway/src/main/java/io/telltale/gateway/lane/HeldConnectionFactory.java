package io.telltale.gateway.lane;

import java.net.URI;
import java.util.Set;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.internal.NetworkModule;
import org.eclipse.paho.client.mqttv3.spi.NetworkModuleFactory;

/// Gives the MQTT client our [HeldConnection]s; the client finds it as a service.
public final class HeldConnectionFactory implements NetworkModuleFactory {

    @Override
    public Set<String> getSupportedUriSchemes() {
        return HeldConnection.SCHEMES;
    }

    @Override
    public void validateURI(URI address) {
        if (address.getHost() == null) {
            throw new IllegalArgumentException("expected scheme://host:port, got " + address);
        }
    }

    @Override
    public NetworkModule createNetworkModule(URI address, MqttConnectOptions options, String clientId)
            throws MqttException {
        return new HeldConnection(address, options.getConnectionTimeout());
    }
}
