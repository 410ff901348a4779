/**
 * A regular expression for whole words. It is compared with the text after names are split into lower-case words:
 * `seat desk` finds SeatDesk, seatDesk, seat-desk, SEAT_DESK and "seat desk". An entry must not match ordinary English,
 * so an ambiguous word (line, rest, act, gate, letter) is listed only as part of a phrase.
 */
export interface Forbidden {
  readonly word: string;
  readonly use: string;
}

export const FORBIDDEN: Forbidden[] = [
  // Admission and waitlist
  { word: 'desks?', use: 'AdmissionQueue, admission queue' },
  { word: 'lanes?', use: 'slot (shared slot, blocking slot); connection' },
  { word: 'entrants?', use: 'AdmissionRequest; Registrant' },
  { word: 'verdicts?', use: 'AdmissionResult, result' },
  {
    word: 'judged?(?=\\()|judge (?:batch|registering|leaving)|(?:is|are|be|was|were) judged',
    use: 'admit; classifyFailure',
  },
  { word: 'patient|patience', use: 'waitForLock, blocking slot; WaitOptions, time limit' },
  { word: 'line jobs?|reopen line|lines? of (?:requests|people)', use: 'waitlist jobs; reopenWaitlist; RequestQueue' },
  { word: 'in line(?! \\d| with)|waiting lists?', use: 'on the waitlist, waitlisted' },

  // Load and queues
  { word: 'rush(?:es)?', use: 'high load' },
  { word: 'courtes(?:y|ies)', use: 'throttle' },
  { word: 'bells?', use: 'wake, notification' },
  { word: 'hears?|hearing|heard it', use: 'listen, receive' },
  { word: 'queue rests?|rests(?=\\.)|rest ms|rests? of (?:a|the) queue', use: 'queue pause' },
  { word: 'has forgotten', use: 'hasLostJobs' },
  { word: 'hand(?:s|ed|ing)? over', use: 'dispatch' },
  { word: 'giv(?:e|es|ing) back', use: 'requeue; release' },
  { word: 'bur(?:y|ies|ied|ying|ials?)', use: 'move to dead letters' },
  { word: 'tickers?', use: 'Scheduler' },
  { word: 'unfit', use: 'UnsupportedQueue, UnsupportedDatabase' },
  { word: '(?:database|queue|note) trouble|trouble(?=\\()', use: 'notReadyReason; error' },

  // Live seats
  { word: 'ears?', use: 'seat listener, listener' },
  { word: 'seat signals?', use: 'SeatNotifier' },
  { word: 'watchers?', use: 'subscriber' },
  { word: 'seat news|news(?=\\.\\w)', use: 'AdmissionEvents' },

  // Messages
  { word: 'tell people', use: 'send' },
  {
    word: 'letter of(?=\\()|letter(?=: letter|\\.(?:title|text|html))|(?<!dead )letters(?=\\.(?:ts|js))',
    use: 'email template, RenderedMessage',
  },
  { word: 'told (?:at once|in one turn)|told(?=[({[]| =)', use: 'RenderedMessage; sent' },
  { word: 'ways? of (?:a|the|each|every) messages?|message ways?', use: 'delivery status' },
  { word: 'lost senders?', use: 'stale deliveries' },

  // Accounts
  { word: '(?:ensure|find) standing', use: 'ensureSessionActive; findActive' },
  { word: 'taking at least', use: 'withMinimumDuration' },
  { word: 'sibling seconds', use: 'REUSE_GRACE_SECONDS' },

  // Platform
  { word: 'again after ms', use: 'RETRY_DELAY_MS' },
  { word: 'standstills?', use: 'EVENT_LOOP_STALL_MS, stall' },
  { word: '(?:competition|calendar) facts', use: 'CompetitionSnapshot' },
  { word: 'sought', use: 'searchText' },
  { word: 'shared reads?', use: 'request coalescing' },
  { word: 'batched reads?', use: 'data loader' },

  // Web app
  { word: 'anew', use: 'again; refetch' },
  { word: 'keep fresh', use: 'auto-refresh' },
  {
    word: 'use act|act notice|act state|registration act|act: act|act(?=\\.\\w| [=!]==)',
    use: 'useSubmit; request status; operation',
  },
  { word: 'intentions?', use: 'registration attempt' },
  { word: '(?:registration|competition|expect) gate|gate (?:of|state|reader|action)', use: 'registration panel' },
  { word: '(?:own|my) place', use: 'my registration' },
  { word: 'line field', use: 'waitlist graphic' },
  { word: 'connection line', use: 'connection status' },
  { word: 'room at the edge', use: 'useBottomBarInset' },

  // Tests, tools, bench
  { word: 'tap(?=\\.open)|new tap', use: 'FaultProxy' },
  { word: 'gate(?=\\.(?:open|close|shut|ts|js))', use: 'FaultProxy' },
  { word: 'opponents?', use: 'baselines' },
  { word: 'houses?', use: 'environment; codebase' },
  { word: 'world(?=\\.\\w)|new world', use: 'fixtures' },
  { word: 'wardens?', use: 'watchdog' },
  { word: 'leave with npm', use: 'exit with npm' },
  { word: 'first to die', use: 'firstExit' },
  { word: 'dumps?', use: 'backup' },

  // Documents
  { word: 'shapes? of the truth', use: 'database schema' },
  { word: '(?:without )?a moment of being away', use: 'with zero downtime' },
  { word: 'told twice', use: 'sent twice' },
];

