import { LightningElement, api } from 'lwc';
import { format } from 'c/wooFormat';
import { exampleText, fieldText, UNKNOWN } from 'c/wooMappingDescribed';
import { isGone, valueKind } from 'c/wooMappingFit';
import { label } from './labels';

/** Fields of Salesforce that refer to records take lookups; ids of custom fields of the shop may be ids of Salesforce. */
function kindFor(type, attribute) {
    const isId = /^meta_data\./.test(attribute ?? '');
    return type === 'reference' && !isId ? 'lookup' : 'attribute';
}

/**
 * One row of a mapping. Its options stay hidden until they are asked for: a mapping may have hundreds of rows.
 * @fires change `{ changes }` in the engine's words
 * @fires remove
 * @fires next when Enter is pressed on a closed list
 */
export default class WooMappingField extends LightningElement {
    /** A field of a draft. */
    @api row;
    /** A `Described`. */
    @api described = UNKNOWN;
    /** What the preview makes of the row; undefined where it does not say. */
    @api shown;
    /** `[{ message, cure, fatal }]` */
    @api problems = [];
    /** Of the mapping. */
    @api direction;
    @api readOnly = false;

    label = label;
    isOpen = false;

    /** Moves to what the row lacks. */
    @api
    focus() {
        const target = this.row.attribute || this.isStatic ? '.target' : '.source';
        this.template.querySelector(target)?.focus?.();
    }

    get field() {
        return this.described.field(this.row.field);
    }

    get isStatic() {
        return this.row.kind === 'static';
    }

    get isMultiple() {
        return this.field?.type === 'multipicklist';
    }

    get canEdit() {
        return !this.readOnly;
    }

    get valueKind() {
        return valueKind(this.field);
    }

    get attributes() {
        const { described, row } = this;
        return row.kind === 'lookup' ? described.lookupChoices(row.field) : described.attributeChoices;
    }

    get example() {
        if (this.isStatic || !this.row.attribute) return '';
        const attribute = this.described.attribute(this.row.attribute);
        const value = this.shown ? this.shown.source : attribute?.example;
        const text = exampleText(value);
        if (text) return format(label.example, text);
        const isSilent = !this.shown && Boolean(this.described.problem);
        return (this.shown || attribute) && !isSilent ? label.noExample : '';
    }

    get about() {
        return this.field ? fieldText(this.field) : '';
    }

    get isGone() {
        return isGone(this.row, this.described);
    }

    /** What the check says, what this record meets, and what can be seen without either. */
    get found() {
        const { problems, shown } = this;
        const ofRecord = shown?.problem ? [{ ...shown.problem, fatal: true }] : [];
        const gone = this.isGone && problems.length === 0 ? [{ message: label.gone, fatal: true }] : [];
        return [...problems, ...ofRecord, ...gone];
    }

    get hasProblems() {
        return this.found.length > 0;
    }

    get hasError() {
        return this.found.some(({ fatal }) => fatal);
    }

    /** What is written, where that is not simply what the shop has. */
    get result() {
        if (!this.shown || this.shown.problem || this.isStatic) return '';
        const { source, result } = this.shown;
        if (result === undefined) return label.untouched;
        const text = exampleText(result);
        return text === exampleText(source) ? '' : text || label.empty;
    }

    get name() {
        return this.field?.label ?? this.row.field ?? this.row.attribute ?? label.newRow;
    }

    get optionsLabel() {
        return format(label.options, this.name);
    }

    get removeLabel() {
        return format(label.remove, this.name);
    }

    get expanded() {
        return String(this.isOpen);
    }

    handleToggle() {
        this.isOpen = !this.isOpen;
    }

    handleAttribute({ detail: { value } }) {
        this.tell({ attribute: value });
    }

    handleStatic(event) {
        event.stopPropagation();
        this.tell({ staticValue: event.detail.value });
    }

    /** A lookup field takes lookups, and others none. */
    handleField({ detail: { value } }) {
        const { kind, attribute } = this.row;
        const type = this.described.field(value)?.type;
        const isPlain = kind === 'attribute' || kind === 'lookup' || !kind;
        this.tell({ field: value, ...(isPlain && type && { kind: kindFor(type, attribute) }) });
    }

    handleOptions(event) {
        event.stopPropagation();
        this.tell(event.detail.changes);
    }

    handleRemove() {
        this.dispatchEvent(new CustomEvent('remove'));
    }

    handleNext() {
        this.dispatchEvent(new CustomEvent('next'));
    }

    tell(changes) {
        this.dispatchEvent(new CustomEvent('change', { detail: { changes } }));
    }
}
