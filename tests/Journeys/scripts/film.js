/* Two seconds of a moving square as a WebM file, in base64. */
async () => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 180 });
  const pen = canvas.getContext('2d');
  const parts = [];
  const recorder = new MediaRecorder(canvas.captureStream(10), { mimeType: 'video/webm' });
  recorder.ondataavailable = event => parts.push(event.data);
  const whole = new Promise(done => { recorder.onstop = done; });
  recorder.start();
  for (let frame = 0; frame < 20; frame += 1) {
    pen.fillStyle = '#204060';
    pen.fillRect(0, 0, 320, 180);
    pen.fillStyle = '#ffe066';
    pen.fillRect(frame * 14, 60, 40, 60);
    await new Promise(later => setTimeout(later, 100));
  }
  recorder.stop();
  await whole;
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  return btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
}