/** Case-sensitive, compared with the text as it is: the words are ordinary, these names are not. */
export const FORBIDDEN_NAMES: Forbidden[] = [
  { word: 'MOST_\\w+', use: 'MAX_…' },
  { word: '(?:\\w+_)?AT_ONCE', use: '…_BATCH_SIZE' },
  { word: '(?<=: )Facts', use: 'CompetitionSnapshot' },
  { word: 'Tap', use: 'FaultProxy' },
  { word: 'World', use: 'fixtures' },
  { word: 'Told', use: 'RenderedMessage' },
  { word: '[uU]nknownDevices?', use: 'NewDevice' },
];

/**
 * Part of an interface or of stored data: renaming it would break clients, dashboards, or servers of another release.
 * A contract name that no entry above matches, such as the column `waiting`, needs no line here.
 */
export interface Contract {
  readonly name: string;
  /** Only in files whose path matches. */
  readonly only?: RegExp;
  readonly reason: string;
}

export const ALLOWED: Contract[] = [
  { name: 'line-closed', reason: 'job name, in rows of the outbox' },
  { name: 'lost-senders', reason: 'job name, in rows of the schedule' },
  { name: 'queue_rests', reason: 'database table' },
  { name: 'registrations_in_line', reason: 'database index' },
  { name: 'QueueRest', only: /schema\.prisma$/, reason: 'Prisma model of the table queue_rests' },
  { name: 'pendingAct', reason: 'Prisma model of the table pending_acts' },
  {
    name: 'verdict',
    only: /admission-batch\.ts$|\.test\.ts$|^apps\/backend\/test\/|\/(?:holds|invitations|applications)\/|imports?[./-]|file-picker\.tsx$|schema\.prisma$|account-data\.ts$|messages\.list\.ts$/,
    reason: 'column of the results of SQL functions; JSON field and column of the rows of an import',
  },
  ...['verdicts', 'verdictOf', 'Verdict', 'Verdicts', 'VERDICTS', 'ImportVerdict', 'IMPORT_VERDICTS'].map((name) => ({
    name,
    only: /imports?[./-]|\/imports\/|file-picker\.tsx$|messages\.list\.ts$/,
    reason: 'what an import says about a row',
  })),
  {
    name: 'hear',
    only: /^packages\/messages\/|^e2e\/|\/(?:render-message|registration-messages)\.test\.ts$/,
    reason: 'what a person would say: you’ll hear from us',
  },
  { name: 'p_patient', reason: 'parameter of register_v2 and leave_v1' },
  {
    name: "'rush'",
    only: /\/queue\//,
    reason: 'payload of NOTIFY, which servers of the previous release send and receive',
  },
  { name: 'rush', only: /\/drills\.ts$|reliability\.md$/, reason: 'name of a drill' },
  { name: 'given-back', only: /\/queue\//, reason: 'label of a metric' },
  { name: 'pg_dump', reason: 'program of PostgreSQL' },
  ...['`rush`', '`verdict`', 'entrant, told, remembered'].map((name) => ({
    name,
    only: /docs\/glossary\.md$/,
    reason: 'table of stored names',
  })),
];
