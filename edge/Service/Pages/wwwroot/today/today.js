// The day in one page for the director: what was done, who waits, how it went, what does not work.

import { byId, el, setAttribute, setText } from '/dom.js';
import { deviceName, placeName } from '../staff/devices.js';
import { follow, minutesOf } from '../staff/live.js';
import { enter, offerLeaving } from '../staff/session.js';
import { chart } from './chart.js';

const RATINGS = [['very-satisfied', 'Rất hài lòng'], ['satisfied', 'Hài lòng'], ['not-satisfied', 'Chưa hài lòng']];
const KINDS = { other: 'cần người', technical: 'máy tính, mạng, máy in', device: 'thiết bị có lỗi', home: 'phục vụ tại nhà', emergency: 'KHẨN CẤP' };
let entering = false;

const live = follow('/api/today/stream', {
  picture: show,
  changed: holds => setAttribute(byId('main'), 'data-state', holds ? 'live' : 'cut'),
  refused: begin,
  tick: () => figures(live.picture()),
});

const minutes = seconds => seconds === null ? '–' : seconds < 60 ? 'dưới 1' : String(Math.round(seconds / 60));

function show(day) {
  setText(byId('centre'), `Trung tâm Phục vụ hành chính công · ${day.centre}`);
  setText(byId('date'), day.date === null ? '' : `${day.date.split('-').reverse().join('/')}${day.closed ? ' (đã đóng ngày)' : ''}`);
  byId('no-pins').hidden = day.pinsSet;
  setText(byId('stopped'), day.stopped ?? '');
  byId('stopped').hidden = day.stopped === null;
  figures(day);
  fill('chart', day.curve, () => [chart(day.curve)]);
  fill('curve', day.curve, () => table(['Từ lúc', 'Người chờ nhiều nhất'], day.curve.map(point => [point.at, point.waiting]), 'Hôm nay chưa có ai lấy số.'));
  fill('services', day.services, () => table(['Lĩnh vực', 'Đang chờ', 'Lấy số', 'Phục vụ', 'Lỡ', 'Hết hạn', 'Chờ (phút)'], day.services.map(({ name, waiting, paused, figures: of }) => [
    paused ? `${name} (tạm ngừng)` : name, waiting, of.issued, of.served + of.inferred, of.missed, of.expired, minutes(of.waitingMedianSeconds),
  ])));
  fill('counters', day.counters, () => table(['Quầy', '«Đang ở quầy', 'Phục vụ', 'Lỡ', 'Phục vụ (phút/lượt)'], day.counters.map(({ number, ticket, paused, figures: of }) => [
    `Quầy ${number}`, paused === null ? ticket ?? '–' : `tạm ngừng: ${paused}`, of.served + of.inferred, of.missed, minutes(of.serviceMedianSeconds),
  ])));
  fill('longest', day.longest, () => table(['Số', '«Lĩnh vực', 'Quầy gọi', 'Đã chờ (phút)'], day.longest.map(wait => [wait.number, wait.service, wait.counter, wait.minutes]), 'Hôm nay chưa gọi ai.'));
  fill('ratings', day.ratings, () => ratings(day.ratings));
  const broken = day.devices.filter(device => device.title !== null);
  setText(byId('ready'), `${day.devices.filter(device => device.state === 'ready').length} thiết bị và phần mềm sẵn sàng${broken.length === 0 ? '; không có lỗi nào.' : `, ${broken.length} có lỗi:`}`);
  fill('devices', broken, () => broken.map(device => el('li', {}, el('b', {}, deviceName(device)), device.whatToDo ? `${device.title}. ${device.whatToDo}` : device.title)));
  fill('help', day.help, () => day.help.length === 0 ? [el('li', { class: 'empty' }, 'Không ai đang chờ đội hỗ trợ.')]
    : day.help.map(one => el('li', {}, el('b', {}, one.kind === 'home' ? `Mã ${one.place}` : placeName(one.place)), [KINDS[one.kind] ?? KINDS.other, one.area, one.takenBy === null ? 'chưa ai nhận' : `số ${one.takenBy} đã nhận`].filter(Boolean).join(' · '))));
}

function figures(day) {
  const of = day.total;
  const rows = [
    ['Đang chờ', day.waiting], ['Chờ lâu nhất', day.longestSince === null ? '–' : minutesOf(live.since(day.longestSince)).replace(' phút', '′').replace('dưới 1′', '< 1′').replace(' giờ', 'h')],
    ['Đã lấy số', of.issued], ['Đã phục vụ', of.served + of.inferred], ['Lỡ lượt', of.missed], ['Hết hạn, hủy', of.expired + of.cancelled], ['Chờ trung vị (phút)', minutes(of.waitingMedianSeconds).replace('dưới', '<')],
  ];
  fill('figures', rows, () => rows.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, String(value)))));
}

function table(heads, rows, none = 'Chưa có.') {
  // A heading that begins with « is of words, which stand on the left.
  const words = index => heads[index].startsWith('«') && 'words';
  return [
    el('thead', {}, el('tr', {}, heads.map((head, index) => el('th', { scope: 'col', class: words(index) }, head.replace('«', ''))))),
    el('tbody', {}, rows.length === 0 ? el('tr', {}, el('td', { colspan: heads.length, class: 'empty' }, none))
      : rows.map(row => el('tr', {}, row.map((cell, index) => el(index === 0 ? 'th' : 'td', { scope: index === 0 && 'row', class: words(index) }, String(cell)))))),
  ];
}

function ratings(given) {
  const all = Object.values(given).reduce((sum, one) => sum + one, 0);
  if (all === 0) return [el('p', { class: 'empty' }, 'Chưa có đánh giá.')];
  return RATINGS.map(([word, name]) => {
    const count = given[word] ?? 0;
    return el('div', { class: 'bar' }, el('span', {}, name), el('progress', { max: all, value: count, 'aria-label': name }), el('span', {}, `${count} (${Math.round(count * 100 / all)} %)`));
  });
}

function fill(id, key, make) {
  const [node, text] = [byId(id), JSON.stringify(key)];
  if (node.dataset.key === text) return;
  node.dataset.key = text;
  node.replaceChildren(...make());
}

async function begin() {
  if (entering) return;
  entering = true;
  live.stop();
  try {
    const who = await enter();
    if (who.needed && who.role !== 'director') {
      setText(byId('cut'), 'Trang này dành cho giám đốc trung tâm; bấm «Thoát» rồi đăng nhập bằng mã PIN của giám đốc.');
      byId('cut').hidden = false;
    } else {
      live.begin();
    }
  } catch (refusal) {
    setText(byId('cut'), refusal.message);
    byId('cut').hidden = false;
    setTimeout(begin, 3000);
  }
  entering = false;
}

byId('print').addEventListener('click', () => window.print());
document.addEventListener('visibilitychange', () => (document.hidden ? live.stop() : begin()));
offerLeaving();
begin();
