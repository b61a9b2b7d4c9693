import { LightningElement, api } from 'lwc';
import { format } from 'c/wooFormat';
import { TYPES, removalOf } from 'c/wooMappingDraft';
import { download } from 'c/wooZip';
import { label } from './labels';

const sayField = ({ attribute, staticValue, field }) => `${attribute ?? staticValue ?? ''} → ${field ?? ''}`;
const sayCondition = ({ attribute, operator, value }) => [attribute, operator, value].filter(Boolean).join(' ');

/** The rows of a mapping that are off, with the record that each is. */
function rowsOf({ off }) {
    return [
        ...off.fields.map((row) => ({ row, type: TYPES.field, says: sayField(row) })),
        ...off.conditions.map((row) => ({ row, type: TYPES.condition, says: sayCondition(row) }))
    ].map(({ row, type, says }) => ({ type, name: row.name, text: `${row.label}: ${says}` }));
}

/**
 * What is switched off: mappings that were removed, and rows of the others; and how it is removed for good.
 * @fires act `{ act: 'back', name }` for a mapping that is to be brought back
 */
export default class WooMappingOff extends LightningElement {
    /** All mappings, as drafts. */
    @api drafts = [];
    @api readOnly = false;
    @api disabled = false;

    label = label;

    get groups() {
        return this.drafts
            .map((draft) => ({ draft, rows: rowsOf(draft) }))
            .filter(({ draft, rows }) => draft.isRemoved || rows.length > 0)
            .map(({ draft: { mapping, isRemoved }, rows }) => ({
                name: mapping.name,
                text: isRemoved ? format(label.mapping, mapping.label, rows.length) : mapping.label,
                buttonName: `${label.bringBack}: ${mapping.label}`,
                mayReturn: isRemoved && !this.readOnly,
                // Of a mapping that was removed all rows are off, which is said.
                rows: isRemoved ? [] : rows,
                records: isRemoved ? [{ type: TYPES.mapping, name: mapping.name }, ...rows] : rows
            }));
    }

    get hasAny() {
        return this.groups.length > 0;
    }

    get removal() {
        return removalOf(this.groups.flatMap(({ records }) => records));
    }

    handleBack({ currentTarget }) {
        this.dispatchEvent(new CustomEvent('act', { detail: { act: 'back', name: currentTarget.dataset.name } }));
    }

    handleDownload() {
        const { destructive, manifest } = this.removal;
        download('destructiveChanges.xml', destructive);
        download('package.xml', manifest);
    }
}
