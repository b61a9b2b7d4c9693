import { Described, UNKNOWN } from 'c/wooMappingDescribed';
import { commandDraft } from 'c/wooMappingDraft';

const isDropped = ({ code }) => code === 'DROPPED';
const listOf = ({ resource, contentType }, store) => JSON.stringify([resource, contentType, store]);
const keyOf = ({ object, resource, contentType, store }) => JSON.stringify([object, resource, contentType, store]);

/** What the service says of a draft: what it can be made of, and what it makes of a record. */
export class Asking {
    described = UNKNOWN;
    isReading = false;
    readError = null;
    answer = null;
    /** How many records the list of the shop has; null where nobody knows. */
    count = null;
    /** The counts that are known, by list: an answer has one where it is of the latest record. */
    counts = new Map();
    /** What the answer is of. */
    record = null;
    isChecking = false;
    /** The answer is of the draft as it is. */
    isChecked = false;
    checkError = null;

    /**
     * @param {object} calls
     * @param {() => object} calls.ask the component `c-woo-mapping-ask`
     * @param {() => void} calls.notify when something is another
     */
    constructor(calls) {
        this.calls = calls;
    }

    set(values) {
        Object.assign(this, values);
        this.calls.notify();
    }

    /**
     * Reads the fields and attributes, once for the same ones.
     * @returns {Promise<boolean>} whether others are known now
     */
    async read(asked, objectsOf) {
        const key = keyOf(asked);
        if (key === this.key) return false;
        this.key = key;
        this.reading?.abort();
        this.reading = new AbortController();
        const { signal } = this.reading;
        this.set({ described: UNKNOWN, isReading: true, readError: null });
        try {
            const answer = await this.calls.ask().describe({ ...asked, signal });
            if (signal.aborted) return false;
            this.set({ described: new Described(answer, objectsOf), isReading: false });
            return true;
        } catch (error) {
            if (isDropped(error) || signal.aborted) return false;
            this.key = undefined;
            this.set({ isReading: false, readError: error });
            return false;
        }
    }

    /** Has the draft checked and shown by a record. What is asked meanwhile drops it. */
    async check(draft, record, store) {
        this.set({ isChecking: true, isChecked: false, checkError: null });
        try {
            const answer = await this.calls.ask().preview({ draft: commandDraft(draft), record, store });
            const count = this.counted(listOf(draft.mapping, store), answer.count);
            this.set({ answer, record, count, isChecking: false, isChecked: true });
        } catch (error) {
            if (isDropped(error)) return;
            // What was made of another record is no answer to this question.
            const answer = record === this.record ? this.answer : null;
            this.set({ answer, isChecking: false, checkError: error });
        }
    }

    counted(list, count) {
        if (count !== null && count !== undefined) this.counts.set(list, count);
        return this.counts.get(list) ?? null;
    }
}
