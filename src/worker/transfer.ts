/**
 * Every `ArrayBuffer` inside a message, each once, to be moved instead of copied.
 * Whoever sends them loses them: a sender that keeps data must send a copy.
 */
export function buffersIn(message: unknown): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  const visited = new Set<object>();

  function visit(value: unknown): void {
    if (typeof value !== 'object' || value === null || visited.has(value)) return;
    visited.add(value);
    if (value instanceof ArrayBuffer) buffers.add(value);
    else if (ArrayBuffer.isView(value)) visit(value.buffer);
    else if (Array.isArray(value)) value.forEach(visit);
    else if (Object.getPrototypeOf(value) === Object.prototype) Object.values(value).forEach(visit);
  }

  visit(message);
  return [...buffers];
}
