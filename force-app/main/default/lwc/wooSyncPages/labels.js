import attentions from '@salesforce/label/c.Woo_Pages_Attentions';
import attentionsHelp from '@salesforce/label/c.Woo_Pages_Attentions_Help';
import commands from '@salesforce/label/c.Woo_Pages_Commands';
import commandsHelp from '@salesforce/label/c.Woo_Pages_Commands_Help';
import decisions from '@salesforce/label/c.Woo_Pages_Decisions';
import decisionsHelp from '@salesforce/label/c.Woo_Pages_Decisions_Help';
import issues from '@salesforce/label/c.Woo_Pages_Issues';
import issuesHelp from '@salesforce/label/c.Woo_Pages_Issues_Help';
import items from '@salesforce/label/c.Woo_Pages_Items';
import itemsHelp from '@salesforce/label/c.Woo_Pages_Items_Help';
import mappings from '@salesforce/label/c.Woo_Pages_Mappings';
import mappingsHelp from '@salesforce/label/c.Woo_Pages_Mappings_Help';
import matches from '@salesforce/label/c.Woo_Pages_Matches';
import matchesHelp from '@salesforce/label/c.Woo_Pages_Matches_Help';
import refunds from '@salesforce/label/c.Woo_Pages_Refunds';
import refundsHelp from '@salesforce/label/c.Woo_Pages_Refunds_Help';
import stores from '@salesforce/label/c.Woo_Pages_Stores';
import storesHelp from '@salesforce/label/c.Woo_Pages_Stores_Help';
import title from '@salesforce/label/c.Woo_Pages_Title';

export const label = {
    attentions,
    attentionsHelp,
    commands,
    commandsHelp,
    decisions,
    decisionsHelp,
    issues,
    issuesHelp,
    items,
    itemsHelp,
    mappings,
    mappingsHelp,
    matches,
    matchesHelp,
    refunds,
    refundsHelp,
    stores,
    storesHelp,
    title
};
