import type { Page } from 'playwright-core';

/** So much longer than English words of other languages are. */
const LONGER = 0.4;
const OPENS = '⟦';
const CLOSES = '⟧';

/** A text of ours in a language that nobody speaks: marked, and longer by words that break where others do. */
function pseudo(text: string): string {
  const more = 'ñøß ëñ '.repeat(Math.ceil((text.length * LONGER) / 7));
  return `${OPENS}${text} ${more.slice(0, Math.ceil(text.length * LONGER)).trim()}${CLOSES}`;
}

/** What is left of a text without those of ours that it is made of. */
function withoutOurs(text: string): string {
  const inner = /⟦[^⟦⟧]*⟧/g;
  let left = text;
  while (inner.test(left)) left = left.replaceAll(inner, ' ');
  return left.replaceAll(/\s+/g, ' ').trim();
}

/** Words of dates and their weekdays, of times from now and of countries, which the browser has in every language. */
const FORMATTED = (() => {
  const months = Array.from({ length: 12 }, (_, month) =>
    new Date(Date.UTC(2026, month, 1, 1)).toLocaleString('en-US', {
      dateStyle: 'full',
      timeZone: 'UTC',
    }),
  );
  const countries = new Intl.DisplayNames('en-US', { type: 'region' });
  const named = ['US', 'DE', 'GB', 'FR', 'JP', 'CA', 'AT', 'CH'].map((code) => countries.of(code));
  const units =
    'second seconds minute minutes hour hours day days week weeks month months year years';
  return [...months, ...named, units, 'AM PM ago few'].join(' ');
})();
/** Said by components of the platform. */
const PLATFORM = 'Upload Files Or drop files';

const valuesIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => [name, ...valuesIn(one)]);
};

/** Shows pages with the labels of the pseudo-locale, and knows what of a text is neither a label nor from the org. */
export class PseudoLocale {
  readonly #answered = new Set<string>();
  readonly #page: Page;

  private constructor(page: Page) {
    this.#page = page;
  }

  static async of(page: Page): Promise<PseudoLocale> {
    const locale = new PseudoLocale(page);
    await locale.#speak();
    locale.#listen();
    return locale;
  }

  async #speak(): Promise<void> {
    await this.#page.route('**/host/settings.js*', async (route) => {
      const response = await route.fetch();
      const text = await response.text();
      const body = text.replace(
        /("labels":)(\{[^]*?\})(\}?;\n|,")/,
        (_all, before: string, labels: string, after: string) => {
          const words = Object.entries(JSON.parse(labels) as Record<string, string>);
          const spoken = Object.fromEntries(words.map(([name, word]) => [name, pseudo(word)]));
          return `${before}${JSON.stringify(spoken)}${after}`;
        },
      );
      await route.fulfill({ response, body });
    });
  }

  #listen(): void {
    this.#page.on('response', (response) => {
      if (!/json/.test(response.headers()['content-type'] ?? '')) return;
      void response
        .json()
        .then((answer: unknown) => {
          for (const one of valuesIn(answer))
            this.#answered.add(one.replaceAll(/\s+/g, ' ').trim());
        })
        .catch(() => undefined);
    });
  }

  /** Those in which something is said that no label and no record says. */
  untranslated(texts: readonly string[]): readonly string[] {
    const known = [...this.#answered, FORMATTED, PLATFORM].join('\n');
    return texts.filter((text) => {
      const left = withoutOurs(text);
      return left
        .split(/[\s,;:()/·→|“”"]+/)
        .some((word) => /\p{L}{3,}/u.test(word) && !known.includes(word));
    });
  }
}
