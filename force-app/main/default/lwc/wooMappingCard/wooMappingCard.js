import { LightningElement, api } from 'lwc';
import { format } from 'c/wooFormat';
import { label } from './labels';

/**
 * A mapping in the list.
 * @fires act `{ act, name }`: what is to be done with it, such as `edit` or `off`
 */
export default class WooMappingCard extends LightningElement {
    /** As `sectionsOf` gives it. */
    @api mapping;
    @api readOnly = false;
    /** While something is saved. */
    @api disabled = false;

    label = label;

    get badge() {
        return `state slds-badge slds-m-left_x-small ${this.mapping.state.badge}`;
    }

    get open() {
        return this.readOnly ? label.view : label.edit;
    }

    get openName() {
        return `${this.open}: ${this.mapping.label}`;
    }

    get menuName() {
        return format(label.more, this.mapping.label);
    }

    get reasons() {
        const { reason, cure } = this.mapping.held;
        return [reason, cure].flatMap((text) => text.split('\n')).filter(Boolean);
    }

    get actions() {
        const { isActive } = this.mapping;
        const look = [{ act: 'download', text: label.download, icon: 'utility:download' }];
        if (this.readOnly) return look;
        return [
            { act: 'copy', text: label.duplicate, icon: 'utility:copy' },
            isActive
                ? { act: 'off', text: label.switchOff, icon: 'utility:pause' }
                : { act: 'on', text: label.switchOn, icon: 'utility:play' },
            ...look,
            { act: 'undo', text: label.undo, icon: 'utility:undo' },
            { act: 'delete', text: label.deleteMapping, icon: 'utility:delete' }
        ];
    }

    handleOpen() {
        this.fire('edit');
    }

    handleSelect({ detail: { value } }) {
        this.fire(value);
    }

    fire(act) {
        this.dispatchEvent(new CustomEvent('act', { detail: { act, name: this.mapping.name } }));
    }
}
