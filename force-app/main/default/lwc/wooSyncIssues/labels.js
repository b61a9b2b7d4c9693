import allKinds from '@salesforce/label/c.Woo_Health_All_Kinds';
import allStores from '@salesforce/label/c.Woo_Health_All_Stores';
import ambiguous from '@salesforce/label/c.Woo_Health_Kind_Ambiguous';
import conflict from '@salesforce/label/c.Woo_Health_Kind_Conflict';
import failed from '@salesforce/label/c.Woo_Health_Kind_Failed';
import kind from '@salesforce/label/c.Woo_Health_Kind';
import none from '@salesforce/label/c.Woo_Health_No_Issues';
import noneLikeThis from '@salesforce/label/c.Woo_Health_No_Issues_Like_This';
import setup from '@salesforce/label/c.Woo_Health_Kind_Setup';
import store from '@salesforce/label/c.Woo_Health_Store';

export const label = {
    allKinds,
    allStores,
    ambiguous,
    conflict,
    failed,
    kind,
    none,
    noneLikeThis,
    setup,
    store
};
