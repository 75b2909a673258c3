// What stands around every screen: whose machine this is, the time, and the row of helpers at the bottom.

import { byId, el, setText } from '/dom.js';
import { icon } from './icons.js';

const ZONE = { timeZone: 'Asia/Ho_Chi_Minh' };
const clock = new Intl.DateTimeFormat('vi-VN', { ...ZONE, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const days = { vi: new Intl.DateTimeFormat('vi-VN', { ...ZONE, weekday: 'long', day: '2-digit', month: '2-digit', year: 'numeric' }), en: new Intl.DateTimeFormat('en-GB', { ...ZONE, weekday: 'long', day: '2-digit', month: 'long', year: 'numeric' }) };

function helper(name, picture, onclick) {
  const label = el('span', {});
  const node = el('button', { type: 'button', class: 'helper', 'data-field': name, onclick }, icon(picture), label);
  return { node, say: text => setText(label, text) };
}

export function createFrame(app) {
  const read = helper('read', 'speaker', () => app.read());
  const help = helper('help', 'hand', () => app.help());
  const again = helper('reprint', 'printer', () => app.show('again'));
  const language = helper('language', 'globe', () => app.switchLanguage());
  const muong = helper('muong', 'voice', () => app.switchMuong());
  const scan = helper('scan', 'switch', () => app.switchScanning());
  byId('foot').append(help.node, read.node, language.node, muong.node, again.node, scan.node);
  const away = byId('away');
  let taking = false;
  let isCut = false;

  return { draw, tick, cut };

  function draw({ looked, words, language: spoken, muong: alsoMuong, reading, scanning, screen }) {
    taking = screen === 'taking';
    foot();
    document.documentElement.lang = spoken;
    document.title = words.title;
    setText(byId('kind'), words.kind);
    setText(byId('place'), looked.name);
    help.say(looked.helpSince ? words.helpOn : words.help);
    help.node.classList.toggle('on', Boolean(looked.helpSince));
    read.say(reading ? words.stop : words.read);
    read.node.classList.toggle('on', reading);
    language.say(words.otherLanguage);
    language.node.lang = spoken === 'en' ? 'vi' : 'en';
    muong.say(alsoMuong ? words.muongOn : words.muong);
    muong.node.setAttribute('aria-pressed', String(alsoMuong));
    muong.node.classList.toggle('on', alsoMuong);
    muong.node.hidden = !looked.languages.includes('mtq');
    again.say(words.again);
    again.node.hidden = !looked.printer;
    scan.say(scanning === 'off' ? words.scan : words.scanOn);
    scan.node.classList.toggle('on', scanning !== 'off');
  }

  /** @param now The centre's time; null while nobody knows it. */
  function tick(now, spoken) {
    setText(byId('time'), now === null ? '' : clock.format(now));
    setText(byId('date'), now === null ? '' : days[spoken].format(now));
  }

  /** While a number is on its way nothing may take its screen away. */
  function foot() { byId('foot').toggleAttribute('inert', isCut || taking); }

  /** While the line is cut nothing is offered that could not be kept. */
  function cut(on, words) {
    byId('main').toggleAttribute('inert', on);
    isCut = on;
    foot();
    if (away.hidden === !on) return;
    away.hidden = !on;
    away.replaceChildren(...on ? [el('div', { role: 'alert' }, el('h1', {}, words.away), el('p', {}, words.awayText))] : []);
  }
}
