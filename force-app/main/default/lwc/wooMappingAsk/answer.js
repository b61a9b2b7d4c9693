import { format, formatTime } from 'c/wooFormat';
import { label } from './labels';

/**
 * Why there is no answer, with words for the user.
 * `SILENT` the service does not answer, `SPENT` it has no API calls left today, `FAILED` the command did, `CANCELLED` and
 * `GONE` somebody did that to the command, `UNREADABLE` the result is not whole, `UNREAD` Salesforce does not tell, `DROPPED` nobody waits for the answer any more.
 */
export class AskError extends Error {
    /** @param {{ failure?: string, cause?: unknown }} more the code of the command's error; what the platform said */
    constructor(code, message, more = {}) {
        super(message);
        this.name = 'AskError';
        Object.assign(this, { code, ...more });
    }
}

export const dropped = () => new AskError('DROPPED', '');
export const silent = () => new AskError('SILENT', label.silent);
export const spent = (until) => new AskError('SPENT', format(label.spent, formatTime(until)));
export const unread = (cause) => new AskError('UNREAD', label.unread, { cause });

/** `OBJECT_NOT_VISIBLE: The org does not have …` */
const failed = (text) => new AskError('FAILED', text, { failure: /^([A-Z][A-Z_]+): /.exec(text)?.[1] ?? null });

/**
 * What has come of a command.
 * @param {object | undefined} node of the query; undefined where the org does not have it any more
 * @returns {{ value?: object, error?: AskError } | null} null while it is under way
 */
export function outcomeOf(node) {
    if (node === undefined) return { error: new AskError('GONE', label.gone) };
    const text = node.Result__c?.value ?? '';
    switch (node.State__c?.value) {
        case 'done':
            return valueOf(text);
        case 'failed':
            return { error: failed(text) };
        case 'cancelled':
            return { error: new AskError('CANCELLED', label.cancelled) };
        default:
            return null;
    }
}

function valueOf(text) {
    try {
        return { value: JSON.parse(text) };
    } catch {
        return { error: new AskError('UNREADABLE', label.unreadable) };
    }
}

/** One description of its parts, in their order. */
export function joinedDescription(parts) {
    const [first] = parts;
    return {
        ...first,
        fields: parts.flatMap(({ fields }) => fields),
        attributes: parts.flatMap(({ attributes }) => attributes),
        values: Object.assign({}, ...parts.map(({ values }) => values))
    };
}

/** One list of matches of its parts. */
export function joinedMatches(parts) {
    return { ...parts[0], suggestions: parts.flatMap(({ suggestions }) => suggestions) };
}

/** One preview of its parts: each has all records, with some of their conditions and rows. */
export function joinedPreview(parts) {
    const [first] = parts;
    const listOf = (at, list) => parts.flatMap(({ records }) => records[at]?.[list] ?? []);
    return {
        ...first,
        problems: parts.flatMap(({ problems }) => problems),
        records: first.records.map((record, at) => ({
            ...record,
            conditions: listOf(at, 'conditions'),
            rows: listOf(at, 'rows')
        }))
    };
}
