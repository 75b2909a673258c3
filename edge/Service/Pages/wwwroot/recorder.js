// The recorder page: which pack is recorded, how far it is, and whether the hall is spoken to with it. What happens to a word is in booth.js.

import { byId, el, setAttribute, setText } from './dom.js';
import { change, read, troubleOf } from './edge.js';
import { createBooth } from './booth.js';

let voices = null;
let pack = null; // What the edge says of the chosen one.
const booth = createBooth(byId('booth'), { kept });

const at = (name, path = '') => `/api/voices/${encodeURIComponent(name)}${path}`;

const languageOf = code => voices.languages.find(one => one.code === code);

function tell(text) {
  setText(byId('problem'), text);
  byId('problem').hidden = text === '';
}

async function attempt(work) {
  tell('');
  try {
    await work();
  } catch (error) {
    tell(troubleOf(error));
  }
}

async function kept(now) {
  pack = now;
  voices = await read('/api/voices');
  showPack();
}

function showPack() {
  const { recorded, needed, use, speaks, language, name } = pack;
  byId('progress').max = needed;
  byId('progress').value = recorded;
  setText(byId('count'), recorded === needed ? `Đã đủ ${needed} từ.` : `Đã có ${recorded} trên ${needed} từ, còn thiếu ${needed - recorded}.`);
  setAttribute(byId('use'), 'aria-checked', use !== 'off');
  byId('use').disabled = use === 'file';
  const other = voices.packs.find(one => one.language === language && one.speaks && one.name !== name);
  setText(byId('use-note'), use === 'file' ? 'Gói này được chọn trong centre.yaml.'
    : speaks && recorded < needed && languageOf(language).onlyRecorded ? 'Loa dùng gói này; câu còn thiếu từ thì chỉ đọc tiếng Việt.'
      : speaks ? 'Loa đang đọc bằng gói này.'
      : use === 'on' && other ? `Gói ${other.name} đứng trước nên loa đọc bằng gói đó.` : 'Loa chưa đọc bằng gói này.');
}

async function open(name) {
  const known = voices.packs.find(one => one.name === name);
  const sound = known !== undefined && known.problem === null;
  byId('pack').value = name ?? '';
  tell(known?.problem ?? '');
  for (const id of ['whole', 'booth', 'words-card']) byId(id).hidden = !sound;
  booth.close();
  if (!sound) return;
  history.replaceState(null, '', `#${name}`);
  const whole = await read(at(name));
  pack = whole.pack;
  showPack();
  await booth.open(at(name), whole.clips, languageOf(pack.language));
}

function listPacks() {
  byId('pack').replaceChildren(
    ...(voices.packs.length === 0 ? [el('option', { value: '' }, 'chưa có gói nào')] : []),
    ...voices.packs.map(one => el('option', { value: one.name }, `${one.name} · ${one.languageName ?? 'có lỗi'}`)));
}

byId('pack').addEventListener('change', event => attempt(() => open(event.target.value)));

byId('use').addEventListener('click', () => attempt(async () => kept((await change('POST', at(pack.name, '/use'), { on: pack.use === 'off' })).pack)));

// Typed as people write it, kept as a folder can be named.
byId('new-name').addEventListener('input', event => {
  event.target.value = event.target.value.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replace(/[\s_]+/g, '-').replace(/[^a-z0-9-]/g, '');
});

byId('create').addEventListener('submit', event => {
  event.preventDefault();
  attempt(async () => {
    const made = await change('POST', '/api/voices', { name: byId('new-name').value, language: byId('new-language').value });
    voices = await read('/api/voices');
    listPacks();
    byId('making').open = false;
    byId('new-name').value = '';
    await open(made.pack.name);
  });
});

async function begin() {
  try {
    setText(byId('name'), (await read('/api/health')).name);
    voices = await read('/api/voices');
  } catch (error) {
    setText(byId('away'), troubleOf(error));
    byId('away').hidden = false;
    setTimeout(begin, 2000);
    return;
  }
  byId('away').hidden = true;
  byId('box').hidden = !voices.microphone;
  byId('making').hidden = !voices.canRecord;
  byId('making').open = voices.packs.length === 0;
  byId('new-language').replaceChildren(...[...voices.languages].sort((a, b) => b.onlyRecorded - a.onlyRecorded).map(one => el('option', { value: one.code }, one.name)));
  listPacks();
  const asked = decodeURIComponent(location.hash.slice(1));
  await attempt(() => open(voices.packs.find(one => one.name === asked)?.name ?? voices.packs[0]?.name));
}

begin();
