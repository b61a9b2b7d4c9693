import { LightningElement } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { label } from './labels';

const tab = (apiName) => ({ type: 'standard__navItemPage', attributes: { apiName } });
const list = (objectApiName) => ({
    type: 'standard__objectPage',
    attributes: { objectApiName, actionName: 'list' }
});

/** What is asked for most stands first. */
const PAGES = [
    { key: 'mappings', icon: 'utility:settings', reference: tab('Woo_Mappings') },
    { key: 'attentions', icon: 'utility:alert', reference: list('Woo_Attention__c') },
    { key: 'issues', icon: 'utility:warning', reference: list('Woo_Sync_Issue__c') },
    { key: 'matches', icon: 'utility:merge', reference: tab('Woo_Matches') },
    { key: 'decisions', icon: 'utility:check', reference: list('Woo_Match__c') },
    { key: 'commands', icon: 'utility:play', reference: list('Woo_Command__c') },
    { key: 'stores', icon: 'utility:store', reference: list('Woo_Store_Status__c') },
    { key: 'items', icon: 'utility:rows', reference: list('Woo_Order_Item__c') },
    { key: 'refunds', icon: 'utility:undo', reference: list('Woo_Refund__c') }
];

/** The pages of the sync, each with what it shows. */
export default class WooSyncPages extends NavigationMixin(LightningElement) {
    label = label;
    pages = [];

    async connectedCallback() {
        this.pages = await Promise.all(
            PAGES.map(async ({ key, icon, reference }) => ({
                key,
                icon,
                reference,
                title: label[key],
                help: label[`${key}Help`],
                url: await this[NavigationMixin.GenerateUrl](reference)
            }))
        );
    }

    handleClick(event) {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        const { key } = event.currentTarget.dataset;
        this[NavigationMixin.Navigate](PAGES.find((page) => page.key === key).reference);
    }
}
