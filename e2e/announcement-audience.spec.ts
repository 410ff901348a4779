import { expectAccessible } from './support/accessibility.js';
import { inDays, signIn } from './support/backend.js';
import { expect, test } from './support/test.js';
import { texts } from './support/texts.js';

const t = texts('announcements');
const problems = texts('problems');

const SIZE = { id: 'size', kind: 'CHOICE', label: 'T-shirt', required: true, options: ['S', 'M', 'L'] };
const BUS = { id: 'bus', kind: 'YES_NO', label: 'Do you take the bus?', required: false };

test('a manager writes to people with certain answers, and learns when one is no longer offered', async ({
  page,
  context,
  backend,
}) => {
  const organizer = await backend.signUp('ORGANIZER');
  const competition = await backend.createCompetition(organizer, { questions: [SIZE, BUS] });
  for (const answers of [
    { size: 'S', bus: true },
    { size: 'M', bus: true },
    { size: 'M', bus: false },
  ])
    await backend.registerWithAnswers(await backend.signUp('PARTICIPANT'), competition.id, answers);
  const preview = page.getByRole('button', { name: t('form.preview'), exact: true });
  const recipients = (count: number) => page.getByRole('heading', { name: t('preview.recipients', { count }) });
  const question = (label: string) => page.locator('summary').filter({ hasText: label });

  await signIn(context, organizer.email);
  await page.goto(`/organize/${competition.id}/announcements/new`);
  await page.getByLabel(t('form.subject')).fill('Your shirt');
  await page.getByLabel(t('form.body')).fill('You get it at the door.');
  await page.getByLabel(t('audience.some')).check();
  await question(SIZE.label).press('Enter');
  await page.getByRole('checkbox', { name: 'M', exact: true }).check();
  await expect(question(SIZE.label)).toContainText('M');
  await preview.click();
  await expect(page.getByText(t('form.audienceMissing'))).toBeVisible();
  await page.getByRole('checkbox', { name: t('audience.SEATED'), exact: true }).check();
  await preview.click();
  await expect(recipients(2)).toBeVisible();
  await question(BUS.label).press('Enter');
  await page.getByRole('checkbox', { name: 'Yes', exact: true }).check();
  await preview.click();
  await expect(recipients(1)).toBeVisible();
  await expectAccessible(page, 'an audience by answers');

  const questions = [{ ...SIZE, options: ['S', 'L'] }, BUS];
  await backend.edit(organizer, competition, { questions });
  await page.reload();
  await expect(page.getByText(t('audience.outdated'))).toBeVisible();
  await preview.click();
  await expect(page.getByText(problems('title.AUDIENCE_OUTDATED'))).toBeVisible();
  const gone = page.getByRole('checkbox', { name: new RegExp(t('audience.noLongerOffered')) });
  await gone.uncheck();
  await expect(gone).toBeFocused();
  await expect(page.getByText(t('audience.outdated'))).toBeHidden();
  await preview.click();
  await expect(recipients(2)).toBeVisible();
});

test('TM-24, CI-13 a manager writes to one team, found by the name of a member, and to those who have not come in', async ({
  page,
  context,
  backend,
  organizer,
}) => {
  const competition = await backend.createCompetition(organizer, { teamMin: 1, teamMax: 3, startDate: inDays(6) });
  const [owls, cats] = [await backend.createTeam(competition, 2), await backend.createTeam(competition, 1)];
  for (const team of [owls, cats]) await backend.registerTeam(team, competition.id);
  const scanner = await backend.addStaff(organizer, competition.id, 'SCANNER');
  await backend.checkIn(scanner, competition, [owls.people[0]!], 'North');
  const preview = page.getByRole('button', { name: t('form.preview'), exact: true });
  const recipients = (count: number) => page.getByRole('heading', { name: t('preview.recipients', { count }) });

  await signIn(context, organizer.email);
  await page.goto(`/organize/${competition.id}/announcements/new`);
  await page.getByLabel(t('form.subject')).fill('Your table');
  await page.getByLabel(t('form.body')).fill('It is table two.');
  await page.getByLabel(t('audience.some')).check();
  await page.getByRole('checkbox', { name: t('audience.SEATED'), exact: true }).check();
  await page.getByLabel(t('audience.findTeam')).fill(owls.people[1]!.name);
  await expect(page.getByText(t('audience.foundTeams', { count: 1 }))).toBeVisible();
  await page.getByRole('checkbox', { name: owls.name }).check();
  await expect(page.getByText(t('audience.chosenTeams', { count: 1 }))).toBeVisible();
  await expectAccessible(page, 'an audience by teams');
  await preview.click();
  await expect(recipients(2)).toBeVisible();
  await page.waitForURL(/announcements\/[\w-]{36}/);
  await page.getByLabel(t('audience.notCheckedIn')).check();
  await preview.click();
  await expect(recipients(1)).toBeVisible();

  await page.goto(page.url().replace(/\?.*/, ''));
  await expect(page.getByRole('checkbox', { name: owls.name })).toBeChecked();
  await expect(page.getByLabel(t('audience.notCheckedIn'))).toBeChecked();
  await page.getByRole('checkbox', { name: owls.name }).uncheck();
  await preview.click();
  await expect(recipients(2)).toBeVisible();
});
