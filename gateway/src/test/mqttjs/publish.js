// Publishes COUNT messages to PORT, of every QoS in turn, and says how many were acked; then lets its last will be said.
import mqtt from 'mqtt'

const [port, protocolVersion, count] = process.argv.slice(2).map(Number)
const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, {
  protocolVersion,
  clientId: 'mqttjs',
  reconnectPeriod: 0,
  will: { topic: 'status/mqttjs', payload: 'offline', qos: 1 },
})
const sent = []
for (let i = 0; i < count; i++) {
  sent.push(client.publishAsync('telemetry/mqttjs', JSON.stringify({ ts: 1 + i, a: i }), { qos: i % 3 }))
}
await Promise.all(sent)
const [granted] = await client.subscribeAsync('telemetry/#').catch((refused) => [{ qos: refused.message }])
console.log(JSON.stringify({ acked: sent.length, subscription: granted?.qos ?? 'refused' }))
client.stream.destroy() // without a DISCONNECT
