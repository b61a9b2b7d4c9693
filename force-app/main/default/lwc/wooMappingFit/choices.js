/** Options that are shown at once: more cannot be read, and would make the page slow. */
const SHOWN = 50;

const folded = (text) => text.normalize('NFKC').toLowerCase();
/** Words of a name: `Order_Total__c`, `billing.first_name` and `Order total` are the same to who searches. */
const spaced = (text) =>
    folded(text)
        .replace(/[_.\s-]+/g, ' ')
        .trim();

const oddness = ({ option }) => (option.isOdd ? 1 : 0);

/** How well a text meets a search, best first; null where it does not. */
function rank({ names, all }, search, words) {
    if (words.some((word) => !all.includes(word))) return null;
    if (names.includes(search)) return 0;
    if (names.some((name) => name.startsWith(search))) return 1;
    if (names.some((name) => name.includes(search))) return 2;
    return 3;
}

/**
 * What can be chosen from, made ready for the search once: several rows search the same hundreds of fields. A class, so
 * that it passes from component to component as it is.
 */
export class Choices {
    /**
     * @param {{ value: string, label?: string, detail?: string, also?: string[], isOdd?: boolean }[]} options `also` is
     * searched only; what is odd is hardly meant, and comes last
     */
    constructor(options) {
        this.options = options;
        this.byValue = new Map(options.map((option) => [option.value, option]));
        this.index = options.map(({ value, label = '', detail = '', also = [] }) => ({
            names: [value, label, ...also].filter(Boolean).map(spaced),
            all: spaced([value, label, detail, ...also].join(' '))
        }));
    }

    get(value) {
        return this.byValue.get(value);
    }

    /** What stands in the field for a value; an unknown value as it is. */
    labelOf(value) {
        const option = this.get(value);
        return option ? option.label || option.value : (value ?? '');
    }

    /**
     * @param {string} text its words may stand anywhere
     * @returns {{ options: object[], more: number }} the best ones, and how many there are besides
     */
    search(text) {
        const search = spaced(text);
        const words = search.split(' ').filter(Boolean);
        const found = this.options
            .map((option, at) => ({ option, at, rank: words.length === 0 ? 0 : rank(this.index[at], search, words) }))
            .filter((one) => one.rank !== null)
            .sort((one, other) => oddness(one) - oddness(other) || one.rank - other.rank || one.at - other.at);
        const options = found.slice(0, SHOWN).map(({ option }) => option);
        return { options, more: found.length - options.length };
    }
}
