import addCondition from '@salesforce/label/c.Woo_Editor_Add_Condition';
import always from '@salesforce/label/c.Woo_Editor_Always';
import conditions from '@salesforce/label/c.Woo_Editor_Conditions';
import logic from '@salesforce/label/c.Woo_Editor_Logic';
import logicAll from '@salesforce/label/c.Woo_Editor_Logic_All';
import logicAny from '@salesforce/label/c.Woo_Editor_Logic_Any';
import logicOwn from '@salesforce/label/c.Woo_Editor_Logic_Own';
import ownLogic from '@salesforce/label/c.Woo_Editor_Own_Logic';
import whenUnmet from '@salesforce/label/c.Woo_Editor_When_Unmet';

export const label = {
    addCondition,
    always,
    conditions,
    logic,
    logicAll,
    logicAny,
    logicOwn,
    ownLogic,
    whenUnmet
};
