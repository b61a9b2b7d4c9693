import { LightningElement, api } from 'lwc';
import { format } from 'c/wooFormat';
import applyMine from '@salesforce/label/c.Woo_Images_Apply_Mine';
import conflict from '@salesforce/label/c.Woo_Images_Conflict';
import dismiss from '@salesforce/label/c.Woo_Images_Dismiss';
import keepTheirs from '@salesforce/label/c.Woo_Images_Keep_Theirs';
import notSaved from '@salesforce/label/c.Woo_Images_Not_Saved';
import somebody from '@salesforce/label/c.Woo_Images_Somebody';

/**
 * Why a change was not saved: the save failed, or somebody else changed the images meanwhile.
 * @fires applymine to make the own change again, on top of the other one
 * @fires dismiss when it is read
 */
export default class WooProductImageNotice extends LightningElement {
    /** `{ errors: unknown, conflict: { by: string|undefined, changes: object[] } }` */
    @api edit;

    label = { applyMine, dismiss, keepTheirs, notSaved };

    get conflictText() {
        return format(conflict, this.edit.conflict.by ?? somebody);
    }

    get canApply() {
        return this.edit.conflict.changes.length > 0;
    }

    handleApply() {
        this.dispatchEvent(new CustomEvent('applymine'));
    }

    handleDismiss() {
        this.dispatchEvent(new CustomEvent('dismiss'));
    }
}
