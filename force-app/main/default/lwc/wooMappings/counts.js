import { CHUNK, countQuery, targetOf } from './query';

/**
 * Counts the records of mappings by as few queries as there can be. One that the org refuses is asked again in parts, so
 * that a mapping whose object is gone keeps no other from being counted. Each answer makes a new one, which pages notice.
 */
export class Counts {
    /**
     * @param {string[][]} waiting targets of the queries that are still to be asked
     * @param {Map<string, object>} found answers by target
     */
    constructor(waiting, found) {
        this.waiting = waiting;
        this.found = found;
    }

    /** @param {object[]} mappings of the drafts */
    static of(mappings) {
        const targets = [...new Set(mappings.map(targetOf).filter(Boolean))];
        const chunks = Math.ceil(targets.length / CHUNK);
        const waiting = Array.from({ length: chunks }, (_, at) => targets.slice(at * CHUNK, (at + 1) * CHUNK));
        return new Counts(waiting, new Map());
    }

    /** What is asked now; undefined when all is known. */
    get query() {
        return this.waiting.length > 0 ? countQuery(this.waiting[0]) : undefined;
    }

    /** @param {object} aggregate of the answer */
    answered(aggregate) {
        const [first, ...rest] = this.waiting;
        const found = first.map((target, at) => [target, aggregate[`t${at}`]]);
        return new Counts(rest, new Map([...this.found, ...found]));
    }

    refused() {
        const [first, ...rest] = this.waiting;
        return new Counts([...(first.length > 1 ? first.map((target) => [target]) : []), ...rest], this.found);
    }

    /** The answer for a mapping; undefined where it is not known. */
    get(mapping) {
        return this.found.get(targetOf(mapping));
    }
}
