// What a page hears, measured in the page.

/** Runs in the page: `globalThis.ears` measures what a connection receives. */
export function ears() {
  let analyser;

  /** Each new track takes the place of the one before. */
  function listen(connection) {
    connection.addEventListener('track', (event) => {
      // At the browser's own rate: Firefox connects no stream to a context of another.
      const context = new AudioContext();
      context.resume();
      analyser = context.createAnalyser();
      analyser.fftSize = 16384;
      context.createMediaStreamSource(event.streams[0] ?? new MediaStream([event.track])).connect(analyser);
    });
  }

  /** The frequency that sounds loudest now, Hz, and its level in dB. */
  function loudest() {
    const bins = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(bins);
    let best = 0;
    for (let i = 1; i < bins.length; i++) if (bins[i] > bins[best]) best = i;
    return { hz: (best * analyser.context.sampleRate) / analyser.fftSize, db: bins[best] };
  }

  globalThis.ears = { listen, loudest };
}

/** Runs in a page before its own scripts: listens to every connection they make. */
export function allEars() {
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...settings) {
      super(...settings);
      globalThis.ears.listen(this);
    }
  };
}
