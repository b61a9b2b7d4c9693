import allKinds from '@salesforce/label/c.Woo_Health_All_Kinds';
import allStores from '@salesforce/label/c.Woo_Health_All_Stores';
import ambiguous from '@salesforce/label/c.Woo_Health_Kind_Ambiguous';
import conflict from '@salesforce/label/c.Woo_Health_Kind_Conflict';
import failed from '@salesforce/label/c.Woo_Health_Kind_Failed';
import kind from '@salesforce/label/c.Woo_Health_Kind';
import next from '@salesforce/label/c.Woo_Health_Next';
import none from '@salesforce/label/c.Woo_Health_No_Issues';
import noneLikeThis from '@salesforce/label/c.Woo_Health_No_Issues_Like_This';
import page from '@salesforce/label/c.Woo_Health_Page';
import previous from '@salesforce/label/c.Woo_Health_Previous';
import setup from '@salesforce/label/c.Woo_Health_Kind_Setup';
import store from '@salesforce/label/c.Woo_Health_Store';

export const label = {
    ...{ allKinds, allStores, ambiguous, conflict, failed, kind, next, none, noneLikeThis, page, previous },
    ...{ setup, store }
};
