import { pick, type Random } from './random.js';

export interface DemoPerson {
  readonly name: string;
  readonly email: string;
}

/** First and last names of three languages. Names in another script have their spelling for the address behind a slash. */
const NAMES = [
  {
    first:
      'Ava Ben Chloe Daniel Ella Finn Grace Henry Isla Jack Kate Liam Maya Noah Olive Peter Ruby Sam Tessa Will Zoe Marcus',
    last: 'Adams Baker Carter Dawson Ellis Foster Grant Hughes Irving Jensen Knight Lewis Morgan Nolan Owens Palmer Reed Shaw Turner Walsh',
  },
  {
    first:
      'Anna Bastian Clara David Elif Felix Greta Hannes Ida Jonas Katharina Lena Moritz Nele Oskar Paula Rosa Sören Thea Yusuf Jürgen Mia',
    last: 'Albrecht Bauer Brandt Dietrich Engel Fischer Groß Hoffmann Jäger Keller Lindner Möller Neumann Otto Pfeiffer Richter Schäfer Vogel Weber Zimmermann',
  },
  {
    first:
      'أحمد/ahmad بشرى/bushra داليا/dalia فارس/faris حنان/hanan إبراهيم/ibrahim جميلة/jamila كريم/karim ليلى/layla محمود/mahmoud نور/nour عمر/omar رنا/rana سامي/sami طارق/tariq ياسمين/yasmin زينب/zaynab هدى/huda',
    last: 'العلي/alali بركات/barakat الدين/aldin فواز/fawaz حداد/haddad إسماعيل/ismail جابر/jaber خوري/khoury منصور/mansour نجار/najjar عثمان/othman قاسم/qasim رشيد/rashid سليمان/sulayman طه/taha يعقوب/yaqub زيدان/zaydan',
  },
].map(({ first, last }) => ({ first: first.split(' '), last: last.split(' ') }));

/** Their addresses are different, and of a domain that nobody can own (RFC 2606). */
export function demoPeople(count: number, random: Random): DemoPerson[] {
  return Array.from({ length: count }, (_, index) => {
    const language = pick(NAMES, random);
    const [first = '', firstInLatin = first] = pick(language.first, random).split('/');
    const [last = '', lastInLatin = last] = pick(language.last, random).split('/');
    return { name: `${first} ${last}`, email: `${latin(firstInLatin)}.${latin(lastInLatin)}${index + 1}@demo.example` };
  });
}

const latin = (name: string): string =>
  name.replaceAll('ß', 'ss').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
