import { sameShape } from './same-shape.ts';

/** What WooCommerce itself writes over erased data, and words that say yes or no: they are nobody's. */
const NOBODYS = /^(?:\[deleted\]|deleted@site\.invalid|0\.0\.0\.0|yes|no|true|false|on|off|[01])$/i;

const EMAIL = /^([^@\s]+)@([^@\s]+)$/;
const URL_START = /^(https?:\/\/)[^/?#]+/i;
const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const IPV6 = /^(?=.*:.*:)[\da-f:.]+$/i;
const DATE = /^\d{4}-\d\d-\d\d(?=$|[T ])/;

const HOST = 'stand-in.example';
const TOP_LEVEL = '.example';

/**
 * Texts in place of personal ones. The same text has the same stand-in throughout, and its number is all that it is
 * made from, beside its shape: nothing can be computed back.
 */
export class StandIns {
  readonly #made = new Map<string, string>();

  /** Everything that was replaced, as it was, with what stands in for it. */
  get all(): ReadonlyMap<string, string> {
    return this.#made;
  }

  /** The stand-in of a text; of nothing, or of nobody's words, the text itself. */
  of(text: string): string {
    if (text.trim() === '' || NOBODYS.test(text.trim())) return text;
    const known = this.#made.get(text);
    if (known !== undefined) return known;
    const made = this.#make(text);
    this.#made.set(text, made);
    return made;
  }

  #make(text: string): string {
    const number = this.#made.size + 1;
    const email = EMAIL.exec(text);
    if (email) return this.#email(email[1] ?? '', email[2] ?? '', number);
    if (URL_START.test(text)) {
      return text.replace(URL_START, '').length === 0
        ? `https://${HOST}`
        : `https://${HOST}${sameShape(text.replace(URL_START, ''), number)}`;
    }
    if (IPV4.test(text)) return `203.0.113.${(number % 254) + 1}`;
    if (IPV6.test(text)) return `2001:db8::${number.toString(16)}`;
    if (DATE.test(text)) return text.replace(DATE, `2001-02-${twoDigits((number % 28) + 1)}`);
    return sameShape(text, number);
  }

  /** As long as it was where that leaves room for a domain that is nobody's; the same address whatever its case. */
  #email(local: string, domain: string, number: number): string {
    const same = [...this.#made.keys()].find(
      (known) => known.toLowerCase() === `${local}@${domain}`.toLowerCase(),
    );
    const made = same === undefined ? undefined : this.#made.get(same);
    if (made !== undefined) return local === local.toLowerCase() ? made.toLowerCase() : made;
    const host = 'x'.repeat(Math.max(1, domain.length - TOP_LEVEL.length));
    return `${sameShape(local, number)}@${host}${TOP_LEVEL}`;
  }
}

function twoDigits(number: number): string {
  return `${number}`.padStart(2, '0');
}
