import { format } from 'c/wooFormat';
import { label } from './labels';

/** What Apex refuses, in words. */
function refusalText(name, { code, by }) {
    switch (code) {
        case 'NO_PERMISSION':
            return label.readOnly;
        case 'SAVE_RUNNING':
            return format(label.saveRunning, by ?? '?', name);
        case 'CHANGED_MEANWHILE':
            return format(label.saveChanged, by ?? '?', name);
        default:
            return format(label.saveRefused, name, code);
    }
}

/**
 * What is wrong with a save, in sentences; none while nothing is.
 * @param {object} saving of `c/wooMappingSave`
 * @param {string} name label of the mapping
 * @returns {unknown[]} texts and errors, as the error panel takes them
 */
export function problemsOf({ state, errors, refusal, error }, name) {
    switch (state) {
        case 'failed':
            return [format(label.saveFailed, name), ...errors.map(({ record, message }) => `${record}: ${message}`)];
        case 'refused':
            return [refusalText(name, refusal)];
        case 'session':
            return [label.saveSession];
        case 'unknown':
            return [format(label.saveUnknown, name)];
        case 'broken':
            return [error];
        default:
            return [];
    }
}
