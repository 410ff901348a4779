import { signIn } from './support/backend.js';
import { expectResult, openDoor, scanWithHandScanner } from './support/door.js';
import { expect, test } from './support/test.js';
import { texts } from './support/texts.js';

const door = texts('door');

test('CI-08 a browser that reads QR codes itself reads a ticket, without our reader', async ({
  context,
  page,
  backend,
  organizer,
  competition,
}) => {
  const person = await backend.signUp('PARTICIPANT');
  await backend.register(person, competition.id);
  const { ticket } = await backend.ticketOf(person, competition.id);
  await signIn(context, organizer.email);
  const requested: string[] = [];
  page.on('request', (request) => requested.push(request.url()));
  // As Chrome on Android, which this machine has not.
  await page.addInitScript((rawValue) => {
    class BarcodeDetector {
      static readonly getSupportedFormats = async () => ['qr_code'];
      readonly detect = async (video: HTMLVideoElement) => (video.videoWidth > 0 ? [{ rawValue }] : []);
    }
    Object.assign(globalThis, { BarcodeDetector });
    navigator.mediaDevices.getUserMedia = async () => {
      const canvas = document.createElement('canvas');
      const draw = () => canvas.getContext('2d')?.fillRect(0, 0, Math.random() * 100, 100);
      setInterval(draw, 50);
      return canvas.captureStream();
    };
  }, ticket);
  await openDoor(page, competition.id, 'Main entrance');
  await page.getByRole('button', { name: door('camera.start') }).click();
  await expectResult(page, 'WELCOME', person.name);
  await page.getByRole('button', { name: door('camera.stop') }).click();
  expect(requested.filter((url) => url.endsWith('.wasm'))).toEqual([]);
  await expect.poll(() => backend.checkedIn(organizer, competition)).toBe(1);
});

test('a door sounds and vibrates once for each scan, each result in its own way, and only vibrates without sound', async ({
  context,
  page,
  backend,
  organizer,
  competition,
}) => {
  const [person, late] = [await backend.signUp('PARTICIPANT'), await backend.signUp('PARTICIPANT')];
  const tickets: string[] = [];
  for (const one of [person, late]) {
    await backend.register(one, competition.id);
    tickets.push((await backend.ticketOf(one, competition.id)).ticket);
  }
  await backend.leave(late, competition.id);
  await signIn(context, organizer.email);
  await page.addInitScript(() => {
    const signals: string[] = [];
    Object.assign(globalThis, { signals });
    navigator.vibrate = (pattern) => {
      signals.push(`vibrates ${pattern}`);
      return true;
    };
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function (when) {
      signals.push(`sounds ${this.frequency.value}`);
      start.call(this, when);
    };
  });
  const signals = () => page.evaluate(() => (globalThis as unknown as { signals: string[] }).signals);
  const expected: string[] = [];
  const expectSignals = async (ticket: string, result: string, ...added: string[]) => {
    await scanWithHandScanner(page, ticket);
    await expectResult(page, result);
    expected.push(...added);
    await expect.poll(signals).toEqual(expected);
  };
  await openDoor(page, competition.id, 'Main entrance');
  const [own, ended] = tickets as [string, string];
  await expectSignals(own, 'WELCOME', 'vibrates 90', 'sounds 660', 'sounds 990');
  await expectSignals(own, 'ALREADY_IN', 'vibrates 90,70,90', 'sounds 440', 'sounds 440');
  await expectSignals(ended, 'ENDED', 'vibrates 350', 'sounds 300', 'sounds 180');
  await page.getByRole('button', { name: door('connection.details') }).click();
  await page.getByRole('button', { name: door('sound.off') }).click();
  await expect(page.getByRole('button', { name: door('sound.on') })).toBeVisible();
  await expectSignals(own, 'ALREADY_IN', 'vibrates 90,70,90');
});
