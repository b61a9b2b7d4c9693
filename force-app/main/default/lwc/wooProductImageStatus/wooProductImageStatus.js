import { LightningElement, api } from 'lwc';
import saved from '@salesforce/label/c.Woo_Images_Saved';
import saving from '@salesforce/label/c.Woo_Images_Saving';
import undo from '@salesforce/label/c.Woo_Images_Undo';

const texts = { idle: '', saving, saved };

/**
 * Whether what is shown is saved.
 * @fires undo
 */
export default class WooProductImageStatus extends LightningElement {
    /** `{ phase: 'idle'|'saving'|'saved', canUndo: boolean }` */
    @api edit;

    label = { undo };

    get text() {
        return texts[this.edit.phase];
    }

    get icon() {
        return this.edit.phase === 'saved' ? 'utility:check' : undefined;
    }

    handleUndo() {
        this.dispatchEvent(new CustomEvent('undo'));
    }
}
