import { LANGUAGES } from '@mini-compete/shared/languages';
import { MessageKind } from '@mini-compete/shared/mailbox';
import { describe, expect, it } from 'vitest';
import { readerOf } from './reader.js';
import { type MessageContent, type Origin, renderMessage } from './render-message.js';

const competition = {
  title: 'Winter Cup (2)',
  startDate: new Date('2026-05-01T10:00:00Z'),
  endDate: new Date('2026-05-01T12:00:00Z'),
  location: 'Main Hall 3',
};
const instant = new Date('2026-05-01T10:00:00Z');
const team = { name: 'Night Owls', captain: 'Ada' };
const PARAMS = {
  CONFIRMED: { ...competition, by: 'REGISTRATION' },
  WAITING: { ...competition, by: 'REGISTRATION', mustConfirm: false },
  APPLIED: { ...competition, by: 'REGISTRATION', decisionsBy: instant },
  REJECTED: { ...competition, reason: 'Too young' },
  HELD: { ...competition, by: 'WAITLIST', heldUntil: instant },
  HOLD_ENDING: { ...competition, heldUntil: instant },
  EXPIRED: { ...competition, heldUntil: instant, byApplying: false },
  LEFT: { ...competition, isApplication: false },
  REMOVED: { ...competition, reason: 'No shoes' },
  COMPETITION_CHANGED: { ...competition, what: ['date', 'place'] },
  ADDRESS_CHANGED: { email: 'new@example.org' },
  STAFF_INVITED: {
    ...competition,
    role: 'MANAGER',
    inviter: 'Ada',
    email: 'grace@example.org',
    expiresAt: new Date('2026-05-01T10:00:00Z'),
  },
  INVITED: {
    ...competition,
    inviter: 'Ada',
    email: 'grace@example.org',
    message: 'Bring a board.',
    expiresAt: instant,
  },
  INVITATION_WITHDRAWN: { ...competition, isCancelled: false },
  INVITATION_EXPIRED: { ...competition, expiresAt: instant },
  STAFF_JOINED: { ...competition, role: 'OWNER', name: 'Grace' },
  STAFF_ROLE_CHANGED: { ...competition, role: 'SCANNER' },
  ANNOUNCEMENT: {
    subject: competition.title,
    text: 'Doors open at ten.',
    html: '<p>Doors open at ten.</p>',
    isTest: true,
  },
  TEAM_JOINED: { ...competition, team, standing: 'SEATED', heldUntil: null, position: null, mustConfirm: false },
  TEAM_CHANGED: { ...competition, team, event: 'JOINED', name: 'Grace' },
  TEAM_BELOW_MINIMUM: { ...competition, team, missing: 2, locksAt: instant },
  TEAM_TOO_SMALL: { ...competition, team, teamMin: 3 },
  NEW_SIGN_IN: { device: 'Firefox on Linux', address: '192.0.2.1', at: new Date('2026-05-01T10:00:00Z') },
} as const;
const contentOf = (kind: MessageKind) =>
  ({ kind, params: kind in PARAMS ? PARAMS[kind as keyof typeof PARAMS] : competition }) as MessageContent;
const render = (kind: MessageKind, language: string | null, timeZone: string | null = null) =>
  renderMessage(contentOf(kind), readerOf({ language, timeZone }));

const ABOUT_ACCOUNTS: readonly MessageKind[] = ['NEW_SIGN_IN', 'ADDRESS_CHANGED', 'EXPORT_READY'];

