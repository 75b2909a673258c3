// The browser's microphone as a tape: bare samples, as the microphone gives them, and the WAV that they make.

/** Whatever browsers do to a voice on a call (levelling, cutting noise away) would make each word another voice. */
const BARE = { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false };

/** What the edge mixes at. */
const DECODED_RATE = 22050;

const WHY = {
  NotAllowedError: 'Trình duyệt chưa được phép dùng micrô. Bấm vào biểu tượng ổ khóa cạnh địa chỉ trang, cho phép micrô, rồi thử lại; hoặc tải tệp lên.',
  NotFoundError: 'Máy tính này không có micrô. Cắm micrô rồi thử lại, hoặc tải tệp WAV lên.',
  NotReadableError: 'Micrô đang được chương trình khác dùng. Đóng chương trình đó rồi thử lại.',
};

/** Why this page may not ask for a microphone at all; null when it may. */
export const notAllowed = () => window.isSecureContext && navigator.mediaDevices ? null
  : 'Trình duyệt chỉ cho ghi âm khi trang được mở bằng HTTPS hoặc ngay trên máy này (http://localhost). Ở đây hãy tải tệp WAV lên, hoặc ghi bằng micrô của máy.';

/** @param pieces Called with each piece while the tape runs, samples of −1 to 1, and with the length of the tape in seconds. */
export function createTape(pieces) {
  let context = null;
  let stream = null;
  let source = null;
  let tape = null;
  let running = null;
  let player = null;

  return { start, stop, close, play, decode, isRunning: () => running !== null };

  async function start() {
    const refused = notAllowed();
    if (refused) throw new Error(refused);
    await open();
    running = [];
  }

  /** @returns {{samples: Float32Array, rate: number}} */
  function stop() {
    const samples = new Float32Array(running.reduce((sum, piece) => sum + piece.length, 0));
    running.reduce((at, piece) => { samples.set(piece, at); return at + piece.length; }, 0);
    running = null;
    return { samples, rate: context.sampleRate };
  }

  function close() {
    running = null;
    stream?.getTracks().forEach(track => track.stop());
    stream = null;
    // A source whose microphone ended goes on as silence, and would run between the next take's pieces.
    source?.disconnect();
    if (tape) tape.port.onmessage = null;
    source = tape = null;
  }

  async function sound() {
    context ??= new AudioContext();
    if (context.state === 'suspended') await context.resume();
    return context;
  }

  async function open() {
    if (stream?.active) return;
    let fresh;
    try {
      fresh = await navigator.mediaDevices.getUserMedia({ audio: BARE });
    } catch (error) {
      throw new Error(WHY[error.name] ?? `Không mở được micrô: ${error.message}`);
    }
    const own = await sound();
    await own.audioWorklet.addModule('/tape-worklet.js');
    close();
    stream = fresh;
    tape = new AudioWorkletNode(own, 'tape', { numberOfOutputs: 0, channelCount: 1, channelCountMode: 'explicit' });
    tape.port.onmessage = ({ data }) => {
      if (running === null) return;
      running.push(data);
      pieces(data, running.length * data.length / own.sampleRate);
    };
    source = own.createMediaStreamSource(stream);
    source.connect(tape);
  }

  // Needs no loudspeaker, which a browser gives only after a press.
  async function decode(bytes) {
    const buffer = await new OfflineAudioContext(1, 1, DECODED_RATE).decodeAudioData(bytes);
    return { samples: buffer.getChannelData(0), rate: buffer.sampleRate };
  }

  async function play({ samples, rate }) {
    const own = await sound();
    player?.stop();
    const buffer = own.createBuffer(1, samples.length, rate);
    buffer.copyToChannel(samples, 0);
    player = new AudioBufferSourceNode(own, { buffer });
    player.connect(own.destination);
    player.start();
  }
}

/** A WAV file of 16 bits and one channel. */
export function wavOf({ samples, rate }) {
  const view = new DataView(new ArrayBuffer(44 + samples.length * 2));
  const text = (at, word) => [...word].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)));
  text(0, 'RIFF');
  view.setUint32(4, 36 + samples.length * 2, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, samples.length * 2, true);
  samples.forEach((sample, i) => view.setInt16(44 + i * 2, Math.round(Math.max(-1, Math.min(1, sample)) * 32767), true));
  return new Blob([view], { type: 'audio/wav' });
}

export const peakOf = samples => samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
