/** Dates are in minutes from the start of the demo. */
export interface DemoCompetition {
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly location: string;
  /** Index in the list of organizers. */
  readonly organizer: number;
  readonly capacity: number;
  /** How many ask for a seat, as a share of the capacity. Above 1: there is a waitlist. */
  readonly demand: number;
  readonly opens: number;
  readonly closes: number;
  readonly starts: number;
  readonly lasts: number;
  readonly waitlist: boolean;
  readonly canceled: boolean;
}

export const ORGANIZERS = [
  { name: 'Olivia Organizer', email: 'organizer1@minicompete.com' },
  { name: 'Oscar Organizer', email: 'organizer2@minicompete.com' },
  { name: 'Harbor Chess Club', email: 'chess@demo.example' },
  { name: 'Laufverein Süd', email: 'laufen@demo.example' },
  { name: 'نادي الحساب', email: 'maths@demo.example' },
  { name: 'Makers of Mill Road', email: 'makers@demo.example' },
] as const;

const HOUR = 60;
const DAY = 24 * HOUR;

type Words = Pick<DemoCompetition, 'title' | 'description' | 'location'> & { readonly tags: string };
type Options = Pick<DemoCompetition, 'organizer' | 'capacity' | 'demand'> & Partial<Omit<DemoCompetition, keyof Words>>;

const competition = (words: Words, options: Options): DemoCompetition => ({
  ...{ opens: -9 * DAY, closes: 6 * DAY, starts: 9 * DAY, lasts: 3 * HOUR, waitlist: true, canceled: false },
  ...words,
  tags: words.tags.split(' '),
  ...options,
});

const past = (daysAgo: number) => ({
  opens: -(daysAgo + 40) * DAY,
  closes: -(daysAgo + 2) * DAY,
  starts: -daysAgo * DAY,
});

/** A place, a time and three rules: enough to decide by. */
const text = (intro: string, ...rules: string[]) => `${intro}\n\n${rules.map((rule) => `- ${rule}`).join('\n')}`;

