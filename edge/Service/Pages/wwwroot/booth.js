// The booth: one word after another, from a microphone of this computer, from a file, or from the box's own microphone. Space records and stops, Enter keeps and goes on.

import { byId, setText } from './dom.js';
import { change, readBytes, troubleOf } from './edge.js';
import { createTape, notAllowed, peakOf, wavOf } from './tape.js';
import { drawWave } from './wave.js';
import { createWords, inOrder } from './wordlist.js';

/** Silence around a word is cut off by the box; a tape that runs longer was forgotten. */
const LONGEST_MS = 12000;
const UPLOAD_MS = 60000;

/** Below the first a voice drowns in the room, above the second it breaks. */
const QUIET = 0.08;
const LOUD = 0.95;

const STATES = { missing: 'chưa ghi', recorded: 'đã ghi', given: 'có sẵn trong gói' };
const seconds = value => `${value.toFixed(1).replace('.', ',')} giây`;

/** @param kept Called with the pack as it is after a change. */
export function createBooth(node, { kept }) {
  let address = '';
  let clips = [];
  let language = null;
  let word = null;
  let take = null; // What was recorded here and is not kept yet.
  let shown = null; // What the picture shows and «Nghe» plays.
  let busy = false;
  let stopTimer;

  const words = createWords(byId('words'), choose);
  const tape = createTape(showLevel);
  const atWord = (path = '') => `${address}/clips/${encodeURIComponent(word.name)}${path}`;
  listen();
  return { open, close };

  async function open(pack, all, spoken) {
    [address, clips, language, busy] = [pack, inOrder(all), spoken, false];
    await choose((clips.find(clip => clip.state === 'missing') ?? clips[0]).name);
    say('', notAllowed() ?? '');
  }

  function close() {
    clearTimeout(stopTimer);
    tape.close();
    [word, take, shown] = [null, null, null];
  }

  function say(text, bad = '') {
    setText(byId('status'), text);
    setText(byId('trouble'), bad);
    byId('trouble').hidden = bad === '';
  }

  /** One wish at a time; what fails is told where the person looks. */
  async function doing(text, work) {
    if (busy) return false;
    busy = true;
    say(text);
    showKeys();
    try {
      await work();
      return true;
    } catch (error) {
      say('', troubleOf(error));
      return false;
    } finally {
      busy = false;
      showKeys();
    }
  }

  function showLevel(piece, length) {
    const peak = peakOf(piece);
    byId('level').value = peak;
    setText(byId('level-text'), `${peak >= LOUD ? 'to quá' : peak < QUIET ? 'nhỏ' : 'vừa'} · ${seconds(length)}`);
  }

  function showKeys() {
    const running = tape.isRunning();
    const able = { record: notAllowed() === null, keep: !running && take, hear: !running && shown, drop: running || take, undo: !running && word?.canUndo, remove: !running && word?.state === 'recorded', file: !running, 'box-record': !running };
    for (const [id, on] of Object.entries(able)) byId(id).disabled = busy || !on;
    byId('pack').disabled = busy || running;
    byId('record').classList.toggle('running', running);
    byId('record').firstChild.data = running ? 'Dừng ' : take ? 'Ghi lại ' : 'Ghi ';
  }

  function showWord() {
    setText(byId('ask'), language.onlyRecorded ? `Nói bằng ${language.name.replace('Tiếng', 'tiếng')}:` : 'Đọc to:');
    setText(byId('word'), word.words);
    setText(byId('note'), [word.note, STATES[word.state], word.optional ? 'không bắt buộc' : null].filter(Boolean).join(' · '));
    words.show(clips, word.name);
  }

  function show(sound) {
    shown = sound;
    drawWave(byId('wave'), sound);
  }

  async function showStored() {
    show(null);
    const of = word;
    if (of.state === 'missing') return;
    const sound = await tape.decode(await readBytes(atWord('/sound')));
    if (word === of && !take) show(sound);
  }

  async function choose(name) {
    if (busy || tape.isRunning()) return;
    take = null;
    word = clips.find(clip => clip.name === name);
    byId('level').value = 0;
    setText(byId('level-text'), '');
    showWord();
    say('');
    showKeys();
    byId('record').focus({ preventScroll: true });
    try {
      await showStored();
    } catch (error) {
      say('', troubleOf(error));
    }
    showKeys();
  }

  function step(by) {
    const next = clips[clips.indexOf(word) + by];
    if (next) choose(next.name);
  }

  async function record() {
    if (tape.isRunning()) {
      stop();
      return;
    }
    await doing('Đang mở micrô…', async () => {
      await tape.start();
      take = null;
      show(null);
      say('Đang ghi. Đọc xong thì dừng.');
      stopTimer = setTimeout(stop, LONGEST_MS);
    });
  }

  function stop() {
    clearTimeout(stopTimer);
    if (!tape.isRunning()) return;
    const made = tape.stop();
    byId('level').value = 0;
    setText(byId('level-text'), '');
    take = made.samples.length > 0 ? made : null;
    show(take);
    const peak = take ? peakOf(take.samples) : 0;
    say(peak < QUIET / 4 ? 'Hầu như không nghe thấy gì: kiểm tra micrô rồi ghi lại.'
      : peak >= 0.999 ? 'Có chỗ to quá, có thể bị vỡ tiếng. Nghe thử, rồi lưu hoặc ghi lại.' : 'Nghe thử, rồi lưu hoặc ghi lại.');
    showKeys();
  }

  /** The edge took it: the word is what the hall hears from now on. */
  async function taken(answer, text) {
    take = null;
    clips = clips.map(clip => clip.name === answer.clip.name ? answer.clip : clip);
    word = clips.find(clip => clip.name === word.name);
    showWord();
    await kept(answer.pack);
    await showStored();
    say(answer.seconds === null ? text : `${text} Phần có tiếng dài ${seconds(answer.seconds)}.`);
  }

  async function keep() {
    if (!take || tape.isRunning()) return;
    if (!await doing('Đang lưu…', async () => taken(await change('PUT', atWord(), wavOf(take), UPLOAD_MS), `Đã lưu «${word.words}».`))) return;
    const told = byId('status').textContent;
    const behind = clips.slice(clips.indexOf(word) + 1);
    const next = [...behind, ...clips].find(clip => clip.state === 'missing' && !clip.optional);
    if (next) await choose(next.name);
    say(next ? told : `${told} Đã ghi đủ mọi từ cần có.`);
  }

  function drop() {
    clearTimeout(stopTimer);
    if (tape.isRunning()) tape.stop();
    choose(word.name);
  }

  function hear() {
    if (shown && !tape.isRunning()) doing('', () => tape.play(shown));
  }

  function upload(event) {
    const [file] = event.target.files;
    event.target.value = '';
    if (!file) return;
    // The box looks at the file itself, not at its name.
    const bytes = file.slice(0, file.size, 'application/octet-stream');
    doing('Đang tải lên…', async () => taken(await change('PUT', atWord(), bytes, UPLOAD_MS), `Đã lưu «${word.words}» từ tệp.`));
  }

  function recordAtBox() {
    const length = Number(byId('seconds').value);
    doing(`Micrô của máy đang ghi ${length} giây: đọc ngay.`, async () =>
      taken(await change('POST', atWord('/record'), { seconds: length }, length * 1000 + 10000), `Đã lưu «${word.words}» từ micrô của máy.`));
  }

  function tryCall(event) {
    event.preventDefault();
    const [ticket, counter] = [byId('ticket').value.trim().toUpperCase(), byId('counter').value];
    doing('Đang ghép câu…', async () => {
      const sound = await tape.decode(await readBytes(`${address}/call?ticket=${encodeURIComponent(ticket)}&counter=${encodeURIComponent(counter)}`));
      await tape.play(sound);
      say(`Đang đọc: ${ticket} đến quầy ${counter}, ${seconds(sound.samples.length / sound.rate)}.`);
    });
  }

  function listen() {
    for (const [id, does] of Object.entries({ record, keep, hear, drop, 'box-record': recordAtBox })) byId(id).addEventListener('click', does);
    byId('undo').addEventListener('click', () => doing('', async () => taken(await change('POST', atWord('/undo')), 'Đã lấy lại bản trước.')));
    byId('remove').addEventListener('click', () => doing('', async () => taken(await change('DELETE', atWord()), 'Đã xóa; nếu nhầm, bấm «Lấy lại bản trước».')));
    byId('file').addEventListener('change', upload);
    byId('try').addEventListener('submit', tryCall);
    document.addEventListener('keydown', pressed);
    // Some browsers press a button when the space bar comes up, whatever was said when it went down.
    byId('record').addEventListener('keyup', event => { if (event.key === ' ') event.preventDefault(); });
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden || word === null) return;
      stop();
      tape.close(); // Nobody records with a page that is not seen.
    });
  }

  function pressed(event) {
    if (word === null || node.hidden || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    const own = event.target.closest?.('input, select, textarea, button, a, summary');
    // Every other control keeps the keys that it has everywhere; the big button gives Enter away, so that one hand is enough.
    if (own && own.id !== 'record') return;
    const does = {
      ' ': record, Enter: keep, p: hear, P: hear, Escape: drop,
      ArrowRight: () => step(1), ArrowDown: () => step(1), ArrowLeft: () => step(-1), ArrowUp: () => step(-1),
    }[event.key];
    if (!does) return;
    event.preventDefault();
    if (event.key !== ' ' || !byId('record').disabled) does();
  }
}
