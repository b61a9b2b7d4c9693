import conditions from '@salesforce/label/c.Woo_Preview_Conditions';
import met from '@salesforce/label/c.Woo_Preview_Met';
import notMet from '@salesforce/label/c.Woo_Preview_Not_Met';
import actual from '@salesforce/label/c.Woo_Preview_Actual';
import allMet from '@salesforce/label/c.Woo_Preview_All_Met';
import notAllMet from '@salesforce/label/c.Woo_Preview_Not_All_Met';
import fields from '@salesforce/label/c.Woo_Preview_Fields';
import result from '@salesforce/label/c.Woo_Preview_Result';
import now from '@salesforce/label/c.Woo_Preview_Now';
import blank from '@salesforce/label/c.Woo_Preview_Blank';
import stays from '@salesforce/label/c.Woo_Preview_Stays';
import toShop from '@salesforce/label/c.Woo_Preview_To_Shop';
import outcome from '@salesforce/label/c.Woo_Preview_Outcome';
import openRecord from '@salesforce/label/c.Woo_Preview_Open_Record';
import adopt from '@salesforce/label/c.Woo_Preview_Action_Adopt';
import ambiguous from '@salesforce/label/c.Woo_Preview_Action_Ambiguous';
import create from '@salesforce/label/c.Woo_Preview_Action_Create';
import deleteRule from '@salesforce/label/c.Woo_Preview_Action_Delete_Rule';
import left from '@salesforce/label/c.Woo_Preview_Action_Left';
import none from '@salesforce/label/c.Woo_Preview_Action_None';
import refused from '@salesforce/label/c.Woo_Preview_Action_Refused';
import unchanged from '@salesforce/label/c.Woo_Preview_Action_Unchanged';
import unknown from '@salesforce/label/c.Woo_Preview_Action_Unknown';
import unseen from '@salesforce/label/c.Woo_Preview_Action_Unseen';
import update from '@salesforce/label/c.Woo_Preview_Action_Update';

export const label = {
    actual,
    allMet,
    blank,
    conditions,
    fields,
    met,
    notAllMet,
    notMet,
    now,
    openRecord,
    outcome,
    result,
    stays,
    toShop
};

/** What would be done with a record, in the words of the sync. */
export const actions = {
    adopt,
    ambiguous,
    create,
    delete_rule: deleteRule,
    left,
    none,
    refused,
    unchanged,
    unknown,
    unseen,
    update
};
