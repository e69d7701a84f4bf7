/* Binary values travel beside the JSON of a state; these take them out and put them back. */

const binary = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value);

/** Put buffers into a state, in place, at their paths. */
export function putBuffers(state, paths = [], buffers = []) {
  paths.forEach((path, place) => {
    const parent = path.slice(0, -1).reduce((inside, key) => inside[key], state);
    const buffer = buffers[place];
    parent[path.at(-1)] = buffer instanceof ArrayBuffer ? new DataView(buffer) : buffer;
  });
  return state;
}

/** Take the buffers out of a state: {state, paths, buffers}; the state given is not changed. */
export function removeBuffers(state) {
  const paths = [];
  const buffers = [];
  const walk = (value, path) => {
    if (binary(value)) {
      paths.push(path);
      buffers.push(value);
      return undefined;
    }
    if (Array.isArray(value)) return value.map((item, place) => walk(item, [...path, place]) ?? null);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, [...path, key])]));
  };
  return { state: walk(state, []), paths, buffers };
}

/** Bytes written as base64, as a DataView. */
export function fromBase64(text) {
  return new DataView(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer);
}
