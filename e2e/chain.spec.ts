import type { BrowserContextOptions, Page } from '@playwright/test';
import { isolate, type Language } from '../packages/shared/src/languages.js';
import { PHONE } from './support/accessibility.js';
import { type Account, signIn } from './support/backend.js';
import { finger, type Hands, keyboard, mouse } from './support/hands.js';
import { expectToFit } from './support/phone.js';
import { openCompetition } from './support/registration-panel.js';
import { expect, test } from './support/test.js';
import { texts } from './support/texts.js';

interface Run {
  readonly title: string;
  readonly language: Language;
  readonly browser: BrowserContextOptions;
  readonly applicant: Hands;
  readonly staff: Hands;
  score(page: Page, score: number): Promise<void>;
  /** To the next application, by the key or the button with this name. */
  next(page: Page, name: string): Promise<void>;
  /** Of a page that this run sees for the first time. */
  look(page: Page): Promise<void>;
  readonly written: Record<'question' | 'answer' | 'subject' | 'body' | 'reason', string>;
}

const RUNS: readonly Run[] = [
  {
    title: 'in English, by the keyboard alone for the staff',
    language: 'en',
    browser: {},
    applicant: mouse,
    staff: keyboard,
    score: (page, score) => page.keyboard.press(String(score)),
    next: (page) => page.keyboard.press('j'),
    look: async () => {},
    written: {
      question: 'Why do you want to take part?',
      answer: 'To win.',
      subject: 'Doors open at nine',
      body: 'See you, {{name}}.',
      reason: 'By mistake',
    },
  },
  {
    title: 'in Arabic by touch',
    language: 'ar',
    browser: { viewport: PHONE, hasTouch: true, isMobile: true, locale: 'ar' },
    applicant: finger,
    staff: finger,
    score: (page, score) => page.getByRole('radio', { name: new RegExp(`^${score} `) }).tap(),
    next: (page, name) => page.getByRole('button', { name }).tap(),
    look: expectToFit,
    written: {
      question: 'لماذا تريد المشاركة؟',
      answer: 'لأفوز.',
      subject: 'تُفتح الأبواب في التاسعة',
      body: 'نراك هناك يا {{name}}.',
      reason: 'بالخطأ',
    },
  },
];