/** Each variant of the messages to the members of a team. */
const ABOUT_TEAMS = [
  ...(['HOLD', 'APPLICATION', 'REGISTRATION', 'REINSTATEMENT'] as const).map((by) => ({
    kind: 'CONFIRMED',
    params: { by },
  })),
  { kind: 'PROMOTED', params: {} },
  ...[true, false].flatMap((mustConfirm) =>
    (['APPLICATION', 'REGISTRATION'] as const).map((by) => ({ kind: 'WAITING', params: { by, mustConfirm } })),
  ),
  ...(['REGISTRATION', 'REINSTATEMENT'] as const).map((by) => ({ kind: 'APPLIED', params: { by, decisionsBy: null } })),
  { kind: 'DECISIONS_LATE', params: {} },
  { kind: 'REJECTED', params: { reason: null } },
  ...(['WAITLIST', 'APPLICATION', 'REINSTATEMENT'] as const).map((by) => ({
    kind: 'HELD',
    params: { by, heldUntil: instant },
  })),
  { kind: 'HOLD_ENDING', params: { heldUntil: instant } },
  ...[true, false].map((byApplying) => ({ kind: 'EXPIRED', params: { heldUntil: instant, byApplying } })),
  { kind: 'NOT_PROMOTED', params: {} },
  ...[true, false].map((isApplication) => ({ kind: 'LEFT', params: { isApplication } })),
  { kind: 'LEFT', params: { isApplication: false, isMembership: true } },
  { kind: 'REMOVED', params: { reason: null } },
  { kind: 'REMOVED', params: { reason: null, isMembership: true } },
  { kind: 'NO_SHOW', params: { isMembership: true } },
  ...(['UNREGISTERED', 'SEATED', 'HELD', 'WAITLISTED', 'APPLIED'] as const).map((standing) => ({
    kind: 'TEAM_JOINED',
    params: { standing, heldUntil: instant, position: 3, mustConfirm: true },
  })),
  { kind: 'TEAM_JOINED', params: { standing: 'WAITLISTED', heldUntil: null, position: 3, mustConfirm: false } },
  ...(['JOINED', 'LEFT', 'REMOVED', 'NO_SHOW', 'ERASED', 'CAPTAIN'] as const).map((event) => ({
    kind: 'TEAM_CHANGED',
    params: { event, name: event === 'ERASED' ? '' : 'Grace' },
  })),
  { kind: 'TEAM_BELOW_MINIMUM', params: { missing: 1, locksAt: instant } },
  { kind: 'TEAM_TOO_SMALL', params: { teamMin: 11 } },
] as const;

