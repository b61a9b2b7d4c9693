import { LightningElement, api } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { mappingPage } from 'c/wooSyncRecords';
import { label } from './labels';

const states = {
    active: { text: label.active, icon: 'utility:success', variant: 'success' },
    held: { text: label.held, icon: 'utility:warning', variant: 'warning' },
    late: { text: label.late, icon: 'utility:clock', variant: 'warning' }
};

/** How each mapping of a store is doing, with a link to its editor. */
export default class WooSyncMappings extends NavigationMixin(LightningElement) {
    label = label;
    rows = [];
    shown;

    /** As `storesOf` of `c/wooSyncRecords` gives them. */
    @api
    get mappings() {
        return this.shown;
    }
    set mappings(mappings) {
        this.shown = mappings;
        this.setRows(mappings);
    }

    async setRows(mappings) {
        const rows = await Promise.all(
            mappings.map(async ({ name, label: text, state, lastWritten }) => ({
                name,
                text,
                lastWritten,
                state: states[state],
                url: await this[NavigationMixin.GenerateUrl](mappingPage(name))
            }))
        );
        if (mappings === this.shown) this.rows = rows;
    }

    handleClick(event) {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        this[NavigationMixin.Navigate](mappingPage(event.currentTarget.dataset.name));
    }
}