for (const { language, browser, applicant, staff, written, ...run } of RUNS)
  test(`AP-08 from applying to the seats, ${run.title}: reviewed, accepted, confirmed or lapsed and promoted, written to, removed and undone`, async ({
    newContext,
    backend,
  }) => {
    const panel = texts('panel', language);
    const applications = texts('applications', language);
    const announcements = texts('announcements', language);
    const registrants = texts('registrants', language);
    const acts = texts('acts', language);
    const mail = texts('mail', language);

    const speaking = async (person: Account): Promise<Account> => {
      await backend.changeAccount(person, { language });
      return person;
    };
    const pageOf = async (person: Account): Promise<Page> => {
      const context = await newContext(browser);
      await signIn(context, person.email);
      return context.newPage();
    };
    const panelOf = (page: Page) => page.getByRole('region', { name: panel('label'), exact: true });
    const panelHeading = (page: Page, name: string) => panelOf(page).getByRole('heading', { name });
    const panelButton = (page: Page, name: string) => panelOf(page).getByRole('button', { name, exact: true });
    const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

    const organizer = await speaking(await backend.signUp('ORGANIZER'));
    await backend.verifyEmail(organizer);
    const competition = await backend.createCompetition(organizer, {
      capacity: 3,
      admissionMode: 'APPROVAL',
      confirmWithinHours: 24,
      questions: [{ id: 'why', kind: 'SHORT_TEXT', label: written.question, required: true }],
    });

    // Five apply, one of them on the page.
    const people: Account[] = [];
    for (let n = 0; n < 5; n++) people.push(await speaking(await backend.signUp('PARTICIPANT')));
    const [ada, ben, lapsing, next, last] = people as [Account, Account, Account, Account, Account];
    const ofAda = await pageOf(ada);
    await openCompetition(ofAda, competition);
    await applicant.type(ofAda.getByRole('textbox', { name: written.question }), written.answer);
    await applicant.press(panelButton(ofAda, panel('action.apply')));
    await expect(panelHeading(ofAda, panel('mine.applied'))).toBeFocused();
    await run.look(ofAda);
    for (const person of [ben, lapsing, next, last])
      await backend.registerWithAnswers(person, competition.id, { why: written.answer });

    // Two reviewers score everybody, one application after the other.
    const reviewing = async (scores: readonly number[]) => {
      const page = await pageOf(await speaking(await backend.addStaff(organizer, competition.id, 'REVIEWER')));
      await page.goto(`/organize/${competition.id}/applications`);
      await staff.press(page.getByRole('button', { name: new RegExp(`^${ada.name}`) }));
      for (const [n, score] of scores.entries()) {
        if (n > 0) await run.next(page, applications('detail.next'));
        await expect(page.getByRole('heading', { name: people[n]!.name })).toBeVisible();
        await run.score(page, score);
        await expect(page.getByText(`· ${applications('review.saved')}`)).toBeVisible();
      }
      await run.look(page);
    };
    await reviewing([5, 5, 4, 3, 2]);
    await reviewing([5, 4, 4, 3, 1]);

    // The four best are accepted: three have to confirm, and one waits.
    const organizing = await pageOf(organizer);
    await organizing.goto(`/organize/${competition.id}/applications`);
    await staff.press(button(organizing, applications('best.open')));
    const best = organizing.getByRole('dialog', { name: applications('best.title') });
    await staff.type(best.getByLabel(applications('best.number')), '4');
    await expect(best.getByRole('list', { name: applications('best.list') }).getByRole('listitem')).toHaveText(
      [ada, ben, lapsing, next].map(
        ({ name }, n) => new RegExp(`${name}.*${applications(n < 3 ? 'best.hold' : 'best.place')}`),
      ),
    );
    await staff.press(button(organizing, applications('dialog.acceptConfirm', { who: 'PEOPLE', count: 4 })));
    await expect(best).toHaveCount(0);

    // Two confirm, the third lets the seat lapse, and the fourth is promoted, told and confirms.
    const ofNext = await pageOf(next);
    await openCompetition(ofNext, competition);
    await expect(panelOf(ofNext).getByRole('status').getByText(panel('live'), { exact: true })).toBeVisible();
    await applicant.press(panelButton(ofAda, panel('action.confirm')));
    await expect(panelHeading(ofAda, panel('mine.registered'))).toBeVisible();
    await backend.confirm(ben, competition.id);
    await backend.endHoldIn(competition, lapsing, 1);
    await expect(panelHeading(ofNext, panel('mine.held'))).toBeVisible();
    await applicant.press(panelButton(ofNext, panel('action.confirm')));
    await expect(panelHeading(ofNext, panel('mine.registered'))).toBeVisible();
    const ofLapsing = await pageOf(lapsing);
    await openCompetition(ofLapsing, competition);
    await expect(panelHeading(ofLapsing, panel('ended.EXPIRED'))).toBeVisible();
    const title = { competition: isolate(language, competition.title) };
    for (const [person, subject] of [
      [next, mail('held.title', title)],
      [lapsing, mail('expired.title', title)],
    ] as const)
      await expect.poll(() => backend.textsOf(person, '/mailbox')).toContain(subject);

    // An announcement reaches those who have confirmed, and nobody else.
    await organizing.goto(`/organize/${competition.id}/announcements/new`);
    await staff.type(organizing.getByLabel(announcements('form.subject')), written.subject);
    await staff.type(organizing.getByLabel(announcements('form.body')), written.body);
    await staff.press(organizing.getByLabel(announcements('audience.some')));
    await staff.press(organizing.getByRole('checkbox', { name: announcements('audience.SEATED'), exact: true }));
    await run.look(organizing);
    await staff.press(button(organizing, announcements('form.preview')));
    await staff.press(button(organizing, announcements('preview.send', { count: 3 })));
    const undoBar = organizing.getByRole('region', { name: acts('label') });
    await expect(undoBar).toContainText(acts('announcement', { count: 3 }));
    await backend.setUndoTime(competition, 0);
    await expect(organizing.getByText(announcements('sent.progress', { written: 3, total: 3 }))).toBeVisible();
    await run.look(organizing);
    const hasIt = async (person: Account) => (await backend.textsOf(person, '/mailbox')).includes(written.subject);
    expect(await Promise.all(people.map(hasIt))).toEqual([true, true, false, true, false]);

    // The three are removed, and that is undone.
    await organizing.goto(`/organize/${competition.id}?show=seated`);
    await staff.press(organizing.getByRole('checkbox', { name: registrants('selectPage') }));
    await run.look(organizing);
    await staff.press(button(organizing, registrants('selection.remove')));
    const removal = { who: 'PEOPLE', count: 3 };
    const dialog = organizing.getByRole('dialog', { name: registrants('removeSeveral.title', removal) });
    await staff.type(dialog.getByLabel(registrants('removeDialog.reason')), written.reason);
    await staff.press(dialog.getByRole('button', { name: registrants('removeSeveral.confirm', removal) }));
    await expect(undoBar).toContainText(acts('removal', { count: 3 }));
    await backend.setUndoTime(competition, 60);
    await staff.press(undoBar.getByRole('button', { name: acts('undo') }));
    await expect(organizing.getByText(acts('undoneRemoval'))).toBeVisible();

    const states = await backend.registrations(organizer, competition.id);
    const statusOf = ({ name }: Account) => states.find((state) => state.name === name)?.status;
    expect(people.map(statusOf)).toEqual(['CONFIRMED', 'CONFIRMED', 'CANCELLED', 'CONFIRMED', 'APPLIED']);
  });
