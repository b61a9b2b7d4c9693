import { CodedError } from '../../errors/coded-error.ts';
import type { WooRecord } from '../../mapping/model/record.ts';
import type { HttpAnswer, StoreRead } from '../types.ts';
import { type ContentAsked, readContentObject } from './content-answer.ts';

/** Content that WordPress shows in its REST API. */
export interface ContentType {
  /** As WordPress names it: `page`, `category`, `user`. */
  readonly name: string;
  readonly kind: 'post' | 'term' | 'user';
  /** Of its list, below wp-json. */
  readonly path: string;
}

/** Answers in the order asked; through the org by one API call. */
export type Gets = (reads: readonly StoreRead[]) => Promise<readonly HttpAnswer[]>;

/** What is known of a shop's types is asked for again after so long, where one is looked for that it lacks. */
const KEPT_MS = 600_000;

/** Where the shop says what there is; a type is meant where a taxonomy has the same name. */
const LISTS = [
  ['taxonomies', 'term'],
  ['types', 'post'],
] as const;

const USERS: ContentType = { name: 'user', kind: 'user', path: 'wp/v2/users' };
/** Neither pages of a site nor anything that it says. */
const PLAIN = /^[a-z\d][\w-]*(?:\/[\w-]+)*$/;

/** The types of content that a shop shows, as it says itself; read when first needed, both lists at once. */
export class ContentTypes {
  readonly #gets: Gets;
  readonly #asked: ContentAsked;
  #known: Promise<ReadonlyMap<string, ContentType>> | null = null;
  #readAt = 0;

  constructor(gets: Gets, asked: ContentAsked) {
    this.#gets = gets;
    this.#asked = asked;
  }

  /** @throws CodedError `CONTENT_TYPE_UNKNOWN` where the shop shows none of that name */
  async named(name: string): Promise<ContentType> {
    const found = (await this.all()).get(name);
    if (found !== undefined) return found;
    if (Date.now() - this.#readAt > KEPT_MS) this.#known = null;
    const all = await this.all();
    const again = all.get(name);
    if (again !== undefined) return again;
    throw new CodedError(
      'CONTENT_TYPE_UNKNOWN',
      `WordPress at ${this.#asked.host} shows no content of the type "${name}" to ${this.#asked.access}; it shows ${[...all.keys()].sort().join(', ')}.`,
      name.startsWith('pa_')
        ? `Let the shop show the values of this attribute in the REST API: its filter woocommerce_taxonomy_args_${name} sets show_in_rest (docs/content.md). WooCommerce itself does not.`
        : 'Correct the Content Type of the mapping; or let the plugin or theme that makes the type show it in the REST API (show_in_rest).',
    );
  }

  /** @throws CodedError where the shop does not answer */
  all(): Promise<ReadonlyMap<string, ContentType>> {
    if (this.#known === null) {
      this.#readAt = Date.now();
      const reading = this.#read();
      this.#known = reading;
      // What failed is asked for again.
      reading.catch(() => {
        if (this.#known === reading) this.#known = null;
      });
    }
    return this.#known;
  }

  async #read(): Promise<ReadonlyMap<string, ContentType>> {
    // Whole: of a list that is keyed by names, `_fields` would take the names.
    const reads = LISTS.map(([what]) => ({ path: `content/wp/v2/${what}`, query: {} }));
    const answers = await this.#gets(reads);
    const types = LISTS.flatMap(([list, kind], at) => {
      const answer = answers[at];
      if (answer === undefined)
        throw new Error('The store gave fewer answers than it was asked for.');
      const listed = readContentObject({ ...this.#asked, list }, answer);
      return Object.entries(listed).flatMap(([name, type]): ContentType[] => {
        const path = pathOf(type as WooRecord);
        return path === null ? [] : [{ name, kind, path }];
      });
    });
    return new Map([USERS, ...types].map((type) => [type.name, type]));
  }
}

/** Null for what is reached through another record, such as the fonts of a family. */
function pathOf({ rest_base: base, rest_namespace: namespace }: WooRecord): string | null {
  const path = `${typeof namespace === 'string' ? namespace : 'wp/v2'}/${String(base)}`;
  return typeof base === 'string' && PLAIN.test(path) ? path : null;
}
