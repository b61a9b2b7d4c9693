import { LightningElement, api } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';

const pageOf = (recordId) => ({ type: 'standard__recordPage', attributes: { recordId, actionName: 'view' } });

/** What a person is needed for, each with a link to its record, which says what to do. */
export default class WooSyncAttentions extends NavigationMixin(LightningElement) {
    rows = [];
    shown;

    /** As `attentionOf` of `c/wooSyncRecords` gives them. */
    @api
    get attentions() {
        return this.shown;
    }
    set attentions(attentions) {
        this.shown = attentions;
        this.setRows(attentions);
    }

    async setRows(attentions) {
        const links = attentions.map(({ id }) => this[NavigationMixin.GenerateUrl](pageOf(id)));
        const urls = await Promise.all(links);
        if (attentions === this.shown) this.rows = attentions.map((one, at) => ({ ...one, url: urls[at] }));
    }

    handleClick(event) {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        this[NavigationMixin.Navigate](pageOf(event.currentTarget.dataset.id));
    }
}
