import LANGUAGE from '@salesforce/i18n/lang';
import { CONNECTIONS } from './japaneseConnections';
import { MAPPINGS } from './japaneseMappings';
import { RECORDS } from './japaneseRecords';
import { SALESFORCE } from './japaneseSalesforce';

/** Languages other than that of the service, with its codes: `[meaning, cure]`. */
const LANGUAGES = { ja: { ...CONNECTIONS, ...RECORDS, ...SALESFORCE, ...MAPPINGS } };

const words = LANGUAGES[LANGUAGE.split('-')[0]];

/** Whether the user reads another language than the service writes, and its codes are known in that. */
export const isTranslated = words !== undefined;

/** The guide that a text names by its file, which nobody has who reads a page. */
const GUIDE = /docs\/([a-z-]+)\.md ?/g;

/** A code of Salesforce of which only the family is known, such as `HTTP_503`. */
function wordsOf(code) {
    if (Object.hasOwn(words, code)) return words[code];
    return Object.entries(words).find(([name]) => name.endsWith('_') && code.startsWith(name))?.[1];
}

/**
 * What codes of the service mean and what to do, in the language of the user: the service's own sentences are English.
 * @param {string|null} codes one, or several with commas between
 * @returns {{ meaning: string, cure: string }|undefined} undefined in English, and where a code is not known
 */
export function explanationOf(codes) {
    if (!words || !codes) return undefined;
    const known = codes.split(', ').map((code) => wordsOf(code));
    if (known.some((one) => one === undefined)) return undefined;
    const [meanings, cures] = [0, 1].map((at) =>
        [...new Set(known.map((one) => one[at]))].join(' ').replace(GUIDE, 'ガイド「$1」')
    );
    return { meaning: meanings, cure: cures };
}
