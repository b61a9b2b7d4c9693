import { daysTo, plusDays, startOf } from 'c/wooDays';
import { DAYS_PER_REQUEST, daysQuery, orderedBetween, partsBetween } from 'c/wooSalesRecords';

/** Days that a viewer may look back: today alone, a week, a month. */
export const PERIODS = [1, 7, 30];

/** What is asked of the days up to one. A day begins where the viewer is. */
export class Period {
    /** @param {string} today @param {number} count of days, 30 at the most @param {string} timeZone */
    constructor(today, count, timeZone) {
        this.days = daysTo(today, count);
        this.startOf = (day) => startOf(day, timeZone);
        this.from = this.startOf(this.days[0]);
        [this.first, this.second, this.third] = [0, 1, 2].map((at) => this.request(this.daysOf(at)));
        this.parts = partsBetween(this.from, this.startOf(plusDays(today, 1)));
    }

    /** The days of a request, none of one that the period does not need. */
    daysOf(at) {
        return this.days.slice(at * DAYS_PER_REQUEST, (at + 1) * DAYS_PER_REQUEST);
    }

    /** Without a query a wire asks nothing. */
    request(days) {
        if (days.length === 0) return {};
        const filterOf = (day) => orderedBetween(this.startOf(day), this.startOf(plusDays(day, 1)));
        const variables = Object.fromEntries(days.map((day, at) => [`d${at}`, filterOf(day)]));
        return { query: daysQuery(days.length), variables };
    }
}
