const NONE = [];

/** Whether the org does not have the field of a row. */
export const isGone = ({ field }, described) => described.isKnown && Boolean(field) && !described.field(field);

/** The end of a name such as `Woo_Field_Mapping.Order_Total`. */
const ownName = (record) => (record ?? '').split('.').at(-1);

/** What is known of the rows of a draft: what the preview makes of them, and what is wrong with them. */
export class Findings {
    /**
     * @param {{ records?: object[], problems?: object[] }|null} answer of the preview
     * @param {{ record: string, message: string }[]} errors what the org said of the records of a save
     * @param {Map<string, string>} names what rows are called where they are shown, by their developer names
     */
    constructor(answer = null, errors = [], names = new Map()) {
        this.names = names;
        const [first] = answer?.records ?? [];
        this.record = first ?? null;
        this.rows = new Map((first?.rows ?? []).map((row) => [row.place, row]));
        this.conditions = new Map((first?.conditions ?? []).map((one) => [one.position, one]));
        this.problems = new Map();
        for (const problem of answer?.problems ?? []) this.add(problem.place, problem);
        for (const { record, message } of errors) this.add(ownName(record), { message, cure: '', fatal: true });
    }

    add(place, problem) {
        const { message, cure } = problem;
        const said = { ...problem, message: this.inWords(message), cure: this.inWords(cure) };
        this.problems.set(place, [...this.at(place), said]);
    }

    /** Nobody sees a developer name in the editor; each is replaced where it stands alone. */
    inWords(text) {
        return text?.replace(/\w+/g, (word) => this.names.get(word) ?? word);
    }

    /** What is wrong at a row, by its name; always the same list, so that rows are not drawn again for nothing. */
    at(name) {
        return this.problems.get(name) ?? NONE;
    }

    /** What is wrong at no row that is shown: with the mapping itself, or with a row that is not there. */
    elsewhere(names) {
        const shown = new Set(names);
        return [...this.problems].filter(([place]) => !shown.has(place)).flatMap(([, problems]) => problems);
    }

    /** What the preview makes of a row, by its name. */
    row(name) {
        return this.rows.get(name);
    }

    /**
     * How many problems are shown of a mapping: those of the check, what its rows meet in the record that is looked at, and
     * fields that the org does not have.
     * @param {object[]} fields rows of a draft
     * @param {object} described a `Described`
     */
    count(fields, described) {
        const checked = [...this.problems.values()].flat().length;
        const met = fields.filter(({ name }) => this.row(name)?.problem).length;
        const gone = fields.filter((row) => this.at(row.name).length === 0 && isGone(row, described)).length;
        return checked + met + gone;
    }

    isWrong(name) {
        return this.problems.has(name) || Boolean(this.row(name)?.problem);
    }
}
