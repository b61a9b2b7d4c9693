import LOCALE from '@salesforce/i18n/locale';
import TIME_ZONE from '@salesforce/i18n/timeZone';

const moneyFormats = new Map();

function moneyFormat(currencyCode) {
    if (!moneyFormats.has(currencyCode)) {
        moneyFormats.set(currencyCode, new Intl.NumberFormat(LOCALE, { style: 'currency', currency: currencyCode }));
    }
    return moneyFormats.get(currencyCode);
}

/**
 * An amount in its own currency, never in the org's: `€12.00`, `¥1,200`. A code that is no currency stands behind the
 * number, so that a shop with an unusual currency still shows what was paid.
 * @param {number|string|null|undefined} amount of whole units; nothing gives an empty text
 * @param {string|null|undefined} currencyCode ISO 4217
 * @returns {string}
 */
export function formatMoney(amount, currencyCode) {
    if (amount === null || amount === undefined || amount === '') return '';
    const value = Number(amount);
    if (/^[A-Za-z]{3}$/.test(currencyCode ?? '')) return moneyFormat(currencyCode.toUpperCase()).format(value);
    const number = new Intl.NumberFormat(LOCALE, { minimumFractionDigits: 2 }).format(value);
    return currencyCode ? `${number} ${currencyCode}` : number;
}

/**
 * @param {number|string|null|undefined} value nothing gives an empty text
 * @returns {string} with the separators of the user's locale and up to eight decimals
 */
export function formatNumber(value) {
    if (value === null || value === undefined || value === '') return '';
    return new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 8 }).format(Number(value));
}

/**
 * Texts side by side, with what the user's language puts between them.
 * @param {string[]} texts
 * @returns {string}
 */
export const formatList = (texts) => new Intl.ListFormat(LOCALE, { style: 'narrow' }).format(texts);

/** A time of day of a day close by, in the user's locale and time zone. @param {Date} date */
export const formatTime = (date) =>
    new Intl.DateTimeFormat(LOCALE, { dateStyle: 'short', timeStyle: 'short', timeZone: TIME_ZONE }).format(date);

/** Characters without a glyph that turn round what stands behind them, beyond the name that holds them. */
const turning = /[\u202A-\u202E\u2066-\u2069]/g;

/**
 * Text in which such characters are seen, as `[U+202E]`, and turn nothing: a name from the shop may hold any.
 * @param {string} text
 */
export const readableText = (text) =>
    text.replace(turning, (character) => `[U+${character.codePointAt(0).toString(16).toUpperCase()}]`);

/**
 * The same for all texts of an answer of Salesforce.
 * @template T
 * @param {T} answer
 * @returns {T} the answer itself where it has none
 */
export function readable(answer) {
    if (typeof answer === 'string') return readableText(answer);
    if (answer === null || typeof answer !== 'object') return answer;
    const entries = Object.entries(answer).map(([name, value]) => [name, readable(value)]);
    if (entries.every(([name, value]) => value === answer[name])) return answer;
    return Array.isArray(answer) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}

/**
 * Fills `{0}`, `{1}` … of a custom label.
 * @param {string} label
 * @param {...(string|number)} values
 * @returns {string} a place without a value stays as it is
 */
export function format(label, ...values) {
    return label.replace(/\{(\d+)\}/g, (place, at) => String(values[at] ?? place));
}

const themes = {
    completed: 'slds-theme_success',
    processing: 'slds-theme_alt-inverse',
    'on-hold': 'slds-theme_warning',
    failed: 'slds-theme_error',
    cancelled: 'slds-badge_lightest',
    refunded: 'slds-badge_lightest'
};

/** The classes of the badge of an order's status, as the shop names it; one of a plugin has no colour of its own. */
export const statusBadge = (status) => `slds-badge ${themes[status] ?? ''}`.trim();
