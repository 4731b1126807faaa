// What a page hears, measured in the page.

/** Runs in the page: `globalThis.ears` measures what a connection receives. */
export function ears() {
  let source;
  let analyser;
  let samples = [];

  /** Each new track takes the place of the one before. */
  function listen(connection) {
    connection.addEventListener('track', (event) => {
      source?.context.close();
      // At the browser's own rate: Firefox connects no stream to a context of another.
      const context = new AudioContext();
      context.resume();
      analyser = context.createAnalyser();
      analyser.fftSize = 16384;
      source = context.createMediaStreamSource(event.streams[0] ?? new MediaStream([event.track]));
      source.connect(analyser);
    });
  }

  /** Keeps every sample from now on; gives their rate. */
  async function record() {
    const recorder = `registerProcessor('recorder', class extends AudioWorkletProcessor {
      process([[channel]]) {
        if (channel) this.port.postMessage(channel.slice());
        return true;
      }
    })`;
    await source.context.audioWorklet.addModule(URL.createObjectURL(new Blob([recorder], { type: 'text/javascript' })));
    const node = new AudioWorkletNode(source.context, 'recorder');
    node.port.onmessage = ({ data }) => data.forEach((sample) => samples.push(Math.round(sample * 32767)));
    source.connect(node);
    return source.context.sampleRate;
  }

  /** The samples since the last time, -32767 to 32767. */
  function take() {
    const taken = samples;
    samples = [];
    return taken;
  }

  /** The frequency that sounds loudest now, Hz, and its level in dB. */
  function loudest() {
    const bins = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(bins);
    let best = 0;
    for (let i = 1; i < bins.length; i++) if (bins[i] > bins[best]) best = i;
    return { hz: (best * analyser.context.sampleRate) / analyser.fftSize, db: bins[best] };
  }

  globalThis.ears = { listen, loudest, record, take };
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
