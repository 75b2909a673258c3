// What is new in a picture. Pictures are whole, so this alone decides what people should look up at, and that nothing rings twice.

export function createNews() {
  let epoch = null;
  let newest = 0;
  let round = 0;
  let first = 0;

  /**
   * @param back It is the first picture after a time without connection: what happened meanwhile is marked, but rings no more.
   * @returns calls: ids to mark; stage: the call on the stage is to be marked; ring: how to ring, by the setting that asks for it.
   */
  return function take(picture, back) {
    const calls = picture.calls;
    const flash = picture.flash ? picture.flash.round : 0;
    const lead = calls.length > 0 ? calls[0].id : 0;
    const fresh = picture.epoch === epoch ? calls.filter(call => call.id > newest).map(call => call.id) : [];
    const again = picture.epoch === epoch && picture.flash && flash !== round && calls.some(call => call.id === picture.flash.call) ? picture.flash.call : 0;
    // The voice has come to a call that stood below until now.
    const turned = picture.epoch === epoch && lead !== first && picture.spoken === lead;
    if (picture.epoch !== epoch) newest = 0;
    epoch = picture.epoch;
    round = flash;
    first = lead;
    for (const call of calls) newest = Math.max(newest, call.id);
    if (again !== 0 && fresh.indexOf(again) < 0) fresh.push(again);
    return { calls: fresh, stage: lead !== 0 && (turned || fresh.indexOf(lead) >= 0), ring: back ? '' : again !== 0 ? 'backup' : fresh.length > 0 ? 'calls' : '' };
  };
}
