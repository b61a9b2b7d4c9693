import { LightningElement, api } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';

/** A link to a record: a click goes there, and with Ctrl, Shift or Cmd the browser opens its real address. */
export default class WooOrderLink extends NavigationMixin(LightningElement) {
    @api label;
    url;
    id;

    @api
    get recordId() {
        return this.id;
    }

    set recordId(id) {
        this.id = id;
        this.setUrl();
    }

    get page() {
        return { type: 'standard__recordPage', attributes: { recordId: this.id, actionName: 'view' } };
    }

    async setUrl() {
        const { id } = this;
        const url = await this[NavigationMixin.GenerateUrl](this.page);
        if (id === this.id) this.url = url;
    }

    handleClick(event) {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        this[NavigationMixin.Navigate](this.page);
    }
}
