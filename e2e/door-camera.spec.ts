import { signIn } from './support/backend.js';
import { expectResult, expectUnsent, openDoor, registered, waitUntilKept } from './support/door.js';
import { launchWithCamera } from './support/fake-camera.js';
import { expect, test } from './support/test.js';
import { texts } from './support/texts.js';

const door = texts('door');

test('CI-03 the camera reads a ticket from its QR code, and a code that is no ticket is not on the list', async ({
  page,
  backend,
  organizer,
  competition,
  baseURL,
}, { project }) => {
  const person = await registered(backend, competition);
  const helper = await backend.addStaff(organizer, competition.id, 'SCANNER');
  const other = await backend.createCompetition(organizer);
  const stranger = await registered(backend, other);
  const options = project.use.launchOptions ?? {};
  const camera = await launchWithCamera(page, [person.svg, stranger.svg], options);
  try {
    const context = await camera.browser.newContext({ ...(baseURL && { baseURL }) });
    const phone = await context.newPage();
    const scripts: string[] = [];
    phone.on('request', (request) => scripts.push(request.url()));
    await signIn(context, helper.email);
    await phone.goto(`/door/${competition.id}`);
    await expect(phone.getByLabel(door('setup.label'))).toBeVisible();
    expect(scripts.filter((url) => url.endsWith('.wasm'))).toEqual([]);
    await openDoor(phone, competition.id, 'Main entrance');
    await phone.getByRole('button', { name: door('camera.start') }).click();
    // The film begins again and again, so that a slow browser does not see every result on time.
    const latest = phone.getByRole('listitem');
    await expect(latest.filter({ hasText: door('result.WELCOME') })).toContainText(person.name);
    await expect(latest.filter({ hasText: door('result.NOT_ON_LIST') }).first()).toBeVisible();
    await expect(latest.filter({ hasText: door('result.ALREADY_IN') }).first()).toContainText(person.name);
    await phone.getByRole('button', { name: door('camera.stop') }).click();
    expect(await backend.checkedIn(organizer, competition)).toBe(1);
  } finally {
    await camera.close();
  }
});

test('CI-08 the camera reads a ticket after the page has been loaded without a network', async ({
  page,
  backend,
  organizer,
  competition,
  baseURL,
}, { project }) => {
  const person = await registered(backend, competition);
  const camera = await launchWithCamera(page, [person.svg], project.use.launchOptions ?? {});
  try {
    const context = await camera.browser.newContext({ ...(baseURL && { baseURL }) });
    const phone = await context.newPage();
    await signIn(context, organizer.email);
    await openDoor(phone, competition.id, 'Main entrance');
    await waitUntilKept(phone);
    await context.setOffline(true);
    await phone.reload();
    await expectResult(phone, 'READY');
    await phone.getByRole('button', { name: door('camera.start') }).click();
    await expectResult(phone, 'WELCOME', person.name, door('result.unchecked'));
    await expectUnsent(phone, 1);
    await phone.getByRole('button', { name: door('camera.stop') }).click();
    expect(await backend.countScans(competition)).toBe(0);
    await context.setOffline(false);
    await expectUnsent(phone, 0);
    expect(await backend.checkedIn(organizer, competition)).toBe(1);
    expect(await backend.countScans(competition)).toBe(1);
  } finally {
    await camera.close();
  }
});