describe('a message', () => {
  it.each(LANGUAGES)('LA-11: of each kind is complete in %s', (language) => {
    for (const kind of MessageKind.options) {
      const { title, text } = render(kind, language);
      for (const part of [title, text]) {
        expect(part).toMatch(/\p{L}{3}/u);
        expect(part).not.toMatch(/[{}]|undefined|null|mail\./);
      }
      if (!ABOUT_ACCOUNTS.includes(kind)) expect(title).toContain(competition.title);
      const english = render(kind, 'en');
      if (language !== 'en') expect([title, text]).not.toEqual([english.title, english.text]);
    }
  });

  it.each(LANGUAGES)(
    'TM-20: about a team is complete in %s, and differs for its captain where the captain has to act',
    (language) => {
      const reader = readerOf({ language, timeZone: null });
      const textOf = (content: MessageContent) => {
        const { title, text } = renderMessage(content, reader);
        for (const part of [title, text]) {
          expect(part).toMatch(/\p{L}{3}/u);
          expect(part).not.toMatch(/[{}]|undefined|null|mail\./);
        }
        expect(`${title} ${text}`).toContain(team.name);
        return text;
      };
      const to = (captain: string | null) => ({ ...competition, team: { ...team, captain } });
      const texts = (captain: string | null) =>
        ABOUT_TEAMS.map((content) =>
          textOf({ ...content, params: { ...content.params, ...to(captain) } } as MessageContent),
        );
      const [ofMember, ofCaptain] = [texts('Ada'), texts(null)];
      const differing = ABOUT_TEAMS.filter((_, n) => ofMember[n] !== ofCaptain[n]).map(({ kind }) => kind);
      expect(new Set(differing)).toEqual(
        new Set(['CONFIRMED', 'WAITING', 'APPLIED', 'HELD', 'HOLD_ENDING', 'LEFT', 'TEAM_JOINED', 'TEAM_CHANGED']),
      );
    },
  );

  it('U2: tells the time in the zone of its reader, with the name of the zone', () => {
    const when = (language: string, timeZone: string | null) =>
      /^[^\n]+2026[^\n]+$/m.exec(render('CONFIRMED', language, timeZone).text)?.[0];
    expect(when('en', 'Europe/Berlin')).toMatch(/^When:\s.*1 May 2026.*12:00.14:00 CEST$/u);
    expect(when('de', 'Europe/Berlin')).toMatch(/^Wann:\s.*1\. Mai 2026.*12:00.14:00 Uhr MESZ$/u);
    expect(when('en', 'Asia/Kolkata')).toMatch(/15:30.17:30 GMT\+5:30$/u);
    expect(when('ar', 'Asia/Kolkata')).toMatch(/^الموعد:.*15:30.*17:30.*\+5:30/u);
    for (const unknown of [null, 'Mars/Olympus']) expect(when('en', unknown)).toMatch(/10:00.12:00 UTC$/u);
  });

  it('is in English for a language that this version does not have', () => {
    for (const language of [null, 'xx']) expect(render('LEFT', language)).toEqual(render('LEFT', 'en'));
  });

  it('LA-11: isolates what people wrote from text of the other direction', () => {
    expect(render('CONFIRMED', 'ar').title).toContain('\u2068Winter Cup (2)\u2069');
    expect(render('CONFIRMED', 'en').title).toBe('You’re in: Winter Cup (2)');
    const arabic = { kind: 'LEFT', params: { ...PARAMS.LEFT, title: 'كأس الشتاء (2)' } } as const;
    const reader = readerOf({ language: 'en', timeZone: null });
    expect(renderMessage(arabic, reader).title).toBe('You’ve left: \u2068كأس الشتاء (2)\u2069');
    const invited = { kind: 'INVITED', params: { ...PARAMS.INVITED, message: 'Welcome.\n\nBring a board.' } } as const;
    const { text } = renderMessage(invited, readerOf({ language: 'ar', timeZone: null }));
    expect(text).toContain('\n\u2068Welcome.\u2069\n\n\u2068Bring a board.\u2069\n');
  });

  it('says how the person came by a seat, a place on the waitlist or an application', () => {
    const reader = readerOf({ language: 'en', timeZone: null });
    const textOf = (content: MessageContent) => renderMessage(content, reader).text;
    const confirmed = (by: Origin) => textOf({ kind: 'CONFIRMED', params: { ...competition, by } });
    expect(confirmed('HOLD')).toMatch(/^Thanks for confirming\./);
    expect(confirmed('APPLICATION')).toMatch(/^Your application for .+ has been accepted/);
    expect(confirmed('INVITATION')).toMatch(/^You’ve accepted the invitation/);
    expect(confirmed('REINSTATEMENT')).toMatch(/^The organizer has reinstated.+Your seat in .+ is confirmed\./s);
    const waiting = (by: Origin, mustConfirm: boolean) =>
      textOf({ kind: 'WAITING', params: { ...competition, by, mustConfirm } });
    expect(waiting('APPLICATION', false)).toMatch(/^The organizer has put you on the waitlist.+automatically/s);
    expect(waiting('REGISTRATION', true)).toMatch(/^All seats.+ask you to confirm it/s);
    const held = (by: Origin) => textOf({ kind: 'HELD', params: { ...competition, by, heldUntil: instant } });
    expect(held('WAITLIST')).toMatch(/^A seat in .+ opened up.+until Friday, 1 May 2026 at 10:00 UTC\./);
    expect(held('REINSTATEMENT')).toMatch(/^The organizer has reinstated.+There’s a seat for you/s);
    const applied = (by: Origin, decisionsBy: Date | null) =>
      textOf({ kind: 'APPLIED', params: { ...competition, by, decisionsBy } });
    expect(applied('REGISTRATION', instant)).toMatch(
      /^We’ve received.+hear from us by Friday, 1 May 2026 at 10:00 UTC/s,
    );
    expect(applied('REINSTATEMENT', null)).toMatch(/^The organizer has reopened your application/);
    expect(applied('REGISTRATION', null)).not.toContain('hear from us');
    const left = renderMessage({ kind: 'LEFT', params: { ...competition, isApplication: true } }, reader);
    expect(left.title).toBe('You’ve withdrawn your application: Winter Cup (2)');
  });

  it.each([
    { language: 'en', automatic: 'automatically', captain: 'your captain', seat: 'the organizer released your seat' },
    { language: 'de', automatic: 'automatisch', captain: 'die Teamleitung', seat: 'dein Platz freigegeben' },
    { language: 'ar', automatic: 'تلقائيًا', captain: 'من القائد', seat: 'فألغى المنظّم حجز مقعدك' },
  ])('promises no seat to a team that has to confirm, and nobody the seat of a no-show, in $language', (texts) => {
    const reader = readerOf({ language: texts.language, timeZone: null });
    const joined = (mustConfirm: boolean) => {
      const standing = { standing: 'WAITLISTED', heldUntil: null, position: 3, mustConfirm } as const;
      return renderMessage({ kind: 'TEAM_JOINED', params: { ...PARAMS.TEAM_JOINED, ...standing } }, reader).text;
    };
    expect(joined(false)).toContain(texts.automatic);
    expect(joined(true)).not.toContain(texts.automatic);
    expect(joined(true)).toContain(texts.captain);
    expect(renderMessage({ kind: 'NO_SHOW', params: competition }, reader).text).toContain(texts.seat);
  });

  it('says what has changed, and that the new details are open when there are none', () => {
    const changed = (what: readonly ('date' | 'place')[], details = competition) =>
      renderMessage(
        { kind: 'COMPETITION_CHANGED', params: { ...details, what } },
        readerOf({ language: 'en', timeZone: null }),
      );
    expect(changed(['date']).title).toBe('New date: Winter Cup (2)');
    expect(changed(['place']).title).toBe('New location: Winter Cup (2)');
    expect(changed(['date', 'place']).text).toContain('changed the date and location of Winter Cup (2)');
    const open = { ...competition, startDate: null, endDate: null, location: null } as unknown as typeof competition;
    expect(changed(['date'], open).text).toContain('haven’t been announced');
  });
});
