import askAdmin from '@salesforce/label/c.Woo_Sync_Ask_Admin';
import attempts from '@salesforce/label/c.Woo_Sync_Attempts';
import candidates from '@salesforce/label/c.Woo_Sync_Candidates';
import decidedSalesforce from '@salesforce/label/c.Woo_Sync_Decided_Salesforce';
import decidedShop from '@salesforce/label/c.Woo_Sync_Decided_Shop';
import dismiss from '@salesforce/label/c.Woo_Sync_Dismiss';
import empty from '@salesforce/label/c.Woo_Sync_Empty_Value';
import field from '@salesforce/label/c.Woo_Sync_Field';
import inSalesforce from '@salesforce/label/c.Woo_Sync_In_Salesforce';
import inShop from '@salesforce/label/c.Woo_Sync_In_Shop';
import leave from '@salesforce/label/c.Woo_Sync_Leave';
import notDone from '@salesforce/label/c.Woo_Sync_Not_Done';
import oneAttempt from '@salesforce/label/c.Woo_Sync_One_Attempt';
import openMapping from '@salesforce/label/c.Woo_Sync_Open_Mapping';
import openRecord from '@salesforce/label/c.Woo_Sync_Open_Record';
import takeSalesforce from '@salesforce/label/c.Woo_Sync_Take_Salesforce';
import takeShop from '@salesforce/label/c.Woo_Sync_Take_Shop';
import tried from '@salesforce/label/c.Woo_Sync_Tried';
import tryAgain from '@salesforce/label/c.Woo_Sync_Try_Again';
import whatToDo from '@salesforce/label/c.Woo_Sync_What_To_Do';

export const label = {
    askAdmin,
    attempts,
    candidates,
    decidedSalesforce,
    decidedShop,
    dismiss,
    empty,
    field,
    inSalesforce,
    inShop,
    leave,
    notDone,
    oneAttempt,
    openMapping,
    openRecord,
    takeSalesforce,
    takeShop,
    tried,
    tryAgain,
    whatToDo
};
