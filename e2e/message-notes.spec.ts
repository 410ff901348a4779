import { expectAccessible } from './support/accessibility.js';
import { signIn } from './support/backend.js';
import { expect, test } from './support/test.js';
import { texts } from './support/texts.js';

const t = texts('messageNotes');
const history = texts('history');

test('an organizer adds a note to a message in two languages, sees how it reads, and removes it', async ({
  page,
  context,
  organizer,
  competition,
}) => {
  await signIn(context, organizer.email);
  await page.goto(`/competitions/${competition.id}/edit`);
  const section = page.getByRole('region', { name: t('title') });
  const note = section.getByLabel(t('note'), { exact: true });
  const language = section.getByLabel(t('language'));
  await section.getByLabel(t('message')).selectOption('WAITING');
  await note.fill('Please keep an eye on your mail.');
  await language.selectOption('de');
  await expect(note).toHaveValue('');
  await note.fill('Bitte hab Geduld.');
  await section.getByRole('button', { name: t('preview') }).click();
  await expect(section.getByText(/Hinweis der Veranstaltungsleitung:\s+Bitte hab Geduld\./)).toBeVisible();
  await expectAccessible(page, 'a note with its preview');
  await section.getByRole('button', { name: t('save') }).click();
  await expect(section.getByText(t('saved'))).toBeVisible();
  // What was typed for another language is still there.
  await language.selectOption('en');
  await expect(note).toHaveValue('Please keep an eye on your mail.');
  await section.getByRole('button', { name: t('save') }).click();
  await expect(section.getByText(t('saved'))).toBeVisible();
  await page.reload();
  await section.getByLabel(t('message')).selectOption({ label: t('hasNote', { name: t('kind.WAITING') }) });
  await expect(note).toHaveValue('Please keep an eye on your mail.');
  await section.getByRole('button', { name: t('remove') }).click();
  await expect(section.getByText(t('removed'))).toBeVisible();
  await expect(note).toBeFocused();
  await expect(note).toHaveValue('');
  await page.goto(`/organize/${competition.id}/history`);
  await expect(page.getByText(history('field.note')).first()).toBeAttached();
});
