// Lets whatever else waits come first: a frame to be drawn, a key that was pressed.
export function pause() {
  return new Promise((go) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = go;
    port2.postMessage(null);
  });
}
