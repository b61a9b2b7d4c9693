import { LightningElement, api, wire } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { getFieldValue, getRecord } from 'lightning/uiRecordApi';
import { readable } from 'c/wooFormat';

/** A link to a record by its name. */
export default class WooRecordLink extends NavigationMixin(LightningElement) {
    /** What is said until the name is known, and where the user may not see it. */
    @api unnamed;
    /** Such as `Contact.Name`; nothing as long as it is not known. */
    @api nameField;

    url;
    name;
    shown;

    @api
    get recordId() {
        return this.shown;
    }
    set recordId(recordId) {
        this.shown = recordId;
        this.setUrl(recordId);
    }

    async setUrl(recordId) {
        const attributes = { recordId, actionName: 'view' };
        const url = await this[NavigationMixin.GenerateUrl]({ type: 'standard__recordPage', attributes });
        if (recordId === this.shown) this.url = url;
    }

    get fields() {
        return this.nameField ? [this.nameField] : undefined;
    }

    @wire(getRecord, { recordId: '$shown', optionalFields: '$fields' })
    wiredRecord({ data }) {
        this.name = data && readable(getFieldValue(data, this.nameField));
    }

    get text() {
        return this.name || this.unnamed;
    }
}
