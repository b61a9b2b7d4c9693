import { LightningElement, api } from 'lwc';
import { exampleText, UNKNOWN } from 'c/wooMappingDescribed';
import { valueKind } from 'c/wooMappingFit';
import { optionsOf } from 'c/wooMappingWords';
import { label } from './labels';

const UNCHANGED = { transform: 'none', transformArgument: null };

/** What a row of each kind has no use for. */
const UNUSED = {
    attribute: { staticValue: null, valueTable: null },
    lookup: { staticValue: null, valueTable: null, ...UNCHANGED, defaultValue: null },
    translation: { staticValue: null },
    static: { attribute: null, valueTable: null, ...UNCHANGED, defaultValue: null }
};

/** Transforms that take an argument, and what it is called. */
const ARGUMENTS = {
    slice: { label: label.argumentSlice, help: label.argumentSliceHelp },
    regex: { label: label.argumentRegex, help: label.argumentRegexHelp },
    template: { label: label.argumentTemplate, help: label.argumentTemplateHelp }
};

/** Types whose values can be too long. */
const CUT = new Set(['string', 'textarea', 'phone', 'url', 'encryptedstring', 'picklist', 'combobox']);

/**
 * The options of one row: only those that its kind and its field have.
 * @fires change `{ changes }` in the engine's words
 */
export default class WooMappingFieldOptions extends LightningElement {
    @api row;
    /** A `Described`. */
    @api described = UNKNOWN;
    /** What the preview makes of the row. */
    @api shown;
    /** Of the mapping. */
    @api direction;
    @api readOnly = false;

    label = label;

    get field() {
        return this.described.field(this.row.field);
    }

    get kind() {
        return valueKind(this.field);
    }

    get isTranslation() {
        return this.row.kind === 'translation';
    }

    get reads() {
        return this.row.kind !== 'static' && this.row.kind !== 'lookup';
    }

    /** That of a translation stands at its table. */
    get hasDefault() {
        return this.reads && !this.isTranslation;
    }

    /** What the transform of the row is told; null where it takes nothing. */
    get argument() {
        return this.reads ? ARGUMENTS[this.row.transform] : null;
    }

    get values() {
        return this.described.valuesOf(this.row.attribute);
    }

    get kindOptions() {
        const isLookup = !this.field || this.field.type === 'reference' || this.row.kind === 'lookup';
        return optionsOf('kind').filter(({ value }) => value !== 'lookup' || isLookup);
    }

    get choices() {
        const { row, field } = this;
        const usual = { kind: 'attribute', transform: 'none', overflow: 'reject', writeWhen: 'always', direction: '' };
        const choice = (word, options = optionsOf(word)) => ({
            word,
            options,
            label: label[word],
            value: row[word] ?? usual[word]
        });
        const direction = [{ value: '', label: label.asMapping }, ...optionsOf('direction')];
        return [
            choice('kind', this.kindOptions),
            ...(this.reads ? [choice('transform')] : []),
            ...(this.reads && (!field || CUT.has(field.type)) ? [choice('overflow')] : []),
            choice('writeWhen'),
            ...(this.direction && this.direction !== 'to_salesforce' ? [choice('direction', direction)] : [])
        ];
    }

    get isTransformed() {
        const { row, shown } = this;
        return Boolean(shown) && this.reads && (this.isTranslation || (row.transform ?? 'none') !== 'none');
    }

    get before() {
        return exampleText(this.shown.source) || label.empty;
    }

    get after() {
        return exampleText(this.shown.transformed) || label.empty;
    }

    handleChoice(event) {
        event.stopPropagation();
        const { word } = event.currentTarget.dataset;
        const { value } = event.detail;
        const isIdle = word === 'transform' && value !== this.row.transform;
        this.tell({
            [word]: value || null,
            ...(word === 'kind' && UNUSED[value]),
            ...(isIdle && { transformArgument: null })
        });
    }

    handleArgument(event) {
        event.stopPropagation();
        this.tell({ transformArgument: event.detail.value });
    }

    handleDefault(event) {
        event.stopPropagation();
        this.tell({ defaultValue: event.detail.value });
    }

    handleTable(event) {
        event.stopPropagation();
        this.tell(event.detail);
    }

    tell(changes) {
        this.dispatchEvent(new CustomEvent('change', { detail: { changes } }));
    }
}
