// A client that is none of ours asks a camera's service: onvif.mjs PORT USER PASSWORD. It prints what it understood as one line of JSON.
import onvif from 'onvif';

const [port, username, password] = process.argv.slice(2);
const quiet = setTimeout(() => { console.error('no answer'); process.exit(2); }, 15000);
const camera = new onvif.Cam({ hostname: '127.0.0.1', port: Number(port), username, password, timeout: 5000, preserveAddress: true }, async error => {
  if (error) { console.error(String(error)); process.exit(1); }
  const ask = (name, ...given) => new Promise((done, fail) => camera[name](...given, (problem, answer) => problem ? fail(problem) : done(answer)));
  try {
    const time = await ask('getSystemDateAndTime');
    const model = await ask('getDeviceInformation');
    const snapshot = await ask('getSnapshotUri', { profileToken: 'Profile_1' });
    await ask('createPullPointSubscription');
    const notices = await ask('pullMessages', { timeout: 5000, messageLimit: 10 });
    const messages = [notices.notificationMessage ?? []].flat();
    console.log(JSON.stringify({
      year: time.getFullYear(), model: model.model, maker: model.manufacturer, snapshot: snapshot.uri,
      topics: messages.map(one => one.topic._ ?? one.topic), values: messages.map(one => one.message.message.data.simpleItem.$.Value),
    }));
    clearTimeout(quiet);
    process.exit(0);
  } catch (problem) { console.error(String(problem)); process.exit(1); }
});
