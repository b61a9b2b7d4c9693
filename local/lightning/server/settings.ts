import { settingsName } from '../build/salesforce-modules.ts';
import type { Labels } from '../build/labels.ts';

export interface PageSettings {
  readonly userId: string;
  readonly userName: string;
  /** Those that the user has. */
  readonly customPermissions: readonly string[];
  /** Why the org did not tell some of it. */
  readonly unread: readonly string[];
  /** As Salesforce names it: `en_US`, `ja`. */
  readonly language: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly labels: Labels;
}

/** `ja` as browsers name a user's language and region. */
const localeOf = (language: string): string =>
  ({ ja: 'ja-JP' })[language] ?? language.replaceAll('_', '-');

const phoneWidth = 767;

/** The script that the page runs first: what Salesforce would know of the user, for the `@salesforce/…` modules. */
export function settingsScript({ labels, language, ...settings }: PageSettings): string {
  const locale = localeOf(language);
  const values = {
    ...settings,
    isGuest: false,
    lang: locale.split('-')[0],
    locale,
    labels: Object.fromEntries(labels),
  };
  return `globalThis.${settingsName} = ${JSON.stringify(values)};
${settingsName}.formFactor = new URLSearchParams(location.search).get('formFactor')
  ?? (matchMedia('(max-width: ${phoneWidth}px)').matches ? 'Small' : 'Large');
Object.freeze(${settingsName});
`;
}
