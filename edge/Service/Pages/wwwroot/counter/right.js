// What the big button does now, and what the others may. Read from the picture alone, so that two windows of one counter always offer the same.

const WORDS = { finish: 'xong', miss: 'lỡ lượt', park: 'tạm gác', transfer: 'chuyển', cancel: 'hủy' };

const nothing = (label, en) => ({ verb: null, label, en });

/** The next right thing: its verb (null: nothing now), and how the button reads. */
export function rightThing(picture) {
  const { here, paused, stopped, selfService, waiting, next } = picture;
  const somebody = waiting > 0 || next.length > 0;
  if (paused) return { verb: 'resume', label: 'Mở lại quầy', en: 'Reopen the counter', tone: 'good' };
  if (here && selfService) return { verb: 'free', label: 'Máy đã trống', en: 'The PC is free' };
  if (here?.stage === 'called') return { verb: 'serve', label: 'Bắt đầu phục vụ', en: 'The citizen is here', tone: 'good' };
  if (here) return somebody && !stopped ? { verb: 'next', label: 'Xong & gọi tiếp', en: 'Done, call the next' } : { verb: 'done', label: 'Xong', en: 'Done' };
  if (stopped) return nothing('Trung tâm tạm ngừng', 'The centre pauses');
  return somebody ? { verb: 'next', label: 'Gọi số tiếp theo', en: 'Call the next number' } : nothing('Chưa có ai chờ', 'Nobody is waiting');
}

/** The other keys: 2 to 9, with what each may do now and why not. */
export function otherThings(picture, until, minutes) {
  const { here, paused, undo, help } = picture;
  const called = here?.stage === 'called';
  const left = undo ? Math.ceil(until(undo.until) / 1000) : 0;
  return [
    { key: '2', verb: 'recall', label: 'Gọi lại', en: called ? `Call again · lượt ${here.calls + 1}` : 'Call again', can: called },
    { key: '3', verb: 'done', label: 'Chỉ xong', en: 'Done, call nobody', can: Boolean(here) },
    { key: '4', verb: 'missed', label: 'Lỡ lượt', en: missNote(here, called, until), can: called && here.missFrom !== null && until(here.missFrom) <= 0 },
    { key: '5', verb: 'park', label: 'Tạm gác…', en: 'Park', can: Boolean(here) },
    { key: '6', verb: 'transfer', label: 'Chuyển…', en: 'Transfer', can: Boolean(here) },
    paused ? { key: '7', verb: 'resume', label: 'Mở lại quầy', en: 'Reopen', can: true } : { key: '7', verb: 'pause', label: 'Tạm ngừng…', en: 'Pause', can: true },
    { key: '8', verb: 'help', label: help === null ? 'Gọi hỗ trợ…' : 'Đang gọi hỗ trợ', en: help === null ? 'Call for help' : minutes(help), can: true, on: help !== null },
    left > 0
      ? { key: '9', verb: 'undo', label: `Hoàn tác (${left})`, en: `${WORDS[undo.action]} ${undo.number}`, can: true, on: true }
      : { key: '9', verb: 'undo', label: 'Hoàn tác', en: 'Undo, within 5 s', can: false },
  ];
}

function missNote(here, called, until) {
  if (!called) return 'Missed';
  if (here.callsToMiss > 0) return `còn ${here.callsToMiss} lượt gọi`;
  const wait = Math.ceil(until(here.missFrom) / 1000);
  return wait > 0 ? `chờ ${wait} giây` : 'Missed';
}

/** What to say of an action that was done. */
export function doneWord(verb, answer, undo) {
  if (verb === 'recall') return `Đã gọi lại số ${answer.called}, lượt ${answer.calls}.`;
  if (answer.called) return `Đã gọi số ${answer.called}.`;
  if (answer.missed) return `Số ${answer.missed} lỡ lượt.`;
  if (answer.done) return `Đã xong số ${answer.done}.`;
  if (verb === 'undo' && undo) return `Đã hoàn tác: ${WORDS[undo.action]} ${undo.number}.`;
  return { serve: 'Đang phục vụ.', park: 'Đã tạm gác.', transfer: 'Đã chuyển.', pause: 'Quầy tạm ngừng.', resume: 'Quầy đã mở lại.', help: 'Đã báo đội hỗ trợ.', return: 'Đã trả về hàng chờ, đúng chỗ cũ.' }[verb] ?? 'Đã làm.';
}
