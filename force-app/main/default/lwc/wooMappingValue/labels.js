import addValue from '@salesforce/label/c.Woo_Editor_Add_Value';
import no from '@salesforce/label/c.Woo_Editor_No';
import removeValue from '@salesforce/label/c.Woo_Editor_Remove_Value';
import yes from '@salesforce/label/c.Woo_Editor_Yes';

export const label = {
    addValue,
    no,
    removeValue,
    yes
};
