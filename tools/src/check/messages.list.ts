/** Keys that the source code puts together at run time: the pattern, and where the rest of the key comes from. */
export const DYNAMIC_KEYS: readonly { readonly pattern: RegExp; readonly from: string }[] = [
  { pattern: /^console\.outcome\.\w+$/, from: 'what a scheduled run has done' },
  { pattern: /^console\.(tab\.\w+|integrity\.(names|texts)\.[a-z-]+)$/, from: 'the tab, and the name of the promise' },
  { pattern: /^editing\.cover\.(uploaded|described|removed)$/, from: 'what was done' },
  {
    pattern: /^history\.(kind|entry|field|role|visibility|seatUnit)\.\w+$/,
    from: 'the filter, the action and its changes',
  },
  { pattern: /^announcements\.state\.\w+$/, from: 'the state of an announcement' },
  {
    pattern: /^announcements\.(audience|form\.placeholder|preview\.reason|sent\.delivery)\.\w+$/,
    from: 'the choice, the reason, the delivery status',
  },
  { pattern: /^acts\.(announce)?\w+$/, from: 'the kind of the act' },
  { pattern: /^problems\.title\.\w+$/, from: 'the error code' },
  {
    pattern: /^door\.((result|status|differences)\.[A-Z_]+|notice\.(roleEnded|noAccess)(Title|Text)|camera\.\w+)$/,
    from: 'what a door says about a scan, the status of a person, and what is the matter',
  },
  { pattern: /^serverPages\.\w+\.\w+$/, from: 'the kind of the page' },
  { pattern: /^accounts\.signUp\.role\.\w+$/, from: 'the choice of a role' },
  { pattern: /^accounts\.field\.\w+$/, from: 'the name of the field' },
  { pattern: /^applications\.(show|reviewed|sort)\.\w+$/, from: 'the filters of the inbox' },
  { pattern: /^applications\.review\.score\.\d$/, from: 'the score' },
  { pattern: /^applications\.dialog\.(accept|waitlist|reject)\w+$/, from: 'the decision' },
  { pattern: /^editing\.admission(Text)?\.\w+$/, from: 'the admission mode' },
  { pattern: /^editing\.(participants|seatUnit)(Text)?\.\w+$/, from: 'who takes part, and what takes a seat' },
  { pattern: /^common\.staffRole\.\w+$/, from: 'the role on the staff' },
  { pattern: /^staff\.(roleText|limited)\.\w+$/, from: 'the role on the staff' },
  { pattern: /^catalog\.list\.(status|sort)\.\w+$/, from: 'the choices of the list' },
  { pattern: /^common\.status\.\w+$/, from: 'the status of a competition' },
  { pattern: /^(common|editing)\.visibility\.[A-Z]+$/, from: 'the visibility of a competition' },
  { pattern: /^invitations\.(invite\.reason|list\.state|actions\.refusal)\.\w+$/, from: 'the code, or the state' },
  { pattern: /^imports\.(state|verdict|verdictOf|reason|outcome)\.\w+$/, from: 'the state of an import or a row' },
  { pattern: /^layout\.account\.role\.\w+$/, from: 'the role' },
  { pattern: /^layout\.theme\.(system|light|dark)$/, from: 'the choice' },
  { pattern: /^mailbox\.delivery(Short)?\.\w+$/, from: 'the delivery status' },
  { pattern: /^messageNotes\.(kind\.\w+|saved|removed)$/, from: 'the kind of the message, and what was done' },
  { pattern: /^mail\.details\.\w+$/, from: 'the label of a line' },
  { pattern: /^checkInDay\.(problems|latest\.result)\.[A-Z_]+$/, from: 'the result of a scan' },
  { pattern: /^fallback\.\w+$/, from: 'lib/i18n/fallback-texts.ts, which reads them as properties' },
  {
    pattern: /^questionBuilder\.(kinds|effect|fields|answeredBy)\.\w+$/,
    from: 'the kind of a question, and what an edit changes',
  },
  { pattern: /^editing\.fields\.questions$/, from: 'the name of the changed field' },
  { pattern: /^panel\.resume\.\w+$/, from: 'what has changed' },
  { pattern: /^mail\.(team\.)?(left|withdrawn)\.\w+$/, from: 'what the person has left' },
  {
    pattern: /^mail\.(team\.)?(confirmed|promoted|waiting|applied|held|holdEnding|expired|removed)\.\w+$/,
    from: 'whose registration it is',
  },
  { pattern: /^panel\.announce\.\w+$/, from: 'the status of the competition' },
  { pattern: /^panel\.action\.\w+$/, from: 'the action' },
  { pattern: /^registrations\.(card\.(leave|leaveLabel|left)|leave\.\w+)\.\w+$/, from: 'what the person leaves' },
  { pattern: /^team\.(ineligible|mine)\.\w+$/, from: 'what is missing for a member' },
  { pattern: /^teamPanel\.refused\.\w+$/, from: 'why a member stands in the way' },
  { pattern: /^teamPage\.withdraw\.\w+\.\w+$/, from: 'what the team gives up' },
  { pattern: /^panel\.status\.left(Text)?\.\w+$/, from: 'what the person has left' },
  { pattern: /^panel\.ended\.[A-Z_]+$/, from: 'the reason of the end' },
  { pattern: /^registrations\.pastList\.reason\.\w+$/, from: 'the reason of the end' },
];

/** Sources name these keys without the first part: `{ key: 'noDate' }`, `rule('tag')`. */
export const PARTS_LEFT_OUT = ['problems.detail.', 'validation.rule.'] as const;

/** Used as they are, without the message format: arguments and quoting would be shown as written. */
export const CONSTANT_TEXTS = /^(problems\.title|serverPages)\./;

/** German or Arabic texts that are rightly the same as in English. */
export const SAME_AS_ENGLISH: ReadonlySet<string> = new Set<string>([]);
