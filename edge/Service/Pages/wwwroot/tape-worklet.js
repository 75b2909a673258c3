// Runs beside the sound card: hands on what the microphone hears, in pieces of a twentieth of a second.

const PIECE = 2048;

class Tape extends AudioWorkletProcessor {
  #piece = new Float32Array(PIECE);
  #filled = 0;

  process([input]) {
    const heard = input[0];
    if (!heard) return true;
    for (let at = 0; at < heard.length;) {
      const take = Math.min(heard.length - at, PIECE - this.#filled);
      this.#piece.set(heard.subarray(at, at + take), this.#filled);
      this.#filled += take;
      at += take;
      if (this.#filled === PIECE) {
        this.port.postMessage(this.#piece, [this.#piece.buffer]);
        this.#piece = new Float32Array(PIECE);
        this.#filled = 0;
      }
    }
    return true;
  }
}

registerProcessor('tape', Tape);
