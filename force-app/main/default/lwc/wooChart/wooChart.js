import { LightningElement, api } from 'lwc';

/** Of the drawing, in its own units: it is stretched to the width that there is. */
const WIDTH = 600;
const HEIGHT = 160;
const GAP = 0.2;
/** A bar is no wider than those of a week: one of a day alone would be a block. */
const WIDEST = (WIDTH / 7) * (1 - GAP);

/**
 * Bars, and a table of the same numbers: who cannot see the bars reads the table.
 * `rows` are `{ key, name, value, text, note }`: `text` is the value as it is read, `note` of a second column.
 */
export default class WooChart extends LightningElement {
    @api heading;
    /** Shown in place of both where there are no rows. */
    @api empty;
    @api rows = [];
    /** Headings of the columns; without that of the note the table has two. */
    @api nameLabel;
    @api valueLabel;
    @api noteLabel;
    /** Bars stand beside each other, as days do; else they lie below each other. */
    @api isUpright = false;

    viewBox = `0 0 ${WIDTH} ${HEIGHT}`;

    get isEmpty() {
        return this.rows.length === 0;
    }

    /** Refunds can be more than was sold: such a bar has no length, and its number says why. */
    get most() {
        return Math.max(0, ...this.rows.map(({ value }) => value));
    }

    get bars() {
        const step = WIDTH / this.rows.length;
        const width = Math.min(step * (1 - GAP), WIDEST);
        return this.rows.map(({ key, name, value, text }, at) => {
            const height = this.most > 0 ? (HEIGHT * Math.max(0, value)) / this.most : 0;
            return {
                key,
                height,
                title: `${name}: ${text}`,
                x: step * (at + 0.5) - width / 2,
                y: HEIGHT - height,
                width
            };
        });
    }

    get lines() {
        return this.rows.map((row) => {
            const share = this.most > 0 ? Math.max(0, row.value) / this.most : 0;
            return { ...row, width: `${100 * share}%` };
        });
    }

    /** What is below the ends of the picture; below its middle where there is one bar. */
    get endsClass() {
        const align = this.rows.length > 1 ? 'slds-grid_align-spread' : 'slds-grid_align-center';
        return `ends slds-grid ${align} slds-text-body_small`;
    }

    get first() {
        return this.rows[0].name;
    }

    get last() {
        return this.rows.length > 1 ? this.rows[this.rows.length - 1].name : undefined;
    }

    get top() {
        return this.rows.reduce((most, row) => (row.value > most.value ? row : most)).text;
    }

    /** What the picture says to who hears it; the table says the rest. */
    get summary() {
        return `${this.heading}: ${this.rows.map(({ name, text }) => `${name} ${text}`).join('; ')}`;
    }
}
