import { LightningElement, api } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { explanationOf, isTranslated } from 'c/wooIssueWords';

/** The service writes English: whoever reads another language is told the cause in that, with its sentence beside it. */
function wordsOf({ title, cause, code }) {
    if (!isTranslated || !cause) return { text: title };
    return { text: cause, meaning: explanationOf(code)?.meaning, said: title };
}

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
        if (attentions === this.shown)
            this.rows = attentions.map((one, at) => ({ ...one, ...wordsOf(one), url: urls[at] }));
    }

    handleClick(event) {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        this[NavigationMixin.Navigate](pageOf(event.currentTarget.dataset.id));
    }
}
