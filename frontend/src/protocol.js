/* Messages on the kernel's socket, sub-protocol v1.kernel.websocket.jupyter.org: a little-endian table of
   64-bit offsets, then the parts in this order: channel, header, parent header, metadata, content, buffers. */

export const PROTOCOL = "v1.kernel.websocket.jupyter.org";
const WORD = 8;
const JSON_PARTS = 5;

const bytesOf = (buffer) =>
  ArrayBuffer.isView(buffer)
    ? new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
    : new Uint8Array(buffer);

/** A random identifier; randomUUID exists only on https and localhost. */
export function identifier() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A message {channel, header, parent_header, metadata, content, buffers} as one ArrayBuffer. */
export function encode(message) {
  const text = new TextEncoder();
  const json = [message.header, message.parent_header, message.metadata, message.content];
  const parts = [
    text.encode(message.channel),
    ...json.map((part) => text.encode(JSON.stringify(part ?? {}))),
    ...(message.buffers ?? []).map(bytesOf),
  ];
  const offsets = [WORD * (parts.length + 2)];
  for (const part of parts) offsets.push(offsets.at(-1) + part.byteLength);
  const whole = new Uint8Array(offsets.at(-1));
  const table = new DataView(whole.buffer);
  table.setBigUint64(0, BigInt(offsets.length), true);
  offsets.forEach((offset, place) => table.setBigUint64(WORD * (place + 1), BigInt(offset), true));
  parts.forEach((part, place) => whole.set(part, offsets[place]));
  return whole.buffer;
}

/** What came over the socket, as a message; older servers send plain JSON text. */
export function decode(data) {
  if (typeof data === "string") return JSON.parse(data);
  const table = new DataView(data);
  const count = Number(table.getBigUint64(0, true));
  const offsets = Array.from({ length: count }, (_, place) => Number(table.getBigUint64(WORD * (place + 1), true)));
  const text = new TextDecoder();
  const part = (place) => text.decode(new Uint8Array(data, offsets[place], offsets[place + 1] - offsets[place]));
  const [header, parent_header, metadata, content] = [1, 2, 3, 4].map((place) => JSON.parse(part(place)));
  const buffers = [];
  for (let place = JSON_PARTS; place < count - 1; place += 1) {
    buffers.push(new DataView(data, offsets[place], offsets[place + 1] - offsets[place]));
  }
  return { channel: part(0), header, parent_header, metadata, content, buffers };
}