export const DEMO_COMPETITIONS: readonly DemoCompetition[] = [
  competition(
    {
      title: 'Harbor Half Marathon',
      description: text(
        'Twenty-one kilometers along the water, flat and fast, with music at every bridge.',
        'Start in **three waves**, by your own estimate',
        'Water and fruit every four kilometers',
        'The course closes after three hours',
      ),
      location: 'Pier 4, Harbor Street',
      tags: 'running outdoor endurance',
    },
    { organizer: 0, capacity: 320, demand: 0.62 },
  ),
  competition(
    {
      title: 'Friday Night Blitz',
      description: text(
        'Nine rounds of three minutes plus two seconds. Loud, friendly, over by eleven.',
        'Boards and clocks are provided',
        'Beginners play on their own tables',
      ),
      location: 'Harbor Chess Club, second floor',
      tags: 'chess indoor evening',
    },
    { organizer: 2, capacity: 48, demand: 1.3, closes: 2 * DAY, starts: 3 * DAY },
  ),
  competition(
    {
      title: 'Stadtlauf Süd – 10 km',
      description: text(
        'Zehn Kilometer durch den Süden der Stadt, zwei Runden um den Park.',
        'Startnummern gibt es ab 8 Uhr',
        'Umkleiden und Duschen in der Turnhalle',
        'Für alle ab 14 Jahren',
      ),
      location: 'Sportplatz Süd, Lindenallee 3',
      tags: 'laufen draußen',
    },
    { organizer: 3, capacity: 240, demand: 0.9, opens: -12 * DAY },
  ),
  competition(
    {
      title: 'أولمبياد الرياضيات للمبتدئين',
      description: text(
        'خمس مسائل في ساعتين، لمن يحب التفكير الهادئ.',
        'القلم والورق يكفيان',
        'تُناقش الحلول بعد المسابقة مع الشاي',
      ),
      location: 'مكتبة المدينة، القاعة 2',
      tags: 'رياضيات مبتدئون',
    },
    { organizer: 4, capacity: 60, demand: 0.7 },
  ),
  competition(
    {
      title: 'Solder & Shine',
      description: text(
        'Build a working lamp from a box of parts that nobody has seen before.',
        'Two hours, one soldering iron per person',
        'The spectators pick the winner',
      ),
      location: 'Makers of Mill Road, hall B',
      tags: 'making electronics indoor',
    },
    { organizer: 5, capacity: 24, demand: 1.25 },
  ),
  competition(
    {
      title: 'Open Water Mile',
      description: text(
        'One mile between two buoys, with safety boats beside you.',
        'Wetsuits are allowed',
        'Bring proof that you can swim a mile',
      ),
      location: 'Lake Ardel, north shore',
      tags: 'swimming outdoor endurance',
    },
    { organizer: 0, capacity: 150, demand: 0.45, opens: -4 * DAY, closes: 12 * DAY, starts: 16 * DAY },
  ),
  competition(
    {
      title: 'Weekend Game Jam',
      description: text(
        'One theme, forty-eight hours, one game you can play at the end.',
        'Any engine, any language',
        'Sleep is allowed and recommended',
      ),
      location: 'Old Print Shop',
      tags: 'programming games',
    },
    { organizer: 1, capacity: 90, demand: 1.1, lasts: 2 * DAY },
  ),
  competition(
    {
      title: 'Pub Quiz for a Good Cause',
      description: text(
        'Six rounds, one of them about cheese. All proceeds go to the animal shelter.',
        'Answers on paper, phones in the basket',
      ),
      location: 'The Copper Kettle',
      tags: 'quiz evening indoor',
    },
    { organizer: 1, capacity: 80, demand: 0.98, closes: DAY, starts: 1.2 * DAY },
  ),
  competition(
    {
      title: 'Backmeisterschaft: Brot',
      description: text(
        'Ein Laib, ein Vormittag, eine ehrliche Jury.',
        'Mehl, Salz und Öfen sind da',
        'Den Sauerteig bringst du mit',
      ),
      location: 'Kochschule am Markt',
      tags: 'backen drinnen',
    },
    { organizer: 1, capacity: 16, demand: 1.4 },
  ),
  competition(
    {
      title: 'Robot Sumo',
      description: text(
        'Two robots, one ring, three minutes. The one that stays inside wins.',
        'Up to 500 grams',
        'No flames, no glue, no hard feelings',
      ),
      location: 'Makers of Mill Road, hall A',
      tags: 'robotics making indoor',
    },
    { organizer: 5, capacity: 32, demand: 0.8 },
  ),
  competition(
    {
      title: 'Mountain Bike Enduro',
      description: text(
        'Four timed descents, and as much time as you like for the climbs between them.',
        'Helmet and knee pads are required',
        'The bike shop fixes what breaks',
      ),
      location: 'Ridge Park, lower lift station',
      tags: 'cycling outdoor',
    },
    { organizer: 0, capacity: 120, demand: 0.33, closes: 20 * DAY, starts: 25 * DAY },
  ),
  competition(
    {
      title: 'Youth Poetry Slam',
      description: text('Five minutes, your own words, no props. The room decides by applause.', 'For ages 14 to 20'),
      location: 'City Theater, small stage',
      tags: 'writing stage youth',
    },
    { organizer: 1, capacity: 14, demand: 0.85, waitlist: false },
  ),
  competition(
    {
      title: 'مسابقة الخط العربي',
      description: text(
        'لوحة واحدة في ثلاث ساعات، والموضوع يُعلن عند البدء.',
        'الحبر والورق متوفران',
        'أحضر أقلامك المفضلة',
      ),
      location: 'بيت الفنون',
      tags: 'فن خط',
    },
    { organizer: 4, capacity: 30, demand: 1.15 },
  ),
  competition(
    {
      title: 'Trail Run by Headlamp',
      description: text(
        'Eight kilometers through the forest after dark. The course is marked with reflectors.',
        'Headlamp and spare batteries',
        'Soup at the finish',
      ),
      location: 'Forest parking lot, gate 2',
      tags: 'running outdoor night',
    },
    { organizer: 3, capacity: 100, demand: 0.75 },
  ),
  competition(
    {
      title: 'Table Tennis Ladder, Autumn Round',
      description: text(
        'Play anybody up to three places above you, once a week, until the final in the gym.',
        'Results are entered by the loser',
      ),
      location: 'School gym, Maple Road',
      tags: 'table-tennis indoor',
    },
    { organizer: 2, capacity: 40, demand: 0.92 },
  ),
  competition(
    {
      title: 'Data Detectives',
      description: text(
        'A messy data set, three questions and an afternoon. The clearest answer wins, not the longest.',
        'Bring a laptop',
        'Any tool is fine',
      ),
      location: 'University Library, room 2',
      tags: 'programming data',
    },
    { organizer: 0, capacity: 70, demand: 0.55 },
  ),
  competition(
    {
      title: 'Chili Cook-off',
      description: text(
        'Two liters per cook, judged blind by everybody who comes.',
        'Stoves are provided',
        'One vegetarian prize',
      ),
      location: 'Farmers’ market',
      tags: 'cooking outdoor',
    },
    { organizer: 1, capacity: 18, demand: 1.05 },
  ),
  // Opening soon: the first ones within minutes, so that a visitor sees the countdown and the burst of registrations.
  competition(
    {
      title: 'Lunch Break Sudoku',
      description: text('Three grids, thirty minutes, one sandwich.', 'Pencils are provided'),
      location: 'City Hall, foyer',
      tags: 'puzzles indoor',
    },
    { organizer: 2, capacity: 30, demand: 0, opens: 1.5, closes: 3 * HOUR, starts: 20 * HOUR, lasts: HOUR },
  ),
  competition(
    {
      title: 'Rooftop Sprint',
      description: text(
        'Up the stairs of the parking garage, all nine floors.',
        'One after the other, by start number',
      ),
      location: 'Central parking garage',
      tags: 'running city',
    },
    { organizer: 3, capacity: 45, demand: 0, opens: 4, closes: 5 * HOUR, starts: DAY, lasts: 2 * HOUR },
  ),
  competition(
    {
      title: 'Winter Chess Open',
      description: text('Seven rounds, Swiss system, over one weekend.', 'Rated', 'Boards and clocks are provided'),
      location: 'Community Center North',
      tags: 'chess indoor',
    },
    { organizer: 2, capacity: 200, demand: 0, opens: 2 * DAY, closes: 30 * DAY, starts: 40 * DAY, lasts: 2 * DAY },
  ),
  competition(
    {
      title: 'Silvesterlauf',
      description: text('Fünf Kilometer zum Jahresende, gern verkleidet.', 'Tee und Krapfen im Ziel'),
      location: 'Marktplatz',
      tags: 'laufen draußen',
    },
    { organizer: 3, capacity: 500, demand: 0, opens: 5 * DAY, closes: 33 * DAY, starts: 35 * DAY },
  ),
  competition(
    {
      title: 'Ice Sculpture Day',
      description: text('One block of ice, hand tools, four hours before it melts.', 'Gloves are provided'),
      location: 'Town square',
      tags: 'art outdoor',
    },
    { organizer: 5, capacity: 12, demand: 0, opens: DAY, closes: 12 * DAY, starts: 14 * DAY },
  ),
  // Closed, past and canceled ones.
  competition(
    {
      title: 'Night of the Short Film',
      description: text('Three minutes of film, made in one night.', 'Any camera'),
      location: 'Cinema Aurora',
      tags: 'film night',
    },
    { organizer: 1, capacity: 40, demand: 1.2, closes: -2 * HOUR, starts: 2 * DAY },
  ),
  competition(
    {
      title: 'Junior Coding Cup',
      description: text('Friendly problems for first-year programmers.', 'Pairs share one keyboard'),
      location: 'University Library, room 4',
      tags: 'programming youth',
    },
    { organizer: 0, capacity: 60, demand: 0.95, closes: -HOUR, starts: DAY },
  ),
  competition(
    {
      title: 'Spring River Regatta',
      description: text('Dinghies on the slow part of the river.', 'Life jackets are required'),
      location: 'Boathouse',
      tags: 'sailing outdoor',
    },
    { organizer: 0, capacity: 50, demand: 1.1, ...past(160) },
  ),
  competition(
    {
      title: 'Summer Sandcastle Contest',
      description: text('Four square meters of beach per person, until the tide comes.'),
      location: 'East Beach',
      tags: 'art outdoor',
    },
    { organizer: 1, capacity: 80, demand: 0.9, ...past(90) },
  ),
  competition(
    {
      title: 'Kopfrechnen-Pokal',
      description: text('Zwanzig Aufgaben in zehn Minuten, ohne Stift.'),
      location: 'Aula der Lindenschule',
      tags: 'mathe drinnen',
    },
    { organizer: 3, capacity: 64, demand: 1, ...past(35) },
  ),
  competition(
    {
      title: 'Lantern Kayak Tour',
      description: text('A timed paddle around the island with lights on every boat.'),
      location: 'Boathouse',
      tags: 'outdoor night',
    },
    { organizer: 0, capacity: 36, demand: 0.8, canceled: true },
  ),
];

/** One of them opens every few minutes while the demo runs. */
export const POP_UPS = [
  { title: 'Five-Minute Trivia', tags: ['quiz'], capacity: 24 },
  { title: 'Paper Plane Distance', tags: ['making'], capacity: 30 },
  { title: 'Speed Cubing Heat', tags: ['puzzles'], capacity: 20 },
  { title: 'Bug Hunt Relay', tags: ['programming'], capacity: 36 },
  { title: 'Stair Sprint', tags: ['running'], capacity: 40 },
  { title: 'Blind Tasting: Apples', tags: ['cooking'], capacity: 16 },
  { title: 'Bullet Chess Arena', tags: ['chess'], capacity: 50 },
  { title: 'Sketch a Stranger', tags: ['art'], capacity: 18 },
] as const;
