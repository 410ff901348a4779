import { expectAccessible } from './support/accessibility.js';
import { signIn } from './support/backend.js';
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
